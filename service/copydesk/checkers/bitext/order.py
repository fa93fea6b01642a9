"""Words in no order: what a broken decoder or a shuffled file leaves of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext._sounds import folded
from copydesk.checkers.bitext._vocabulary import knows
from copydesk.checkers.bitext._word_order import english, tokens_of
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.packs import RuleBook

_TOKEN = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 10  # words and marks; fewer say too little, and headlines and rows of names are short
# A line without a final mark is a headline or an entry of a list, which have an order of theirs.
_ENDS = (".", "?", "!")
_QUOTES = "\"'”’» "
_DISORDER = -1.45  # score of a sentence in no order; 1 in 1,000 clean ones is below, and 96 in 100 shuffled ones
_DOUBT = 1.5  # above, no order of the source is looked at
_SHORT, _SHORTNESS = 14, 0.1  # tokens, and what each that a sentence has fewer speaks for it: proverbs, exclamations
# What both languages share stands in another order than in the source, pair by pair: in clean translations 9 in 100
# neighbours do, in shuffled ones half. The logarithms of 0.50 / 0.09 and 0.50 / 0.91, and their weight in a score.
_BACKWARD, _FORWARD, _WEIGHT = 1.75, -0.6, 0.2
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
        if _is_shuffled(text, pair.source.text) and _is_english(text):
            start = pair.target.text.index(text)
            yield self._rule.pair_finding(Span(start, start + len(text)), Span(0, len(pair.source.text.rstrip())), text)


def _is_english(text: str) -> bool:
    """Whether most words are English: another language has another order, and is told by another rule."""
    words = _WORD.findall(text)
    return sum(knows("en", word) for word in words) > len(words) / 2


def _is_shuffled(text: str, source: str) -> bool:
    tokens = tokens_of(text)
    if len(tokens) < _FEWEST:
        return False
    score = english().score(tokens) + _SHORTNESS * max(0, _SHORT - len(tokens))
    return score < _DOUBT and score - _WEIGHT * _against(source, text) < _DISORDER


def _against(source: str, target: str) -> float:
    """What the order of the words that both sides share says against the target's, in natural units."""
    steps = [first > second for first, second in pairwise(_shared(source, target))]
    return sum(_BACKWARD if backward else _FORWARD for backward in steps)


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
