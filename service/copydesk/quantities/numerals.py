"""The numbers of a text: digits, number words, and both together (3,5 млрд, 50 mila, 1万1000)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from functools import lru_cache
from itertools import pairwise

from copydesk.model import Span
from copydesk.quantities.mention import Mention
from copydesk.quantities.scan import Piece, pieces
from copydesk.quantities.vocabulary import Role, vocabulary_of

_AND = frozenset({"and", "y", "und", "e", "et", "a"})  # the last for half a million
_BETWEEN = re.compile(
    r"\s?(?:[-–—―~～〜−/]|to|and|or|bis|und|oder|до|и|или|à|et|ou|a|y|o|e|ed|do|i|lub|až|nebo|至|到|から|से)\s?"
)
# Half an hour before: halb neun, в половине девятого, and half past eight in English.
_HALF_TO = re.compile(r"(?:\bhalb|половин[ае]|пів на|pół do|půl) $", re.IGNORECASE)
_YEARS = range(1000, 2100)


@lru_cache(maxsize=8)  # each check of a pair asks for both its texts
def numerals(text: str, language: str) -> tuple[Mention, ...]:
    """The numbers of `text`, which is in `language` (BCP 47), in order. Raises RuleError for a damaged word list."""
    found: list[Mention] = []
    run = _Run(text)
    for piece in pieces(text, vocabulary_of(language)):
        if not run.take(piece):
            found.extend(run.mention())
            run = _Run(text)
            run.take(piece)
    found.extend(run.mention())
    return tuple(_ranged(text, found))


class _Run:
    """Pieces that make one number, added up as they come."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[Piece] = []
        self._total: tuple[float, ...] = ()  # what stands before and with the last magnitude, in each reading
        self._part: tuple[float, ...] = ()  # what stands after it
        self._magnitude = 0.0
        self._closed = False

    def take(self, piece: Piece) -> bool:
        """Whether `piece` goes on with the number; the first always does."""
        if self._pieces and (self._closed or not self._is_next(piece)):
            return False
        if piece.role is Role.HUNDRED:
            joins = self._hundred()
        else:
            joins = self._multiply(piece) if piece.role is Role.MAGNITUDE else self._unit(piece)
        if joins:
            self._pieces.append(piece)
            tens = bool(piece.readings) and 20 <= piece.readings[0] < 100 and piece.readings[0] % 10 == 0
            ended = piece.role is Role.ORDINAL and not tens  # dwudziestego pierwszego
            self._closed = ended or not piece.readings or _is_letter(self._pieces)
        return joins

    def mention(self) -> Iterator[Mention]:
        """The number; none when nothing was taken."""
        if not self._pieces:
            return
        first, last = self._pieces[0], self._pieces[-1]
        if len(self._pieces) == 1 and first.mention is not None:
            yield first.mention
            return
        readings = tuple(round(t + p, 4) for t in self._total or (0.0,) for p in self._part or (0.0,))
        if last.role is Role.MAGNITUDE and len(last.span) == 1:
            readings = (*readings, *first.readings)  # 100 m are metres as a rule
        if _is_letter(self._pieces):
            return
        if _HALF_TO.search(self._text, max(0, first.span.start - 12), first.span.start):
            readings = (*readings, readings[0] - 1)
        bare = len(self._pieces) == 1 and first.role in (Role.MAGNITUDE, Role.HUNDRED)
        loose = bare or all(piece.loose for piece in self._pieces)
        yield Mention(Span(first.span.start, last.span.end), readings, loose)

    def _is_next(self, piece: Piece) -> bool:
        last = self._pieces[-1]
        gap = self._text[last.span.end : piece.span.start]
        if len(gap) > 5 or "\n" in gap:
            return False
        word = gap.strip().lower()
        if word in _AND:
            return not any(p.digits for p in (*self._pieces, piece))
        if word == ".":  # тыс. 200
            return last.role is Role.MAGNITUDE and gap[0] == "."
        return word in ("", "-", "‑")

    def _unit(self, piece: Piece) -> bool:
        if piece.mention is not None and not piece.readings:
            return not self._pieces
        value = piece.readings[0]
        if not self._part:
            if self._pieces and (value >= self._magnitude or piece.loose or self._touches(piece)):
                return False
            self._part = piece.readings
            return True
        part = self._part[0]
        last = self._pieces[-1]
        fits = (value < 100 and part % 100 == 0) or (value < 10 and part % 10 == 0 and part % 100 >= 20)
        ends = piece.loose and value in (1, 2) and part % 100 >= 20  # twenty-first
        if piece.digits or last.digits or last.loose or not fits or part == 0 or (piece.loose and not ends):
            return False
        self._part = (part + value,)
        return True

    def _touches(self, piece: Piece) -> bool:
        """Whether digits follow a letter, as in 9B2."""
        return piece.digits and self._pieces[-1].span.end == piece.span.start and not self._pieces[-1].digits

    def _hundred(self) -> bool:
        if self._part and not (0 < self._part[0] < 100):
            return False
        self._part = tuple(100 * part for part in self._part) or (100.0,)
        return True

    def _multiply(self, piece: Piece) -> bool:
        magnitude = piece.readings[0]
        if self._part:
            self._total = tuple(t + round(p * magnitude, 4) for t in self._total or (0.0,) for p in self._part)
        elif self._total and magnitude < self._magnitude:
            return False
        else:
            self._total = tuple(t * magnitude for t in self._total) or (magnitude,)
        self._part, self._magnitude = (), magnitude
        return True


def _is_letter(pieces: list[Piece]) -> bool:
    """Whether the first piece is a letter that means a magnitude behind digits only: the m of “I’m 18”."""
    return pieces[0].role is Role.MAGNITUDE and len(pieces[0].span) == 1


def _ranged(text: str, mentions: list[Mention]) -> Iterator[Mention]:
    """The same, where the ends of a range lend each other what only one of them has: 3–5 million, 1977–81."""
    if len(mentions) < 2:
        yield from mentions
        return
    found = list(mentions)
    for i, (first, second) in enumerate(pairwise(mentions)):
        gap = text[first.span.end : second.span.start]
        if len(gap) > 6 or not _BETWEEN.fullmatch(gap.lower()):
            continue
        left, right = first.readings[0] if first.readings else 0, second.readings[0] if second.readings else 0
        if not (isinstance(left, float) and isinstance(right, float)):
            continue
        if left in _YEARS and right < 100:
            found[i + 1] = second.also((left // 100 * 100 if right >= 10 else left // 10 * 10) + right)
        elif left <= 24 and any(isinstance(r, time) for r in second.readings) and left.is_integer():
            found[i] = first.also(time(int(left) % 12))
        elif right >= 1000 > left and (magnitude := _magnitude(right)):
            found[i] = first.also(*(round(r * magnitude, 4) for r in first.readings if isinstance(r, float)))
    yield from found


def _magnitude(value: float) -> float:
    """The largest named power of ten in `value`; 0 below a thousand."""
    return next((m for m in (1e12, 1e9, 1e6, 1e4, 1e3) if value >= m), 0.0)
