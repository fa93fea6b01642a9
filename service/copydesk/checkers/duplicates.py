"""Paragraphs, headlines and sentences that stand twice in a document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import ClassVar

from copydesk.checkers.base import Remark, Resources
from copydesk.model import Document, Edit, Family, Finding, Fix, Related, Safety, SegmentKind, Span
from copydesk.packs import Rule, RuleBook
from copydesk.packs.lines import whole_line

_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 8  # shorter sentences come back on purpose: refrains, questions, “He declined to comment.”
_SKIPPED = frozenset({SegmentKind.CREDIT, SegmentKind.CAPTION, SegmentKind.CODE, SegmentKind.MARKUP})


class DuplicateChecker:
    """Exact repetition, but for case, punctuation and white space, by hash: one pass."""

    family: ClassVar[Family] = Family.DUPLICATES

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._paragraph = rules["any/duplicates/repeated-paragraph"]
        self._headline = rules["any/duplicates/repeated-headline"]
        self._sentence = rules["any/duplicates/repeated-sentence"]

    def check(self, document: Document) -> Iterator[Remark]:
        """Each later copy, with the first related."""
        gone: set[int] = set()
        yield from self._paragraphs(document, gone)
        yield from self._headlines(document, gone)
        yield from self._sentences(document, gone)

    def _paragraphs(self, document: Document, gone: set[int]) -> Iterator[Finding]:
        """Copies of whole segments; their indices go into `gone`. One that follows at once can be no pull quote."""
        text = document.text
        first: dict[tuple[str, ...], Span] = {}
        before: tuple[str, ...] = ()
        for i, segment in enumerate(document.segments):
            words = _words(segment.span.of(text)) if segment.kind not in _SKIPPED else ()
            if len(words) >= _FEWEST_WORDS:
                original = first.setdefault(words, segment.span)
                if original is not segment.span:
                    gone.add(i)
                    safety = Safety.SAFE if words == before else Safety.UNSAFE
                    removed = whole_line(text, segment.span)
                    yield _finding(self._paragraph, original, segment.span, removed, text, safety)
            before = words

    def _headlines(self, document: Document, gone: set[int]) -> Iterator[Finding]:
        """The headline again as the first line of the body."""
        if 1 not in gone and headline_repeats(document):
            title, after = document.segments[0].span, document.segments[1].span
            removed = whole_line(document.text, after)
            gone.add(1)
            yield _finding(self._headline, title, after, removed, document.text, Safety.SAFE)

    def _sentences(self, document: Document, gone: set[int]) -> Iterator[Finding]:
        """Copies of sentences in paragraphs that are not copies themselves."""
        text = document.text
        starts = [segment.span.start for segment in document.segments]
        first: dict[tuple[str, ...], Span] = {}
        said_before: tuple[str, ...] = ()
        before = -1  # the segment of the sentence before
        edge = 0  # where the sentence before ends
        for span in document.sentences:
            at = bisect_right(starts, span.start) - 1
            words = _words(span.of(text)) if document.segments[at].kind not in _SKIPPED and at not in gone else ()
            if len(words) >= _FEWEST_WORDS:
                original = first.setdefault(words, span)
                if original is not span and span != document.segments[at].span:
                    removed = Span(edge, span.end) if at == before else _with_space_after(span, text)
                    safety = Safety.SAFE if at == before and words == said_before else Safety.UNSAFE
                    yield _finding(self._sentence, original, span, removed, text, safety)
            before, said_before, edge = at, words, span.end


def _with_space_after(span: Span, text: str) -> Span:
    end = span.end
    while end < len(text) and text[end] == " ":
        end += 1
    return Span(span.start, end)


def headline_repeats(document: Document) -> bool:
    """Whether the first line is a headline that the second says again; a caption would have a credit below."""
    if len(document.segments) < 3 or document.segments[2].kind is SegmentKind.CREDIT:
        return False
    title, after = (segment.span.of(document.text) for segment in document.segments[:2])
    return not title.endswith(".") and len(_words(title)) >= 3 and _words(title) == _words(after)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _finding(rule: Rule, first: Span, copy: Span, removed: Span, text: str, safety: Safety) -> Finding:
    fix = Fix((Edit(removed, ""),), safety)
    return rule.finding(copy, copy.of(text), (fix,), (Related(first, "it stands here first"),))
