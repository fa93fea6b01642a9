"""Months and days of the week by name, and months by number where the number can be nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from babel import Locale, UnknownLocaleError

from copydesk.model import Span
from copydesk.quantities.vocabulary import INDIC_LETTER, LETTER, wordlist_of


class DatePart(StrEnum):
    """What of a date a word tells."""

    MONTH = "month"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class DateWord:
    """A month, 1 to 12, or a day of the week, 1 to 7 from Monday. `sure` where the word has no other sense there."""

    span: Span
    part: DatePart
    value: int
    sure: bool = True


Named = dict[str, tuple[DatePart, int]]

# Months that are also something else: may, march; Polish luty and Ukrainian лютий are fierce, Belarusian мая is my.
_AMBIGUOUS = frozenset({"may", "march", "mar", "sat", "sun", "mon", "dec", "jan", "лютий", "лютого", "лютому", "лютим"})
_WORD = re.compile(rf"{LETTER}+(?:['’]{LETTER}+)?")
_INDIC_WORD = re.compile(f"{INDIC_LETTER}+")
_BEFORE_MONTH = re.compile(r"\b(?:in|since|until|early|late|last|next|by|mid)[ -]$", re.IGNORECASE)
_HAN_MONTH = re.compile(r"(\d{1,2}|十[一二]?|[一二三四五六七八九])月(?!間|间)")
_HAN_WEEKDAY = re.compile(r"(?:星期|礼拜|周|週)([一二三四五六日天])(?![年边邊围])|[(（]?([月火水木金土日])(?:曜|[)）])")
_HAS_HAN_DATE = re.compile("[月周週曜星礼]|[(（][火水木金土日]")
_HAN_MONTHS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_CHINESE_DAYS = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7}
_JAPANESE_DAYS = {c: i for i, c in enumerate("月火水木金土日", 1)}
_IN_FIGURES = re.compile(r"\d[.-]\d")  # no date in figures is without: a twentieth of what the next one takes
_NUMERIC = re.compile(
    r"(?<![\d.])\d{1,2}\.(0?[1-9]|1[0-2])\.(?:19|20)\d\d(?![\d.])|(?<![\d-])(?:19|20)\d\d-(0[1-9]|1[0-2])-\d\d(?!\d)"
)


def date_words(text: str, language: str) -> list[DateWord]:
    """The months and days of the week that `text`, in `language` (BCP 47), names."""
    names = named_in(language.split("-", 1)[0].lower())
    pattern = _INDIC_WORD if language.startswith("hi") else _WORD
    found: list[DateWord] = []
    if not names.keys().isdisjoint(pattern.findall(text.lower())):
        found = [word for match in pattern.finditer(text) if (word := _named(text, match, names))]
    if not text.isascii() and _HAS_HAN_DATE.search(text):
        found += _han(text)
    for match in _NUMERIC.finditer(text) if _IN_FIGURES.search(text) else ():
        at = 1 if match[1] else 2
        found.append(DateWord(Span(*match.span(at)), DatePart.MONTH, int(match[at])))
    return found


def _named(text: str, match: re.Match[str], names: Named) -> DateWord | None:
    word = match[0].lower()
    known = names.get(word)
    if known is None:
        return None
    part, value = known
    sure = word not in _AMBIGUOUS or (match[0][0].isupper() and _is_dated(text, match))
    return DateWord(Span(*match.span()), part, value, sure)


def _is_dated(text: str, match: re.Match[str]) -> bool:
    """Whether a word stands as the month of a date: beside a number, or after “in”, “early” and the like."""
    around = text[max(0, match.start() - 3) : match.start()] + text[match.end() : match.end() + 3]
    return any(c.isdecimal() for c in around) or bool(
        _BEFORE_MONTH.search(text, max(0, match.start() - 9), match.start())
    )


def _han(text: str) -> list[DateWord]:
    found = []
    for match in _HAN_MONTH.finditer(text):
        value = int(match[1]) if match[1].isdecimal() else _HAN_MONTHS[match[1]]
        if 1 <= value <= 12:
            found.append(DateWord(Span(*match.span()), DatePart.MONTH, value))
    for match in _HAN_WEEKDAY.finditer(text):
        day = _CHINESE_DAYS[match[1]] if match[1] else _JAPANESE_DAYS[match[2]]
        found.append(DateWord(Span(*match.span()), DatePart.WEEKDAY, day))
    return found


@cache
def named_in(language: str) -> Named:
    """The names of months and days in `language` (ISO 639): CLDR's, and the other cases from the word lists."""
    names: Named = {}
    if language in ("zh", "ja"):  # no spaces between words, and numbers for names
        return names
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return names
    for part, table, first in ((DatePart.MONTH, locale.months, 0), (DatePart.WEEKDAY, locale.days, 1)):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated") if language == "en" else ("wide",):
                for value, name in table[context][width].items():
                    if _INDIC_WORD.fullmatch(name):
                        names[name.lower()] = (part, value + first)
    own = wordlist_of(language)
    if own:
        for part, forms in ((DatePart.MONTH, own.months), (DatePart.WEEKDAY, own.weekdays)):
            names |= {word: (part, int(value)) for value, words in forms.items() for word in words.split()}
    return names
