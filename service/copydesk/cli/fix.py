"""`copydesk fix`: show the corrected text as a diff, or write it."""

from __future__ import annotations

import difflib
import os
import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from copydesk.cli.common import STDIN, Asked, Source, review_options, sources
from copydesk.errors import CopydeskError, InputError
from copydesk.pipeline import SAFE, UNSAFE

_STYLE = {"+": "green", "-": "red", "@": "cyan"}


@click.command()
@review_options
@click.option("--write", is_flag=True, help="Write the corrected text back instead of showing a diff.")
@click.option("--unsafe", is_flag=True, help="Also the fixes that are only probably right.")
def fix(asked: Asked, write: bool, unsafe: bool) -> None:
    """Apply safe fixes. Shows a diff; with --write the files are replaced (standard input goes to standard output).

    Exit status: 0 nothing to fix or all written, 1 a diff was shown, 2 something could not be done.
    """
    failures: list[str] = []
    changed = False

    def failed(name: str, error: CopydeskError) -> None:
        failures.append(name)
        click.echo(f"copydesk: {name}: {error}", err=True)

    for source in sources(asked.paths, asked.limit, failed):
        try:
            review = asked.desk.review(source.text, asked.options, language=asked.language, source=source.name)
            applied = asked.desk.correct(review, asked.options, UNSAFE if unsafe else SAFE)
            if write:
                _write(source, applied.text)
            elif applied.text != source.text:
                changed = True
                _print_diff(source, applied.text)
        except CopydeskError as error:
            failed(source.name, error)
    sys.exit(2 if failures else int(changed))


def _write(source: Source, text: str) -> None:
    """Replaces the file in one step: whoever reads it sees the old text or the new one. Raises InputError."""
    if source.name == "<stdin>":
        sys.stdout.buffer.write(text.encode("utf-8"))
        return
    path = Path(source.name).resolve()
    if text == source.text:
        return
    try:
        if path.read_bytes() != source.text.encode("utf-8"):
            raise InputError("changed while it was being reviewed; left as it is")
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as new:
            new.write(text.encode("utf-8"))
        Path(new.name).chmod(path.stat().st_mode & 0o7777)
        os.replace(new.name, path)  # noqa: PTH105 (atomic on every platform; the name says so)
    except OSError as error:
        raise InputError(error.strerror or type(error).__name__) from None
    click.echo(f"fixed {source.name}", err=True)


def _print_diff(source: Source, text: str) -> None:
    console = Console(highlight=False, soft_wrap=True)
    name = "stdin" if source.name == STDIN else source.name
    lines = difflib.unified_diff(
        source.text.splitlines(keepends=True), text.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    for line in lines:
        body = line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        console.print(Text(body.rstrip("\r\n"), style=_STYLE.get(line[:1], "")))
