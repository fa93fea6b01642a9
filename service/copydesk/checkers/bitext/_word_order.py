"""How well the order of words in an English sentence is that of English, from which words follow each other.

For two neighbours a table has the logarithm of how much oftener the second follows the first than by chance (pointwise
mutual information, Church and Hanks 1990). The sum over a sentence is the log likelihood of its order against that of
the same words in none: about one natural unit a word in English, below nought in shuffled text. Where one of the two is
among the most frequent words and the other one of two thousand common ones, the table knows both by name; else it knows
their classes: a function word, an ending (-ing, -ly, …), a capital, a number or a mark. The table is
rules/bitext/data/order/en.yaml, counted by `benchmarks/bitext/word_order.py` from texts that may be shipped.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from math import sqrt

from pydantic import BaseModel, ConfigDict

from copydesk.packs.loader import read_yaml, shipped_rules, validate

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXY"
"""A value of the table, from -4 to 4 natural units in steps of a third; M is 0."""
STEPS = 3  # in a natural unit
UNKNOWN = "-"  # in place of a letter: too rare to tell
_TOKEN = re.compile(
    r"(?:[A-Z]\.)+(?=\s)|[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d+(?:[.,:]\d+)*(?:-[^\W\d_]+)*|\.+|-+|[^\s\w\"“”„«»‘’'()\[\]]"
)  # quotes and brackets say nothing about order
# Clitics that corpora set apart: Putin 's, is n't, don 't.
_PARTED = re.compile(r" (?=(?:['’](?:s|ll|ve|re|d|m)|n ?['’] ?t)\b)|(?<=n) (?=['’] ?t\b)|(?<=n['’]) (?=t\b)")
_ENDINGS = (
    ("ing", "-ing"), ("ed", "-ed"), ("ly", "-ly"),
    *((ending, "-tions") for ending in ("tions", "sions", "ments", "ities")),
    *((ending, "-tion") for ending in ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "ism")),
    *((ending, "-al") for ending in ("al", "ive", "ous", "ful", "less", "able", "ible", "ic", "ary")),
    ("s", "-s"),
)  # fmt: skip
_SHORTEST = 5  # letters of a word whose ending is looked at
_ENDS = frozenset(".!?;:")
_USUAL = 0.4  # natural units a word: between what English has and what its words have in any order
_PLAIN = 3.0  # a score by classes alone that no look at the words takes down to a doubtful one


class Table(BaseModel):
    """What follows what.

    `words` are the function words that are classes of their own; `rows[a]` has a letter for each of `classes` after
    the class `a`. `frequent` are the words that others are known beside: `beside[w]` has a letter for each of them
    before the word `w`, then one for each of them after it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    classes: tuple[str, ...]
    rows: dict[str, str]
    frequent: tuple[str, ...]
    beside: dict[str, str]


class WordOrder:
    """The table in use."""

    def __init__(self, table: Table) -> None:
        self._words = frozenset(table.words)
        self._classes = {
            (first, second): _value(letter)
            for first, row in table.rows.items()
            for second, letter in zip(table.classes, row, strict=True)
        }
        self._places = {word: place for place, word in enumerate(table.frequent)}
        self._beside = table.beside

    def score(self, tokens: list[str]) -> float:
        """The sum over all neighbours among `tokens`, less what is usual, in standard deviations of about 1.

        English sentences have 4 in the middle, shuffled ones -3; what stands beside the first and the last counts too.
        """
        classes = ["^", class_of(tokens[0], self._words, True)]
        classes += [class_of(token, self._words, False) for token in tokens[1:]]
        classes.append("$")
        values = [self._classes.get(pair, 0.0) for pair in pairwise(classes)]
        by_class = _score(sum(values), len(tokens))
        return by_class if by_class > _PLAIN else _score(self._by_words(tokens, values), len(tokens))

    def _by_words(self, tokens: list[str], values: list[float]) -> float:
        """The sum of `values`, one for each two neighbours, but for those that the table knows as words."""
        names = [tokens[0].lower(), *(token if token[0].islower() else "" for token in tokens[1:])]
        known = (self._known(first, second) for first, second in pairwise(names))
        inner = (value if said is None else said for said, value in zip(known, values[1:-1], strict=True))
        return values[0] + sum(inner) + values[-1]

    def _known(self, first: str, second: str) -> float | None:
        """The value of two words; None where the table does not have them."""
        after, before = self._beside.get(first), self._beside.get(second)
        letter = UNKNOWN
        if after is not None and second in self._places:
            letter = after[len(self._places) + self._places[second]]
        elif before is not None and first in self._places:
            letter = before[self._places[first]]
        return None if letter == UNKNOWN else _value(letter)


def tokens_of(text: str) -> list[str]:
    """The words, numbers and marks of a text, without quotes and brackets. An abbreviation keeps its full stop."""
    return _TOKEN.findall(_PARTED.sub("", text))


@lru_cache(maxsize=65536)
def class_of(word: str, words: frozenset[str], first: bool) -> str:
    """The class of a word, number or mark; `words` are their own. The capital of the `first` one is the sentence's."""
    small = word.lower().replace("’", "'")
    if not word[0].isalnum():
        return "." if word in _ENDS else "," if word == "," else "sign"
    if word[0].isdigit():
        return "number"
    if len(word) > 1 and (word.isupper() or (word[0].isupper() and not first and small not in words)):
        return "owner" if small.endswith("'s") else "Name"
    if small in words:
        return small
    if small.endswith("'s"):
        return "owner"
    if "-" in word:
        return "hyphen"
    if len(small) >= _SHORTEST:
        return next((name for ending, name in _ENDINGS if small.endswith(ending)), "word")
    return "word"


@cache
def english() -> WordOrder:
    """The table of English. Raises RuleError for a faulty one."""
    path = shipped_rules() / "bitext" / "data" / "order" / "en.yaml"
    entry, lines = read_yaml(path)
    return WordOrder(validate(Table, entry, path, lines, ()))


def _value(letter: str) -> float:
    return (LETTERS.index(letter) - LETTERS.index("M")) / STEPS


def _score(total: float, tokens: int) -> float:
    return (total - _USUAL * tokens) / sqrt(tokens)
