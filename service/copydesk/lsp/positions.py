"""Code points to the positions of the protocol and back: lines from 0, columns in the units that were negotiated."""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types

from copydesk.errors import OffsetError
from copydesk.model import Span
from copydesk.offsets import Offsets

UTF8, UTF16, UTF32 = "utf-8", "utf-16", "utf-32"


class Places:
    """The places of one text. `encoding` is one of the protocol's three; lines end at LF, CR or CRLF and nothing else.

    The library's own conversion is not used: it also ends lines where `str.splitlines` does (U+0085, U+2028, form
    feed), which damaged text is full of, and every place after one would be a line off.
    """

    def __init__(self, text: str, encoding: str) -> None:
        self._length, self._offsets = len(text), Offsets(text)
        units: dict[str, tuple[Callable[[int], int], Callable[[int], int]]] = {
            UTF8: (self._offsets.utf8, self._offsets.from_utf8),
            UTF16: (self._offsets.utf16, self._offsets.from_utf16),
            UTF32: (int, int),
        }
        self._unit, self._point = units[encoding]

    def position(self, point: int) -> types.Position:
        """The position of a code point offset. Raises OffsetError outside the text."""
        line, column = self._offsets.line_column(point)
        return types.Position(line - 1, self._unit(point) - self._unit(point - column + 1))

    def range(self, span: Span) -> types.Range:
        """The range of a span. Raises OffsetError outside the text."""
        return types.Range(self.position(span.start), self.position(span.end))

    def point(self, position: types.Position) -> int:
        """The code point offset of a position, as the protocol wants it: past the end of a line is its end, past the
        last line is the end of the text, inside a character is before it."""
        try:
            start = self._offsets.from_line_column(position.line + 1, 1)
        except OffsetError:
            return self._length
        end = start + len(self._offsets.line_text(position.line + 1))
        unit = min(self._unit(start) + position.character, self._unit(end))
        while True:
            try:
                return self._point(unit)
            except OffsetError:
                unit -= 1

    def span(self, place: types.Range) -> Span:
        """The span of a range; one that is given backwards is turned round."""
        start, end = sorted((self.point(place.start), self.point(place.end)))
        return Span(start, end)
