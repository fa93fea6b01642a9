"""A target that says nothing, or says it in the source's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext._vocabulary import has_dictionary, knows
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.packs import RuleBook

_WORD = re.compile(r"[^\W\d_]{2,}")
_SAID = re.compile(r"\w")
_FEWEST = 3  # words that a title of a film, a name or a formula does not have, all unknown to the target's language
_KNOWN = 0.5  # share of words that the target's language has, from which the copy may well be meant


class UntranslatedChecker(PairChecker):
    """Empty targets, and targets that are their sources."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._empty, self._copied = rules["any/bitext/empty-target"], rules["any/bitext/untranslated"]

    def check(self, pair: Pair) -> Iterator[Remark]:
        """At most one finding, on the whole target."""
        source, target = pair.source.text.strip(), pair.target.text.strip()
        whole = Span(0, len(pair.target.text.rstrip()))
        if not _SAID.search(target):
            if _WORD.search(source):
                yield self._empty.pair_finding(whole, Span(0, len(pair.source.text.rstrip())), target)
            return
        if source[:8].casefold() == target[:8].casefold() and _is_copied(source, target, pair.target.language):
            yield self._copied.pair_finding(whole, Span(0, len(pair.source.text.rstrip())), target)


def _is_copied(source: str, target: str, language: str) -> bool:
    """Whether `target` has the words of `source`, and they are not a language's own: names and titles stay."""
    words = _WORD.findall(target)
    if len(words) < _FEWEST or words != _WORD.findall(source):
        return False
    if not has_dictionary(language):
        return True
    return sum(knows(language, word) for word in words) < _KNOWN * len(words)
