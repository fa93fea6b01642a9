"""Checkers that look at one paragraph at a time: each is asked about a paragraph once, as long as it is remembered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from copydesk.cache import Cache, digest, recalled
from copydesk.checkers.base import Checker
from copydesk.limits import heed_time
from copydesk.model import Document, Edit, Finding, Fix, Related, Segment, Span
from copydesk.packs import RuleBook
from copydesk.packs.lines import whole_line


class Paragraphs:
    """Shows a checker each segment as a document of its own, whether there is a cache or not.

    So what it finds follows from the segment, the languages, the format and the rules alone, and that is the key.
    Without a cache it costs a call a segment, some hundredths of what a grammar engine takes.
    """

    def __init__(self, rules: RuleBook, cache: Cache | None) -> None:
        """`rules` are those that the checkers were made with."""
        self._rules, self._cache = rules, cache

    def check(self, checker: Checker, document: Document) -> Iterator[Finding]:
        """What `checker`, whose scope is the paragraph, finds in `document`, in coordinates of the document.

        Raises TimeOverError before the paragraph that there is no time for.
        """
        same = f"{type(checker).__qualname__} {self._rule_set} {document.language} {document.format}"
        for segment in document.segments:
            heed_time()
            for finding in self._found(checker, document, segment, same):
                yield _moved(finding, segment.span, document.text)

    def _found(self, checker: Checker, document: Document, segment: Segment, same: str) -> tuple[Finding, ...]:
        """The findings in coordinates of the segment; `same` is what the keys of all segments have in common."""
        parts = (same, segment.language, segment.kind.value, segment.span.of(document.text))
        return recalled(self._cache, parts, lambda: _asked(checker, document, segment))

    @cached_property
    def _rule_set(self) -> str:
        """Stands for every word of every rule: several desks may share one cache."""
        return digest(*(rule.model_dump_json() for rule in self._rules)).hex()


def _asked(checker: Checker, document: Document, segment: Segment) -> tuple[Finding, ...]:
    start = segment.span.start
    first = bisect_left(document.sentences, start, key=_start)
    last = bisect_left(document.sentences, segment.span.end, key=_start)
    alone = Document(
        segment.span.of(document.text),
        (Segment(segment.kind, Span(0, len(segment.span)), segment.language),),
        tuple(sentence.shift(-start) for sentence in document.sentences[first:last]),
        document.language,
        document.format,
    )
    return tuple(remark for remark in checker.check(alone) if isinstance(remark, Finding))


def _moved(finding: Finding, paragraph: Span, text: str) -> Finding:
    """A finding of a paragraph, in coordinates of `text`. A paragraph that goes takes its line end with it."""
    by = paragraph.start

    def placed(edit: Edit) -> Edit:
        span = edit.span.shift(by)
        return Edit(whole_line(text, span) if not edit.text and span == paragraph else span, edit.text)

    return replace(
        finding,
        span=finding.span.shift(by),
        fixes=tuple(Fix(tuple(map(placed, fix.edits)), fix.safety) for fix in finding.fixes),
        related=tuple(Related(other.span.shift(by), other.message) for other in finding.related),
    )


def _start(span: Span) -> int:
    return span.start
