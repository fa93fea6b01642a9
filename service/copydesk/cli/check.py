"""`copydesk check`: review texts and tell what was found, in as many forms as are asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from copydesk.cli.asked import Asked, file_options
from copydesk.cli.changes import Narrowed, in_index, since
from copydesk.cli.common import Failures
from copydesk.render.outputs import OUTPUTS, written
from copydesk.render.text import print_review, print_totals
from copydesk.repository.baseline import Baseline
from copydesk.repository.changed import only_changed
from copydesk.repository.git import root_of
from copydesk.repository.paths import told_from
from copydesk.repository.report import Failure, HeldBack, Report
from copydesk.repository.run import Run
from copydesk.repository.task import Task
from copydesk.repository.write import reason, write_whole


class _Target(click.ParamType[tuple[str, Path]]):
    """`FORMAT:FILE`."""

    name = "FORMAT:FILE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        form, colon, path = value.partition(":")
        if not colon or not path or form not in OUTPUTS:
            self.fail(f"“{value}” is not FORMAT:FILE, with one of {', '.join(OUTPUTS)}", param, ctx)
        return form, Path(path)


@click.command()
@file_options
@click.option("--diff-base", metavar="REF", help="Only what is on lines changed since HEAD and REF parted.")
@click.option("--staged", is_flag=True, help="Only what is on lines that the next commit changes, as they are staged.")
@click.option("--baseline", type=click.Path(path_type=Path), help="Leave out what this file of `baseline` knows.")
@click.option("--corpus", is_flag=True, help="Also names and passages that stand in several of the texts.")
@click.option("--format", "output", type=click.Choice(list(OUTPUTS)), default="text", show_default=True)
@click.option("--output", "targets", multiple=True, type=_Target(), help="Also write this form to a file; repeatable.")
def check(
    asked: Asked,
    diff_base: str | None,
    staged: bool,
    baseline: Path | None,
    corpus: bool,
    output: str,
    targets: tuple[tuple[str, Path], ...],
) -> None:
    """Review texts: files (text, Markdown, HTML, subtitles, Word), folders of them, or standard input (-).

    Exit status: 0 nothing was found, 1 something was, 2 something could not be done; the rest was all the same.
    """
    if diff_base is not None and staged:
        raise click.UsageError("--diff-base and --staged are two ways to choose lines: give one")
    known_file = baseline or asked.config.baseline
    known = None if known_file is None else Baseline.read(known_file, asked.config.root)
    failures: list[Failure] = []
    if diff_base is not None:
        narrowed = since(asked, diff_base, failures)
    elif staged:
        narrowed = in_index(asked, failures)
    else:
        narrowed = Narrowed(asked.tasks(failures), {})
    run = asked.run(_without(narrowed.tasks, [path for _, path in targets]))
    if corpus or asked.config.corpus:
        _hold_together(run)
    report = _narrow(asked.report(run, failures), known, narrowed)
    told = Failures()
    told.tell_all(_for("text", report).failures)
    _show(_for(output, report), output)
    for name, path in targets:
        write_whole(path, written(name, _for(name, report)).encode("utf-8"))
    sys.exit(2 if told else int(any(review.findings for review in report.reviews)))


def _without(tasks: Sequence[Task], targets: Sequence[Path]) -> list[Task]:
    """`tasks` without the reports of an earlier run, which this one replaces."""
    ours = {path.resolve() for path in targets}
    return [task for task in tasks if task.path is None or task.path.resolve() not in ours]


def _hold_together(run: Run) -> None:
    """Adds what shows only when the texts of `run` are held against each other."""
    # Imported here because it needs all that a review needs, which a run that knows everything need not load.
    from copydesk.repository.corpus import across

    reviews = across(run.reviewed)
    run.reviewed = [replace(one, review=review) for one, review in zip(run.reviewed, reviews, strict=True)]


def _narrow(report: Report, known: Baseline | None, narrowed: Narrowed) -> Report:
    """`report` without what is known already and what is on lines that have not changed."""
    reviews, held, unchanged = [], 0, 0
    for review in report.reviews:
        if known is not None:  # before the lines: faults that are alike are told apart by their order in the whole text
            review, left_out = known.without(review)
            held += left_out
        review, left_out = only_changed(review, narrowed.lines.get(review.document.source or ""))
        unchanged += left_out
        reviews.append(review)
    return replace(report, reviews=tuple(reviews), held_back=HeldBack(baseline=held, unchanged=unchanged))


def _for(form: str, report: Report) -> Report:
    """`report` with the paths that readers of a form expect: programs take them from the root of the git repository,
    where the configuration lies in a folder of it."""
    if form == "text":
        return told_from(Path.cwd(), report)
    root = root_of(Path(report.root))
    return report if root is None or root == Path(report.root).resolve() else told_from(root, report)


def _show(report: Report, output: str) -> None:
    """The report on standard output. On GitHub, its annotations come with a summary of the job."""
    if output == "text":  # what could not be reviewed has been told on standard error
        console = Console(highlight=False, soft_wrap=True)
        for review in report.reviews:
            print_review(console, review)
        print_totals(console, report)
        return
    sys.stdout.buffer.write(written(output, report).encode("utf-8"))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if output == "github" and summary:
        # Imported here because nobody else needs it.
        from copydesk.render.markdown import job_summary

        try:
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(job_summary(report))
        except OSError as error:
            click.echo(f"copydesk: {summary}: {reason(error)}", err=True)
