"""`copydesk fix`: show the corrected texts as a diff, write them, or decide one by one."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from copydesk.cli.asked import Asked, file_options
from copydesk.cli.common import Failures
from copydesk.cli.interactive import decide
from copydesk.cli.writing import put_back
from copydesk.errors import CopydeskError
from copydesk.model import Safety
from copydesk.repository.paths import told_from
from copydesk.repository.report import Failure
from copydesk.repository.run import Reviewed
from copydesk.repository.write import sweep

_STYLE = {"+": "green", "-": "red", "@": "cyan"}


@click.command()
@file_options
@click.option("--write", is_flag=True, help="Write the corrected text back instead of showing a diff.")
@click.option("--unsafe", is_flag=True, help="Also the fixes that are only probably right.")
@click.option("--interactive", is_flag=True, help="Show one fix after the other and ask; write what was agreed to.")
def fix(asked: Asked, write: bool, unsafe: bool, interactive: bool) -> None:
    """Apply safe fixes. Shows a diff; with --write the files are replaced (standard input goes to standard output).
    A Word file is never written.

    Exit status: 0 nothing to fix or all written, 1 a diff was shown, 2 something could not be done.
    """
    failures, unread = Failures(), list[Failure]()
    levels = frozenset({Safety.SAFE, Safety.UNSAFE}) if unsafe else frozenset({Safety.SAFE})
    tasks = asked.tasks(unread, frozenset() if interactive else levels)
    if interactive and any(task.path is None for task in tasks):
        raise click.UsageError("standard input cannot be text and answers at once: give files")
    sweep(task.path.resolve().parent for task in tasks if task.path is not None and (write or interactive))
    run = asked.run(tasks)
    failures.tell_all(told_from(Path.cwd(), asked.report(run, unread)).failures)
    if interactive:
        decide(run.reviewed, failures)
        sys.exit(2 if failures else 0)
    changed = False
    for one in run.reviewed:
        if not write:
            changed |= _print_diff(one)
            continue
        try:
            unchanged = one.text_fixed == one.review.document.text
            if not (unchanged and one.task.path is not None) and put_back(one.task, one.text_fixed):
                click.echo(f"fixed {asked.shown(one.task.name)}", err=True)
        except CopydeskError as error:
            failures.tell(asked.shown(one.task.name), error)
    sys.exit(2 if failures else int(changed))


def _print_diff(one: Reviewed) -> bool:
    """The difference that the fixes make; True where there is one."""
    name, old, new = one.task.name, one.review.document.text, one.text_fixed
    console = Console(highlight=False, soft_wrap=True)
    lines = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{name}", f"b/{name}")
    for line in lines:
        body = line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        console.print(Text(body.rstrip("\r\n"), style=_STYLE.get(line[:1], "")))
    return old != new
