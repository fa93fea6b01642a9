"""Encoding faults: mojibake, invisible characters, look-alike letters, odd forms and spaces, markup in plain text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

from copydesk.checkers._faults import Fault
from copydesk.checkers._forms import forms, may_hold_forms
from copydesk.checkers._homoglyphs import homoglyphs, may_hold_homoglyphs
from copydesk.checkers._invisible import invisible
from copydesk.checkers._markup import references, tags
from copydesk.checkers._mojibake import may_hold_mojibake, mojibake
from copydesk.checkers._spaces import may_hold_spaces, spaces
from copydesk.checkers._typography import typography
from copydesk.checkers.base import Remark, Resources, Scope
from copydesk.limits import heed_time
from copydesk.model import Document, Edit, Family, Finding, Fix, Segment, Span
from copydesk.packs import Rule, RuleBook
from copydesk.packs.patterns import PatternMatcher

_PREFIX = "any/encoding/"
_LOST = re.compile("\ufffd+|ï¿½")  # U+FFFD, also after its own UTF-8 was misread
_LOST_APOSTROPHE = re.compile(r"(?<=[A-Za-z])(?:\ufffd|ï¿½)(?=(?:s|t|re|ve|ll|d|m)\b)")
_RIGHT_IN_HTML = ("soft-hyphen", "odd-space")  # hints for the browser's layout
_WHOLE_LINE = re.compile(r"[^\r\n]+")


class EncodingChecker:
    """Runs the parts on a text, cheap tests first, and the pattern rules of the family."""

    family: ClassVar[Family] = Family.ENCODING
    scope: ClassVar[Scope] = Scope.DOCUMENT

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        own = rules.of(self.family)
        self._rules: dict[str, Rule] = {rule.id: rule for rule in own}
        self._patterns = PatternMatcher(own)

    def check(self, document: Document) -> Iterator[Remark]:
        """The findings of every part; mojibake goes before what is seen of it as controls or lost characters."""
        garbled = list(_mojibake(document))
        taken = [fault.span for fault in garbled]
        for fault in garbled:
            yield from self._findings(fault, document.text)
        for fault in _others(document):
            if not _within(fault.span, taken) and not (document.format == "html" and fault.rule in _RIGHT_IN_HTML):
                yield from self._findings(fault, document.text)
        for found in self._patterns.find(document):
            if not _within(found.span, taken):
                yield found

    def _findings(self, fault: Fault, text: str) -> Iterator[Finding]:
        rule = self._rules.get(_PREFIX + fault.rule)
        if rule is None:
            return
        fixes = (Fix(fault.edits, rule.safety),) if fault.edits else ()
        meant = " ".join(edit.text for edit in fault.edits)
        shown = fault.span.of(text) if fault.shown is None else fault.shown
        yield rule.finding(fault.span, shown, fixes, meant=meant)


def _within(span: Span, taken: list[Span]) -> bool:
    """Whether `span` overlaps one of `taken`, which are in order and do not overlap."""
    after = bisect_left(taken, span.end, key=lambda other: other.start)
    return after > 0 and taken[after - 1].overlaps(span)


def _mojibake(document: Document) -> Iterator[Fault]:
    if document.text.isascii() or not may_hold_mojibake(document.text):
        return
    for segment, line in _lines(document):
        if not line.isascii() and may_hold_mojibake(line):
            for edit in mojibake(line):
                if not _LOST_APOSTROPHE.match(line, edit.span.start):
                    span = edit.span.shift(segment.span.start)
                    yield Fault(
                        "lossy-mojibake" if "\ufffd" in edit.text else "mojibake", span, (Edit(span, edit.text),)
                    )


def _others(document: Document) -> Iterator[Fault]:
    text = document.text
    yield from invisible(text)
    yield from typography(document)
    if document.format == "text":
        if "&" in text:
            yield from _in_lines(document, references)
        if "<" in text:
            for segment, _ in _lines(document):
                yield from tags(text, segment.span)
    if text.isascii():
        return
    yield from _lost(text)
    characters = "".join(set(text))  # a hundred or so, in which the tests below cost nothing
    if may_hold_forms(characters):
        yield from _in_lines(document, forms)
    if may_hold_homoglyphs(characters):
        yield from _in_lines(document, homoglyphs)
    if may_hold_spaces(characters):
        yield from _spaces(document)


def _lost(text: str) -> Iterator[Fault]:
    """Characters that a decoder gave up on. Only an apostrophe before an English ending can be told again."""
    if "\ufffd" not in text and "ï¿½" not in text:
        return
    for match in _LOST.finditer(text):
        span = Span(*match.span())
        if _LOST_APOSTROPHE.match(text, span.start):
            yield Fault("lost-apostrophe", span, (Edit(span, "’"),))
        else:
            yield Fault("lost-character", span)


def _spaces(document: Document) -> Iterator[Fault]:
    """In plain text whole lines are looked at: segments leave out the white space around them."""
    if document.format != "text":
        yield from _in_lines(document, lambda line: spaces(line, document.language))
        return
    for match in _WHOLE_LINE.finditer(document.text):
        yield from _shifted(spaces(match.group(), document.language), match.start())


def _lines(document: Document) -> Iterator[tuple[Segment, str]]:
    for segment in document.prose():
        heed_time()
        yield segment, segment.span.of(document.text)


def _in_lines(document: Document, part: Callable[[str], Iterable[Fault]]) -> Iterator[Fault]:
    for segment, line in _lines(document):
        yield from _shifted(part(line), segment.span.start)


def _shifted(faults: Iterable[Fault], by: int) -> Iterator[Fault]:
    """The faults of a line in coordinates of the text."""
    for fault in faults:
        edits = tuple(Edit(edit.span.shift(by), edit.text) for edit in fault.edits)
        yield Fault(fault.rule, fault.span.shift(by), edits, fault.shown)
