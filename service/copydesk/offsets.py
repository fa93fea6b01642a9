"""Conversion between code points and every other unit of position. The only place that converts.

Python strings count Unicode code points; the Language Server Protocol, LanguageTool and SARIF count UTF-16 code
units by default; reviewdog and RE2 count UTF-8 bytes; people count lines and columns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from copydesk.errors import OffsetError

_STRIDE = 256  # code points between checkpoints: a look-up encodes at most this many
_LINE_END = re.compile(r"\r\n|\n|\r")
_BYTE_ORDER_MARK = "\ufeff"


class _Units:
    """Positions of `text` in one encoding, by checkpoints: O(n) once, then O(_STRIDE) a look-up.

    `width` is the bytes of one unit: 1 for UTF-8, 2 for UTF-16. ASCII text needs no table in either.
    """

    def __init__(self, text: str, encoding: str, width: int) -> None:
        self._text, self._encoding, self._width = text, encoding, width
        self._marks = [0]
        if text.isascii():
            return
        for at in range(0, len(text), _STRIDE):
            self._marks.append(self._marks[-1] + self._measure(text[at : at + _STRIDE]))

    def _measure(self, part: str) -> int:
        return len(part.encode(self._encoding, "surrogatepass")) // self._width

    def of(self, point: int) -> int:
        if not 0 <= point <= len(self._text):
            raise OffsetError(f"code point {point} is outside a text of {len(self._text)}")
        if len(self._marks) == 1:
            return point
        chunk = min(point // _STRIDE, len(self._marks) - 1)
        return self._marks[chunk] + self._measure(self._text[chunk * _STRIDE : point])

    def point(self, unit: int) -> int:
        total = self.of(len(self._text))
        if not 0 <= unit <= total:
            raise OffsetError(f"position {unit} is outside a text of {total} {self._encoding} units")
        if len(self._marks) == 1:
            return unit
        chunk = bisect_right(self._marks, unit) - 1
        at, here = min(chunk * _STRIDE, len(self._text)), self._marks[chunk]
        while here < unit:
            here += self._measure(self._text[at])
            at += 1
        if here != unit:
            raise OffsetError(f"position {unit} is inside a character of {self._encoding}")
        return at


class Offsets:
    """Converter for one text. Tables are built when first asked for; build one object a text and reuse it."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _utf16(self) -> _Units:
        return _Units(self._text, "utf-16-le", 2)

    @cached_property
    def _utf8(self) -> _Units:
        return _Units(self._text, "utf-8", 1)

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(m.end() for m in _LINE_END.finditer(self._text))]

    @cached_property
    def _git_lines(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer("\n", self._text))]

    @cached_property
    def _signature(self) -> int:
        return int(self._text.startswith(_BYTE_ORDER_MARK))

    def utf16(self, point: int) -> int:
        """Code point offset to UTF-16 code units. Raises OffsetError outside the text."""
        return self._utf16.of(point)

    def from_utf16(self, unit: int) -> int:
        """UTF-16 code units to a code point offset. Raises OffsetError outside the text or inside a pair."""
        return self._utf16.point(unit)

    def utf8(self, point: int) -> int:
        """Code point offset to UTF-8 bytes. Raises OffsetError outside the text."""
        return self._utf8.of(point)

    def from_utf8(self, byte: int) -> int:
        """UTF-8 bytes to a code point offset. Raises OffsetError outside the text or inside a character."""
        return self._utf8.point(byte)

    def line_column(self, point: int) -> tuple[int, int]:
        """Code point offset to line and column, both from 1, the column in code points.

        Lines end at LF, CR or CRLF, as in the Language Server Protocol. Raises OffsetError outside the text.
        """
        if not 0 <= point <= len(self._text):
            raise OffsetError(f"code point {point} is outside a text of {len(self._text)}")
        line = bisect_right(self._lines, point)
        return line, point - self._lines[line - 1] + 1

    def from_line_column(self, line: int, column: int) -> int:
        """Line and column, both from 1, to a code point offset. Raises OffsetError when there is no such place."""
        if not 1 <= line <= len(self._lines):
            raise OffsetError(f"line {line} of a text of {len(self._lines)} lines")
        point = self._lines[line - 1] + column - 1
        limit = self._lines[line] - 1 if line < len(self._lines) else len(self._text)
        if column < 1 or point > limit:
            raise OffsetError(f"column {column} is outside line {line}")
        return point

    def decoded_utf16(self, point: int) -> int:
        """Code point offset to UTF-16 code units of the text as programs hold it that decode a file: without its mark.

        A byte order mark at the beginning is the encoding's signature and no character to them (VS Code, .NET,
        browsers); the place before the mark is that after it. Raises OffsetError outside the text.
        """
        return self.utf16(max(point, self._signature)) - self._signature

    def git_line(self, point: int) -> int:
        """The line, from 1, as git and the forges count: only LF, with or without a CR before it, ends one.

        Raises OffsetError outside the text.
        """
        if not 0 <= point <= len(self._text):
            raise OffsetError(f"code point {point} is outside a text of {len(self._text)}")
        return bisect_right(self._git_lines, point)

    def git_line_utf16(self, point: int) -> tuple[int, int]:
        """Git's line and the column, both from 1; the column in UTF-16 code units, a byte order mark not counted."""
        line = self.git_line(point)
        return line, self.decoded_utf16(point) - self.decoded_utf16(self._git_lines[line - 1]) + 1

    def git_line_utf8(self, point: int) -> tuple[int, int]:
        """Git's line and the column, both from 1; the column in UTF-8 bytes of the file, a byte order mark counted."""
        line = self.git_line(point)
        return line, self.utf8(point) - self.utf8(self._git_lines[line - 1]) + 1

    def line_text(self, line: int) -> str:
        """The text of a line (from 1) without its line end."""
        start = self._lines[line - 1]
        end = self._lines[line] if line < len(self._lines) else len(self._text)
        return self._text[start:end].rstrip("\r\n")
