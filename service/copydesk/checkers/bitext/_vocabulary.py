"""Which words a language has: the dictionaries of simplemma, which come with 54 languages and load on first use.

A question takes two microseconds, and half a one when it is asked again.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simplemma.strategies.dictionary_lookup import DictionaryLookupStrategy

_KEPT = 12  # dictionaries; of the library's 8, a file of nine languages would load one again and again
_PARTS = re.compile(r"[-’']")
_SUFFIX = re.compile(r"(?:n?['’]t|['’](?:s|d|re|ve|ll|m)?)$")


def has_dictionary(language: str) -> bool:
    """Whether the words of a language, a BCP 47 tag, are known at all."""
    return _code(language) in _supported()


@lru_cache(maxsize=65536)
def knows(language: str, word: str) -> bool:
    """Whether each part of `word`, in any case, is a word or a well-known name of the language.

    False for every word of a language without a dictionary.
    """
    if not has_dictionary(language):
        return False
    return all(_lookup().get_lemma(part, _code(language)) is not None for part in _PARTS.split(word) if part)


@lru_cache(maxsize=65536)
def is_common(language: str, word: str) -> bool:
    """Whether the language writes `word` small: a trout, and no Marco. English -s and -es are taken off."""
    if not has_dictionary(language):
        return False
    code, small = _code(language), word.lower()
    forms = (small, small.removesuffix("s"), small.removesuffix("es")) if code == "en" else (small,)
    return any(_lookup().is_dictionary_member(form, code) for form in forms if form)


@lru_cache(maxsize=65536)
def has_capital(language: str, word: str) -> bool:
    """Whether the language knows `word` as a name; it may write another word so in small letters: China, china."""
    if not has_dictionary(language):
        return False
    lemma = _lookup().get_lemma(word, _code(language))
    return lemma is not None and lemma[0].isupper()


def is_proper(language: str, word: str) -> bool:
    """Whether `word` is a well-known name of the language, and no word that it writes small: Paris, Kenneth."""
    return has_capital(language, word) and not is_common(language, word)


def stem(word: str) -> str:
    """`word` without an English ending after an apostrophe: sismo's, pouvaisn't."""
    return _SUFFIX.sub("", word)


# Imported here because the library takes 0.1 s, which the commands that read no translation need not pay.
@cache
def _supported() -> frozenset[str]:
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return frozenset(SUPPORTED_LANGUAGES)


@cache
def _lookup() -> DictionaryLookupStrategy:
    from simplemma.strategies.dictionary_lookup import DictionaryLookupStrategy

    from copydesk.checkers.bitext._dictionaries import KeptDictionaries

    return DictionaryLookupStrategy(KeptDictionaries(_KEPT))


def _code(language: str) -> str:
    return language.split("-", 1)[0].lower()
