"""How alike two spellings of a name are, and whether they are one name."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from copydesk.names.distance import SAME, STRANGERS, distance
from copydesk.names.fullname import full_distance
from copydesk.names.keys import fold
from copydesk.names.lexicon import Lexicon

_STRANGERS = 0.69  # no shared key: never the same name, however many letters agree
_SLAVIC = re.compile(
    r"(?:[sc]k|[sct]+z?k)(?:[iy][iyj]?|a[yij]?a?)$|[oei](?:v|w|ff)a?$|ava$|[aeiy]nk[oa]$"
    r"|(?:vi(?:ch|cz|tch|tsch|č|ć|c)|wi(?:cz|tsch)|vych|wytsch)$|(?:[cč]h|cz|tsch|č)uk$|[iyj]uk$|(?:sh|š|sch|sz)k[oa]$|shvili$|schwili$|[vn](?:ets|ec|etz)$"
    r"|(?:[stz]k|grad|hrad|gorod|horod|[iy]vka|ovka|[iy]chi|[iy]chy|icze|yy|iy|yi)$"
    r"|szcz|shch|cz|dzm|ts[iy]|tsch|[šžčć]"
    r"|^(?=.{7}).*(?:kh|zh)"  # Pinyin syllables are shorter
)


def similarity(a: str, b: str, lexicon: Lexicon | None = None) -> float:
    """How likely `a` and `b` are spellings of one name, single or full, in Latin or Cyrillic: 0 to 1, symmetric.

    1 for the same name letter by letter or sound by sound; below 0.7 for names that share no skeleton key.
    """
    least = _distance(a, b, None) if lexicon is None else _known_distance(a, b, lexicon)
    if least < STRANGERS:
        return 1 - least * (1 - _STRANGERS) / STRANGERS
    if a > b:  # the ratio may differ in its last digit with the order
        a, b = b, a
    alike = fuzz.ratio(fold(a), fold(b)) / 100
    return alike if alike < _STRANGERS else _STRANGERS  # min() takes as long as the ratio


def same_name(a: str, b: str, lexicon: Lexicon | None = None) -> bool:
    """Whether `a` and `b` are spellings of one name. Never true of a man's and a woman's form of a surname.

    A full name's patronymic may be left out, its given name be an initial, its surname stand first or alone; see
    fullname. `lexicon` knows what no sound tells: Artemivsk is Bakhmut, Mikalai is Nikolai, and Valery Tsepkalo is
    not Veronika.
    """
    return (_distance(a, b, None) if lexicon is None else _known_distance(a, b, lexicon)) <= SAME


def _known_distance(a: str, b: str, lexicon: Lexicon) -> float:
    """The distance of two names, the nearest form counting where the lexicon has one of them."""
    known_a, known_b = lexicon.find(a), lexicon.find(b)
    if known_a is not None and known_b is not None:
        return 0.0 if known_a == known_b else STRANGERS
    if known := known_a or known_b:
        other = b if known_a else a
        return min(_distance(form, other, lexicon) for form in known.names)
    return _distance(a, b, lexicon)


def _distance(a: str, b: str, lexicon: Lexicon | None) -> float:
    if a.isalpha() and b.isalpha():
        return distance(a, b)
    return full_distance(a, b, lexicon)


@lru_cache(maxsize=65536)
def is_slavic(word: str) -> bool:
    """Whether the spelling itself shows a romanization of a Slavic name: -sky, -ov, -enko, -vich, kh, zh, š …"""
    return _SLAVIC.search(fold(word)) is not None or "ł" in word or "ŭ" in word
