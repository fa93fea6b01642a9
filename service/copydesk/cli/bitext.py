"""`copydesk bitext`: hold translations against their sources."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from copydesk.bitext.formats import FORMATS, read_bitext, read_glossary
from copydesk.bitext.glossary import Term
from copydesk.bitext.rows import Bitext
from copydesk.cli.common import (
    STANDARD_INPUT,
    STDIN,
    Failures,
    accept_option,
    disable_option,
    severity_option,
)
from copydesk.errors import InputError
from copydesk.findings.suppress import Filter
from copydesk.model import Comparison, Severity
from copydesk.pipeline import Desk, Options
from copydesk.render.bilingual import answer, print_bitext_summary, print_comparison
from copydesk.repository.write import reason
from copydesk.secondreader import second_reader
from copydesk.settings import load_settings

_ANY = "und"


@click.command("bitext")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--from", "source", metavar="TAG", help="The sources' language, where the file does not tell (BCP 47).")
@click.option("--to", "target", metavar="TAG", help="The translations' language, where the file does not tell.")
@click.option("--as", "form", type=click.Choice(FORMATS), help="The files' format; without it, what their names tell.")
@click.option("--glossary", type=click.Path(path_type=Path, dir_okay=False), help="Terms to hold to: CSV or TBX.")
@disable_option
@accept_option
@severity_option
@click.option(
    "--reader",
    is_flag=True,
    help="Send sources and translations to the language model of COPYDESK_READER_URL for a second reading.",
)
@click.option("--rules", "packs", multiple=True, type=click.Path(path_type=Path), help="A rule pack of your own.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def bitext(
    files: tuple[str, ...],
    source: str | None,
    target: str | None,
    form: str | None,
    glossary: Path | None,
    disable: tuple[str, ...],
    accept: tuple[str, ...],
    severity: str,
    reader: bool,
    packs: tuple[Path, ...],
    output: str,
) -> None:
    """Hold translations against their sources: JSONL, TSV, CSV, TMX, XLIFF or PO files, or standard input (-).

    JSONL has an object a line: source, target, source_language, target_language. A row that cannot be read is told on
    standard error with its line, and the rest goes on.
    """
    desk = Desk.with_rules(packs)
    for rule in disable:
        desk.rules[rule]
    failures = Failures()
    read = [one for name in files if (one := _read(name, form, source, target, failures)) is not None]
    pairs = [pair for one in read for pair in one.pairs]
    for fault in (fault for one in read for fault in one.faults):
        failures.tell(fault.place, fault.message)
    wanted = Filter(disabled=frozenset(disable), severity=Severity(severity), accepted=frozenset(accept))
    model = second_reader(load_settings()) if reader else None
    found = desk.compare(pairs, Options(wanted, glossary=_terms(glossary, source, target), reader=model))
    notices = tuple(dict.fromkeys(notice for one in read for notice in one.notices))
    _show(replace(found, notices=(*notices, *found.notices)), output)
    if failures:
        sys.exit(2)
    sys.exit(int(any(found.findings)))


def _read(name: str, form: str | None, source: str | None, target: str | None, failures: Failures) -> Bitext | None:
    """The pairs of one file; None, and the reason told, where it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
        shown, form = (STANDARD_INPUT, form or "jsonl") if name == STDIN else (name, form)
        return read_bitext(data, shown, format=form, source_language=source, target_language=target)
    except OSError as error:
        failures.tell(name, reason(error))
    except InputError as error:
        failures.tell(name, error)
    return None


def _terms(path: Path | None, source: str | None, target: str | None) -> tuple[Term, ...]:
    """The glossary. Raises InputError where it cannot be read, or is of several languages and none is chosen."""
    if path is None:
        return ()
    if path.suffix.lower() == ".tbx" and (source is None or target is None):
        raise InputError(f"{path}: a TBX file has many languages; say --from and --to")
    try:
        return read_glossary(path.read_bytes(), str(path), source or _ANY, target or _ANY)
    except OSError as error:
        raise InputError(f"{path}: {reason(error)}") from None


def _show(found: Comparison, output: str) -> None:
    if output == "json":
        click.echo(json.dumps(answer(found), ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False, soft_wrap=True)
    print_comparison(console, found)
    print_bitext_summary(console, found)
