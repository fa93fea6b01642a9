"""A view while it is being written: readers tell text, spaces, inline elements and ends of blocks, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from copydesk.errors import UnreadableError
from copydesk.limits import heed_time
from copydesk.model import Document, Notice, Segment, SegmentKind, Span
from copydesk.read.credits import credit_at_end, is_credit
from copydesk.read.escapes import plain
from copydesk.read.language import canonical_or_none, choose
from copydesk.read.plain import is_headline
from copydesk.read.projection import Block, Escape, Inline, Projection, Reading, Run
from copydesk.read.sentences import sentences_of
from copydesk.read.tags import FOLDED, references

_FOLDED = re.compile(r"[ \t\n\f\r]{2,}|[\t\n\f\r]")  # white space that is more than the one space it is read as
_MOST_RUNS = 200_000  # in one block: those of a hundred thousand lines; to bring findings back takes a second then
_CREDITABLE = (SegmentKind.PARAGRAPH, SegmentKind.TITLE, SegmentKind.CAPTION)


@dataclass(slots=True)
class Writing:
    """A block that is being written. `start` is where it begins in the view; `removal` is told when it is known."""

    kind: SegmentKind
    start: int
    language: str | None = None
    escape: Escape = plain
    around: Span = field(default_factory=lambda: Span(0, 0))
    loose: bool = False  # nothing but its own look says whether it is a headline
    removal: tuple[Span, ...] = ()
    owned: bool = False  # whether `removal` is an element of its own
    runs: list[Run] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Where it ends in the view."""
        return self.runs[-1].view_end if self.runs else self.start


class Draft:
    """Writes the view of one source. White space is folded to one space, as both HTML and Markdown do."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._at = 0
        self._space: tuple[int, int] | None = None
        self.blocks: list[Writing] = []
        self.code: list[Span] = []  # what was left out and is no markup
        self.block: Writing | None = None

    @property
    def at(self) -> int:
        """Where in the view the next code point comes, a space that waits included."""
        return self._at + (self._space is not None)

    def begin(self, kind: SegmentKind, language: str | None, escape: Escape, around: Span) -> Writing:
        """A new block; the one before it ends. It takes a line of its own once it has text."""
        self.end()
        self.block = Writing(kind, self._at, language, escape, around)
        return self.block

    def end(self) -> Writing | None:
        """Ends the block that is being written, if any, and returns it if it has text."""
        block, self.block, self._space = self.block, None, None
        if block is None or not block.runs:
            return None
        self.blocks.append(block)
        self._parts.append("\n\n")
        self._at += 2
        return block

    def text(self, start: int, end: int) -> None:
        """The source from `start` to `end` as it stands, white space folded."""
        at = start
        for match in _FOLDED.finditer(self._source, start, end):
            self._words(at, match.start())
            self.space(*match.span())
            at = match.end()
        self._words(at, end)

    def _words(self, start: int, end: int) -> None:
        """Words with single spaces between them; those at the ends may meet others."""
        if start < end and self._source[start] == " ":
            self.space(start, start + 1)
            start += 1
        last = end - 1 if start < end and self._source[end - 1] == " " else end
        self.put(self._source[start:last], start, last, True)
        if last < end:
            self.space(last, end)

    def fold(self, start: int, end: int, *, closed: bool = False) -> None:
        """As `text`, character references as what they stand for; `closed` as `references` has it."""
        for at, after, meant in references(self._source, start, end, closed=closed):
            self.text(start, at)
            if meant and meant in FOLDED:
                self.space(at, after)
            else:
                self.put(meant, at, after)
            start = after
        self.text(start, end)

    def put(self, text: str, start: int, end: int, exact: bool = False) -> None:
        """`text`, for which the source has what stands from `start` to `end`."""
        block = self.block
        if not text or block is None:
            return
        if self._space is not None:
            self._add(block, " ", *self._space, self._source[slice(*self._space)] == " ")
            self._space = None
        self._add(block, text, start, end, exact)

    def space(self, start: int, end: int) -> None:
        """White space: one space, unless at an edge of the block or beside another."""
        if self._space is None and self.block is not None and self.block.runs:
            self._space = (start, end)

    def inline(self, view: int, start: int, end: int) -> None:
        """An inline element that began at `view`, and in the source stands from `start` to `end`."""
        if self.block is not None and view >= self.block.start:
            self.block.inlines.append(Inline(Span(view, max(self._at, view)), Span(start, end)))

    def _add(self, block: Writing, text: str, start: int, end: int, exact: bool) -> None:
        last = block.runs[-1] if block.runs else None
        if exact and last is not None and last.exact and last.source_end == start:
            block.runs[-1] = last._replace(length=last.length + len(text), width=last.width + len(text))
        elif len(block.runs) < _MOST_RUNS:
            block.runs.append(Run(self._at, len(text), start, end - start, exact))
        else:
            line = self._source.count("\n", 0, start) + 1
            told = f"the paragraph at line {line} is broken by more than {_MOST_RUNS} marks, line ends or tabs"
            raise UnreadableError(told, field="text")
        self._parts.append(text)
        self._at += len(text)

    def reading(
        self,
        form: str,
        wanted: str | None,
        said: str | None,
        name: str | None,
        definitions: str = "",
    ) -> tuple[Reading, tuple[Notice, ...]]:
        """The finished reading, and what was assumed. `wanted` is the caller's language, `said` the source's own."""
        self.end()
        view = "".join(self._parts)
        language, notices = choose(view, wanted, said)
        blocks = tuple(_finished(block, view, language) for block in self.blocks)
        segments = tuple(block.segment for block in blocks)
        shown = Document(view, segments, sentences_of(view, segments), language, form, name)
        labels = tuple(_labels(self._source, blocks, self.code, language))
        document = Document(self._source, labels, (), language, form, name)
        return Reading(document, shown, Projection(blocks, definitions)), notices


def _finished(block: Writing, view: str, language: str) -> Block:
    heed_time()
    span = Span(block.start, block.end)
    own = canonical_or_none(block.language) if block.language else None
    if own is None or own.split("-", 1)[0] == language.split("-", 1)[0]:
        own = language
    segment = Segment(_kind(block, span.of(view)), span, own)
    inlines = sorted(
        Inline(Span(max(i.view.start, span.start), min(max(i.view.end, i.view.start), span.end)), i.source)
        for i in block.inlines
        if i.view.start <= span.end
    )
    return Block(segment, tuple(block.runs), tuple(inlines), block.removal, block.escape, block.around)


def _kind(block: Writing, line: str) -> SegmentKind:
    if block.kind in _CREDITABLE and is_credit(line) and credit_at_end(line) == len(line):
        return SegmentKind.CREDIT
    return SegmentKind.TITLE if block.loose and is_headline(line) else block.kind


def _labels(source: str, blocks: tuple[Block, ...], code: list[Span], language: str) -> Iterator[Segment]:
    """The segments of the source, in order: each stretch of text by its block's kind, code and markup between."""
    known = [
        Segment(block.segment.kind, piece, block.segment.language)
        for block in blocks
        for piece in block.pieces(block.segment.span)
    ]
    known += [Segment(SegmentKind.CODE, span, language) for span in code if len(span)]
    at = 0
    for segment in sorted(known, key=lambda s: s.span):
        if segment.span.start < at:
            continue
        yield from _markup(source, Span(at, segment.span.start), language)
        yield segment
        at = segment.span.end
    yield from _markup(source, Span(at, len(source)), language)


def _markup(source: str, gap: Span, language: str) -> Iterator[Segment]:
    said = gap.of(source)
    if said.strip():
        start = gap.start + len(said) - len(said.lstrip())
        yield Segment(SegmentKind.MARKUP, Span(start, start + len(said.strip())), language)
