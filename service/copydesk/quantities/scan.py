"""Cuts a text into what its numbers are made of: digits, times, number words, Roman and Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from functools import lru_cache, partial

from copydesk.model import Span
from copydesk.quantities import han
from copydesk.quantities.digits import readings_of
from copydesk.quantities.mention import Mention, Reading
from copydesk.quantities.vocabulary import INDIC_LETTER, LETTER, SHORTEST, SPACED_LETTER, Lexemes, Role


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a number. A `mention` stands for itself; all else may join with its neighbours."""

    span: Span
    readings: tuple[float, ...]
    role: Role
    loose: bool = False
    digits: bool = False
    mention: Mention | None = None


_TIME = (
    r"(?P<time>(?<![\d:.,])(?P<hour>[012]?\d)(?:\s?[:：]\s?(?P<minute>[0-5]\d)(?:[:：][0-5]\d)?(?![\d:])"
    r"|\s?(?:[hH]|heures|Uhr|часов|ч\.?|[时時点點])\s?(?P<minute2>[0-5]?\d(?!\d)|半)(?:\s?分)?))"
)
_DIGITS = r"(?P<digits>\d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,．，٫٬]\d+)*)"


def _scanner(letter: str, *more: str) -> re.Pattern[str]:
    """Finds words of `letter`s, those with hyphens as `parted`, figures, and before them what `more` says."""
    word = rf"(?P<word>{letter}+)(?P<parted>(?:['’‑-]{letter}+)+)?"
    return re.compile("|".join((word, _TIME, *more, _DIGITS)))


_SCAN = _scanner(LETTER)
_SCAN_FIGURES = re.compile(f"{_TIME}|{_DIGITS}")  # words have no figures, so it finds those that the others find
_SCAN_HAN = _scanner(SPACED_LETTER, rf"(?P<fraction>{han.FRACTION})", rf"(?P<han>{han.NUMBER})")
_SCAN_INDIC = _scanner(INDIC_LETTER)
_SPECIAL = re.compile(rf"(?P<han>[{han.CHARACTERS}])|[\u0900-\u097f]")
_FIGURE = re.compile(r"\d")
_FIGURES = re.compile(r"\d+")
_WORDS = re.compile(rf"{LETTER}+(?:['’‑-]{LETTER}+)*")
_PART = re.compile(r"[^'’‑-]+")

_DECADE = re.compile(r"['’]?s\b|[-‑]?(?:х|е|ті|ых|хх)\b|er[nj]?\b|年代")
_IS_POWER = re.compile(r"(?:^|[\s\d/])[kcmd]?[mм][23]$")  # km2
_ROMAN = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})(?:th|e|er|ème|º|°|а|го|й|м|му)?")
_ROMAN_TWINS = str.maketrans("ХІ", "XI")  # Cyrillic
_ROMAN_FIRST = frozenset("XVIХІ")
_VALUE_OF = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}

_ON_THE_CLOCK = re.compile(
    r"\s?(?:a\.?m\b|p\.?m\b|GMT|UTC|o['’]clock|hours|hrs|local time|Uhr|[hH]\b|heures?|час|год(?:ин|\b)|"
    r"гадз|godz|hod|ore\b|[時时点點])",
    re.IGNORECASE,
)
_BEFORE_CLOCK = re.compile(
    r"(?:\b(?:at|o|alle|ore|las|la|à|um|gegen|v|ve|godz\.?|hodin|в|о|у|а|к|до|да|около|каля|після|после|пасля|"
    r"before|after|by|until|around))\s$"
)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}


def pieces(text: str, lexemes: Lexemes) -> Iterator[Piece]:
    """The parts of the numbers of `text`, in order."""
    scanner = _scan_for(text)
    if scanner is _SCAN and not any(map(partial(_may_count, lexemes), _WORDS.findall(text))):
        if not _FIGURE.search(text):
            return  # most texts; telling so takes a third of what the scanner does
        scanner = _SCAN_FIGURES
    for match in scanner.finditer(text):
        kind = match.lastgroup
        if kind == "word":  # nearly all are no numbers
            if _may_count(lexemes, match[0]):
                yield from _word(match, lexemes)
        elif kind == "parted":
            yield from _word(match, lexemes)
        elif kind == "digits" and not _IS_POWER.search(text, max(0, match.start() - 3), match.end()):
            yield from _digits(text, match.start(), match.end())
        elif kind == "han":
            start, end = match.span()
            value = han.value_of(match[0])
            yield Piece(Span(start, end), (value,), Role.UNIT, han.is_loose(text, start, end), digits=True)
        elif kind == "fraction":
            yield _fraction(match)
        elif kind in ("hour", "minute", "minute2", "time"):
            yield _time(match)


def _scan_for(text: str) -> re.Pattern[str]:
    special = None if text.isascii() else _SPECIAL.search(text)
    if special is None:
        return _SCAN
    return _SCAN_HAN if special["han"] else _SCAN_INDIC


@lru_cache(maxsize=65536)
def _may_count(lexemes: Lexemes, word: str) -> bool:
    """Whether `word`, as written, may be a number or a part of one."""
    small = word.lower()
    known = small in lexemes.words or small[:SHORTEST] in lexemes.beginnings or word[0] in _ROMAN_FIRST
    if known or lexemes.may_glue(small):
        return True
    parts = _PART.findall(word)
    return len(parts) > 1 and any(_may_count(lexemes, part) for part in parts)


def _word(match: re.Match[str], lexemes: Lexemes) -> Iterator[Piece]:
    """The number that a word is, or those that its parts are: `twenty-five`, `six-point`, `d'onze`."""
    word, start = match[0], match.start()
    if word[0] in _ROMAN_FIRST and (value := _roman(word)):
        yield Piece(Span(*match.span()), (value,), Role.ORDINAL, loose=len(word) == 1, digits=True)
        return
    found = lexemes.of(word.lower())
    if found:
        yield Piece(Span(*match.span()), found.readings, found.role, found.loose)
    elif match["parted"]:
        for part in _PART.finditer(word):
            found = lexemes.of(part[0].lower())
            if found:
                span = Span(start + part.start(), start + part.end())
                yield Piece(span, found.readings, found.role, found.loose)


def _roman(word: str) -> int:
    match = _ROMAN.fullmatch(word.translate(_ROMAN_TWINS))
    return 10 * len(match[1]) + _VALUE_OF[match[2]] if match else 0


def _digits(text: str, start: int, end: int) -> Iterator[Piece]:
    """A number in digits; a date or a version falls into its parts."""
    readings: tuple[Reading, ...] = readings_of(text[start:end])
    span = Span(start, end)
    if not readings:
        for part in _FIGURES.finditer(text[start:end]):
            yield Piece(Span(start + part.start(), start + part.end()), (float(part[0]),), Role.UNIT, digits=True)
        return
    clock = _clock(text, start, end)
    numbers = tuple(r for r in readings if isinstance(r, float))
    parts = _parts(text, start, end)
    if clock is None and not parts:
        yield Piece(span, (*numbers, *_years(text, start, end, numbers[0])), Role.UNIT, digits=True)
        return
    alternatives: tuple[Reading, ...] = (*numbers, clock) if clock is not None else numbers
    yield Piece(span, numbers, Role.UNIT, digits=True, mention=Mention(span, alternatives, False, parts))


def _years(text: str, start: int, end: int, value: float) -> tuple[float, ...]:
    """What a number means beside itself as a year of a Japanese era, a decade (1920s, 90-е) or a century (1800s)."""
    if era := _ERAS.get(text[max(0, start - 2) : start]):
        return (value + era,)
    if value % 10 or not 10 <= value < 2100 or not _DECADE.match(text, end):
        return ()
    if value < 100:
        return (1900 + value,)
    return (value % 100, value // 100 + 1) if value % 100 == 0 else (value % 100,)


def _parts(text: str, start: int, end: int) -> tuple[Mention, ...]:
    """The numbers on both sides of a single mark: 8.30, 10.12."""
    found = list(_FIGURES.finditer(text[start:end]))
    if len(found) != 2 or not 0 < int(found[0][0]) <= 31 or len(found[1][0]) > 2 or int(found[1][0]) > 59:
        return ()
    return tuple(Mention(Span(start + m.start(), start + m.end()), (float(m[0]),)) for m in found)


def _clock(text: str, start: int, end: int) -> time | None:
    """The time of day that a number is by its neighbours: 5 pm, 1200 GMT, 8.30 Uhr, в 12 часов."""
    digits = text[start:end]
    if end - start > 5 or not (_ON_THE_CLOCK.match(text, end) or _BEFORE_CLOCK.search(text[max(0, start - 8) : start])):
        return None
    hour, _, minute = digits.replace(",", ".").partition(".")
    if not minute and len(hour) in (3, 4):
        hour, minute = hour[:-2], hour[-2:]
    if not hour.isdecimal() or int(hour) > 24 or (minute and (len(minute) != 2 or int(minute) > 59)):
        return None
    return time(int(hour) % 12, int(minute or 0))


def _fraction(match: re.Match[str]) -> Piece:
    """三分之二 and 3分の2: two thirds."""
    span = Span(*match.span())
    below, above = (Mention(Span(*match.span(n)), (han.value_of(match[n]),)) for n in ("below", "above"))
    divisor, value = han.value_of(match["below"]), han.value_of(match["above"])
    if divisor not in (0, 100):  # 百分之五 is 5 per cent
        value = round(value / divisor, 4)
    mention = Mention(span, (value,), False, (below, above))
    return Piece(span, (), Role.UNIT, digits=True, mention=mention)


def _time(match: re.Match[str]) -> Piece:
    """A time in figures, or a score that looks like one."""
    hour, minute = match["hour"], match["minute"] or match["minute2"]
    span = Span(*match.span())
    at = match.start("minute") if match["minute"] else match.start("minute2")
    minutes = 30 if minute == "半" else int(minute)
    parts = (
        Mention(Span(match.start("hour"), match.end("hour")), (float(hour),)),
        Mention(Span(at, at + len(minute)), (float(minutes),)),
    )
    readings: tuple[Reading, ...] = (time(int(hour) % 12, minutes),) if int(hour) <= 24 else ()
    return Piece(span, (), Role.UNIT, digits=True, mention=Mention(span, readings, False, parts))
