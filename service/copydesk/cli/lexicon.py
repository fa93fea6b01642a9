"""`copydesk names lexicon`: find contradictions in lexicons."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk.names.lexicon import read_entries
from copydesk.names.lexicon_check import contradictions, overruled
from copydesk.packs import shipped_rules


@click.group()
def lexicon() -> None:
    """Lexicons: which form of a name to write."""


@lexicon.command()
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path(path_type=Path))
@click.option("--sources", is_flag=True, help="An entry that names no source is wrong too (always so without PATH).")
def check(paths: tuple[Path, ...], sources: bool) -> None:
    """Find contradictions in lexicons, files or folders of *.yaml; without PATH, in those that ship.

    Files given together are held against each other. Where they write another form than the lexicon that ships, which
    is theirs to decide, they say so. Exit status: 0 clean, 1 contradictions, 2 a file that cannot be read as a lexicon.
    """
    shipped = [shipped_rules() / "lexicon"]
    placed = list(read_entries(paths or shipped))
    faults = contradictions(placed, sources=sources or not paths)
    notes = list(overruled(placed, read_entries(shipped))) if paths else []
    for told in (*faults, *notes):
        click.echo(told)
    click.echo(
        f"{len(placed)} entries, {len(faults)} contradictions"
        + (f", {len(notes)} unlike the lexicon that ships" if notes else ""),
        err=bool(faults),
    )
    if faults:
        raise SystemExit(1)
