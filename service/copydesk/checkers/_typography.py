"""Two styles in one text: straight and curly quotation marks, hyphens and double hyphens among dashes.

A style that a text keeps is the house's business. Where most marks are of one style and a few of another, parts of the
text came from elsewhere; that is one suggestion a document, at the first stray mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from copydesk.checkers._faults import Fault
from copydesk.model import Document, Edit, SegmentKind, Span

_QUOTES = re.compile(r'["“”„](?<![\d=]")(?!(?<=")[>\w]*>)')  # neither inches nor the value of an attribute
_OPENS_AFTER = " \t\u00a0\n([{—–-/‘'“„"
_DASH = re.compile(r"[—–-]-*")  # with the spaces beside it, a pattern would be tried at every space
_DATELINE = re.compile(r"^[^a-z]{2,40}(?:\([^)]{2,30}\))?$|\([A-Z][\w./ ]{1,30}\)$")
_DATELINE_MOST = 60  # code points
_BOTH = 2  # sides of a dash
_FEWEST = 3  # marks that make a habit: fewer say nothing about the text
_DOMINANT = 2  # times as many as all strays


def typography(document: Document) -> Iterator[Fault]:
    """At most one fault of quotation marks and one of dashes, in coordinates of the document."""
    yield from _quotes(document)
    yield from _dashes(document)


def _quotes(document: Document) -> Iterator[Fault]:
    text = document.text
    if '"' not in text or ("“" not in text and "”" not in text):
        return
    found = [
        match.start()
        for segment in document.prose()
        for match in _QUOTES.finditer(text, segment.span.start, segment.span.end)
    ]
    straight = [at for at in found if text[at] == '"']
    curly = [at for at in found if text[at] != '"']
    many, few = (curly, straight) if len(curly) > len(straight) else (straight, curly)
    if len(many) <= _FEWEST or len(many) < _DOMINANT * len(few) or not few:
        return
    opening, closing = _shapes(text, curly) if many is curly else ('"', '"')
    edits = tuple(Edit(Span(at, at + 1), opening if _opens(text, at) else closing) for at in few)
    yield Fault("mixed-quotes", edits[0].span, edits)


def _shapes(text: str, curly: list[int]) -> tuple[str, str]:
    """The marks that this text opens and closes with."""
    opening = Counter(text[at] for at in curly if _opens(text, at))
    closing = Counter(text[at] for at in curly if not _opens(text, at))
    first = opening.most_common(1)[0][0] if opening else "“"
    return first, closing.most_common(1)[0][0] if closing else "”"


def _opens(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in _OPENS_AFTER or text[at - 1].isspace()


def _dash(text: str, match: re.Match[str], line: Span) -> Span | None:
    """A mark that parts what stands around it, with its spaces; None for hyphens, ranges, scores and datelines."""
    start = match.start() - (text[match.start() - 1] == " ")
    end = match.end() + (text[match.end() : match.end() + 1] == " ")
    spaced = end - start - len(match.group())
    if match.group() not in ("-", "--", "—", "–") or (match.group() in "-–" and spaced < _BOTH):
        return None
    around = text[max(start - 1, line.start) : start] + text[end : min(end + 1, line.end)]
    before = Span(line.start, max(line.start, start))
    if len(around) < _BOTH or any(char.isspace() or char.isdigit() for char in around):
        return None
    dateline = len(before) <= _DATELINE_MOST and _DATELINE.search(before.of(text))
    return None if dateline else Span(start, end)


def _dashes(document: Document) -> Iterator[Fault]:
    text = document.text
    if "—" not in text and "–" not in text:
        return
    by_style: dict[str, list[Span]] = {"-": [], "--": [], "—": [], "–": []}
    for segment in document.prose():
        if segment.kind is not SegmentKind.PARAGRAPH:
            continue
        for match in _DASH.finditer(text, segment.span.start, segment.span.end):
            if (span := _dash(text, match, segment.span)) is not None:
                by_style[match.group()].append(span)
    style = max(("—", "–"), key=lambda dash: len(by_style[dash]))
    habit = by_style.pop(style)
    strays = sorted(span for spans in by_style.values() for span in spans)
    if len(habit) < _FEWEST or not strays or len(habit) < _DOMINANT * len(strays):
        return
    written = Counter(span.of(text) for span in habit).most_common(1)[0][0]
    edits = tuple(Edit(span, written) for span in strays)
    yield Fault("mixed-dashes", strays[0], edits, strays[0].of(text))
