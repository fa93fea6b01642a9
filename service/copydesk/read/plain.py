"""Plain text to segments: paragraphs, headlines, captions, credits and list items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.limits import heed_time
from copydesk.model import Segment, SegmentKind, Span
from copydesk.read.credits import is_credit

_LINE = re.compile(r"[^\s\ufeff](?:[^\r\n]*[^\s\ufeff])?")  # without the white space around it
_BLANK = re.compile(r"(?>\r\n|\r|\n)[ \t]*[\r\n]")
_LIST_ITEM = re.compile(r"^(?:[-*•‣◦–—]|\d{1,3}[.)]|[a-z][.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?…:;,]['\"”’»)\]]*$")
_HEADLINE_MOST = 160  # code points; a longer line without a full stop is a paragraph that lost it
_WRAP_NARROWEST, _WRAP_WIDEST = 50, 100  # columns at which mail and typewritten text breaks its lines


def segments_of(text: str, language: str) -> tuple[Segment, ...]:
    """The segments of a plain text, in order: every non-blank line is one, but hard-wrapped lines are joined.

    White space around a line belongs to no segment. O(n). Raises TimeOverError.
    """
    lines = [line for block in _blocks(text) for line in _unwrapped(text, block)]
    kinds = [_kind(text, lines, i) for i in range(len(lines))]
    return tuple(Segment(kind, span, language) for kind, span in zip(kinds, lines, strict=True))


def _blocks(text: str) -> Iterator[list[Span]]:
    """Lines that stand together, between blank lines."""
    block: list[Span] = []
    for match in _LINE.finditer(text):
        heed_time()
        span = Span(*match.span())
        if block and _BLANK.search(text, block[-1].end, span.start):
            yield block
            block = []
        block.append(span)
    if block:
        yield block


def _unwrapped(text: str, block: list[Span]) -> list[Span]:
    """The block as one span where its lines were broken at a column, else line by line.

    A broken line ends in the middle of a sentence and goes on with a small letter; one such break proves the
    column, if every line but the last fills it.
    """
    full = block[:-1]
    if not full or any(not _WRAP_NARROWEST <= len(line) <= _WRAP_WIDEST for line in full):
        return block
    flows = sum(
        not _SENTENCE_END.search(line.of(text)) and text[after.start].islower()
        for line, after in zip(full, block[1:], strict=True)
    )
    widths = [len(line) for line in full]
    if flows * 2 >= len(full) and max(widths) - min(widths) <= 25:
        return [Span(block[0].start, block[-1].end)]
    return block


def _kind(text: str, lines: list[Span], index: int) -> SegmentKind:
    heed_time()
    line = lines[index].of(text)
    if is_credit(line):
        return SegmentKind.CREDIT
    if _LIST_ITEM.match(line):
        return SegmentKind.LIST_ITEM
    after = lines[index + 1].of(text) if index + 1 < len(lines) else ""
    if len(line) <= 2 * _HEADLINE_MOST and is_credit(after):
        return SegmentKind.CAPTION
    return SegmentKind.TITLE if is_headline(line) else SegmentKind.PARAGRAPH


def is_headline(line: str) -> bool:
    """Whether a line that nothing marks is a headline by its length and its missing stop."""
    return len(line) <= _HEADLINE_MOST and not _SENTENCE_END.search(line)
