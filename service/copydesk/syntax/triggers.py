"""Which sentences are worth a parse: those that hold a trigger of a rule of kind `tokens` or `syntax`.

A parse costs a hundred times a pattern search, so each rule names the words without which it cannot match.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import re2

from copydesk.model import PROSE, Document, Segment, Span
from copydesk.packs import Rule, RuleKind

_TOGETHER = 25  # triggers in one RE2 set: the automaton of a larger one takes longer to build than it saves
_END = r"(?:\b|\W|$)"  # a trigger is whole words, and may end with a stop or comma


class Triggers:
    """The triggers of all parsed rules of one checker. Linear in the text."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = [rule for rule in rules if rule.kind in (RuleKind.TOKENS, RuleKind.SYNTAX)]
        sources = [rf"(?i)\b({'|'.join(rule.triggers)}){_END}" for rule in self._rules]
        self._patterns = [re2.compile(source) for source in sources]
        self._sets = []
        for at in range(0, len(sources), _TOGETHER):
            together = re2.Set.SearchSet(re2.Options())
            for source in sources[at : at + _TOGETHER]:
                together.Add(source)
            together.Compile()
            self._sets.append(together)

    @property
    def rules(self) -> list[Rule]:
        """The rules that need a parse, in the order of the packs."""
        return self._rules

    def sentences(self, document: Document) -> dict[Span, list[int]]:
        """The sentences to parse, in order, each with the rules (by index) that may match in it."""
        starts = [sentence.start for sentence in document.sentences]
        segments = [s.span.start for s in document.segments]
        found: dict[Span, dict[int, None]] = {}
        for index in self._occurring(document.text):
            for match in self._patterns[index].finditer(document.text):
                at = bisect_right(starts, match.start()) - 1
                if at < 0 or document.sentences[at].end < match.end(1):
                    continue
                sentence = document.sentences[at]
                segment = document.segments[bisect_right(segments, sentence.start) - 1]
                if _wanted(self._rules[index], segment):
                    found.setdefault(sentence, {})[index] = None
        return {sentence: sorted(found[sentence]) for sentence in sorted(found)}

    def _occurring(self, text: str) -> list[int]:
        return [at * _TOGETHER + index for at, one in enumerate(self._sets) for index in sorted(one.Match(text) or ())]


def _wanted(rule: Rule, segment: Segment) -> bool:
    return segment.kind in PROSE and segment.kind in rule.where and rule.applies_to(segment.language)
