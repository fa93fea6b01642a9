"""`copydesk duplicates`: passages and whole texts that stand twice in a corpus."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from copydesk.cli.asked import configuration
from copydesk.cli.common import Failures, config_option
from copydesk.cli.reading import Texts, wide_console
from copydesk.copies.corpus import CopyCorpus
from copydesk.render.duplicates import answer, as_csv, summary, table


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH…", type=str)
@click.option("--format", "output", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.option("--language", help="BCP 47 tag of all texts, such as en-GB; identified when not given.")
@config_option
def duplicates(paths: tuple[str, ...], output: str, language: str | None, config_file: Path | None) -> None:
    """Show what stands twice in files and folders, each copy with the place of the first, in the order of names.

    Of folders those files are read that “check” would review.

    Passages of eight words and more are compared: the same words, a few words apart, or a part of the other; texts
    most of whose words stand in an earlier one are told as a whole. Exit status: 0 nothing stands twice, 1 something
    does, 2 something could not be done.
    """
    failures = Failures()
    corpus = CopyCorpus()
    for name, reading in Texts(paths, configuration(config_file, paths), language).readings(failures):
        corpus.add(name, reading)
    texts, passages = corpus.text_copies, corpus.repeated()
    told = summary(corpus, passages)
    if output == "json":
        click.echo(json.dumps(answer(texts, passages, told), ensure_ascii=False, indent=2))
    elif output == "csv":
        click.echo(as_csv(texts, passages), nl=False)
    else:
        table(wide_console(), texts, passages)
        click.echo(
            f"{told['passage_copies']} copies of passages and {told['text_copies']} of whole texts; "
            f"{told['passages']} passages in {told['texts']} texts"
        )
    if failures:
        sys.exit(2)
    sys.exit(1 if texts or passages else 0)
