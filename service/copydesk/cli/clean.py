"""`copydesk clean`: take out what scrapers left behind, and tell every removal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import click

from copydesk.cleaning import FAMILIES, Cleaned, clean, only_cleaning
from copydesk.cli.common import Asked, Failures, Source, review_options
from copydesk.cli.writing import put_back, refuse_existing, write_new
from copydesk.errors import CopydeskError, InputError
from copydesk.pipeline import SAFE, UNSAFE
from copydesk.render.cleaned import answer, lines, summary

_DEFAULTS = {"families": [family.value for family in FAMILIES], "engine": "none"}  # no engine is loaded


@click.command("clean", context_settings={"default_map": _DEFAULTS})
@review_options
@click.option("--write", is_flag=True, help="Write the clean texts back instead of showing one.")
@click.option("--unsafe", is_flag=True, help="Also the fixes that are only probably right.")
@click.option(
    "--report",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write every change and what was left as JSON; the file must not exist.",
)
def clean_command(asked: Asked, write: bool, unsafe: bool, target: Path | None) -> None:
    """Apply the safe fixes of captions, duplicates, debris, encoding and seams; show the clean text of one source.

    With --write the files are replaced (standard input goes to standard output). Every change is told on standard
    error, and what needs a person's decision is told there as kept. Exit status: 0 nothing is left to decide, 1
    something was kept, 2 something could not be done.
    """
    families = asked.options.filter.families or frozenset()
    if strange := sorted(families - frozenset(FAMILIES)):
        raise InputError(f"clean knows the families {', '.join(FAMILIES)}; not {', '.join(strange)}")
    refuse_existing(target, "a report")
    failures = Failures()
    done: list[Cleaned] = []
    for source in _texts(asked, write, failures):
        try:
            cleaned = _cleaned(asked, source, unsafe)
            if write:
                put_back(source, cleaned.text)
            else:
                sys.stdout.buffer.write(cleaned.text.encode("utf-8"))
        except CopydeskError as error:
            failures.tell(source.name, error)
            continue
        done.append(cleaned)
        for line in lines(cleaned):
            click.echo(line, err=True)
    _finish(done, target)
    sys.exit(2 if failures else int(any(cleaned.kept for cleaned in done)))


def _texts(asked: Asked, write: bool, failures: Failures) -> Iterator[Source]:
    """The texts asked for. Raises UsageError where several would run into one on standard output."""
    texts = asked.sources(failures)
    first = list(islice(texts, 1 if write else 2))
    if len(first) > 1:
        raise click.UsageError("several texts: clean them with --write, or one at a time")
    return chain(first, texts)


def _cleaned(asked: Asked, source: Source, unsafe: bool) -> Cleaned:
    options = only_cleaning(asked.options)
    review = asked.review(source, options)
    return clean(asked.desk, review, options, UNSAFE if unsafe else SAFE)


def _finish(done: list[Cleaned], target: Path | None) -> None:
    """The summary, and the report where one is wanted. Raises InputError where it cannot be written."""
    told = summary(done)
    counts = [(told["changes"], "change"), (told["documents"], "text"), (told["kept"], "finding")]
    changes, texts, kept = (f"{count} {noun}" + ("s" if count != 1 else "") for count, noun in counts)
    click.echo(f"{changes} in {texts}; {kept} kept", err=True)
    if target is not None:
        write_new(target, json.dumps(answer(done), ensure_ascii=False, indent=2) + "\n")
