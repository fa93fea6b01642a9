"""Markdown to a view, by marko: CommonMark with the tables, strikethrough and bare addresses of GitHub, and footnotes.

marko tells the place of every inline element, in a text whose line ends are folded; what is no Markdown is blanked
before, so that places hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from marko import block, inline
from marko.element import Element
from marko.ext import footnote
from marko.ext.gfm import elements

from copydesk.limits import heed_time
from copydesk.model import Notice, SegmentKind, Span
from copydesk.read.commonmark import parsed
from copydesk.read.draft import Draft, Writing
from copydesk.read.escapes import markdown, markdown_cell
from copydesk.read.frontmatter import foreign, front_matter, prose_of
from copydesk.read.html import HtmlReader
from copydesk.read.inlines import Inlines, Places
from copydesk.read.projection import Escape, Reading

_CRLF = re.compile("\r\n")


_HEADINGS = (block.Heading, block.SetextHeading)
_EMPTY_LINES = re.compile(r"(?:[ \t]*\r?\n)+")
_EMPTY_LINES_BEFORE = re.compile(r"(?:(?<=\n)[ \t]*\r?\n)+\Z")
_REACH = 64  # code points before the last paragraph in which empty lines go with it
_CODE = (block.FencedCode, block.CodeBlock)


def read_markdown(source: str, language: str | None, name: str | None) -> tuple[Reading, tuple[Notice, ...]]:
    """The reading of a Markdown text, and what was assumed of its language.

    Raises UnreadableError and TimeOverError.
    """
    folded = _CRLF.sub("\n", source)
    front = front_matter(folded)
    start = front.end if front is not None else int(source.startswith("\ufeff"))
    blanks = [Span(0, start), *(span for span in foreign(folded) if span.start >= start)]
    document = parsed(_blanked(folded, blanks))
    draft = Draft(source)
    places = Places(source)
    if front is not None:
        headline = next((child for child in document.children if isinstance(child, _HEADINGS)), None)
        said = folded[slice(*headline.source_span)] if headline is not None and headline.source_span else ""
        _front(draft, folded, front, said, places)
    writer = _Blocks(source, draft, places)
    writer.write(document.children, SegmentKind.PARAGRAPH)
    return draft.reading("markdown", language, None, name, "".join(writer.definitions))


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """`text` with empty lines in place of `spans`, as long as before."""
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], "\n" * len(span)]
        at = span.end
    return "".join([*parts, text[at:]])


def _front(draft: Draft, text: str, front: Span, headline: str, places: Places) -> None:
    """The prose of the front matter, without the title that the first headline says again."""
    for kind, span, escape in prose_of(text, front):
        if kind is SegmentKind.TITLE and span.of(text).casefold() in headline.casefold():
            continue
        place = places.span((span.start, span.end))
        draft.begin(kind, None, escape, Span(place.start, place.start))
        draft.text(place.start, place.end)
        draft.end()


class _Blocks:
    """Writes the blocks of a parsed text. `definitions` are the link definitions met so far."""

    def __init__(self, source: str, draft: Draft, places: Places) -> None:
        self._source, self._draft, self._places = source, draft, places
        self._html = HtmlReader(source, draft)
        self._around = Span(0, 0)  # the outermost block that is being written
        self.definitions: list[str] = []

    def write(self, children: Sequence[Element], kind: SegmentKind, *, outermost: bool = True) -> None:
        """Writes `children`, whose text is of `kind` unless their own kind says otherwise."""
        after_picture = False
        for child in children:
            heed_time()
            if isinstance(child, block.BlankLine):
                continue
            if outermost:
                self._around = self._span(child)
            if isinstance(child, block.Paragraph):
                after_picture = self._paragraph(child, kind, after_picture)
                continue
            after_picture = False
            self._other(child, kind)

    def _other(self, child: Element, kind: SegmentKind) -> None:
        if isinstance(child, _HEADINGS):
            self._line(child, SegmentKind.TITLE, markdown)
        elif isinstance(child, elements.Table):
            for row in child.children:
                for cell in cast(elements.TableRow, row).children:
                    self._line(cell, SegmentKind.TABLE_CELL, markdown_cell)
        elif isinstance(child, block.List):
            for item in child.children:
                self._item(cast(block.ListItem, item))
        elif isinstance(child, block.Quote):
            self.write(child.children, SegmentKind.QUOTE, outermost=False)
        elif isinstance(child, footnote.FootnoteDef):
            self.write(child.children, kind, outermost=False)
        elif isinstance(child, block.HTMLBlock):
            span = self._span(child)
            self._html.feed(span.start, span.end)
        elif isinstance(child, block.LinkRefDef):
            self.definitions.append(self._span(child).of(self._source))
        elif isinstance(child, _CODE):
            self._draft.code.append(self._span(child))

    def _paragraph(self, child: block.Paragraph, kind: SegmentKind, after_picture: bool) -> bool:
        """Writes a paragraph; whether it is a picture and nothing else. Emphasis below a picture is its caption."""
        said = [c for c in child.children if not isinstance(c, (inline.Image, inline.LineBreak)) and not _is_blank(c)]
        pictured = any(isinstance(c, inline.Image) for c in child.children)
        emphasised = len(said) == 1 and isinstance(said[0], (inline.Emphasis, inline.StrongEmphasis))
        caption = emphasised and (pictured or after_picture)
        lines = self._line(child, SegmentKind.CAPTION if caption else kind, markdown)
        if len(lines) == 1 and not pictured:
            lines[0].removal = (whole_block(self._source, self._span(child)),)
        return pictured and not said

    def _item(self, item: block.ListItem) -> None:
        """A list item; one that is a single line goes with its bullet."""
        before = len(self._draft.blocks)
        self.write(item.children, SegmentKind.LIST_ITEM, outermost=False)
        lines = self._draft.blocks[before:]
        span = self._span(item)
        if len(lines) == 1 and lines[0].kind is SegmentKind.LIST_ITEM and lines[0].removal:
            lines[0].removal = (whole_item(self._source, span),)

    def _line(self, child: Any, kind: SegmentKind, escape: Escape) -> list[Writing]:
        """The inline elements of a block, and the lines that they came to (several where it has hard breaks)."""
        writer = Inlines(self._source, self._draft, self._places, self._around, kind, escape)
        return writer.write(child.children)

    def _span(self, child: Element) -> Span:
        return self._places.span(child.source_span or (0, 0))


def _is_blank(child: Element) -> bool:
    return isinstance(child, inline.RawText) and not child.children.strip()


def whole_block(source: str, span: Span) -> Span:
    """The lines of a paragraph, with the marks of a quotation before them, and the empty lines after it."""
    start = source.rfind("\n", 0, span.start) + 1
    if source[start : span.start].strip(" \t>"):
        start = span.start
    after = _EMPTY_LINES.match(source, span.end)
    end = after.end() if after else span.end
    if end == len(source):
        before = _EMPTY_LINES_BEFORE.search(source, max(start - _REACH, 0), start)
        start = before.start() if before else start
    return Span(start, end)


def whole_item(source: str, span: Span) -> Span:
    """The lines of a list item, its bullet included."""
    start = source.rfind("\n", 0, span.start) + 1
    if source[start : span.start].strip(" \t>"):
        start = span.start
    return Span(start, span.end)
