"""`copydesk names`: the names of a whole repository, their spellings, and the draft of a lexicon."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import click

from copydesk.cli.asked import configuration
from copydesk.cli.common import Failures, config_option
from copydesk.cli.lexicon import lexicon as lexicons
from copydesk.cli.reading import Texts, wide_console
from copydesk.cli.writing import refuse_existing, write_new
from copydesk.names.corpus import COMPARABLE, Corpus, named_in
from copydesk.names.grouping import Name, grouped
from copydesk.names.lexicon import Lexicon, load_lexicon, shipped_lexicon
from copydesk.render.names import answer, as_csv, draft, summary, table


class _Group(click.Group):
    """`copydesk names PATH…` is `copydesk names report PATH…`; a file named like a command is `./lexicon`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["report", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Group)
def names() -> None:
    """The names of a repository and their spellings: names PATH… (or names report PATH…)."""


names.add_command(lexicons)


@names.command()
@click.argument("paths", nargs=-1, metavar="PATH…", type=str)
@config_option
@click.option("--all", "every", is_flag=True, help="Also the names that have one spelling only.")
@click.option("--format", "output", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.option("--language", help="BCP 47 tag of all texts, such as en-GB; identified when not given.")
@click.option(
    "--lexicon",
    "house",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A house lexicon on top of the shipped one, file or folder.",
)
@click.option(
    "--draft",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the names as a lexicon to correct; the file must not exist.",
)
def report(
    paths: tuple[str, ...],
    config_file: Path | None,
    every: bool,
    output: str,
    language: str | None,
    house: tuple[Path, ...],
    target: Path | None,
) -> None:
    """Show each person and place with its spellings, counts and files: files, folders, or standard input (-).

    Of folders those files are read that “check” would review, with the house lexicons of the whole repository.
    Only names in several spellings are shown, unless --all is given. Exit status: 0 every name has one spelling, 1
    some have several, 2 something could not be done. One report is on one language, that of most texts.
    """
    refuse_existing(target, "a draft")
    config = configuration(config_file, paths)
    own = (config.root / path for path in config.says.lexicon)
    lexicon = shipped_lexicon().stacked(load_lexicon((*own, *house)).entries)
    corpus, failures = _read(Texts(paths, config, language), lexicon)
    found = grouped(corpus.spellings(), lexicon)
    several = [name for name in found if name.is_mixed]
    shown, told = found if every else several, summary(corpus, found)
    _show(shown, told, output)
    if target is not None:
        write_new(target, draft(shown, told))
    if failures:
        sys.exit(2)
    sys.exit(1 if several else 0)


def _read(texts: Texts, lexicon: Lexicon) -> tuple[Corpus, Failures]:
    """The counts over the texts of one language, and what could not be read."""
    failures = Failures()
    corpora: defaultdict[str, Corpus] = defaultdict(Corpus)
    for name, reading in texts.readings(failures):
        spoken = reading.view.language.split("-", 1)[0]
        corpora[spoken].add(name, named_in(reading.view, lexicon) if spoken in COMPARABLE else ())
    return _chosen(corpora), failures


def _chosen(corpora: dict[str, Corpus]) -> Corpus:
    """The corpus of the language that most texts are in. The others are told: a name's form differs by language."""
    ranked = sorted(corpora, key=lambda spoken: (spoken not in COMPARABLE, -corpora[spoken].texts, spoken))
    for spoken in ranked:
        count = f"{corpora[spoken].texts} in “{spoken}”"
        if spoken not in COMPARABLE:
            click.echo(f"copydesk: left out: {count}, which inflects names or writes nouns with a capital", err=True)
        elif spoken != ranked[0]:
            click.echo(f"copydesk: left out: {count}; report on each language by itself", err=True)
    return corpora[ranked[0]] if ranked and ranked[0] in COMPARABLE else Corpus()


def _show(shown: list[Name], told: dict[str, int], output: str) -> None:
    if output == "json":
        click.echo(json.dumps(answer(shown, told), ensure_ascii=False, indent=2))
    elif output == "csv":
        click.echo(as_csv(shown), nl=False)
    else:
        table(wide_console(), shown)
        click.echo(
            f"{told['in_several_spellings']} of {told['names']} names in several spellings; "
            f"{told['mentions']} mentions in {told['texts']} texts"
        )
