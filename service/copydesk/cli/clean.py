"""`copydesk clean`: take out what scrapers left behind, and tell every removal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from copydesk.cleaning import FAMILIES, Cleaned, clean, only_cleaning
from copydesk.cli.asked import Asked, file_options
from copydesk.cli.common import Failures
from copydesk.cli.writing import put_back, refuse_existing, write_new
from copydesk.errors import CopydeskError, InputError
from copydesk.pipeline import SAFE, UNSAFE
from copydesk.render.cleaned import answer, lines, summary
from copydesk.repository.report import Failure
from copydesk.repository.reviewer import Reviewer
from copydesk.repository.task import Task

_DEFAULTS = {"families": [family.value for family in FAMILIES], "engine": "none"}  # no engine is loaded


@click.command("clean", context_settings={"default_map": _DEFAULTS})
@file_options
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
    if strange := sorted((asked.flags.families or frozenset()) - frozenset(FAMILIES)):
        raise InputError(f"clean knows the families {', '.join(FAMILIES)}; not {', '.join(strange)}")
    refuse_existing(target, "a report")
    failures, unread = Failures(), list[Failure]()
    tasks = asked.tasks(unread)
    failures.tell_all(unread)
    if len(tasks) > 1 and not write:
        raise click.UsageError("several texts: clean them with --write, or one at a time")
    reviewer = Reviewer(asked.plan.settings, remember=asked.plan.remember, reader=asked.plan.reader)
    done: list[Cleaned] = []
    for task in tasks:
        try:
            cleaned = _cleaned(reviewer, task, unsafe)
            if write:
                put_back(task, cleaned.text)
            else:
                sys.stdout.buffer.write(cleaned.text.encode("utf-8"))
        except CopydeskError as error:
            failures.tell(task.name, error)
            continue
        done.append(cleaned)
        for line in lines(cleaned):
            click.echo(line, err=True)
    _finish(done, target)
    sys.exit(2 if failures else int(any(cleaned.kept for cleaned in done)))


def _cleaned(reviewer: Reviewer, task: Task, unsafe: bool) -> Cleaned:
    options = only_cleaning(reviewer.options(task))
    review = reviewer.review(task, options)
    return clean(reviewer.desk(task.config), review, options, UNSAFE if unsafe else SAFE)


def _finish(done: list[Cleaned], target: Path | None) -> None:
    """The summary, and the report where one is wanted. Raises InputError where it cannot be written."""
    told = summary(done)
    counts = [(told["changes"], "change"), (told["documents"], "text"), (told["kept"], "finding")]
    changes, texts, kept = (f"{count} {noun}" + ("s" if count != 1 else "") for count, noun in counts)
    click.echo(f"{changes} in {texts}; {kept} kept", err=True)
    if target is not None:
        write_new(target, json.dumps(answer(done), ensure_ascii=False, indent=2) + "\n")
