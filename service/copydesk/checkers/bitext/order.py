"""Words in no order: what a broken decoder or a shuffled file leaves of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext._sounds import folded
from copydesk.checkers.bitext._vocabulary import knows
from copydesk.checkers.bitext._word_order import WordOrder, english
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.packs import RuleBook

_TOKEN = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 10  # words and marks; fewer say too little, and headlines and rows of names are short
_ENDS = (
    ".",
    "?",
    "!",
)  # a line without a final mark is a headline or an entry of a list, which have an order of theirs
_QUOTES = "\"'”’» "
_ORDERED = 0.7  # mean of nearly all English sentences is above
# English sentences have a mean of 1.1, shuffled ones of 0.1; those that stay near what the same words have in any order
# are told, the more readily the longer they are, and the most readily where words that both languages share stand in
# another order than in the source. benchmarks/bitext.py measures it.
_SHARE = 0.2
_USUAL = 0.35
_LENGTH = 20
_DISORDER = -0.165
_CERTAIN = -0.35  # even where the order is that of the source
_DISORDER_AGAINST_SOURCE = 0.2
_FEWEST_SHARED = 3
_STEM = 4  # letters that two languages' words for one thing share: Präsident, president


class OrderChecker(PairChecker):
    """Looks at English targets, and where that leaves a doubt, at the order of what the source has too."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._rule = rules["any/bitext/shuffled-words"]

    def check(self, pair: Pair) -> Iterator[Remark]:
        """At most one finding, on the whole target."""
        text = pair.target.text.strip()
        if not pair.target.language.startswith("en") or not text.rstrip(_QUOTES).endswith(_ENDS):
            return
        if _is_shuffled(text, pair.source.text, english()) and _is_english(text):
            start = pair.target.text.index(text)
            yield self._rule.pair_finding(Span(start, start + len(text)), Span(0, len(pair.source.text.rstrip())), text)


def _is_english(text: str) -> bool:
    """Whether most words are English: another language has another order, and is told by another rule."""
    words = _WORD.findall(text)
    return sum(knows("en", word) for word in words) > len(words) / 2


def _is_shuffled(text: str, source: str, order: WordOrder) -> bool:
    classes = order.classes(text)
    tokens = len(classes) - 2
    if tokens < _FEWEST:
        return False
    mean = order.mean(classes)
    if mean > _ORDERED:
        return False
    disorder = (mean - _SHARE * order.shuffled(classes) - _USUAL) * tokens / _LENGTH
    if disorder >= _DISORDER_AGAINST_SOURCE:
        return False
    shared = _shared(source, text)
    backward = sum(first > second for first, second in pairwise(shared))
    if len(shared) < _FEWEST_SHARED:
        return disorder < _DISORDER
    if 4 * backward <= len(shared):
        return disorder < _CERTAIN
    return disorder < _DISORDER or 2 * backward >= len(shared)


def _shared(source: str, target: str) -> list[int]:
    """The places in the source of numbers and of words that begin alike on both sides, in the order of the target."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(_TOKEN.findall(source)):
        places.setdefault(_key(word), []).append(at)
    keys = dict.fromkeys(_key(word) for word in _TOKEN.findall(target))
    return [places[key][0] for key in keys if key and len(places.get(key, ())) == 1]


def _key(word: str) -> str:
    if word.isdigit():
        return word
    letters = folded(word)
    return letters[:_STEM] if len(letters) >= _STEM else ""
