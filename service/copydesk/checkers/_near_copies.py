"""Whether two passages that share most of their words say the same, or only say things in the same form."""

from __future__ import annotations

import re
from itertools import repeat

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_WORD = re.compile(r"\w+")
_CUT = re.compile(r"(?:…|\.{3}|\[…\])\W*$")
_WHOLE_END = re.compile(r"[.!?…]\W*$")
_ONE_IN = 8  # words of which one may be another, gone or added
_ALIKE = 75.0  # rapidfuzz ratio at which two words are one name spelt twice
_FEWEST_WORDS = 8


def same_statement(one: str, other: str) -> bool:
    """Whether the passages differ in at most one word of eight, and there neither in a number nor in who it was.

    “For Ukraine the vote means …”, “For Moldova the vote means …” is one form of words for two things; a name that is
    only spelt in another way is none. What is lost: a copy in which the number was brought up to date.
    """
    a, b = _WORD.findall(one), _WORD.findall(other)
    low_a, low_b = [w.casefold() for w in a], [w.casefold() for w in b]
    changed = 0
    for step in Levenshtein.opcodes(low_a, low_b):
        if step.tag == "equal":
            continue
        old, new = a[step.src_start : step.src_end], b[step.dest_start : step.dest_end]
        changed += max(len(old), len(new))
        if any(_has_digit(w) for w in old + new):
            return False
        if step.tag == "replace" and not all(map(_same_word, old, new, repeat(step.src_start))):
            return False
    return changed * _ONE_IN <= max(len(a), _ONE_IN)


def _has_digit(word: str) -> bool:
    return any(c.isdigit() for c in word)


def _same_word(old: str, new: str, at: int) -> bool:
    """Names must be spelt alike; other words may differ. The first word has its capital from the sentence."""
    named = at > 0 and (old[:1].isupper() or new[:1].isupper())
    return not named or fuzz.ratio(old.casefold(), new.casefold()) >= _ALIKE


def is_cut_copy(short: str, long: str) -> bool:
    """Whether `short` is the beginning of `long`, cut off with an ellipsis or before its sentence ends."""
    words, whole = _WORD.findall(short.casefold()), _WORD.findall(long.casefold())
    if not _FEWEST_WORDS <= len(words) < len(whole):
        return False
    *head, last = words
    begins = whole[: len(head)] == head and whole[len(head)].startswith(last)
    return begins and (_CUT.search(short) is not None or not _WHOLE_END.search(short))


def is_cut_with_ellipsis(passage: str) -> bool:
    """Whether the passage says itself that it goes on elsewhere."""
    return _CUT.search(passage) is not None


def is_contained(short: str, long: str) -> bool:
    """Whether the words of `short`, whole sentences, stand in `long` in one run."""
    words, whole = (" ".join(_WORD.findall(text.casefold())) for text in (short, long))
    return _WHOLE_END.search(short) is not None and f" {words} " in f" {whole} "
