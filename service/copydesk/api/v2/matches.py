"""Findings as LanguageTool's matches: one stretch of the text, and what may stand there instead."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from copydesk.api.v2.asked import category_id
from copydesk.api.v2.names import CATEGORIES
from copydesk.findings.correct import apply_edits
from copydesk.findings.project import source_span
from copydesk.grammar import Match
from copydesk.model import Edit, Family, Finding, Fix, Severity, Span
from copydesk.offsets import Offsets
from copydesk.packs import RuleBook
from copydesk.read import Reading

_CONTEXT = 40  # UTF-16 units shown on either side, as many as LanguageTool shows
_REACH = 40  # code points by which a mark may grow to take in all that its fix changes
_SURE = 3  # words after a place; a rule that needs more may be wrong about an unfinished sentence
_LONGEST_SENTENCE = 1000  # code points; with each match a longer one, an answer could be thousands of texts long
_FIRST_SENTENCE = re.compile(r".*?[.!?](?=\s|$)", re.DOTALL)


class Matches:
    """Makes matches of the findings on one text."""

    def __init__(self, reading: Reading, alarms: Iterable[Match], rules: RuleBook) -> None:
        """`alarms` are the engine's, in the view; `rules` copydesk's own."""
        self._reading, self._rules = reading, rules
        self._text = reading.document.text
        self._offsets = Offsets(self._text)
        self._alarms = {(alarm.rule, self._placed(alarm.span)): alarm for alarm in alarms}
        view = reading.view
        self._sentences = [(self._placed(span), span.of(view.text)) for span in view.sentences]
        self._starts = [span.start for span, _ in self._sentences]

    def of(self, findings: Iterable[Finding]) -> list[dict[str, Any]]:
        """The matches, in the order of the text. Offsets and lengths are UTF-16 units of the text as sent."""
        return sorted(map(self._match, findings), key=lambda match: (match["offset"], match["length"]))

    def sentence_ranges(self) -> list[tuple[int, int]]:
        """Where each sentence begins and ends, in UTF-16 units of the text as sent."""
        return [(self._offsets.utf16(span.start), self._offsets.utf16(span.end)) for span, _ in self._sentences]

    def _placed(self, span: Span) -> Span:
        projection = self._reading.projection
        return span if projection is None else source_span(span, projection)

    def _match(self, finding: Finding) -> dict[str, Any]:
        alarm = self._alarms.get((finding.rule, finding.span))
        if alarm is None:
            span, replacements = self._replaced(finding)
        else:
            span, replacements = finding.span, list(alarm.replacements)
        start, end = self._offsets.utf16(span.start), self._offsets.utf16(span.end)
        context = 0 if alarm is None else alarm.detail.context
        return {
            "message": finding.message,
            "shortMessage": CATEGORIES[finding.family].name if alarm is None else alarm.detail.short_message,
            "replacements": [{"value": value} for value in replacements],
            "offset": start,
            "length": end - start,
            "context": self._context(span),
            "sentence": self._sentence(finding.span),
            "type": {"typeName": _type(finding, alarm)},
            "rule": self._own_rule(finding) if alarm is None else _engine_rule(alarm),
            "ignoreForIncompleteSentence": context == -1 or context > _SURE,
            "contextForSureMatch": context,
        }

    def _replaced(self, finding: Finding) -> tuple[Span, list[str]]:
        """The stretch to mark, and what may stand there.

        A client can only write over what is marked, so the mark takes in all that the first fix changes, where that is
        near (the break after a line that goes); fixes that reach further are left out. What stands nowhere (an
        omission) is marked at the character before it.
        """
        span = finding.span
        near = [fix for fix in finding.fixes if len(_hull(finding.span, fix)) <= len(span) + _REACH]
        if near:
            span = _hull(span, near[0])
        if not len(span):
            span = Span(max(span.start - 1, 0), min(max(span.end, 1), len(self._text)))
        return span, list(dict.fromkeys(self._values(near, span)))

    def _values(self, fixes: Sequence[Fix], span: Span) -> Iterator[str]:
        for fix in fixes:
            if all(span.contains(edit.span) for edit in fix.edits):
                edits = [Edit(edit.span.shift(-span.start), edit.text) for edit in fix.edits]
                yield apply_edits(span.of(self._text), edits)

    def _context(self, span: Span) -> dict[str, Any]:
        units = self._offsets.utf16
        start, end = max(span.start - _CONTEXT, 0), min(span.end + _CONTEXT, len(self._text))
        while units(span.start) - units(start) > _CONTEXT:
            start += 1
        while units(end) - units(span.end) > _CONTEXT:
            end -= 1
        before = ("..." if start else "") + self._text[start : span.start]
        marked = span.of(self._text)
        after = self._text[span.end : end] + ("..." if end < len(self._text) else "")
        return {
            "text": (before + marked + after).replace("\n", " "),
            "offset": Offsets(before).utf16(len(before)),
            "length": Offsets(marked).utf16(len(marked)),
        }

    def _sentence(self, span: Span) -> str:
        """The sentence in which `span` begins, without markup, and of a very long one what stands around the place as
        sent; an empty text where there is none."""
        if not self._sentences:
            return ""
        sentence = self._sentences[max(bisect_right(self._starts, span.start) - 1, 0)][1]
        if len(sentence) <= _LONGEST_SENTENCE:
            return sentence
        return self._text[max(span.start - _CONTEXT, 0) : min(span.end, span.start + _LONGEST_SENTENCE) + _CONTEXT]

    def _own_rule(self, finding: Finding) -> dict[str, Any]:
        category = CATEGORIES[finding.family]
        rule: dict[str, Any] = {"id": finding.rule}
        known = finding.rule in self._rules
        rule["description"] = description(self._rules[finding.rule].why) if known else category.name
        rule["issueType"] = category.issue_type
        links = [ref for ref in self._rules[finding.rule].refs if ref.startswith("https://")] if known else []
        if links:
            rule["urls"] = [{"value": links[0]}]
        rule["category"] = {"id": category_id(finding.family), "name": category.name}
        return rule


def description(why: str) -> str:
    """The first sentence of a rule's reason, on one line."""
    line = " ".join(why.split())
    first = _FIRST_SENTENCE.match(line)
    return first[0] if first else line


def _engine_rule(alarm: Match) -> dict[str, Any]:
    detail = alarm.detail
    rule: dict[str, Any] = {"id": alarm.rule}
    if detail.sub_id:
        rule["subId"] = detail.sub_id
    rule["description"] = detail.description or detail.short_message or alarm.rule
    rule["issueType"] = alarm.issue_type
    if detail.url:
        rule["urls"] = [{"value": detail.url}]
    rule["category"] = {"id": alarm.category, "name": detail.category_name or alarm.category}
    return rule


def _type(finding: Finding, alarm: Match | None) -> str:
    """LanguageTool's three kinds of match: it draws unknown words red, hints blue, and all others yellow."""
    if alarm is not None:
        return "UnknownWord" if alarm.is_spelling else "Other"
    return "Hint" if finding.severity is Severity.SUGGESTION and finding.family is not Family.GRAMMAR else "Other"


def _hull(span: Span, fix: Fix) -> Span:
    """From the first to the last code point that the finding is about or its fix changes."""
    spans = [span, *(edit.span for edit in fix.edits)]
    return Span(min(s.start for s in spans), max(s.end for s in spans))
