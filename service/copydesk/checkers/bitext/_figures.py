"""Writes a number of the source in the form that its translation has."""

from __future__ import annotations

import re
from functools import cache

from copydesk.model import Edit, Fix, Safety, Span
from copydesk.quantities import Mention
from copydesk.quantities.vocabulary import wordlist_of

_PLAIN = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_ORDINAL = re.compile(r"st|nd|rd|th")
_SCALED = re.compile(r"[\d.,]+( ?)(thousand|million|billion|trillion)")
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


def rewritten(source: str, wanted: Mention, target: str, found: Mention, language: str) -> tuple[Fix, ...]:
    """The fix that puts the number `wanted` of `source` in the place of `found` in `target`, as that is written.

    Digits stay digits with their grouping and the ending of their ordinal, words stay words, scales find their own. No
    fix where the form is another one, or the value has more than one reading. `language` is the target's (BCP 47).
    """
    text = found.span.of(target)
    if _CLOCK.fullmatch(text) and _CLOCK.fullmatch(wanted.span.of(source)):
        return _fix(found.span, wanted.span.of(source)) if not _half_of_day(target, found.span.end) else ()
    values = [r for r in wanted.readings if isinstance(r, float)]
    if len(values) != 1:
        return ()
    value = values[0]
    if _PLAIN.fullmatch(text) and value.is_integer():
        return _digits(value, text, target, found.span)
    if scaled := _SCALED.fullmatch(text):
        return _fix(found.span, _scaled(value, scaled[1]))
    word = _words(language.split("-", 1)[0].lower()).get(value, "")
    known = text.lower() in _words(language.split("-", 1)[0].lower()).values()
    if known and word:
        return _fix(found.span, word.capitalize() if text[0].isupper() else word)
    return ()


def _digits(value: float, text: str, target: str, span: Span) -> tuple[Fix, ...]:
    number = f"{int(value):,}" if "," in text or value >= 10_000 else f"{int(value)}"
    ending = _ORDINAL.match(target, span.end)
    if ending is None:
        return _fix(span, number)
    return _fix(Span(span.start, ending.end()), number + _english_ending(int(value)))


def _english_ending(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _scaled(value: float, gap: str) -> str:
    name, scale = next(((n, s) for n, s in reversed(_SCALES.items()) if value >= s), ("", 1.0))
    return f"{value / scale:,.10g}{gap}{name}" if name else f"{value:,.10g}"


def _half_of_day(text: str, at: int) -> bool:
    return text[at : at + 4].replace(".", "").lower().strip()[:2] in ("am", "pm")


@cache
def _words(language: str) -> dict[float, str]:
    """The cardinals of `language` by their value."""
    own = wordlist_of(language)
    return {value: words.split()[0] for value, words in own.cardinals.items()} if own else {}


def _fix(span: Span, text: str) -> tuple[Fix, ...]:
    return (Fix((Edit(span, text),), Safety.UNSAFE),)
