"""A negation on one side only: the graver for reading well in both."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext._negators import negators_of
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.packs import RuleBook


class NegationChecker(PairChecker):
    """Counts negations on both sides. Which one is extra is not known where there are several: the last is marked."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._added, self._lost = rules["any/bitext/negation-added"], rules["any/bitext/negation-lost"]

    def check(self, pair: Pair) -> Iterator[Remark]:
        """At most one finding.

        Added: more `not` in the target than the source has negations and words that say no; words of the target that
        say no (never, without) are counted in only where the source negates too, else they are often another way to
        say it (a source without negation has `unlike` for `anders als`). Lost: the source negates and no word of the
        target could hold it.
        """
        source, target = negators_of(pair.source.language), negators_of(pair.target.language)
        if source is None or target is None:
            return
        here, there = target.find(pair.target.text), source.find(pair.source.text)
        said = there.clauses + there.lexical
        count = here.clauses
        if count > said + there.ignored or (count and said and count + here.lexical > said + there.ignored):
            last = here.negators[-1]
            yield self._added.pair_finding(last, None, last.of(pair.target.text))
        elif there.clauses and not (count or here.lexical or here.ignored or target.hints(pair.target.text)):
            end, first = len(pair.target.text.rstrip()), there.negators[0]
            yield self._lost.pair_finding(Span(end, end), first, first.of(pair.source.text))
