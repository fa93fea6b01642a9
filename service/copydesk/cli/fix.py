"""`copydesk fix`: show the corrected text as a diff, or write it."""

from __future__ import annotations

import difflib
import sys

import click
from rich.console import Console
from rich.text import Text

from copydesk.cli.common import Asked, Failures, review_options
from copydesk.cli.writing import put_back
from copydesk.errors import CopydeskError
from copydesk.pipeline import SAFE, UNSAFE

_STYLE = {"+": "green", "-": "red", "@": "cyan"}


@click.command()
@review_options
@click.option("--write", is_flag=True, help="Write the corrected text back instead of showing a diff.")
@click.option("--unsafe", is_flag=True, help="Also the fixes that are only probably right.")
def fix(asked: Asked, write: bool, unsafe: bool) -> None:
    """Apply safe fixes. Shows a diff; with --write the files are replaced (standard input goes to standard output).
    A Word file is never written.

    Exit status: 0 nothing to fix or all written, 1 a diff was shown, 2 something could not be done.
    """
    failures = Failures()
    changed = False
    for source in asked.sources(failures):
        try:
            review = asked.review(source)
            applied = asked.desk.correct(review, asked.options, UNSAFE if unsafe else SAFE)
            if write:
                if put_back(source, applied.text):
                    click.echo(f"fixed {source.name}", err=True)
            elif applied.text != review.document.text:
                changed = True
                _print_diff(source.name, review.document.text, applied.text)
        except CopydeskError as error:
            failures.tell(source.name, error)
    sys.exit(2 if failures else int(changed))


def _print_diff(name: str, old: str, new: str) -> None:
    console = Console(highlight=False, soft_wrap=True)
    lines = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{name}", f"b/{name}")
    for line in lines:
        body = line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        console.print(Text(body.rstrip("\r\n"), style=_STYLE.get(line[:1], "")))
