"""Where a text was cut and sewn: fragments after a lost link, doubled words over a stop, broken paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from copydesk.checkers import _seam_fragments as fragments
from copydesk.checkers import _seam_lines as lines
from copydesk.checkers import _seam_pairs as pairs
from copydesk.checkers import _seam_words as words
from copydesk.checkers.base import Remark, Resources, Scope, unparsed
from copydesk.errors import EngineError
from copydesk.limits import heed_time
from copydesk.model import Document, Family
from copydesk.packs import RuleBook
from copydesk.packs.patterns import PatternMatcher


class SeamChecker:
    """Pattern rules, what needs the lines and sentences around it, and what needs a parser."""

    family: ClassVar[Family] = Family.SEAMS
    scope: ClassVar[Scope] = Scope.DOCUMENT

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._patterns = PatternMatcher(rules.of(self.family))
        self._parser = resources.syntax
        self._doubled = rules["any/seams/doubled-word-over-stop"]
        self._resumed = rules["any/seams/word-resumed-after-stop"]
        self._fragment = rules["en/seams/name-as-sentence"]
        self._subject = rules["en/seams/subject-without-predicate"]
        self._beyond_patterns = (
            (lines.wrapped, rules["any/seams/hard-wrapped"]),
            (lines.parted, rules["any/seams/parted-word"]),
            (lines.broken, rules["any/seams/broken-paragraph"]),
            (lines.interrupted, rules["any/seams/interrupted-paragraph"]),
            (words.joined, rules["any/seams/names-joined"]),
            (lines.bare_labels, rules["any/seams/bare-label"]),
            (pairs.orphaned_brackets, rules["any/seams/orphaned-bracket"]),
            (pairs.orphaned_quotes, rules["any/seams/orphaned-quotation-mark"]),
        )

    def check(self, document: Document) -> Iterator[Remark]:
        """The seams of a document, in any order."""
        doubled = [*words.doubled(document, self._doubled), *words.resumed(document, self._resumed)]
        yield from doubled
        within = {place for finding in doubled for place in range(finding.span.start, finding.span.end)}
        for found in self._patterns.find(document):
            if within.isdisjoint(range(found.span.start, found.span.end)):  # the stop in a doubled word is no new fault
                yield found
        for find, rule in self._beyond_patterns:
            heed_time()
            yield from find(document, rule)
        if self._fragment.applies_to(document.language):
            neighbours = list(fragments.neighbours(document))
            yield from self._names(document, neighbours)
            yield from self._subjects(document, neighbours)

    def _names(self, document: Document, neighbours: Sequence[fragments.Neighbours]) -> Iterator[Remark]:
        """A sentence that is only a title and a name, after another sentence of the same paragraph."""
        text = document.text
        for before, span, _ in neighbours:
            if fragments.is_name_as_sentence(text, before, span):
                yield self._fragment.finding(span, span.of(text))

    def _subjects(self, document: Document, neighbours: Sequence[fragments.Neighbours]) -> Iterator[Remark]:
        """Persons that nothing is said about; the parser is asked about those that could be."""
        text = document.text
        spans = [span for before, span, after in neighbours if fragments.may_lack_predicate(text, before, span, after)]
        if not spans:
            return
        try:
            docs = self._parser.parse([span.of(text) for span in spans])
        except EngineError as error:
            yield unparsed(error)
            return
        for span, doc in zip(spans, docs, strict=True):
            if fragments.lacks_predicate(doc):
                yield self._subject.finding(span, span.of(text))
        yield self._parser.info
