"""How well the order of words in an English sentence is that of English, from classes of words that follow each other.

A class is a function word, an ending (-ing, -ly, …), a capital, a number or a mark. For each two classes the table in
rules/bitext/data/order has the logarithm of how much oftener the second follows the first than by chance (pointwise
mutual information, Church and Hanks 1990), counted over edited and post-edited English by
`benchmarks/word_order.py`. Ordered text has a high mean, shuffled text one near that of its words in any order.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

from copydesk.packs.loader import read_yaml, shipped_rules, validate

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXY"
"""A value of the table, from -3 to 3 natural units in steps of a quarter; M is 0."""
_STEP = 0.25
_TOKEN = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*|\d[\d.,:]*|[^\s\w]")
_DROPPED = frozenset("\"“”„«»‘’'()[]")  # quotes and brackets say nothing about order
_PARTED = re.compile(r" (?=(?:['’](?:s|ll|ve|re|d|m)|n ?['’] ?t)\b)|(?<=\bn) (?=['’])|(?<=n['’]) (?=t\b)")
_ENDINGS = (
    ("ing", "-ing"), ("ed", "-ed"), ("ly", "-ly"),
    *((ending, "-tions") for ending in ("tions", "sions", "ments", "ities")),
    *((ending, "-tion") for ending in ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "ism")),
    *((ending, "-al") for ending in ("al", "ive", "ous", "ful", "less", "able", "ible", "ic", "ary")),
    ("s", "-s"),
)  # fmt: skip
_SHORTEST = 5  # letters of a word whose ending is looked at
_ENDS = frozenset(".!?;:")


class Table(BaseModel):
    """`words` are the function words that are classes of their own; `rows[a]` has a letter for each of `classes`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    classes: tuple[str, ...]
    rows: dict[str, str]


class WordOrder:
    """The table in use."""

    def __init__(self, table: Table) -> None:
        self._words = frozenset(table.words)
        self._value = {
            (first, second): (LETTERS.index(letter) - LETTERS.index("M")) * _STEP
            for first, row in table.rows.items()
            for second, letter in zip(table.classes, row, strict=True)
        }

    def mean(self, classes: list[str]) -> float:
        """The mean over the neighbours among `classes`."""
        value = self._value
        pairs = pairwise(classes)
        return sum(value.get(pair, 0.0) for pair in pairs) / (len(classes) - 1)

    def shuffled(self, classes: list[str]) -> float:
        """The mean that all orders of the sentence have together; quadratic in the different classes."""
        inner, value = Counter(classes[1:-1]), self._value
        count = len(classes) - 2
        among = sum(
            value.get((a, b), 0.0) * times * (other - (a == b))
            for a, times in inner.items()
            for b, other in inner.items()
        )
        edges = sum((value.get((classes[0], a), 0.0) + value.get((a, classes[-1]), 0.0)) * n for a, n in inner.items())
        return (among / count + edges / count) / (count + 1)

    def classes(self, text: str) -> list[str]:
        """The classes of the words of `text`, between `^` and `$`."""
        return classes_of(text, self._words)


def classes_of(text: str, words: frozenset[str]) -> list[str]:
    """The classes of the words of `text`, between `^` and `$`; `words` are those that are their own class."""
    tokens = [token for token in _TOKEN.findall(_PARTED.sub("", text)) if token not in _DROPPED]
    if not tokens:
        return ["^", "$"]
    return ["^", _class_of(tokens[0], words, True), *(_class_of(token, words, False) for token in tokens[1:]), "$"]


@lru_cache(maxsize=65536)
def _class_of(token: str, words: frozenset[str], first: bool) -> str:
    small = token.lower().replace("’", "'")
    if small in words:
        return small
    if not token[0].isalnum():
        return "." if token in _ENDS else "," if token in {","} else "sign"
    if token[0].isdigit():
        return "number"
    if small.endswith("'s"):
        return "owner"
    if token[0].isupper() and not first:
        return "Name"
    if len(small) >= _SHORTEST:
        return next((name for ending, name in _ENDINGS if small.endswith(ending)), "word")
    return "word"


@cache
def english() -> WordOrder:
    """The table of English. Raises RuleError for a faulty one."""
    path = shipped_rules() / "bitext" / "data" / "order" / "en.yaml"
    entry, lines = read_yaml(path)
    return WordOrder(validate(Table, entry, path, lines, ()))
