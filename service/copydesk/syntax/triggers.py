"""Which sentences are worth a parse: those that hold a trigger of a rule of kind `tokens` or `syntax`.

A parse costs a hundred times a pattern search, so each rule names the words without which it cannot match.
"""

from __future__ import annotations

from collections.abc import Iterable

import re2

from copydesk.model import PROSE, Document, Span
from copydesk.packs import Rule, RuleKind
from copydesk.packs.sets import PatternSets

_END = r"(?:\b|\W|$)"  # a trigger is whole words, and may end with a stop or comma


class Triggers:
    """The triggers of all parsed rules of one checker. Linear in the text."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = [rule for rule in rules if rule.kind in (RuleKind.TOKENS, RuleKind.SYNTAX)]
        sources = [rf"(?i)\b({'|'.join(rule.triggers)}){_END}" for rule in self._rules]
        self._patterns = [re2.compile(source) for source in sources]
        self._sets = PatternSets(sources)

    @property
    def rules(self) -> list[Rule]:
        """The rules that need a parse, in the order of the packs."""
        return self._rules

    def sentences(self, document: Document) -> dict[Span, list[int]]:
        """The sentences to parse, in order, each with the rules (by index) that may match in it."""
        found: dict[Span, dict[int, None]] = {}
        for index in self._sets.occurring(document.text):
            for match in self._patterns[index].finditer(document.text):
                at = document.sentence_index(match.start())
                if at < 0 or document.sentences[at].end < match.end(1):
                    continue
                sentence = document.sentences[at]
                segment = document.segments[document.segment_index(sentence.start)]
                if segment.kind in PROSE and self._rules[index].reads(segment):
                    found.setdefault(sentence, {})[index] = None
        return {sentence: sorted(found[sentence]) for sentence in sorted(found)}
