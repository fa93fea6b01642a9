"""How a name is written without its diacritics, with a saint cut short, or with another letter for the same sound.

These hold for a name of any language, where skeleton keys (`keys.py`) hold for Slavic ones: German typists expand an
umlaut (DIN 5007-2, telephone directories), agencies drop it, a Valencian x is a Castilian ch.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from copydesk.names.words import SAINTS

_DROPPED = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ĳ": "ij"}
)
_EXPANDED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj", "š": "sh", "č": "ch", "ž": "zh", "ñ": "ny"}
)
_APOSTROPHES = str.maketrans("", "", "'’‘ʼʹʺ`´′")
_LATIN_END = 0x250  # code point after Latin Extended-B: й and ё of Cyrillic keep their marks
_SAINT = re.compile(rf"(?:{'|'.join(sorted(SAINTS))})(?:\.? |[-‐‑])(?=\w)")
_STOP = re.compile(r"\.(?= )")

# Graphemes that stand for one sound in some pair of spellings and do not tell two families of one country apart.
_SOUNDS = (
    (re.compile(r"shch|szcz|sch|tch|tsh|tx|ch|sh|sz|cz|zh|x"), "s"),
    (re.compile(r"qu(?=[ei])|q|ck|k|c(?![eiy])"), "k"),
    (re.compile(r"(?<=[gkdtb])h"), ""),
    (re.compile(r"[yj]+|i[yj]*"), "i"),
    (re.compile(r"w"), "v"),
)


@lru_cache(maxsize=65536)
def plain(word: str) -> tuple[str, ...]:
    """`word` as it is written without diacritics: left out, and expanded where that is a habit (ü as ue, đ as dj).

    In lower case, without apostrophes, a saint in one form. An ASCII word has one such form, itself.
    """
    word = word.casefold().translate(_APOSTROPHES)
    word = _SAINT.sub("saint ", word, count=1) if word.startswith("s") else word
    if word.isascii():
        return (word,)
    word = unicodedata.normalize("NFC", word)
    return tuple(dict.fromkeys((_stripped(word), _stripped(word.translate(_EXPANDED)))))


def differs_in_marks(a: str, b: str) -> bool:
    """Whether `a` and `b` are one word but for diacritics, apostrophes or a saint's abbreviation.

    Mueller and Muller are not: each can be Müller, but both are names of their own. Nor is a full stop a difference.
    """
    if _STOP.sub("", a.casefold()) == _STOP.sub("", b.casefold()):
        return False
    return not set(plain(a)).isdisjoint(plain(b))


@lru_cache(maxsize=65536)
def sounds(word: str) -> str:
    """`word` with one letter for graphemes of one sound: Benixelva and Benichelva, Shcherbakova and Scherbakova."""
    out = plain(word)[0]
    for pattern, sound in _SOUNDS:
        out = pattern.sub(sound, out)
    return out


def _stripped(word: str) -> str:
    word = word.translate(_DROPPED)
    if word.isascii():
        return word
    return "".join(unicodedata.normalize("NFD", letter)[0] if ord(letter) < _LATIN_END else letter for letter in word)
