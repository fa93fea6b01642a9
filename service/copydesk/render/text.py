"""Findings for a terminal: the line, a caret under the span, the reason, the fix."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from copydesk.model import Finding, Review, Severity
from copydesk.render.wording import Places, engines, fix_in_words, shown_path, totals, visible
from copydesk.repository.report import Report

COLOUR = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.SUGGESTION: "blue"}
_WIDTH = 100  # cells of a source line that are shown around the span
_MOST_FIXES = 3


def text(report: Report) -> str:
    """What a terminal would show, without colours: for a file or a log."""
    out = io.StringIO()
    print_report(Console(file=out, highlight=False, soft_wrap=True, color_system=None, force_terminal=False), report)
    return out.getvalue()


def print_report(console: Console, report: Report) -> None:
    """Every review in order, then what could not be reviewed, then the totals."""
    for review in report.reviews:
        print_review(console, review)
    for failure in report.failures:
        words = visible(f"{shown_path(failure.path)}: not reviewed: {failure.reason}")
        console.print(Text(words, style="red"))
    print_totals(console, report)


def print_review(console: Console, review: Review) -> None:
    """One block a finding, and the notices of the review."""
    places = Places(review.document)
    for finding in review.findings:
        _put(console, _block(finding, review.document.text, places))
    for notice in review.notices:
        console.print(Text(visible(f"{places.name}: note: {notice.message}"), style="dim"))


def print_totals(console: Console, report: Report) -> None:
    """One line: how many findings in how many texts, what is held back, and which engines read them."""
    by = f" (engines: {engines(report)})" if engines(report) else ""
    console.print(Text("; ".join(totals(report)) + by, style="bold"))


def _block(finding: Finding, text: str, places: Places) -> Iterator[tuple[str, str]]:
    """The lines of a finding, as parts with their styles."""
    line, column = places.offsets.line_column(finding.span.start)
    colour = COLOUR[finding.severity]
    shown, before, marked = _excerpt(places.offsets.line_text(line), column - 1, len(finding.span))
    yield f"{places.of(finding.span.start)}: ", "bold"
    yield str(finding.severity), colour
    yield f" [{finding.rule}]\n    {shown}\n", ""
    yield f"    {' ' * before}{'^' * marked}\n", colour
    yield f"    {visible(finding.message)}\n", ""
    for fix in finding.fixes[:_MOST_FIXES]:
        yield f"    {fix.safety} fix: {visible(fix_in_words(fix, text))}\n", "green"
    for related in finding.related[:_MOST_FIXES]:
        yield f"    see {places.of(related.span.start)}: {visible(related.message)}\n", "dim"
    yield "\n", ""


def _put(console: Console, parts: Iterator[tuple[str, str]]) -> None:
    """Prints the parts. Where there are no colours they are written as they are: rich takes 0.3 ms a finding."""
    if console.color_system is None:
        console.file.write("".join(words for words, _ in parts))
    else:
        console.print(Text.assemble(*parts), end="")


def _excerpt(line: str, start: int, length: int) -> tuple[str, int, int]:
    """The part of the line around the span, and the cells before and under it; control characters are shown as ·."""
    left = max(0, start - _WIDTH // 2)
    shown = line[left : max(left + _WIDTH, min(start + length, left + 2 * _WIDTH))]
    shown = visible(shown)
    prefix = "…" if left else ""
    before = cell_len(prefix + shown[: start - left])
    marked = cell_len(shown[start - left : start - left + length])
    return prefix + shown, before, max(marked, 1)
