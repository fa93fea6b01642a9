"""How alike two spellings of a name are. Keys find the candidates, rapidfuzz verifies them."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from copydesk.names.keys import fold, keys, readings

_SAME = 0.8  # measured on pairs of Wikidata and OFAC names, see same_name
_SAME_SLAVIC = 0.7  # an ending or grapheme of a Slavic romanization allows more vowels to differ
_STRANGERS = 0.69  # no shared key: never the same name, however many letters agree
# Belarusian writes the unstressed o as a. No two languages differ in u, so it counts as two letters.
_WEIGHED = str.maketrans({"o": "a", "u": "uu"})
_SLAVIC = re.compile(
    r"(?:[sc]k|[sct]+z?k)(?:[iy][iyj]?|a[yij]?a?)$|[oei](?:v|w|ff)a?$|ava$|[aeiy]nk[oa]$"
    r"|(?:vi(?:ch|cz|tch|tsch|č|ć|c)|wi(?:cz|tsch)|vych|wytsch)$|(?:[cč]h|cz|tsch|č)uk$|[iyj]uk$|(?:sh|š|sch|sz)k[oa]$|shvili$|schwili$|[vn](?:ets|ec|etz)$"
    r"|(?:[stz]k|grad|hrad|gorod|horod|[iy]vka|ovka|[iy]chi|[iy]chy|icze|yy|iy|yi)$"
    r"|szcz|shch|cz|dzm|ts[iy]|tsch|[šžčć]"
    r"|^(?=.{7}).*(?:kh|zh)"  # Pinyin syllables are shorter
)


def similarity(a: str, b: str) -> float:
    """How likely `a` and `b` (one word each) are spellings of one name: 0 to 1, symmetric.

    1 for the same name letter by letter or sound by sound; below 0.7 for names that share no skeleton key.
    """
    return _similarity(*sorted((a, b)))


@lru_cache(maxsize=65536)
def _similarity(a: str, b: str) -> float:
    folded_a, folded_b = fold(a), fold(b)
    if folded_a == folded_b:
        return 1.0
    if not keys(a) & keys(b):
        return min(_STRANGERS, fuzz.ratio(folded_a, folded_b) / 100)
    sounds_a = {reading.translate(_WEIGHED) for reading in readings(a)}
    sounds_b = {reading.translate(_WEIGHED) for reading in readings(b)}
    if sounds_a & sounds_b:
        return 1.0
    return max(Levenshtein.normalized_similarity(x, y) for x in sounds_a for y in sounds_b)


def same_name(a: str, b: str) -> bool:
    """Whether `a` and `b` are spellings of one name. Never true of a man's and a woman's form of a surname."""
    if not keys(a) & keys(b):
        return False
    return similarity(a, b) >= (_SAME_SLAVIC if is_slavic(a) or is_slavic(b) else _SAME)


@lru_cache(maxsize=65536)
def is_slavic(word: str) -> bool:
    """Whether the spelling itself shows a romanization of a Slavic name: -sky, -ov, -enko, -vich, kh, zh, š …"""
    return _SLAVIC.search(fold(word)) is not None or "ł" in word or "ŭ" in word
