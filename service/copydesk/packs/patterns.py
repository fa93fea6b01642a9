"""Rules of kind `pattern`: RE2 over the prose of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any

import re2

from copydesk.model import Document, Edit, Finding, Fix, Segment, Span
from copydesk.packs.patterntime import timed
from copydesk.packs.schema import Rule, RuleKind
from copydesk.packs.sets import PatternSets, options

_REFERENCE = re.compile(r"\\(?:(\d)|g<(\w+)>)")
_MEMORY = 64 << 20  # bytes for one; classes of all letters are large, and past it RE2 falls back to a slow search


class PatternMatcher:
    """All pattern rules of one checker.

    RE2 sets over the whole text first tell which rules occur at all; only those are searched one by one. Linear in the
    text for any pattern and any input.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._patterns = [p for rule in rules if rule.kind is RuleKind.PATTERN for p in _patterns(rule)]
        self._sets = PatternSets([pattern.source for pattern in self._patterns])

    def find(self, document: Document) -> Iterator[Finding]:
        """The findings of every rule that applies to the language of the segment it matches in.

        Raises PatternTimeError where a limit is set and is passed.
        """
        for index in self._sets.occurring(document.text):
            pattern = self._patterns[index]
            yield from timed(pattern.rule.id, partial(list, pattern.find(document)))


def _patterns(rule: Rule) -> Iterator[_Pattern]:
    if rule.match is not None:
        yield _Pattern(rule, rule.match)
    for case in rule.cases:
        yield _Pattern(rule, case.match, {"say": case.say})


class _Pattern:
    """A rule, or a case of one; its own automata are built when it first occurs: in one run of the command line most
    never do."""

    def __init__(self, rule: Rule, match: str, fields: Mapping[str, str] = MappingProxyType({})) -> None:
        """`fields` fill placeholders of the rule's message."""
        self.rule, self._fields = rule, fields
        self._flags = "(?m)" if rule.case_sensitive else "(?im)"  # ^ and $ are the ends of a line
        self.source = f"{self._flags}{match}"

    @cached_property
    def _match(self) -> Any:
        return re2.compile(self.source, options(_MEMORY))

    @cached_property
    def _unless(self) -> Any:
        return re2.compile(f"{self._flags}{self.rule.unless}", options(_MEMORY)) if self.rule.unless else None

    def find(self, document: Document) -> Iterator[Finding]:
        text = document.text
        group = self._match.groupindex.get("span", 0)
        for match in self._match.finditer(text):
            whole = Span(*match.span())
            span = Span(*match.span(group)) if match.group(group) is not None else whole
            at = document.segment_index(whole.start)
            segment = document.segments[at] if at >= 0 else None
            if segment is None or not segment.span.contains(whole) or not self._wanted(segment, span, text):
                continue
            matched = span.of(text)
            fixes = tuple(
                Fix((Edit(span, recased(matched, _expand(r, match))),), self.rule.safety) for r in self.rule.replace
            )
            yield self.rule.finding(span, matched, fixes, (), **self._fields, **_named(match))

    def _wanted(self, segment: Segment, span: Span, text: str) -> bool:
        if not self.rule.reads(segment):
            return False
        if self._unless is None:
            return True
        within = segment.span.of(text)
        local = span.shift(-segment.span.start)
        return not any(Span(*m.span()).overlaps(local) for m in self._unless.finditer(within))


def _expand(template: str, match: Any) -> str:
    """`\\1` and `\\g<name>` filled in. RE2's own expansion takes UTF-8 for Latin-1."""
    return _REFERENCE.sub(lambda ref: match.group(_group_index(ref, match)) or "", template)


def _group_index(reference: re.Match[str], match: Any) -> int:
    number, name = reference.groups()
    return int(number) if number else int(match.re.groupindex[name])


def _named(match: Any) -> dict[str, str]:
    """Named groups, for the message's placeholders."""
    return {name: match.group(i) or "" for name, i in match.re.groupindex.items() if name != "span"}


def recased(matched: str, replacement: str) -> str:
    """A replacement at the beginning of a sentence keeps the capital."""
    if matched[:1].isupper() and replacement[:1].islower():
        return replacement[:1].upper() + replacement[1:]
    return replacement
