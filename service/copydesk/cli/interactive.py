"""Fixes decided one by one: each is shown in its place, and a key says what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import click
from rich.console import Console
from rich.text import Text

from copydesk.cli.common import Failures
from copydesk.cli.writing import put_back
from copydesk.errors import CopydeskError
from copydesk.findings.correct import apply_edits
from copydesk.model import Document, Edit, Finding, Fix, Span
from copydesk.offsets import Offsets
from copydesk.repository.run import Reviewed

_KEYS = "y yes, n no, a all of this rule, s skip the rest of this file, q quit"
_YES, _NO, _ALL, _SKIP, _QUIT = "ynasq"
_MOST = 9  # alternatives of a finding that have a key


class _Quit(Exception):  # noqa: N818 (no error: the user is done)
    """The user wants to stop; what was agreed to counts."""


@dataclass(slots=True)
class _Decisions:
    """What the user has said so far: the rules whose every fix is wanted."""

    console: Console
    rules: set[str] = field(default_factory=set)

    def edits(self, document: Document, findings: Sequence[Finding]) -> Iterator[Edit]:
        """The edits agreed to, none over another. Raises `_Quit` after those that came before."""
        offsets = Offsets(document.text)
        taken: list[Span] = []
        for finding in findings:
            fixes = [fix for fix in finding.fixes[:_MOST] if not _meets(fix, taken)]
            if not fixes:
                continue
            if finding.rule in self.rules:
                fix: Fix | None = fixes[0]
            else:
                self._show(document, finding, fixes, offsets)
                key = self._key(len(fixes))
                if key == _QUIT:
                    raise _Quit
                if key == _SKIP:
                    return
                if key == _ALL:
                    self.rules.add(finding.rule)
                fix = None if key == _NO else fixes[int(key) - 1 if key.isdigit() else 0]
            if fix is not None:
                taken += [edit.span for edit in fix.edits]
                yield from fix.edits

    def _show(self, document: Document, finding: Finding, fixes: Sequence[Fix], offsets: Offsets) -> None:
        line, column = offsets.line_column(finding.span.start)
        place = f"{document.source}:{line}:{column}: "
        self.console.print(Text.assemble((place, "bold"), f"{finding.severity} [{finding.rule}]"))
        self.console.print(Text(f"    {finding.message}"))
        for number, fix in enumerate(fixes, start=1):
            old, new = _around(document.text, fix)
            if number == 1:
                self.console.print(Text("\n".join(f"  - {row}" for row in old), style="red"))
            head = "  +" if len(fixes) == 1 else f"{number} +"
            rows = new or ["(nothing)"]
            self.console.print(Text("\n".join(f"{head} {row}" for row in rows), style="green"))

    def _key(self, fixes: int) -> str:
        """The key that was pressed, of those that mean something. Ctrl-D, or no more answers, is to quit."""
        more = f", 1 to {fixes} that one" if fixes > 1 else ""
        self.console.print(Text(f"  {_KEYS}{more}? ", style="dim"), end="")
        known = {_YES, _NO, _ALL, _SKIP, _QUIT, *map(str, range(1, fixes + 1) if fixes > 1 else ())}
        while True:
            try:
                key = click.getchar().lower()
            except EOFError:
                key = _QUIT
            if key in known:
                self.console.print(key)
                return key


def decide(reviewed: Sequence[Reviewed], failures: Failures) -> None:
    """Asks about each fix in each text, and writes a text as soon as it is decided. Tells what it did."""
    decisions = _Decisions(Console(highlight=False, soft_wrap=True))
    for one in reviewed:
        edits: list[Edit] = []
        done = False
        try:
            for edit in decisions.edits(one.review.document, one.review.findings):
                edits.append(edit)  # noqa: PERF402 (those before the user quits count)
        except _Quit:
            done = True
        try:
            if edits and put_back(one.task, apply_edits(one.review.document.text, edits)):
                click.echo(f"fixed {one.task.name}", err=True)
        except CopydeskError as error:
            failures.tell(one.task.name, error)
        if done:
            return


def _meets(fix: Fix, taken: Sequence[Span]) -> bool:
    """Whether an edit of `fix` overlaps one of `taken`, or inserts where one stands."""
    return any(
        edit.span.overlaps(span) or (not len(edit.span) and span.start <= edit.span.start <= span.end)
        for edit in fix.edits
        for span in taken
    )


def _around(text: str, fix: Fix) -> tuple[list[str], list[str]]:
    """The lines that `fix` changes, before and after it."""
    start = text.rfind("\n", 0, min(edit.span.start for edit in fix.edits)) + 1
    last = max(edit.span.end for edit in fix.edits)
    end = len(text) if (found := text.find("\n", last)) < 0 else found
    moved = [Edit(edit.span.shift(-start), edit.text) for edit in fix.edits]
    old, new = text[start:end].splitlines(), apply_edits(text[start:end], moved).splitlines()
    while old and new and old[-1] == new[-1]:  # an edit that takes a line break along ends in the next line
        old.pop()
        new.pop()
    return old, new
