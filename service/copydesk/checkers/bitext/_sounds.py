"""Whether a name in one script can be a word in another: folded to Latin letters, compared by consonants.

Looser than `names.similarity`, which tells Petrov from Petrova and knows Slavic names only: a source's name is in some
case (Катаром), in kana or Devanagari, and the question is merely whether the translation has it at all.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

# One letter for all that one consonant becomes on its way through another script; `ch` is both Munich and Chernobyl.
_CLASSES = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"x", "ks"),
        (r"(?<=[ae])u(?=[a-z])", "v"),  # Аврелий, Европа
        (r"chzh|tsz|tts|sch|sh|tch|cz|sz|zh|ts|tz", "s"),
        (r"ph", "f"),
        (r"[dt]h", "t"),
        (r"c(?=[aouklrt]|$)|ch|ck|kh|gh|[kqgh]", "k"),
        (r"[szjc]", "s"),
        (r"[fvwbp]", "p"),
        (r"d", "t"),
        (r"[lr]", "r"),
        (r"[mn]", "n"),
        (r"[aeiouy]", ""),
        (r"(.)\1+", r"\1"),
    )
)
_NOT_LETTERS = re.compile(r"[^a-z]")
_ALIKE = 65.0  # per cent of letters that agree from which two folded words are taken for one name
_ALIKE_CONSONANTS = 75.0
_ONE_WORD = 78.0  # per cent of letters that agree in what is_one_word
_NEAR_CONSONANTS = 80.0
_VOWEL_LETTERS = "aeiouy"
_VOWELS = re.compile(f"[{_VOWEL_LETTERS}]")
_WITHIN = 80.0  # the same for consonants in a row within a text
_ROMANISED = re.compile(r"(?:(?:[kgsztdnhbpmyrwjf]y?|[kstp]{2}|tts|ss?h|t?ch|ts)?[aeiou]|n(?![aeiouy])|m(?=[bp])|h)+")
_PREFIX = 4  # letters: endings differ with case and language
_SHORT_PREFIX = 3
_SYLLABLES = 5  # Chinese characters that spell three consonants
_MOST_OF = 0.6  # share of the longer word that the shorter one has, where only three letters are the same


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """`word` of any script in small Latin letters, without marks."""
    return _NOT_LETTERS.sub("", anyascii(word).lower())


@lru_cache(maxsize=65536)
def consonants(word: str) -> str:
    """The classes of consonants of a word."""
    classes = folded(word)
    for pattern, letter in _CLASSES:
        classes = pattern.sub(letter, classes)
    return classes


@lru_cache(maxsize=262144)
def is_alike(one: str, other: str) -> bool:
    """Whether the two may be one name in two languages; also true of many words that only begin alike."""
    a, b = folded(one), folded(other)
    if not a or not b:
        return False
    least, most = sorted((len(a), len(b)))
    if a[:_PREFIX] == b[:_PREFIX] and least >= _SHORT_PREFIX:
        return True
    if least >= _PREFIX and (a in b or b in a):
        return True
    if least >= max(_SHORT_PREFIX, _MOST_OF * most) and a[:_SHORT_PREFIX] == b[:_SHORT_PREFIX]:
        return True
    x, y = consonants(one), consonants(other)
    if "w" in (a[0], b[0]) and consonants(a.removeprefix("w")) == consonants(b.removeprefix("w")):
        return True  # Wayne is Уэйн
    return _agree(x, y) or fuzz.ratio(a, b) >= _ALIKE


def _agree(x: str, y: str) -> bool:
    shared = min(len(x), len(y))
    if x == y:
        return shared > 0
    if shared >= 3:
        return x[:3] == y[:3] or fuzz.ratio(x, y) >= _ALIKE_CONSONANTS
    return shared == 2 and x[:2] == y[:2] and abs(len(x) - len(y)) <= 1


@lru_cache(maxsize=262144)
def is_near(one: str, other: str) -> bool:
    """The same, more strictly, for two languages in Latin letters: they write a name alike, or nearly (Elżbieta)."""
    a, b = folded(one), folded(other)
    if not a or not b:
        return False
    least, most = sorted((len(a), len(b)))
    if least >= _PREFIX and (a in b or b in a):
        return True
    if least >= max(_SHORT_PREFIX, _MOST_OF * most) and a[:_SHORT_PREFIX] == b[:_SHORT_PREFIX]:
        return True
    if _begin_with_one_sound(one, other) and fuzz.ratio(consonants(one), consonants(other)) >= _NEAR_CONSONANTS:
        return True
    return a[:_PREFIX] == b[:_PREFIX] or fuzz.ratio(a, b) >= _ALIKE


def _begin_with_one_sound(one: str, other: str) -> bool:
    x, y = consonants(one), consonants(other)
    if min(len(x), len(y)) < _SHORT_PREFIX or x[0] != y[0]:
        return False
    return (folded(one)[0] in _VOWEL_LETTERS) == (folded(other)[0] in _VOWEL_LETTERS)


@lru_cache(maxsize=262144)
def begins_alike(one: str, other: str) -> bool:
    """Whether the two have the same first letters, or the same three and more consonants."""
    a, b = folded(one), folded(other)
    if min(len(a), len(b)) < _PREFIX:
        return a == b != ""
    return a[:_PREFIX] == b[:_PREFIX] or (consonants(one) == consonants(other) and len(consonants(one)) >= 3)


@lru_cache(maxsize=65536)
def is_romanised(name: str) -> bool:
    """Whether `name` may be Japanese in Latin letters, of which the characters do not show the sound."""
    return _ROMANISED.fullmatch(folded(name)) is not None


def is_heard_in(name: str, text: str) -> bool:
    """Whether the letters of a Chinese `name` are those of a part of `text`, read as Pinyin."""
    return folded(name) in folded(text)


@lru_cache(maxsize=65536)
def starts_within(name: str, run: str) -> bool:
    """Whether a part of a `run` of Chinese begins with the first consonants of `name`: 孙德本尔斯, Sundarbans."""
    wanted = consonants(name)[:_SHORT_PREFIX]
    return len(wanted) == _SHORT_PREFIX and any(
        consonants(run[at : at + _SYLLABLES]).startswith(wanted) for at in range(len(run))
    )


@lru_cache(maxsize=262144)
def is_one_word(one: str, other: str) -> bool:
    """Whether the two are one word but for its ending, or a letter or two: Senat, senate."""
    a, b = folded(one), folded(other)
    return (min(len(a), len(b)) >= _PREFIX and a[:_PREFIX] == b[:_PREFIX]) or fuzz.ratio(a, b) >= _ONE_WORD


@lru_cache(maxsize=65536)
def without_vowels(word: str) -> str:
    """The consonants of `word`, each as it is: Devanagari writes few vowels of a foreign name as English has them."""
    return _VOWELS.sub("", folded(word))


@lru_cache(maxsize=262144)
def is_spelt(one: str, other: str) -> bool:
    """Whether the two have the same first consonant, and nearly all others: Snowden, स्नो डेन."""
    x, y = consonants(one), consonants(other)
    return x[:1] == y[:1] and fuzz.ratio(x, y) >= _NEAR_CONSONANTS


@lru_cache(maxsize=65536)
def begins_in_kana(name: str, run: str) -> bool:
    """Whether a `run` of katakana begins with `name`, as Japanese hears it: Ebola, of エボラウイルス."""
    heard = folded(name).replace("l", "r").replace("v", "b")
    return fuzz.ratio(heard, folded(run)[: len(heard)]) >= _WITHIN


def is_within(name: str, text: str) -> bool:
    """Whether nearly all consonants of `name` stand in a row in `text`, over the bounds of words: ビーチリゾート."""
    return fuzz.partial_ratio(consonants(name), consonants(text)) >= _WITHIN
