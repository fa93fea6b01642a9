"""Passages and whole texts that stand twice in a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from copydesk.copies.index import CopyIndex, Likeness, Match
from copydesk.copies.shingles import words_of
from copydesk.model import Segment, SegmentKind
from copydesk.offsets import Offsets
from copydesk.read.projection import Reading

FEWEST_WORDS = 8  # of a passage; what is shorter comes back on purpose or is a label
MOST_PLACES = 10  # copies of a passage that are named, the first read; all are counted
_WHOLE = 0.8  # of the words of a text that stand in one earlier text: from here the text is a copy of it
_SHOWN = 120  # code points of a passage that are kept to show it
_COMPARED = frozenset(
    {SegmentKind.TITLE, SegmentKind.PARAGRAPH, SegmentKind.CAPTION, SegmentKind.LIST_ITEM, SegmentKind.QUOTE}
)


class Place(NamedTuple):
    """Where a passage begins: the name of the text, line and column from 1, the column in code points."""

    source: str
    line: int
    column: int


class Copy(NamedTuple):
    """One later passage: where, what it is beside the first, and how alike the two are, in per cent."""

    place: Place
    likeness: Likeness
    score: float


@dataclass(frozen=True, slots=True)
class Repeated:
    """A passage and its copies. `text` is its beginning; `count` are all copies, `copies` the first of them."""

    first: Place
    text: str
    count: int
    copies: tuple[Copy, ...]


class TextCopy(NamedTuple):
    """A text most of whose words stand in an earlier one; `share` of them, from 0 to 1."""

    source: str
    first: str
    share: float


@dataclass(slots=True)
class _Passage:
    first: Place
    text: str
    sources: list[str]  # texts that have it, the first read, at most `MOST_PLACES`
    count: int = 0
    copies: list[Copy] = field(default_factory=list)


class _Seen(NamedTuple):
    """A passage of the text that is being added."""

    number: int
    place: Place
    words: int
    match: Match | None


class CopyCorpus:
    """Compares each text with those before it; the first stays, the others are copies.

    Of a text that is a copy as a whole, the passages that it shares with the first are not told one by one.
    """

    def __init__(self) -> None:
        self.texts = 0
        self.passages = 0
        self.text_copies: list[TextCopy] = []
        self._index = CopyIndex()
        self._passages: list[_Passage] = []

    def add(self, source: str, reading: Reading) -> None:
        """Adds one text. `source` is its name and must be its own. Linear in the text."""
        self.texts += 1
        seen = list(self._seen(source, reading))
        self.passages += len(seen)
        whole = self._whole_copy(source, seen)
        if whole is not None:
            self.text_copies.append(whole)
        for passage in seen:
            if passage.match is None:
                continue
            original = self._passages[passage.match.number]
            if whole is None or whole.first not in original.sources:
                _count(original, passage.place, passage.match)
            if len(original.sources) < MOST_PLACES and passage.match.likeness is Likeness.EXACT:
                original.sources.append(source)

    def repeated(self) -> list[Repeated]:
        """The passages that have copies: those with most copies first, equals as they were read."""
        found = [Repeated(p.first, p.text, p.count, tuple(p.copies)) for p in self._passages if p.count]
        return sorted(found, key=lambda repeated: -repeated.count)

    def _seen(self, source: str, reading: Reading) -> Iterator[_Seen]:
        offsets = Offsets(reading.document.text)
        for segment, start in _segments(reading):
            if segment.kind not in _COMPARED:
                continue
            text = segment.span.of(reading.view.text)
            words = words_of(text)
            if len(words) < FEWEST_WORDS:
                continue
            number, match = self._index.add(words)
            place = Place(source, *offsets.line_column(start))
            if number == len(self._passages):
                self._passages.append(_Passage(place, " ".join(text[:_SHOWN].split()), [source]))
            yield _Seen(number, place, len(words), match)

    def _whole_copy(self, source: str, seen: list[_Seen]) -> TextCopy | None:
        """The earlier text that has most of this one's words, if it has enough of them."""
        shared: Counter[str] = Counter()
        for passage in seen:
            if passage.match is not None and passage.match.likeness is not Likeness.LONGER:
                for owner in self._passages[passage.match.number].sources:
                    shared[owner] += passage.words
        shared.pop(source, None)
        if not shared:
            return None
        first, words = shared.most_common(1)[0]
        share = words / sum(passage.words for passage in seen)
        return TextCopy(source, first, share) if share >= _WHOLE else None


def _segments(reading: Reading) -> Iterator[tuple[Segment, int]]:
    """The segments of the view, and where in the source each begins."""
    if reading.projection is None:
        yield from ((segment, segment.span.start) for segment in reading.view.segments)
    else:
        yield from ((block.segment, block.source.start) for block in reading.projection.blocks)


def _count(original: _Passage, place: Place, match: Match) -> None:
    original.count += 1
    if len(original.copies) < MOST_PLACES:
        original.copies.append(Copy(place, match.likeness, match.score))
