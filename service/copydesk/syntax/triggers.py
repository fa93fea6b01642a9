"""Which sentences are worth a parse: those that hold a trigger of a rule of kind `tokens` or `syntax`.

A parse costs a hundred times a pattern search, so each rule names the words without which it cannot match.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import re2

from copydesk.cache import Cache, digest, recalled
from copydesk.limits import heed_time
from copydesk.model import PROSE, Document, Span
from copydesk.packs import Rule, RuleKind
from copydesk.packs.sets import PatternSets

_END = r"(?:\b|\W|$)"  # a trigger is whole words, and may end with a stop or comma


class Triggers:
    """The triggers of all parsed rules of one checker. Linear in the text.

    Each segment is looked through by itself, so that `cache` can remember what stands in it.
    """

    def __init__(self, rules: Iterable[Rule], cache: Cache | None = None) -> None:
        self._rules = [rule for rule in rules if rule.kind in (RuleKind.TOKENS, RuleKind.SYNTAX)]
        sources = [rf"(?i)\b({'|'.join(rule.triggers)}){_END}" for rule in self._rules]
        self._patterns = [re2.compile(source) for source in sources]
        self._sets = PatternSets(sources)
        self._cache, self._same = cache, f"triggers {digest(*sources).hex()}"

    @property
    def rules(self) -> list[Rule]:
        """The rules that need a parse, in the order of the packs."""
        return self._rules

    def sentences(self, document: Document) -> dict[Span, list[int]]:
        """The sentences to parse, in order, each with the rules (by index) that may match in it."""
        found: dict[Span, dict[int, None]] = {}
        for segment in document.segments:
            if segment.kind not in PROSE:
                continue
            heed_time()
            said = segment.span.of(document.text)
            for index, start, end in recalled(self._cache, (self._same, said), partial(self._standing, said)):
                heed_time()
                at = document.sentence_index(segment.span.start + start)
                if at < 0 or document.sentences[at].end < segment.span.start + end:
                    continue
                if self._rules[index].reads(segment):
                    found.setdefault(document.sentences[at], {})[index] = None
        return {sentence: sorted(found[sentence]) for sentence in sorted(found)}

    def _standing(self, said: str) -> tuple[tuple[int, int, int], ...]:
        """Each trigger that stands in a segment: the index of its rule, its start and its end."""
        found: list[tuple[int, int, int]] = []
        for index in self._sets.occurring(said):
            for match in self._patterns[index].finditer(said):
                heed_time()
                found.append((index, match.start(), match.end(1)))
        return tuple(found)
