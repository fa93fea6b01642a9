"""Paragraphs, headlines and sentences that stand twice in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from copydesk.checkers import _near_copies as near
from copydesk.checkers._headlines import headline_repeats, repeated_headline
from copydesk.checkers._removal import removal
from copydesk.checkers.base import Remark, Resources, Scope
from copydesk.copies.index import CopyIndex, Likeness
from copydesk.copies.shingles import words_of
from copydesk.limits import heed_time
from copydesk.model import Document, Family, Finding, Related, Safety, Segment, SegmentKind, Span
from copydesk.packs import Rule, RuleBook
from copydesk.packs.lines import whole_line

__all__ = ["DuplicateChecker", "headline_repeats"]

_FEWEST_WORDS = 8  # shorter sentences come back on purpose: refrains, questions, “He declined to comment.”
_FEWEST_AT_ONCE = 5  # of a sentence that follows itself
_FEWEST_ALIKE = 12  # of paragraphs that are compared word for word; a form of words needs no more
_FEWEST_LABEL = 16  # of a line without a full stop that comes back farther on: a label, mostly
_SPOKEN = re.compile(r"[“”\"«»„?!]")  # chants and questions are said twice on purpose
_STOP = re.compile(r"[.!?…][\"'”’»)]*(\s+)")
_SAID = frozenset({SegmentKind.TITLE, SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM, SegmentKind.QUOTE})
_PROSE = frozenset({SegmentKind.PARAGRAPH, SegmentKind.QUOTE})


class DuplicateChecker:
    """Repetition but for case, punctuation and white space by hash, near copies by shingles: linear in the text.

    The first stays. Of a paragraph and a part of it, the part goes, wherever it stands.
    """

    family: ClassVar[Family] = Family.DUPLICATES
    scope: ClassVar[Scope] = Scope.DOCUMENT

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._paragraph = rules["any/duplicates/repeated-paragraph"]
        self._similar = rules["any/duplicates/similar-paragraph"]
        self._cut = rules["any/duplicates/truncated-paragraph"]
        self._part = rules["any/duplicates/contained-paragraph"]
        self._headline = rules["any/duplicates/repeated-headline"]
        self._sentence = rules["any/duplicates/repeated-sentence"]

    def check(self, document: Document) -> Iterator[Remark]:
        """Each copy, with the first related."""
        words = [
            words_of(segment.span.of(document.text)) if segment.kind in _SAID else [] for segment in document.segments
        ]
        gone: set[int] = set()
        yield from self._headlines(document, gone)
        yield from self._paragraphs(document, words, gone)
        yield from self._alike(document, words, gone)
        yield from self._sentences(document, gone)
        yield from self._within(document, gone)

    def _headlines(self, document: Document, gone: set[int]) -> Iterator[Finding]:
        """The headline again as the first line of the body."""
        found = repeated_headline(document)
        if found is not None:
            copy, first = (document.segments[i].span for i in found)
            gone.add(found[0])
            yield _remove(self._headline, copy, first, document.text, Safety.SAFE)

    def _paragraphs(self, document: Document, words: list[list[str]], gone: set[int]) -> Iterator[Finding]:
        """Copies of whole segments; their indices go into `gone`. One that follows at once can be no pull quote."""
        first: dict[tuple[str, ...], int] = {}
        for i, segment in enumerate(document.segments):
            heed_time()
            if i in gone or len(words[i]) < _FEWEST_WORDS:
                continue
            original = first.setdefault(tuple(words[i]), i)
            at_once = i > 0 and words[i] == words[i - 1]
            label = segment.kind not in _PROSE and len(words[i]) < _FEWEST_LABEL
            if original != i and (at_once or not label):
                gone.add(i)
                safety = Safety.SAFE if at_once else Safety.UNSAFE
                yield _remove(self._paragraph, segment.span, document.segments[original].span, document.text, safety)

    def _alike(self, document: Document, words: list[list[str]], gone: set[int]) -> Iterator[Finding]:
        """Paragraphs of nearly the same words, and parts of paragraphs as paragraphs of their own."""
        index = CopyIndex()
        numbers: list[int] = []  # which segment each passage of the index is
        for i, segment in enumerate(document.segments):
            heed_time()
            if i in gone or segment.kind not in _PROSE or len(words[i]) < _FEWEST_WORDS:
                continue
            number, match = index.add(words[i])
            if number == len(numbers):
                numbers.append(i)
            if match is None or match.likeness is Likeness.EXACT:
                continue
            earlier = numbers[match.number]
            if earlier not in gone and (found := self._compare(document, earlier, i)) is not None:
                gone.add(found[0])
                yield found[1]

    def _compare(self, document: Document, earlier: int, later: int) -> tuple[int, Finding] | None:
        """Which of two segments is the copy, and why: cut off from the other, a part of it, the same but for a word."""
        text = document.text
        spans = {i: document.segments[i].span for i in (earlier, later)}
        short, long = sorted(spans, key=lambda i: len(spans[i]))
        said, other = spans[short].of(text), spans[long].of(text)
        if near.is_cut_copy(said, other):
            safe = later - earlier == 1 and near.is_cut_with_ellipsis(said)
            safety = Safety.SAFE if safe else Safety.UNSAFE
            return short, _remove(self._cut, spans[short], spans[long], text, safety)
        if near.is_contained(said, other):
            return short, _remove(self._part, spans[short], spans[long], text, Safety.UNSAFE)
        if len(words_of(said)) >= _FEWEST_ALIKE and near.same_statement(said, other):
            return later, _remove(self._similar, spans[later], spans[earlier], text, Safety.UNSAFE)
        return None

    def _sentences(self, document: Document, gone: set[int]) -> Iterator[Finding]:
        """Copies of sentences in paragraphs that are not copies themselves."""
        text = document.text
        first: dict[tuple[str, ...], Span] = {}
        said_before: tuple[str, ...] = ()
        before = -1  # the segment of the sentence before
        last = Span(0, 0)  # that sentence
        for span in document.sentences:
            heed_time()
            at = document.segment_index(span.start)
            segment = document.segments[at]
            words = tuple(words_of(span.of(text))) if segment.kind in _PROSE and at not in gone else ()
            original = first.setdefault(words, span) if len(words) >= _FEWEST_WORDS else span
            at_once = at == before and words == said_before and _tells(words, span, text)
            if at_once or (original is not span and span != segment.span):
                removed = Span(last.end, span.end) if at == before else _with_space_after(span, segment, text)
                safety = Safety.SAFE if at_once else Safety.UNSAFE
                there = _there(last if at_once else original)
                yield removal(self._sentence, span, removed, there, text, safety)
            before, said_before, last = at, words, span

    def _within(self, document: Document, gone: set[int]) -> Iterator[Finding]:
        """Sentences that follow themselves in what was read as one: a long quotation, or a text with abbreviations."""
        text = document.text
        for sentence in document.sentences:
            heed_time()
            pieces = list(_pieces(sentence, text))
            at = document.segment_index(sentence.start)
            if len(pieces) < 2 or at in gone or document.segments[at].kind not in _PROSE:
                continue
            for first, second in pairwise(pieces):
                said = first.of(text)
                if said == second.of(text) and len(words_of(said)) >= _FEWEST_WORDS:
                    removed = Span(first.end, second.end)
                    yield removal(self._sentence, second, removed, _there(first), text, Safety.SAFE)


def _pieces(sentence: Span, text: str) -> Iterator[Span]:
    """A sentence cut after each stop that a space follows, whatever it is the stop of."""
    start = sentence.start
    for stop in _STOP.finditer(text, sentence.start, sentence.end):
        yield Span(start, stop.start(1))
        start = stop.end()
    yield Span(start, sentence.end)


def _tells(words: tuple[str, ...], span: Span, text: str) -> bool:
    """Whether a sentence that follows itself is told twice by mistake, and not said twice on purpose."""
    spoken = _SPOKEN.search(text, span.start, span.end) is not None
    return len(words) >= (_FEWEST_WORDS if spoken else _FEWEST_AT_ONCE)


def _with_space_after(span: Span, segment: Segment, text: str) -> Span:
    end = span.end
    while end < segment.span.end and text[end] == " ":
        end += 1
    return Span(span.start, end)


def _there(first: Span) -> Related:
    return Related(first, "it stands here first")


def _remove(rule: Rule, copy: Span, first: Span, text: str, safety: Safety) -> Finding:
    return removal(rule, copy, whole_line(text, copy), _there(first), text, safety)
