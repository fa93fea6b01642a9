"""Debris: what scrapers leave of a page's furniture between and beside the paragraphs of an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import ClassVar

from copydesk.checkers.base import Remark, Resources, Scope
from copydesk.model import Document, Edit, Family, Finding, Fix, Segment, Span
from copydesk.packs import RuleBook
from copydesk.packs.lines import LineMatcher, moved, one_line_each, whole_line
from copydesk.packs.patterns import PatternMatcher


class DebrisChecker:
    """Runs the line rules and the pattern rules of its family; a pattern sees each segment as one line."""

    family: ClassVar[Family] = Family.DEBRIS
    scope: ClassVar[Scope] = Scope.PARAGRAPH

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._rules = rules
        own = rules.of(self.family)
        self._lines = LineMatcher(own)
        self._patterns = PatternMatcher(own)

    def check(self, document: Document) -> Iterator[Remark]:
        """The findings of every rule; what is a whole line goes with its line end.

        Rewordings come last, for lines that no wording and no pattern has: those name the fault more closely.
        """
        found: set[Span] = set()
        for finding in chain(self._lines.find(document), self._matched(document)):
            found.add(finding.span)
            yield finding
        yield from self._lines.find_reworded(document, found)

    def _matched(self, document: Document) -> Iterator[Finding]:
        lines, segments = one_line_each(document)
        for finding in self._patterns.find(lines):
            span, segment = moved(finding.span, lines, segments)
            yield replace(finding, span=span, fixes=self._fixes(finding, span, segment, document.text))

    def _fixes(self, finding: Finding, span: Span, segment: Segment, text: str) -> tuple[Fix, ...]:
        """The removal of a whole line, or the fixes of the rule itself brought back to the document."""
        if span == segment.span:
            return (Fix((Edit(whole_line(text, span), ""),), self._rules[finding.rule].safety),)
        by = span.start - finding.span.start
        return tuple(
            replace(fix, edits=tuple(Edit(edit.span.shift(by), edit.text) for edit in fix.edits))
            for fix in finding.fixes
        )
