"""What a language model says of a text: only where the user has configured one and the request asks for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import ClassVar

from copydesk.checkers.base import Remark
from copydesk.model import Document, Edit, Family, Finding, Fix, Pair, Safety, SegmentKind, Severity, Span
from copydesk.read.projection import onward
from copydesk.secondreader import Passage, SecondReader, Suggestion
from copydesk.secondreader.contract import CATEGORIES, PREFIX
from copydesk.secondreader.contract import Remark as Said

_READ = frozenset(
    {
        SegmentKind.TITLE,
        SegmentKind.PARAGRAPH,
        SegmentKind.CAPTION,
        SegmentKind.ALT_TEXT,
        SegmentKind.LIST_ITEM,
        SegmentKind.QUOTE,
    }
)
_LONGEST = 4000  # code points of a passage; a longer segment is cut between sentences


class SecondReaderChecker:
    """Turns the model's remarks into findings of the translation family.

    They are marked as the model's, are no graver than a warning, and their edits are hints: the text itself could tell
    a model what to write, so that nothing of it goes into a text unseen.
    """

    family: ClassVar[Family] = Family.TRANSLATION

    def __init__(self, reader: SecondReader, deadline: float | None = None) -> None:
        """`deadline` is that of the review, in `time.monotonic()`."""
        self._reader, self._deadline = reader, deadline

    def check(self, document: Document) -> Iterator[Remark]:
        """Findings, the model as an engine, and notices of what was sent and of what could not be read."""
        places = [(span, language) for span, language in _passages(document) if _has_words(span.of(document.text))]
        passages = [Passage(span.of(document.text), language) for span, language in places]
        for index, remark in self._read(passages):
            yield _shifted(remark, places[index][0].start) if isinstance(remark, Finding) else remark

    def check_pairs(self, pairs: Sequence[Pair]) -> Iterator[tuple[int, Remark]]:
        """As `check`, for the targets of `pairs` held against their sources, each with the index of its pair."""
        yield from self._read(
            [Passage(pair.target.text, pair.target.language, pair.source.text, pair.source.language) for pair in pairs]
        )

    def _read(self, passages: Sequence[Passage]) -> Iterator[tuple[int, Remark]]:
        """What is said of each passage, with its index; of all together, with that of the first."""
        if not passages:
            return
        reading = self._reader.read(passages, self._deadline)
        for notice in reading.notices:
            yield 0, notice
        if reading.engine is None:
            return
        yield 0, reading.engine
        for index, (passage, said) in enumerate(zip(passages, reading.remarks, strict=True)):
            for one in said:
                yield index, _finding(one, passage, reading.engine.version)


def _passages(document: Document) -> Iterator[tuple[Span, str]]:
    """The segments that are sentences, with their language; over-long ones in runs of whole sentences."""
    for segment in document.segments:
        if segment.kind in _READ:
            whole = len(segment.span) <= _LONGEST
            for span in (segment.span,) if whole else _runs(segment.span, document.sentences):
                yield span, segment.language


def _runs(within: Span, sentences: Sequence[Span]) -> Iterator[Span]:
    """Neighbouring sentences, joined as long as they fit; one that is too long alone goes alone."""
    run: Span | None = None
    first = bisect_left(sentences, within.start, key=lambda sentence: sentence.start)
    for sentence in takewhile(within.contains, onward(sentences, first)):
        if run is not None and sentence.end - run.start > _LONGEST:
            yield run
            run = None
        run = Span(run.start if run else sentence.start, sentence.end)
    if run is not None:
        yield run


def _has_words(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _finding(said: Said, passage: Passage, model: str) -> Finding:
    suggestion = said.suggestion
    severity = Severity.SUGGESTION if suggestion.severity == "minor" else Severity.WARNING
    message = f"The model {model} says: {suggestion.explanation} ({CATEGORIES[suggestion.category]})"
    fixes = _fixes(said.span, suggestion)
    source = None if passage.source is None else Span(0, len(passage.source))
    return Finding(PREFIX + suggestion.category, Family.TRANSLATION, severity, said.span, message, fixes, (), source)


def _fixes(span: Span, suggestion: Suggestion) -> tuple[Fix, ...]:
    """An empty correction is none: models give it where they mean that they have no better words."""
    if not suggestion.correction or not suggestion.correction.strip():
        return ()
    return (Fix((Edit(span, suggestion.correction),), Safety.SHOW),)


def _shifted(finding: Finding, by: int) -> Finding:
    fixes = tuple(Fix(tuple(Edit(e.span.shift(by), e.text) for e in fix.edits), fix.safety) for fix in finding.fixes)
    return Finding(finding.rule, finding.family, finding.severity, finding.span.shift(by), finding.message, fixes)
