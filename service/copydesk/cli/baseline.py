"""`copydesk baseline`: note what is wrong today, so that only what is new is told."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from copydesk.cli.asked import Asked, file_options
from copydesk.cli.common import STDIN, Failures
from copydesk.render.wording import counted
from copydesk.repository.baseline import FILE, Baseline
from copydesk.repository.paths import told_from
from copydesk.repository.report import Failure


@click.command()
@file_options
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
def baseline(asked: Asked, output: Path | None) -> None:
    """Note all findings of the texts at the paths (without one: of the whole root) as known: `copydesk check` leaves
    them out from then on. Findings of other files that the baseline has already stay in it; those that are gone, go.

    Written to --output, to what the configuration calls “baseline”, or to copydesk-baseline.json at its root.
    Exit status: 0 written, 2 something could not be reviewed; the rest was written.
    """
    if STDIN in asked.paths:
        raise click.UsageError("a baseline is of files; “-” is standard input")
    target = output or asked.config.baseline or asked.config.root / FILE
    before = Baseline.read(target, asked.config.root) if target.exists() else None
    unread: list[Failure] = []
    whole = replace(asked, paths=asked.paths or (str(asked.config.root),))
    report = asked.report(asked.run(whole.tasks(unread)), unread)
    known = Baseline.of(report, before)
    known.write(target)
    click.echo(
        f"known now: {counted(len(known), 'finding')} in {counted(len(known.known), 'file')}: {target}", err=True
    )
    if target != asked.config.baseline:
        click.echo("to leave them out: copydesk check --baseline, or “baseline” in copydesk.toml", err=True)
    told = Failures()
    told.tell_all(told_from(Path.cwd(), report).failures)
    sys.exit(2 if told else 0)
