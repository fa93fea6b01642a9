"""Findings for a terminal: the line, a caret under the span, the reason, the fix."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from copydesk.model import Document, Finding, Review, Severity
from copydesk.offsets import Offsets
from copydesk.read import is_writable

COLOUR = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.SUGGESTION: "blue"}
_WIDTH = 100  # cells of a source line that are shown around the span
_MOST_FIXES = 3


class _Places:
    """Places in a document as a person finds them: by line and column, in a Word file by paragraph."""

    def __init__(self, document: Document) -> None:
        self.name = document.source or "<text>"
        self.offsets = Offsets(document.text)
        self._by_paragraph = not is_writable(document.format)

    def of(self, point: int) -> str:
        line, column = self.offsets.line_column(point)
        if self._by_paragraph:
            return f"{self.name}: paragraph {line}, character {column}"
        return f"{self.name}:{line}:{column}"


def print_review(console: Console, review: Review) -> None:
    """One block a finding, and the notices of the review."""
    places = _Places(review.document)
    for finding in review.findings:
        _print_finding(console, finding, review.document.text, places)
    for notice in review.notices:
        console.print(Text(f"{places.name}: note: {notice.message}", style="dim"))


def print_summary(console: Console, reviews: Sequence[Review]) -> None:
    """One line: how many findings in how many texts, and which engines read them."""
    count = sum(len(review.findings) for review in reviews)
    engines = sorted({f"{e.name} {e.version}" for review in reviews for e in review.engines})
    by = f" (grammar: {', '.join(engines)})" if engines else ""
    texts = "1 text" if len(reviews) == 1 else f"{len(reviews)} texts"
    findings = "1 finding" if count == 1 else f"{count} findings"
    console.print(Text(f"{findings} in {texts}{by}", style="bold"))


def _print_finding(console: Console, finding: Finding, text: str, places: _Places) -> None:
    line, column = places.offsets.line_column(finding.span.start)
    colour = COLOUR[finding.severity]
    head = (f"{places.of(finding.span.start)}: ", "bold"), (str(finding.severity), colour), f" [{finding.rule}]"
    console.print(Text.assemble(*head))
    shown, before, marked = _excerpt(places.offsets.line_text(line), column - 1, len(finding.span))
    console.print(Text(f"    {shown}"))
    console.print(Text(f"    {' ' * before}{'^' * marked}", style=colour))
    console.print(Text(f"    {finding.message}"))
    for fix in finding.fixes[:_MOST_FIXES]:
        edits = ", ".join(_edit(e.span.of(text), e.text) for e in fix.edits)
        console.print(Text(f"    {fix.safety} fix: {edits}", style="green"))
    for related in finding.related[:_MOST_FIXES]:
        console.print(Text(f"    see {places.of(related.span.start)}: {related.message}", style="dim"))
    console.print()


def _edit(old: str, new: str) -> str:
    old, new = (s if len(s) <= 40 else f"{s[:37]}…" for s in (old.strip("\r\n"), new))
    return f"“{old}” → “{new}”" if new else f"remove “{old}”"


def _excerpt(line: str, start: int, length: int) -> tuple[str, int, int]:
    """The part of the line around the span, and the cells before and under it; control characters are shown as ·."""
    left = max(0, start - _WIDTH // 2)
    shown = line[left : max(left + _WIDTH, min(start + length, left + 2 * _WIDTH))]
    shown = "".join(c if c.isprintable() else "·" for c in shown)
    prefix = "…" if left else ""
    before = cell_len(prefix + shown[: start - left])
    marked = cell_len(shown[start - left : start - left + length])
    return prefix + shown, before, max(marked, 1)
