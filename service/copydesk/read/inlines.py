"""The inline elements of a Markdown block, written into a draft."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import cast

from marko import inline
from marko.element import Element
from marko.ext.gfm import elements

from copydesk.model import SegmentKind, Span
from copydesk.read.draft import Draft, Writing
from copydesk.read.escapes import html_bare, html_quoted, markdown_title
from copydesk.read.projection import CODE_MARK, Escape
from copydesk.read.tags import tokens

_CRLF = re.compile("\r\n")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BAR = re.compile(r"\\\|")
_INDENT = re.compile(r"[ \t>]*")
_WORD = re.compile(r"[^\W_]")
_QUOTES = frozenset("\"'(")
_MARKED = (inline.Emphasis, inline.StrongEmphasis, inline.Link, elements.Strikethrough)


class Places:
    """From places in a text whose CRLF are folded to LF to places in the source."""

    def __init__(self, source: str) -> None:
        self._folds = [match.start() - i for i, match in enumerate(_CRLF.finditer(source))]

    def source(self, at: int) -> int:
        """Where the source has what the folded text has at `at`."""
        return at + bisect_right(self._folds, at - 1) if self._folds else at

    def span(self, place: tuple[int, int]) -> Span:
        """A stretch of the folded text as one of the source."""
        return Span(self.source(place[0]), self.source(place[1]))


class Inlines:
    """Writes one block. Alternative texts and titles come after the sentence that they stand in."""

    def __init__(
        self, source: str, draft: Draft, places: Places, around: Span, kind: SegmentKind, escape: Escape
    ) -> None:
        self._source, self._draft, self._places = source, draft, places
        self._around, self._kind, self._escape = around, kind, escape
        self._waiting: list[tuple[SegmentKind, Span | inline.Image, Escape]] = []
        self._break: Span | None = None
        self._lines: list[Writing] = []

    def write(self, children: Sequence[Element]) -> list[Writing]:
        """Writes all of `children`; the lines that they came to, alternative texts and titles left aside."""
        self._begin()
        self._walk(children)
        self._end(None)
        self._read_waiting()
        return self._lines

    def _begin(self) -> None:
        self._draft.begin(self._kind, None, self._escape, self._around)

    def _end(self, end: Span | None) -> None:
        """Ends a line at the break `end`, or at the end of the block; a line goes with its break."""
        done = self._draft.end()
        if done is not None:
            self._lines.append(done)
            gone = end or self._break
            done.removal = () if gone is None else (gone,)
        self._break = end

    def _walk(self, children: Sequence[Element]) -> None:
        for child in children:
            if child.source_span is not None:
                self._element(child, self._places.span(child.source_span))

    def _element(self, child: Element, span: Span) -> None:
        draft = self._draft
        if isinstance(child, inline.RawText):
            self._text(span)
        elif isinstance(child, inline.Literal):
            draft.put(self._source[span.end - 1 : span.end], span.start, span.end)
        elif isinstance(child, inline.LineBreak):
            self._line_break(span, soft=child.soft)
        elif isinstance(child, inline.CodeSpan):
            draft.code.append(span)
            draft.put(CODE_MARK, span.start, span.end)
        elif isinstance(child, inline.Image):
            self._wait(SegmentKind.ALT_TEXT, child, self._escape)
            self._title(child.title_span, SegmentKind.CAPTION)
        elif isinstance(child, inline.AutoLink):
            marked = int(not isinstance(child, elements.Url))
            draft.put(
                self._source[span.start + marked : span.end - marked], span.start + marked, span.end - marked, True
            )
        elif isinstance(child, inline.InlineHTML):
            self._tag(span)
        else:
            at = draft.at
            if isinstance(child, _MARKED):
                self._walk(cast(Sequence[Element], child.children))
            if isinstance(child, inline.Link):
                self._title(child.title_span, SegmentKind.TITLE)
            draft.inline(at, span.start, span.end)

    def _text(self, span: Span) -> None:
        """Text; in a table also what the parser has put in place of an escaped bar."""
        at = span.start
        if self._kind is SegmentKind.TABLE_CELL:
            for bar in _BAR.finditer(self._source, span.start, span.end):
                self._draft.fold(at, bar.start(), closed=True)
                self._draft.put("|", *bar.span())
                at = bar.end()
        self._draft.fold(at, span.end, closed=True)

    def _value(self, span: Span, *, escaped: bool) -> None:
        """A title or the value of an attribute; only Markdown's own has escapes."""
        at = span.start
        for match in _ESCAPED.finditer(self._source, span.start, span.end) if escaped else ():
            self._draft.fold(at, match.start(), closed=True)
            self._draft.put(match.group(1), *match.span())
            at = match.end()
        self._draft.fold(at, span.end, closed=True)

    def _line_break(self, span: Span, *, soft: bool) -> None:
        indent = _INDENT.match(self._source, span.end)
        span = Span(span.start, indent.end() if indent else span.end)
        if soft:
            self._draft.space(span.start, span.end)
        else:
            self._end(span)
            self._begin()

    def _tag(self, span: Span) -> None:
        """A tag of HTML among Markdown: a break is one, a picture has its alternative text, all others say nothing."""
        for token in tokens(self._source, span.start, span.end):
            if token.kind == "open" and token.name == "br":
                self._end(span)
                self._begin()
            elif token.kind == "open" and token.name == "img" and (alt := token.attributes.get("alt")):
                self._wait(SegmentKind.ALT_TEXT, Span(alt.start, alt.end), html_quoted if alt.quote else html_bare)

    def _title(self, place: tuple[int, int] | None, kind: SegmentKind) -> None:
        """The title of a link or picture, if it stands beside it and not in a definition elsewhere."""
        if place is None:
            return
        span = self._places.span(place)
        if self._source[span.start : span.start + 1] in _QUOTES and len(span) > 2:
            self._wait(kind, Span(span.start + 1, span.end - 1), markdown_title)

    def _wait(self, kind: SegmentKind, what: Span | inline.Image, escape: Escape) -> None:
        self._waiting.append((kind, what, escape))
        if self._draft.block is None or not self._draft.block.runs:
            self._read_waiting()
            self._begin()

    def _read_waiting(self) -> None:
        """Writes what stood in or before the line as lines of their own; only what has words."""
        waiting, self._waiting = self._waiting, []
        for kind, what, escape in waiting:
            self._draft.begin(kind, None, escape, self._around)
            if isinstance(what, inline.Image):
                self._walk(cast(Sequence[Element], what.children))
            elif _WORD.search(self._source, what.start, what.end):
                self._value(what, escaped=escape is markdown_title)
            self._draft.end()
