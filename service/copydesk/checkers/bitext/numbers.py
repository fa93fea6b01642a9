"""Numbers that a translation changed, lost or added, and percent and minus signs that it lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext._figures import rewritten
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Edit, Finding, Fix, Pair, Safety, Span
from copydesk.packs import RuleBook
from copydesk.quantities import DatePart, Measure, Mention, Unmatched, date_words, measure_of, numerals, unmatched

_PER_CENT = (
    r"[%％٪]|процент|відсотк|працэнт|pro[cz]ent|per ?cent|pour ?cent|por ?ciento|per cento|प्रतिशत|パーセント|百分之"
)
_PERCENT = re.compile(rf"\s?(?:{_PER_CENT})", re.IGNORECASE)
_ANY_PERCENT = re.compile(rf"{_PER_CENT}|‰|pct\b|p\.p\.|\bpoints?\b|per mil", re.IGNORECASE)
_MINUS = re.compile(r"(?:(?:^|(?<=[\s(]))[-−]|минус |мінус |minus |moins |menos |meno |零下|マイナス)$", re.IGNORECASE)
_DEGREES_OR_PERCENT = re.compile(r"\s?(?:[°%％℃度]|град|grad|Grad|degr|stop[nň])")
_ANY_MINUS = re.compile(
    r"(?<!\w)[-−–]\s?\d|minus|negative|below|sub-?zero|frost|freez|down|fell|fall|drop|declin|decreas|reduc|shr[aiu]nk|"
    r"contract|loss|lost|lose|lower|less|deficit|cut|under",
    re.IGNORECASE,
)
_COVID = re.compile(r"cov(?:id|-2)?[\s‑-]?$", re.IGNORECASE)
_LEAST_BARE = 1e6
_MOST_LEFT = 200  # past that, the texts are not of each other, and to say so number by number helps nobody
_LEAST_LONE = 10  # smaller numbers come and go with the wording


class NumberChecker(PairChecker):
    """Compares the values of both texts as multisets, whatever form, order and locale they are written in."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._changed = rules["any/bitext/number-changed"]
        self._missing = rules["any/bitext/number-missing"]
        self._added = rules["any/bitext/number-added"]
        self._percent = rules["any/bitext/percent-lost"]
        self._minus = rules["any/bitext/minus-lost"]

    def check(self, pair: Pair) -> Iterator[Remark]:
        """One finding for each number that the other text has no equal of, and for each sign that is gone."""
        source = numerals(pair.source.text, pair.source.language)
        target = numerals(pair.target.text, pair.target.language)
        if not source and not target:
            return
        yield from self._signs(pair, source, target)
        here = [_calmed(pair.target.text, mention) for mention in target]
        if "cov" not in pair.target.text.lower():
            source = tuple(_calmed(pair.source.text, mention) for mention in source)
        left = unmatched(source, here)
        if left.source:
            left = unmatched(source, (*here, *_months(pair)))
        if len(left.source) + len(left.target) > _MOST_LEFT:
            return
        ours, theirs = _unconverted(pair, left.source, left.target)
        if ours and theirs:
            yield from self._replaced(pair, ours, theirs)
        elif not ours and not theirs:
            yield from self._bare(pair, left)
        elif not left.loose_source and not left.loose_target:
            yield from self._one_sided(pair, ours, theirs, source, target)

    def _replaced(self, pair: Pair, ours: Sequence[Mention], theirs: Sequence[Mention]) -> Iterator[Finding]:
        """As many changed numbers as both sides have left, in their order; one alone can be put right."""
        alone = len(ours) == len(theirs) == 1
        for wanted, found in zip(ours, theirs, strict=False):
            fixes: tuple[Fix, ...] = ()
            if alone:
                fixes = rewritten(pair.source.text, wanted, pair.target.text, found, pair.target.language)
            text = found.span.of(pair.target.text)
            shown = wanted.span.of(pair.source.text)
            yield self._changed.pair_finding(found.span, wanted.span, text, fixes, wanted=shown)

    def _bare(self, pair: Pair, left: Unmatched) -> Iterator[Finding]:
        """The only magnitude without a number on each side, where they differ: a billion dollars, миллион долларов."""
        ours, theirs = _millions(left.loose_source), _millions(left.loose_target)
        if len(ours) == len(theirs) == 1 and not ours[0].agrees(theirs[0]):
            yield from self._replaced(pair, ours, theirs)

    def _one_sided(
        self,
        pair: Pair,
        ours: Sequence[Mention],
        theirs: Sequence[Mention],
        source: Sequence[Mention],
        target: Sequence[Mention],
    ) -> Iterator[Finding]:
        """Figures of two digits and more that nothing on the other side says, repeats, or converts."""
        end = len(pair.target.text.rstrip())
        for mention in ours:
            if _stands_alone(pair.source.text, mention, source, target):
                text = mention.span.of(pair.source.text)
                yield self._missing.pair_finding(Span(end, end), mention.span, text)
        for mention in theirs:
            if _stands_alone(pair.target.text, mention, target, source):
                yield self._added.pair_finding(mention.span, None, mention.span.of(pair.target.text))

    def _signs(self, pair: Pair, source: Sequence[Mention], target: Sequence[Mention]) -> Iterator[Finding]:
        """Percent signs and minus signs that no word of the target stands for."""
        before, after = pair.source.text, pair.target.text
        for mention in source:
            percent = _PERCENT.match(before, mention.span.end)
            if percent and not _ANY_PERCENT.search(after):
                equal = next((m for m in target if not m.loose and m.agrees(mention)), None)
                if equal and equal.span.of(after)[-1].isdecimal():
                    fix = Fix((Edit(Span(equal.span.end, equal.span.end), "%"),), Safety.UNSAFE)
                    span = Span(mention.span.start, percent.end())
                    yield self._percent.pair_finding(equal.span, span, equal.span.of(after), (fix,))
            minus = _MINUS.search(before, max(0, mention.span.start - 8), mention.span.start)
            if minus and _DEGREES_OR_PERCENT.match(before, mention.span.end) and not _ANY_MINUS.search(after):
                equal = next((m for m in target if not m.loose and m.agrees(mention)), None)
                if equal:
                    fix = Fix((Edit(Span(equal.span.start, equal.span.start), "-"),), Safety.UNSAFE)
                    span = Span(minus.start(), mention.span.end)
                    yield self._minus.pair_finding(equal.span, span, equal.span.of(after), (fix,))


def _calmed(text: str, mention: Mention) -> Mention:
    """The 19 of Covid-19 need not stand where the disease goes by another name."""
    covid = mention.readings[:1] == (19.0,) and _COVID.search(text, max(0, mention.span.start - 7), mention.span.start)
    return replace(mention, loose=True) if covid else mention


def _millions(mentions: Sequence[Mention]) -> list[Mention]:
    """Magnitudes without a number, which are loose: a billion dollars. Thousands are a manner of speaking."""
    return [m for m in mentions if any(isinstance(r, float) and r >= _LEAST_BARE for r in m.readings)]


def _months(pair: Pair) -> Iterator[Mention]:
    """The target's months by name as loose numbers, where the source has them in figures: 7月 is July."""
    words = date_words(pair.source.text, pair.source.language)
    figures = {w.value for w in words if w.part is DatePart.MONTH and w.span.of(pair.source.text)[0].isdecimal()}
    for word in date_words(pair.target.text, pair.target.language) if figures else ():
        if word.part is DatePart.MONTH and word.value in figures:
            yield Mention(word.span, (float(word.value),), loose=True)


def _unconverted(
    pair: Pair, source: Sequence[Mention], target: Sequence[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """What is left without the numbers that count the same in another unit, 20 km and 12 miles."""
    ours, theirs = list(source), list(target)
    for mention in source:
        here = measure_of(pair.source.text, mention) if theirs else None
        for other in theirs if here else ():
            there = measure_of(pair.target.text, other)
            if there and _convert(mention, here, other, there):
                ours.remove(mention)
                theirs.remove(other)
                break
    return ours, theirs


def _convert(mention: Mention, here: Measure | None, other: Mention, there: Measure) -> bool:
    """Whether two numbers with their units are the same quantity, in any of their readings."""
    return here is not None and any(
        unit.converts(value, another, into)
        for value in mention.readings
        for into in other.readings
        if isinstance(value, float) and isinstance(into, float)
        for unit in here.units
        for another in there.units
    )


def _stands_alone(text: str, mention: Mention, beside: Sequence[Mention], others: Sequence[Mention]) -> bool:
    """Whether a number of `text` says something of its own: not in brackets, in which translators explain and
    authors convert, not said again, and no part of what another number says."""
    start, end = mention.span.start, mention.span.end
    value = mention.readings[0] if mention.readings else 0
    if not isinstance(value, float) or value < _LEAST_LONE or not mention.span.of(text).isdecimal():
        return False
    if text.rfind("(", 0, start) > text.rfind(")", 0, start) or "（" in text[max(0, start - 4) : start]:
        return False
    if (text[end : end + 1].isalpha() and text[end : end + 1].isascii()) or text[start - 1 : start].isalpha():
        return False
    again = [m for m in (*beside, *others) if m.span != mention.span or m not in beside]
    century = [r // 100 + 1 for m in others for r in m.readings if isinstance(r, float) and 1000 < r < 2100]
    return value not in century and not any(m.agrees(mention) for m in again)
