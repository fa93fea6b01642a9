"""Months, days of the week and halves of the day that a translation changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Edit, Finding, Fix, Pair, Safety, Span
from copydesk.packs import RuleBook
from copydesk.quantities import DatePart, DateWord, Mention, date_words, numerals

_HALF = re.compile(r"\d\s?([ap])(\.?)m\b", re.IGNORECASE)
_MORNING = re.compile(
    r"\s?(?:час\w*\s)?(?:утра|ранку|раніцы|ночи)\b|\s?(?:Uhr\s)?(?:morgens|früh)\b|\s?(?:heures?\s|h\s)?du matin\b|"
    r"\s?de la mañana\b|\s?di mattina\b|\s?del mattino\b|\s?(?:godzin\w*\s)?rano\b|\s?(?:hodin\w*\s)?ráno\b"
)
_EVENING = re.compile(
    r"\s?(?:час\w*\s|годин\w*\s|гадзін\w*\s)?(?:вечера|дня|вечора|вечара)\b|\s?(?:Uhr\s)?(?:abends|nachmittags)\b|"
    r"\s?(?:heures?\s|h\s)?(?:du soir|de l['’]après-midi)\b|\s?de la (?:tarde|noche)\b|\s?di sera\b|"
    r"\s?(?:godzin\w*\s)?(?:wieczorem|po południu)\b|\s?(?:hodin\w*\s)?(?:večer|odpoledne)\b"
)
_HOUR = re.compile(r"\d+")
_NOON = 12


class DateChecker(PairChecker):
    """Compares what of dates has a name; the numbers of dates are among the numbers."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._rules = {
            DatePart.MONTH: rules["any/bitext/month-changed"],
            DatePart.WEEKDAY: rules["any/bitext/weekday-changed"],
        }
        self._half = rules["any/bitext/half-of-day-changed"]

    def check(self, pair: Pair) -> Iterator[Remark]:
        """One finding for each name that stands for another one of the source."""
        target = date_words(pair.target.text, pair.target.language)
        if target:
            source = date_words(pair.source.text, pair.source.language)
            for part in self._rules:
                yield from self._named(pair, part, source, target)
        if _HALF.search(pair.target.text):
            yield from self._halves(pair)

    def _named(self, pair: Pair, part: DatePart, source: list[DateWord], target: list[DateWord]) -> Iterator[Finding]:
        """Names that only the target has, where the source has as many that only it has."""
        ours = [w for w in source if w.part is part]
        theirs = [w for w in target if w.part is part]
        known, wanted = {w.value for w in theirs}, {w.value for w in ours}
        lost = [w for w in ours if w.sure and w.value not in known]
        new = [w for w in theirs if w.sure and w.value not in wanted]
        if len(lost) != len(new):
            return
        for before, after in zip(lost, new, strict=True):
            text = after.span.of(pair.target.text)
            shown = before.span.of(pair.source.text)
            yield self._rules[part].pair_finding(after.span, before.span, text, wanted=shown)

    def _halves(self, pair: Pair) -> Iterator[Finding]:
        """Times with “a.m.” that are after noon in the source, and the reverse."""
        text = pair.target.text
        source = numerals(pair.source.text, pair.source.language)
        for mention in numerals(text, pair.target.language):
            half = _HALF.match(text, mention.span.end - 1) if mention.span.end else None
            dial = next((r for r in mention.readings if isinstance(r, time)), None)
            equals = [m for m in source if dial in m.readings]
            if half is None or dial is None or len(equals) != 1:
                continue
            wanted = _half_of(pair.source.text, equals[0])
            if wanted and wanted != half[1].lower():
                letter = wanted.upper() if half[1].isupper() else wanted
                fix = Fix((Edit(Span(*half.span(1)), letter),), Safety.UNSAFE)
                span = Span(mention.span.start, half.end() + (bool(half[2]) and text.startswith(".", half.end())))
                shown = equals[0].span.of(pair.source.text)
                yield self._half.pair_finding(span, equals[0].span, span.of(text), (fix,), wanted=shown)


def _half_of(text: str, mention: Mention) -> str:
    """`a` before noon, `p` after it, empty where the source does not tell."""
    hour = _HOUR.search(text, mention.span.start, mention.span.end)
    if hour and _NOON < int(hour[0]) < 2 * _NOON:
        return "p"
    before = text[max(0, mention.span.start - 2) : mention.span.start]
    if before in ("上午", "午前", "凌晨", "早上") or _MORNING.match(text, mention.span.end):
        return "a"
    if before in ("下午", "午後", "晚上") or _EVENING.match(text, mention.span.end):
        return "p"
    return ""
