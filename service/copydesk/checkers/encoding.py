"""Encoding faults: mojibake, invisible characters, look-alike letters, markup that stayed in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from copydesk.checkers._faults import Fault
from copydesk.checkers._homoglyphs import homoglyphs, may_hold_homoglyphs
from copydesk.checkers._invisible import invisible
from copydesk.checkers._markup import references, tags
from copydesk.checkers._mojibake import may_hold_mojibake, mojibake
from copydesk.checkers.base import Remark, Resources
from copydesk.model import Document, Edit, Family, Finding, Fix, Segment, Span
from copydesk.packs import Rule, RuleBook
from copydesk.packs.patterns import PatternMatcher

_PREFIX = "any/encoding/"
_LOST = re.compile("\ufffd+|ï¿½")  # U+FFFD, also after its own UTF-8 was misread
_LOST_APOSTROPHE = re.compile(r"(?<=[A-Za-z])(?:\ufffd|ï¿½)(?=(?:s|t|re|ve|ll|d|m)\b)")


class EncodingChecker:
    """Runs the parts on a text, cheap tests first, and the pattern rules of the family."""

    family: ClassVar[Family] = Family.ENCODING

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        own = rules.of(self.family)
        self._rules: dict[str, Rule] = {rule.id: rule for rule in own}
        self._patterns = PatternMatcher(own)

    def check(self, document: Document) -> Iterator[Remark]:
        """The findings of every part; mojibake goes before what is seen of it as controls or lost characters."""
        garbled = list(_mojibake(document))
        taken = sorted(fault.span for fault in garbled)
        for fault in (*garbled, *_others(document)):
            if fault.rule == "mojibake" or not any(span.overlaps(fault.span) for span in taken):
                yield from self._findings(fault, document.text)
        yield from self._patterns.find(document)

    def _findings(self, fault: Fault, text: str) -> Iterator[Finding]:
        rule = self._rules.get(_PREFIX + fault.rule)
        if rule is None:
            return
        fixes = (Fix(fault.edits, rule.safety),) if fault.edits else ()
        meant = " ".join(edit.text for edit in fault.edits)
        shown = fault.span.of(text) if fault.shown is None else fault.shown
        yield rule.finding(fault.span, shown, fixes, meant=meant)


def _mojibake(document: Document) -> Iterator[Fault]:
    if document.text.isascii() or not may_hold_mojibake(document.text):
        return
    for segment, line in _lines(document):
        if not line.isascii() and may_hold_mojibake(line):
            for edit in mojibake(line):
                span = edit.span.shift(segment.span.start)
                yield Fault("mojibake", span, (Edit(span, edit.text),))


def _others(document: Document) -> Iterator[Fault]:
    text = document.text
    yield from invisible(text)
    yield from _lost(text)
    if not text.isascii() and may_hold_homoglyphs(set(text)):
        for segment, line in _lines(document):
            yield from _shifted(homoglyphs(line), segment.span.start)
    if document.format == "text":
        if "&" in text:
            for segment, line in _lines(document):
                yield from _shifted(references(line), segment.span.start)
        if "<" in text:
            for segment, _ in _lines(document):
                yield from tags(text, segment.span)


def _lost(text: str) -> Iterator[Fault]:
    """Characters that a decoder gave up on. Only an apostrophe before an English ending can be told again."""
    if text.isascii():
        return
    for match in _LOST.finditer(text):
        span = Span(*match.span())
        if _LOST_APOSTROPHE.match(text, span.start):
            yield Fault("lost-apostrophe", span, (Edit(span, "’"),))
        else:
            yield Fault("lost-character", span)


def _lines(document: Document) -> Iterator[tuple[Segment, str]]:
    for segment in document.prose():
        yield segment, segment.span.of(document.text)


def _shifted(faults: Iterable[Fault], by: int) -> Iterator[Fault]:
    """The faults of a line in coordinates of the text."""
    for fault in faults:
        edits = tuple(Edit(edit.span.shift(by), edit.text) for edit in fault.edits)
        yield Fault(fault.rule, fault.span.shift(by), edits, fault.shown)
