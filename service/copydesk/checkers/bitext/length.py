"""A translation far shorter or longer than translations between its languages are."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.bitext.lengths import length_model
from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.packs import RuleBook

_DEVIATIONS = 4.0  # of Gale and Church; on 1,000 clean pairs of ten languages the furthest is at 3.2
_FACTOR = 1.7  # a long text is many deviations off when a clause is missing that the translator meant to leave out
_LEAST = 12  # characters of English that the source is worth: below, a title may become a sentence


class LengthChecker(PairChecker):
    """Compares the length of the target with what the source's length lets expect."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._short, self._long = rules["any/bitext/too-short"], rules["any/bitext/too-long"]

    def check(self, pair: Pair) -> Iterator[Remark]:
        """At most one finding, on the whole target."""
        source, target = len(pair.source.text.strip()), len(pair.target.text.strip())
        model = length_model(pair.source.language, pair.target.language)
        usual = model.characters * source
        if usual < _LEAST or not target or 1 / _FACTOR < target / usual < _FACTOR:
            return
        if abs(model.deviation(source, target)) > _DEVIATIONS:
            rule = self._short if target < usual else self._long
            text = pair.target.text
            start = len(text) - len(text.lstrip())
            whole = Span(0, len(pair.source.text.rstrip()))
            times = f"{max(target / usual, usual / target):.1f}"
            yield rule.pair_finding(Span(start, start + target), whole, text.strip(), times=times)
