"""How far apart two full names are: surname with surname, given name with given name, the rest may be left out.

- Spaces and hyphens inside a name of Chinese, Korean or Arabic do not count: Kim Jong-un, Kim Jong Un, Kim Jongun.
- An Arabic article may be left out, as newspapers do: al-Assad, Assad.
- An initial agrees with every name that begins with its sound: V. Zelensky, Volodymyr Zelensky.
- Patronymics and middle names agree with nothing, if the other name has none: Dmitri S. Peskov, Dmitry Peskov.
- The surname may stand first (Zelensky, Volodymyr) or alone; a given name alone is no full name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from copydesk.names.distance import SAME, STRANGERS, distance
from copydesk.names.keys import fold, shapes
from copydesk.names.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_][^\s,.]*\.?")
_ARTICLES = frozenset({"al", "el", "as", "ar", "ash", "an"})  # before a consonant of its kind: as-Sadr, ar-Rashid
_ARTICLE = re.compile(r"^(?:al|el|as|ar|ash|an)[-‐‑](?=[^\W\d_]{3})", re.IGNORECASE)
_INITIAL = re.compile(r"[^\W\d_]\.?")
_LONE = 0.1  # a surname alone is a little less sure than with its given name
_JOINED = re.compile(r"[\s\-‐‑.,]+")


def full_distance(a: str, b: str, lexicon: Lexicon | None = None) -> float:
    """The distance of two names of any number of words: 0 for the same, 2 for strangers."""
    if joined(a) == joined(b):
        return 0.0
    words_a, words_b = _words(a), _words(b)
    if not words_a or not words_b:
        return STRANGERS
    if len(words_a) == 1 or len(words_b) == 1:
        return _lone(words_a, words_b, lexicon)
    return min(
        _aligned(words_a, words_b, lexicon),
        _aligned(words_a, (*words_b[1:], words_b[0]), lexicon),
        _aligned((*words_a[1:], words_a[0]), words_b, lexicon),
    )


@lru_cache(maxsize=65536)
def joined(name: str) -> str:
    """The letters of `name`, folded: one for Kim Jong-un, Kim Jong Un and Kim Jongun."""
    return _JOINED.sub("", fold(name))


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    """The words of `name` in the order given name … surname, without Arabic articles before a word."""
    words = [_ARTICLE.sub("", word) for word in _WORD.findall(name)]
    words = [w for i, w in enumerate(words) if i + 1 == len(words) or w.casefold() not in _ARTICLES] or words
    if "," in name and len(words) > 1:
        words = [*words[1:], words[0]]
    return tuple(words)


def _lone(a: tuple[str, ...], b: tuple[str, ...], lexicon: Lexicon | None) -> float:
    """A word alone is a surname: the last word of the other name, or its first where the surname stands first."""
    if len(a) == len(b):
        return distance(a[0], b[0])
    return min(STRANGERS, _surname(a[-1], b[-1], lexicon) + _LONE)


def _aligned(a: tuple[str, ...], b: tuple[str, ...], lexicon: Lexicon | None) -> float:
    surname = _surname(a[-1], b[-1], lexicon)
    if surname > SAME:
        return STRANGERS
    given = _given(a[0], b[0], lexicon)
    if given > SAME and len(a) != len(b):  # Wincenty Konstanty Kalinowski goes by his second name
        given = min(_given(x, y, lexicon) for x in a[:-1] for y in b[:-1])
    return max(surname, given)


def _surname(a: str, b: str, lexicon: Lexicon | None) -> float:
    if lexicon is not None and set(lexicon.by_word(a)) & set(lexicon.by_word(b)):
        return 0.0
    return distance(a, b)


def _given(a: str, b: str, lexicon: Lexicon | None) -> float:
    if _INITIAL.fullmatch(a) or _INITIAL.fullmatch(b):
        return 0.0 if _onsets(a) & _onsets(b) else STRANGERS
    if lexicon is not None:
        known_a, known_b = lexicon.given(a), lexicon.given(b)
        if known_a is not None and known_a is known_b:
            return 0.0
        if known := known_a or known_b:
            other = b if known_a else a
            return min(distance(form, other) for form in known.forms)
    return distance(a, b)


@lru_cache(maxsize=4096)
def _onsets(word: str) -> frozenset[str]:
    """What `word` can begin with: its first letter and its first sounds, all vowels being one (E., Y. for Yevgeny)."""
    folded = fold(word).rstrip(".")
    return frozenset((folded[:1], *(key[0] for key in shapes(folded) if key[0].isalpha() or key[0] == "*")))
