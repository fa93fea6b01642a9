"""Words and phrases that a translation says again and again: a stuttering or looping machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Edit, Finding, Fix, Pair, Safety, Span
from copydesk.packs import RuleBook

# Vowel signs of Indic and South-East Asian scripts are no letters to Python, and would split words.
_LETTER = r"[\w\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff]"
_WORD = re.compile(rf"{_LETTER}+(?:['’-]{_LETTER}+)*")
_DOUBLED = re.compile(r"\b(\w{2,})[\s-]\1|([\u3040-\u9fff]{2,})\2", re.IGNORECASE)  # Баден-Баден, 巴登巴登
_LONGEST = 12  # words of a phrase that is repeated
_LOOP = 3  # times in a row, from which nobody means it
_SHORT_NAME = 5  # letters of a name that may be one of those said twice
_PHRASE = 3  # words from which a phrase is not said twice in a row on purpose
# English words that may stand twice by grammar (“the one he had had”) or by custom.
_TWICE = frozenset(
    {
        "had",
        "that",
        "is",
        "was",
        "do",
        "did",
        "can",
        "so",
        "very",
        "really",
        "long",
        "much",
        "far",
        "no",
        "yes",
        "there",
    }
    | {"now", "ha", "bye", "knock", "tut", "blah"}
)


class RepetitionChecker(PairChecker):
    """A word twice in a row, a phrase twice in a row, and what is said three times and more.

    What is said no more often in a row than something in the source is left alone, whatever it is.
    """

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._word, self._loop = rules["any/bitext/repeated-words"], rules["any/bitext/looping"]

    def check(self, pair: Pair) -> Iterator[Remark]:
        """One finding a run; its fix keeps what is said first."""
        runs = list(_runs(pair.target.text))
        if not runs:
            return
        source = pair.source.text
        repeats = max(
            (len(words) // size for words, size in _runs(source)), default=2 if _DOUBLED.search(source) else 1
        )
        for words, size in runs:
            if len(words) // size > repeats:
                yield from self._told(words, size, pair)

    def _told(self, words: Sequence[re.Match[str]], size: int, pair: Pair) -> Iterator[Finding]:
        """`words` are of a run in which a phrase of `size` words stands over and over."""
        text = pair.target.text
        times = len(words) // size
        extra = Span(words[size - 1].end(), words[-1].end())
        fix = Fix((Edit(extra, ""),), Safety.UNSAFE)
        span = Span(words[0].start(), words[-1].end())
        said = text[words[0].start() : words[size - 1].end()]
        if times >= _LOOP:
            yield self._loop.pair_finding(span, None, said, (fix,), times=str(times))
        elif size >= _PHRASE or (size == 1 and _is_slip(words, pair)):
            yield self._word.pair_finding(span, None, said, (fix,))


def _is_slip(words: Sequence[re.Match[str]], pair: Pair) -> bool:
    """Whether one word twice in a row is none of those that may stand so.

    Single digits are, what has a mark between, and short names (Lang Lang) where the source's script cannot show that
    it doubles them too.
    """
    first, second = words[0], words[1]
    said = first[0]
    if pair.target.text[first.end() : second.start()].strip() or said.lower() in _TWICE:
        return False
    name = said.istitle() and not any(letter.isupper() for letter in pair.source.text)
    return len(said) > (_SHORT_NAME if name else 1)


def _runs(text: str) -> Iterator[tuple[Sequence[re.Match[str]], int]]:
    """Each stretch in which a phrase of at most `_LONGEST` words follows itself, and the words of that phrase.

    For each word only its last place before is looked at, so that time is linear in the words.
    """
    keys = _WORD.findall(text.lower())
    words: list[re.Match[str]] = []  # made for the few that repeat something
    last: dict[str, int] = {}
    at = 0
    for i, key in enumerate(keys):
        before, last[key] = last.get(key), i
        if before is None or i < at or i - before > _LONGEST or before < at:
            continue
        size, end = i - before, i
        while end < len(keys) and keys[end] == keys[end - size]:
            end += 1
        times = (end - before) // size
        if times >= 2:
            at = before + times * size
            words = words or list(_WORD.finditer(text))
            yield words[before:at], size
