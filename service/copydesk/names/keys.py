"""Skeleton keys: one key for all the romanizations of a Slavic name, different keys for different people.

A name goes through three steps: letters are folded (Cyrillic to Latin, diacritics away where they do not matter),
graphemes are read as sounds (`sch`, `sz`, `sh` and `š` are one), and the vowels between consonants become a slot.
Where a grapheme has several readings (`ch` in English, German and French) the name has several keys, and two names
are candidates when they share one. The last vowel stays in the key, so that Petrov and Petrova, Kalinouski and
Kalinouskaya remain two people.

The tables follow the BGN/PCGN, ISO 9, Duden, PWN and AFNOR habits of writing Russian, Ukrainian, Belarusian and
Bulgarian names in English, scholarly, German, Polish and French text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "jo", "є": "je", "ж": "ž", "з": "z",
    "и": "i", "і": "i", "ї": "ji", "й": "j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ў": "w", "ф": "f", "х": "kh", "ц": "ts", "ч": "č", "ш": "š", "щ": "šč", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ю": "ju", "я": "ja",
}  # fmt: skip
_LATIN = {
    "ł": "l", "ŭ": "w", "ż": "ž", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ğ": "g", "ş": "š", "ţ": "ts", "ț": "ts", "ș": "š", "ń": "n", "ś": "s", "ź": "z", "ë": "jo",
}  # fmt: skip
_KEPT = frozenset("šžčć")  # letters whose diacritic changes the sound
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹʺ`´′"))  # soft and hard signs

# Grapheme and its readings, the likeliest first. Longer graphemes stand before their own beginnings.
# Sibilants are coarse on purpose: German writes both sh and zh as `sch`, both s and z as `s`.
_CONSONANTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("schtsch|chtch|shch|szcz|šč|stsch|schch", ("šč",)),
    ("dsch|dzh|dž|dj", ("dš",)),
    ("tsch|tch|cz", ("č",)),
    ("č", ("č", "k", "c")),  # the second readings are of writers who leave diacritics out
    ("sch|sh|sz|zh", ("š",)),
    ("[šž]", ("š", "s")),
    ("rz", ("rs", "š")),  # Polish ż
    ("kh", ("x",)),
    ("ch", ("č", "x", "š")),
    ("ck(?=[iy])", ("ck", "k")),  # Polish -cki
    ("ck|qu?|k", ("k",)),
    ("t[sz](?=[ieyj])", ("c", "t")),  # Belarusian softened t: Tsikhanouski, Tikhanovsky
    ("t[sz]", ("c",)),
    ("ć", ("c", "č", "t")),
    ("c(?=i)", ("c", "s", "t")),
    ("c(?=[ey])", ("c", "s")),
    ("c", ("k", "c")),
    ("dz(?=[ieyjvm])", ("d", "ds")),  # Belarusian softened d: Dzmitry, Dmitry
    ("z+", ("s", "c")),  # German z is ts
    ("s+", ("s",)),
    ("gu(?=[ei])|gh?", ("g",)),  # French Serguei
    ("h", ("g", "x")),  # Belarusian and Ukrainian h is Russian g; many write kh as h
    ("ph", ("f",)),
    ("f+$", ("v", "f")),  # Gorbatschoff
    ("x", ("ks",)),
    ("w|v", ("v",)),
    ("th?", ("t",)),
    ("[bdflmnpr-]", ()),
)  # fmt: skip
_GRAPHEME = re.compile("(?P<vowels>[aeiouyj]+)|" + "|".join(f"(?P<c{i}>{g})" for i, (g, _) in enumerate(_CONSONANTS)))
_MOST_READINGS = 48  # a name of seven ambiguous graphemes is cut off here, its likeliest readings first
_VOWELS = re.compile(r"[aeiou]+")
_DOUBLED = re.compile(r"(.)\1+")
_GLIDES = (
    (re.compile(r"^[iyj]+$"), "i"),
    (re.compile(r"[iyj]+([aeo])"), "e"),  # ia, ya, ie, yo: Belarusian ia is Russian e
    (re.compile(r"[iyj]+u"), "u"),
    (re.compile(r"ou|oo|ue"), "u"),
    (re.compile(r"ae"), "e"),
    (re.compile(r"oe"), "o"),
    (re.compile(r"e[iyj]+$"), "i"),
    (re.compile(r"[yj]"), "i"),
)
_LAST_KO = re.compile(r"(?:[aeiy]n|sh|š|sch|sz|ch)k[oa]$")
_LAST_A = re.compile(r"(?:[iyj]*a|ae)$")


def fold(word: str) -> str:
    """`word` in lower-case Latin letters; only the diacritics that change a consonant stay."""
    word = word.casefold()
    if word.isascii():
        return word.translate(_APOSTROPHES)
    out = []
    for letter in unicodedata.normalize("NFC", word).translate(_APOSTROPHES):
        if letter.isascii() or letter in _KEPT:
            out.append(letter)
        elif (mapped := _CYRILLIC.get(letter) or _LATIN.get(letter)) is not None:
            out.append(mapped)
        else:
            out.append(unicodedata.normalize("NFD", letter)[0])
    return "".join(out)


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[str, ...]:
    """The sound strings that `word` can stand for, the likeliest first; at most 48. Vowels are `a e i o u`."""
    products = islice(product(*_units(fold(word))), _MOST_READINGS)
    return tuple(dict.fromkeys(_DOUBLED.sub(r"\1", "".join(sounds)) for sounds in products))


@lru_cache(maxsize=65536)
def keys(word: str) -> frozenset[str]:
    """The skeleton keys of one name word: consonants, a slot `*` for vowels between them, `|`, the last vowel."""
    last = _last_vowel(fold(word))
    return frozenset(_key(reading, last) for reading in readings(word))


def _key(reading: str, last: str) -> str:
    stem = reading.rstrip("aeiou")
    return f"{_VOWELS.sub('*', stem)}|{last if stem != reading else ''}"


def _last_vowel(folded: str) -> str:
    """`a`, `o`, `e`, `u` or `i`: what a name ends in, which tells a man's from a woman's in Slavic languages.

    -enko and -enka, -shko and -shka are one: Belarusian writes the unstressed o as a.
    """
    if _LAST_KO.search(folded):
        return "o"
    if _LAST_A.search(folded):
        return "a"
    last = folded[-1:]
    return last if last in "oeu" else "i"


def _units(folded: str) -> Iterator[tuple[str, ...]]:
    for match in _GRAPHEME.finditer(folded):
        if match["vowels"]:
            silent_e = match.end() == len(folded) and folded.endswith("ine")
            yield tuple(_vowel_readings(match["vowels"], silent_e=silent_e))
        else:
            yield _CONSONANTS[int(str(match.lastgroup)[1:])][1] or (match.group(),)


def _vowel_readings(run: str, *, silent_e: bool) -> Iterator[str]:
    yield _vowel(run)
    if run[-1] == "u" and run[-2:-1] in ("a", "e", "o"):
        yield (_vowel(run[:-1]) + "v")  # Belarusian Kalinouski, Paulichenka; French ou and German au stay vowels
    if (at := run.find("j")) >= 0 and at + 1 < len(run):
        yield _vowel(run[:at]) + "š" + _vowel(run[at + 1 :])  # French Prigojine
    if silent_e:
        yield ""  # French Poutine, Eltsine


def _vowel(run: str) -> str:
    for pattern, sound in _GLIDES:
        run = pattern.sub(sound, run)
    return run
