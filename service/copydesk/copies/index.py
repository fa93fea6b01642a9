"""Passages added one after the other, each compared with the earlier ones that share words with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz import fuzz

from copydesk.copies.shingles import Size, shingles

_MOST_MORE = 15  # passages that a shingle leads to beyond its first; what stands in more of them tells little
_MOST_COMPARED = 6  # candidates that are compared word for word, those that share most first
_SHARED_NEAR = 0.2  # of the kept shingles of the shorter passage; one changed word in five breaks half of them
_SHARED_PART = 0.6  # the same for a part, of which little may differ: the comparison of a part costs most
_ALIKE = 80.0  # rapidfuzz ratio (Indel, of code points, in per cent) from which two passages are near copies
_ALIKE_SHORT = 90.0  # the same for short passages: one form of words with another office in it is no copy
_SHORT = 140  # code points; about twenty words
_INSIDE = 93.0  # the same, of the shorter passage beside the best window of the longer one
_MUCH_SHORTER = 0.75  # of the longer passage's length: below, the shorter can only be a part


class Likeness(StrEnum):
    """What a passage is beside an earlier one."""

    EXACT = "exact"  # the same words; case, punctuation and white space do not count
    NEAR = "near"  # a few words apart
    PART = "part"  # the earlier passage has these words and more
    LONGER = "longer"  # these words and more; the earlier passage is a part of them


class Match(NamedTuple):
    """The earlier passage by its number, what this one is beside it, and how alike they are, in per cent."""

    number: int
    likeness: Likeness
    score: float


class CopyIndex:
    """An inverted index from shingles to passages; rapidfuzz verifies what it finds.

    Exact copies are found by their words and not indexed again, so that a line that stands in every file of a corpus
    is one passage. Each shingle leads to the first 16 passages that have it and at most `_MOST_COMPARED` are
    compared, so the time is linear in the words; the cost is that of many variants of one form letter each is told
    beside one of the first, which need not be the nearest.
    """

    def __init__(self) -> None:
        self._passages: list[str] = []
        self._sizes: list[Size] = []
        self._number: dict[str, int] = {}
        self._first: dict[int, int] = {}  # most shingles have one holder, and an integer costs less than a list
        self._more: dict[int, tuple[int, ...]] = {}  # tuples of integers, which the garbage collector does not walk

    def add(self, words: Sequence[str]) -> tuple[int, Match | None]:
        """The number of the passage, and the earlier one that it is most like; an exact copy has that one's number."""
        passage = " ".join(words)
        number = self._number.setdefault(passage, len(self._passages))
        if number < len(self._passages):
            return number, Match(number, Likeness.EXACT, 100.0)
        kept, size = shingles(passage)
        known = kept & self._first.keys()
        found = self._nearest(passage, known, size)
        self._passages.append(passage)
        self._sizes.append(size)
        for shingle in known:
            more = self._more.get(shingle, ())
            if len(more) < _MOST_MORE:
                self._more[shingle] = (*more, number)
        self._first.update(dict.fromkeys(kept - known, number))
        return number, found

    def _nearest(self, passage: str, known: set[int], size: Size) -> Match | None:
        """The earlier passage that is most like this one; `known` are the shingles that earlier ones have."""
        more = map(self._more.__getitem__, known & self._more.keys())
        shared = Counter(chain(map(self._first.__getitem__, known), *more))
        best: Match | None = None
        for index, count in sorted(shared.items(), key=itemgetter(1), reverse=True)[:_MOST_COMPARED]:
            share = count / size.comparable(self._sizes[index])
            if share < _SHARED_NEAR:
                continue
            match = _compared(passage, self._passages[index], index, share)
            if match and (best is None or (match.score, -match.number) > (best.score, -best.number)):
                best = match
        return best


def _compared(passage: str, earlier: str, index: int, shared: float) -> Match | None:
    """What `passage` is beside `earlier`; None where they only have words in common. `shared` of their shingles."""
    short, long = sorted((passage, earlier), key=len)
    if len(short) >= _MUCH_SHORTER * len(long):
        score = fuzz.ratio(passage, earlier, score_cutoff=_ALIKE if len(short) > _SHORT else _ALIKE_SHORT)
        if score:
            return Match(index, Likeness.NEAR, score)
    if shared < _SHARED_PART:
        return None
    score = 100.0 if f" {short} " in f" {long} " else fuzz.partial_ratio(short, long, score_cutoff=_INSIDE)
    return Match(index, Likeness.LONGER if short is earlier else Likeness.PART, score) if score else None
