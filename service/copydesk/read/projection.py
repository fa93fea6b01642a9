"""What a reader shows to the checkers, and where each part of it stands in the source.

A reader turns a source with markup into a *view*: the readable text, one segment a line, as plain text is. Checkers see
the view and never the markup. The *projection* is the way back: it tells for every code point of the view which code
points of the source it stands for, and what in the source takes a segment out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from copydesk.model import Document, Segment, Span

CODE_MARK = "\ufffc"
"""Stands in the view for what is left out of a sentence: code. It has a place in the source like any other text."""

_T = TypeVar("_T")

Escape = Callable[[str, str], str | None]
"""New text as the source must hold it; the second argument is what stands before it on its line of the source. None
where the format cannot hold it (a line break in a heading, say)."""


class Run(NamedTuple):
    """A stretch of the view that stands for a stretch of the source, both in code points.

    `exact`: the same text, so that any part of it can be edited. Other runs (a character reference, an escape, white
    space that the format folds) are edited as a whole. A named tuple because a page has tens of thousands.
    """

    view: int
    length: int
    source: int
    width: int
    exact: bool

    @property
    def view_end(self) -> int:
        """Where it ends in the view."""
        return self.view + self.length

    @property
    def source_end(self) -> int:
        """Where it ends in the source."""
        return self.source + self.width


class Inline(NamedTuple):
    """An inline element: what of the view is in it, and its whole in the source, tags included.

    An empty `view` is something that is left out of the view and may go with the words around it (inline code).
    """

    view: Span
    source: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A segment of the view with its way back. `runs` and `inlines` are in the order of the view.

    `removal` goes from the source with the text when all of the segment goes: the element around it, or the break after
    it; empty where only the text may go (a heading, a table cell, an alt text). `around` is the stretch of source that
    can be read on its own.
    """

    segment: Segment
    runs: tuple[Run, ...]
    inlines: tuple[Inline, ...]
    removal: tuple[Span, ...]
    escape: Escape
    around: Span

    @property
    def source(self) -> Span:
        """The stretch of the source from the first to the last code point of the segment."""
        return Span(self.runs[0].source, self.runs[-1].source_end)

    def within(self, span: Span) -> Iterator[Run]:
        """The parts of runs that lie in `span` of the view; a run that is not exact is given whole."""
        first = max(bisect_right(self.runs, span.start, key=lambda r: r.view) - 1, 0)
        for run in onward(self.runs, first):
            if run.view >= span.end:
                return
            if run.view_end <= span.start:
                continue
            if not run.exact:
                yield run
                continue
            start, end = max(run.view, span.start), min(run.view_end, span.end)
            yield Run(start, end - start, run.source + start - run.view, end - start, True)

    def pieces(self, span: Span) -> list[Span]:
        """The stretches of the source behind `span` of the view; what adjoins in the source is one."""
        found: list[Span] = []
        start = end = -1
        for run in self.within(span):  # in the order of the source, too; thousands, and most of them adjoin
            if run.source > end:
                if start >= 0:
                    found.append(Span(start, end))
                start = run.source
            end = run.source_end
        return [*found, Span(start, end)] if start >= 0 else []

    def behind(self, span: Span) -> Span | None:
        """From the first to the last code point of the source behind `span` of the view; None where nothing is."""
        first = next(self.within(span), None)
        if first is None:
            return None
        last = self.runs[bisect_left(self.runs, span.end, key=lambda r: r.view) - 1]
        end = min(last.source_end, last.source + span.end - last.view) if last.exact else last.source_end
        return Span(first.source, end)

    def place(self, at: int) -> int:
        """Where in the source text is put in that the view has at `at`: after what stands before it."""
        index = bisect_left(self.runs, at, key=lambda r: r.view) - 1
        if index < 0:
            return self.runs[0].source
        run = self.runs[index]
        return run.source + at - run.view if run.exact and at <= run.view_end else run.source_end


@dataclass(frozen=True, slots=True)
class Projection:
    """The blocks of a view, in its order. What the view has between them stands for nothing in the source.

    `definitions` is what of the source any part needs to be read alone (the link definitions of Markdown).
    """

    blocks: tuple[Block, ...]
    definitions: str = ""

    def touched(self, span: Span) -> Sequence[Block]:
        """The blocks that share a code point with `span`, or that an empty `span` lies in or at the edge of."""
        at = max(bisect_right(self.blocks, span.start, key=lambda b: b.segment.span.start) - 1, 0)
        found = []
        for block in onward(self.blocks, at):
            own = block.segment.span
            if own.start > span.end or (own.start == span.end and len(span)):
                break
            if own.overlaps(span) or (not len(span) and own.start <= span.start <= own.end):
                found.append(block)
        return found


@dataclass(frozen=True, slots=True)
class Reading:
    """A source and what is read of it.

    `document` is the source, its markup labelled: offsets of answers are into its text. `view` is what checkers see.
    Without a projection the two are one, as in plain text, and there is nothing to bring back.
    """

    document: Document
    view: Document
    projection: Projection | None = None


def onward(items: Sequence[_T], first: int) -> Iterator[_T]:
    """`items` from an index on. A slice would copy what follows, and `islice` step over what is before, each time."""
    return (items[index] for index in range(first, len(items)))


def joined(spans: Iterator[Span]) -> list[Span]:
    """`spans`, in any order, as few as possible: those that overlap or adjoin are one. In the order of the source."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
