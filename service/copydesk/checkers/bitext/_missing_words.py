"""Where in an English sentence a name has fallen out, by the words around the place: “The has an area of”.

For each place between two words the classes of two words on either side are looked at, and the weights of a logistic
regression over them are added: the log-odds that a name stood there. `benchmarks/bitext/missing_words.py` estimates
them on edited English, as it is and with its names taken out; the table holds no text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from copydesk.packs.loader import read_yaml, shipped_rules, validate

_TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*|['’][^\W\d_]{1,2}\b|\d[\d.,:]*|[^\s\w\"“”„«»‘’'`\[\]]")
_MARKS = frozenset(",.;:()-?!")
_ENDINGS = (
    ("ing", "VBG"), ("ed", "VBD/VBN"), ("ly", "RB"), ("tion", "NN"), ("ment", "NN"), ("ness", "NN"), ("ity", "NN"),
    ("s", "NNS"),
)  # fmt: skip
_SHORTEST = 5  # letters of a word whose ending is looked at
_CLOSING = frozenset(("?", ".", ",", "said"))
_ADVERBS = frozenset(("in", "on", "over", "through", "from", "to", "for", "with", "at", "about", "up"))
_ANY = "*"
# Begin an entry of a list, a quotation, a sentence that goes on with the one before.
_OPENING = frozenset((":", ".", "(", "-", "sign", "'t", "and", "but", "or"))

Key = tuple[str, str, str, str]
ClassOf = Callable[[str, bool], str]


class Table(BaseModel):
    """The words that are classes of their own, those of a class by part of speech, and the weights.

    A weight's key is `a b c d`, the classes around the place, which is between b and c; `*` is any.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float
    own: tuple[str, ...]
    classes: dict[str, tuple[str, ...]]
    weights: dict[str, float]


class Place(NamedTuple):
    """The log-odds that a name is missing, and where: from the word before, if there is one, to the one after."""

    odds: float
    start: int
    end: int


class MissingWords:
    """The table in use."""

    def __init__(self, table: Table) -> None:
        known = {word: name for name, words in table.classes.items() for word in words}
        known.update((word, word) for word in table.own)
        self._class_of = lru_cache(maxsize=65536)(classifier(known))
        self._odds = lru_cache(maxsize=262144)(self._odds_of)
        self._intercept = table.intercept
        self._weights = {tuple(key.split()): weight for key, weight in table.weights.items()}

    def likeliest(self, text: str, least: float) -> Place | None:
        """The place of `text` where a name is missing most likely; None where the log-odds are not above `least`."""
        classes = classes_of(tokens_of(text), self._class_of)
        places = places_of(classes)
        if not places:
            return None
        every = list(map(self._odds, classes, classes[1:], classes[2:], classes[3:]))  # by the place less two
        after = max((at - 2 for at in places), key=every.__getitem__)
        if every[after] <= least:
            return None
        spans = [token.span() for token in _TOKEN.finditer(text)]
        return Place(every[after], spans[max(after - 1, 0)][0], spans[after][1])

    def _odds_of(self, a: str, b: str, c: str, d: str) -> float:
        return self._intercept + sum(self._weights.get(key, 0.0) for key in keys_of(a, b, c, d))


def tokens_of(text: str) -> list[str]:
    """The words, numbers and marks of `text`, and apart from them 's and 't; no quotes."""
    return _TOKEN.findall(text)


def classes_of(tokens: Sequence[str], class_of: ClassOf) -> list[str]:
    """The classes of `tokens`, `^` twice before them and `$` twice behind."""
    if not tokens:
        return ["^", "^", "$", "$"]
    return ["^", "^", class_of(tokens[0], True), *(class_of(token, False) for token in tokens[1:]), "$", "$"]


def places_of(classes: Sequence[str]) -> list[int]:
    """The indices before which a name may be missing: not at the end, nor where English leaves a word at the end.

    That is before a question mark (come from?), after a verb's preposition (came in, where he came from), and in
    “…,” one of them said.
    """
    first = 3 if classes[2] in _OPENING else 2
    return [at for at in range(first, len(classes) - 2) if classes[at] not in _CLOSING or not _closes(classes, at)]


def _closes(classes: Sequence[str], at: int) -> bool:
    before, word = classes[at - 1], classes[at]
    if word == "said":
        return before == ","
    return word == "?" or (before in _ADVERBS and classes[at - 2].startswith("VB"))


def around(classes: Sequence[str], at: int) -> Key:
    """The classes of the two words before `at` and of the two from there on."""
    return classes[at - 2], classes[at - 1], classes[at], classes[at + 1]


def keys_of(a: str, b: str, c: str, d: str) -> tuple[Key, ...]:
    """The keys of all weights of a place."""
    return (
        (_ANY, b, c, _ANY),
        (a, b, c, _ANY),
        (_ANY, b, c, d),
        (a, b, c, d),
        (_ANY, b, _ANY, _ANY),
        (_ANY, _ANY, c, _ANY),
    )


def classifier(known: dict[str, str]) -> ClassOf:
    """The class of a token, given those of `known` words in small letters and whether it begins its sentence."""

    def class_of(token: str, first: bool) -> str:
        if not token[0].isalpha():
            return _class_of_sign(token)
        small = token.lower()
        own = known.get(small)
        if own == small:
            return small
        if token[0].isupper() and not (first and own):
            return "Name"
        return own or class_by_ending(small)

    return class_of


def class_by_ending(small: str) -> str:
    """The class of a word that is in no list."""
    if len(small) < _SHORTEST:
        return "NN"
    return next((name for ending, name in _ENDINGS if small.endswith(ending)), "NN")


def _class_of_sign(token: str) -> str:
    if token[0].isdigit():
        return "number"
    if len(token) > 1:
        return "'s" if token[1:] == "s" else "'t"
    return token.replace("!", ".") if token in _MARKS else "sign"


@cache
def english() -> MissingWords:
    """The table of English. Raises RuleError for a faulty one."""
    path = shipped_rules() / "bitext" / "data" / "missing" / "en.yaml"
    entry, lines = read_yaml(path)
    return MissingWords(validate(Table, entry, path, lines, ()))
