"""Currencies and units that a translation changed, and conversions that are wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Finding, Pair
from copydesk.packs import RuleBook
from copydesk.quantities import Measure, Mention, Reading, measure_of, numerals
from copydesk.quantities.measures import MONEY

Counted = tuple[Mention, Measure]
"""A number, and what it counts."""


class MeasureChecker(PairChecker):
    """Compares what equal numbers count; a unit that was changed together with its number is a conversion."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._currency = rules["any/bitext/currency-changed"]
        self._unit = rules["any/bitext/unit-changed"]
        self._conversion = rules["any/bitext/wrong-conversion"]

    def check(self, pair: Pair) -> Iterator[Remark]:
        """One finding for each number that counts something else than its equal in the source, or converts wrongly."""
        before = numerals(pair.source.text, pair.source.language)
        after = numerals(pair.target.text, pair.target.language)
        target = _counted(pair.target.text, after) if before else []
        if not target:
            return
        source = _counted(pair.source.text, before)
        ours, theirs = _tally(before), _tally(after)
        by_reading = {reading: measure for number, measure in source for reading in number.readings}
        for mention, measure in target:
            readings = set(mention.readings)
            # a number that stands once in each text, so that there is no doubt about its equal
            if sum(ours[r] for r in readings) == 1 and sum(theirs[r] for r in readings) == len(readings):
                there = next((by_reading[r] for r in readings if r in by_reading), None)
                yield from self._compared(pair, measure, there)
        yield from self._conversions(pair, source, target)

    def _compared(self, pair: Pair, measure: Measure, before: Measure | None) -> Iterator[Finding]:
        """The unit of a number in the target, and that of its equal in the source."""
        if before is None or before.shares(measure) or not _is_one_kind(before, measure):
            return
        rule = self._currency if measure.units[0].dimension == MONEY else self._unit
        text, wanted = measure.span.of(pair.target.text), before.span.of(pair.source.text)
        yield rule.pair_finding(measure.span, before.span, text, wanted=wanted)

    def _conversions(self, pair: Pair, source: Sequence[Counted], target: Sequence[Counted]) -> Iterator[Finding]:
        """In brackets after a number, the same in another unit: 20 km (12 miles). The source's own are its affair."""
        text = pair.target.text
        for (first, one), (second, other) in pairwise(target):
            gap = text[one.span.end : min(second.span.start, other.span.start)]
            if gap not in (" (", " (about ", " (around ", " (approximately "):
                continue
            ours = [m for number, m in source if number.agrees(first)]
            if any(number.agrees(second) for number, _ in source) or not any(m.shares(one) for m in ours):
                continue
            if _can_convert(one, other) and not _converts(first, one, second, other):
                yield self._conversion.pair_finding(second.span, ours[0].span, second.span.of(text))


def _tally(mentions: Sequence[Mention]) -> Counter[Reading]:
    return Counter(reading for mention in mentions for reading in mention.readings)


def _counted(text: str, mentions: Sequence[Mention]) -> list[Counted]:
    found = []
    for mention in mentions:
        measure = None if mention.loose else measure_of(text, mention)
        if measure:
            found.append((mention, measure))
    return found


def _is_one_kind(one: Measure, other: Measure) -> bool:
    """Whether both are money, or units of one dimension, in every sense: a pound may be either."""
    kinds = {unit.dimension for unit in (*one.units, *other.units)}
    return len(kinds) == 1


def _can_convert(one: Measure, other: Measure) -> bool:
    return _is_one_kind(one, other) and one.units[0].dimension != MONEY and not one.shares(other)


def _converts(first: Mention, one: Measure, second: Mention, other: Measure) -> bool:
    return any(
        unit.converts(value, another, into)
        for value in first.readings
        for into in second.readings
        if isinstance(value, float) and isinstance(into, float)
        for unit in one.units
        for another in other.units
    )
