"""The lines of a text that have changed, and the findings on them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from copydesk.model import Review, Span
from copydesk.read.projection import joined


@dataclass(frozen=True, slots=True)
class LineSet:
    """Lines from 1, as first and last of each stretch, in order and apart, and the lines after which something was
    taken out (0: before the first). A line ends with LF alone, as in git."""

    ranges: tuple[tuple[int, int], ...]
    cuts: tuple[int, ...] = ()

    def spans(self, text: str) -> list[Span]:
        """The stretches of `text`, in code points, each with its last line end; what is past the end is left out.

        Around a cut these are the lines that it has brought together: the next ones on both sides that are not empty.
        """
        starts = [0]
        while (end := text.find("\n", starts[-1])) >= 0:
            starts.append(end + 1)
        starts.append(len(text) + 1)  # an insertion at the very end is in the last line
        stretches = (*self.ranges, *(_around(cut, starts, text) for cut in self.cuts))
        last_line = len(starts) - 1
        return joined(Span(starts[a - 1], starts[min(b, last_line)]) for a, b in stretches if a <= last_line)


def _around(cut: int, starts: list[int], text: str) -> tuple[int, int]:
    """The first and the last line of what a cut has brought together; there may be none with text on one side."""
    lines = len(starts) - 1
    first = min(cut, lines)
    while first > 1 and not text[starts[first - 1] : starts[first]].strip():
        first -= 1
    last = min(cut + 1, lines)
    while last < lines and not text[starts[last - 1] : starts[last]].strip():
        last += 1
    return max(first, 1), last


def only_changed(review: Review, lines: LineSet | None) -> tuple[Review, int]:
    """`review` with the findings whose own span touches one of `lines`, and how many were left out.

    None stands for all lines. A related place on a changed line does not count: the fault is where it is shown.
    """
    if lines is None:
        return review, 0
    spans = lines.spans(review.document.text)
    starts = [span.start for span in spans]
    kept = tuple(finding for finding in review.findings if _touches(finding.span, spans, starts))
    return replace(review, findings=kept), len(review.findings) - len(kept)


def _touches(span: Span, spans: list[Span], starts: list[int]) -> bool:
    """Whether `span` shares a code point with one of `spans`; an empty one counts as the code point after it."""
    last = bisect_right(starts, max(span.end - 1, span.start)) - 1
    return last >= 0 and spans[last].end > span.start
