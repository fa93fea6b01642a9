"""Names that stand on one side only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext._exonyms import Exonym, Exonyms, stands_for
from copydesk.checkers.bitext._places import places
from copydesk.checkers.bitext._sounds import begins_alike, is_alike, is_heard_in, is_romanised, is_within
from copydesk.checkers.bitext._source_names import FOREIGN, WIDE, may_be_name, names_of
from copydesk.checkers.bitext._vocabulary import is_common, knows
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.names.mentions import may_begin
from copydesk.names.words import CALENDAR, FUNCTION_WORDS, TITLES
from copydesk.packs import RuleBook

_WORD = re.compile(r"[\u0900-\u0963\u0970-\u097f]+|[\u30a1-\u30fc]+|[\u3400-\u9fff]+|[^\W\d_\u3040-\u9fff]+")
_CAPITAL = re.compile(r"(?<![\w.@/])[^\W\d_a-z][^\W\d_]+")
# Peoples, faiths and feasts are said in many ways: the Russian church for РПЦ, Jewish for древнееврейский.
_SAID_OTHERWISE = ("ian", "ians", "ish", "ic", "ese", "mas", "cost", "easter")
_FAR = WIDE | {"hi"}  # scripts in which nothing marks a name
_SHORTEST = 4  # letters; shorter names are alike to too much


class _Source:
    """The words of a source, once for all names of its translation."""

    __slots__ = ("language", "likely", "low", "small", "text")

    def __init__(self, text: str, language: str) -> None:
        words = set(_WORD.findall(text))
        self.text, self.low = text, text.lower()
        self.language = language.split("-", 1)[0]
        self.likely = [word for word in words if may_be_name(self.language, word)]
        if self.language == "zh":
            self.likely = FOREIGN.findall(text) + [word for word in words if word[0].isascii()]
        self.small = frozenset(word.lower() for word in words)

    def has(self, name: str, known: Sequence[Exonym]) -> bool:
        """Whether a name of the target is in the source: by the list, by its beginning, or by its sound."""
        if any(stands_for(entry, self.small, self.low) for entry in known):
            return True
        if any(begins_alike(name, word) for word in self.small):
            return True
        if not known and any(is_alike(name, word) for word in self.likely):
            return True
        return self.language in WIDE and not known and self._is_heard(name)

    def _is_heard(self, name: str) -> bool:
        if self.language == "ja":
            return is_romanised(name)
        return is_heard_in(name, self.text)


class NameChecker(PairChecker):
    """Holds the names of both sides against each other by sound, and by lists where the languages differ.

    A name of the target is a capitalised word that English does not have in small letters; one of the source, in
    languages where only names have capitals within a sentence, a word that its language does not have in small
    letters. What begins alike is taken for one name, so a replaced name can hide behind a likeness.
    """

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._missing, self._added, self._replaced = (
            rules[f"any/bitext/name-{fault}"] for fault in ("missing", "added", "replaced")
        )

    def check(self, pair: Pair) -> Iterator[Remark]:
        """One finding for each name that stands on one side only; one of either kind make a replaced name."""
        if not pair.target.language.startswith("en"):
            return
        added, missing = list(self._extra(pair)), list(self._lost(pair))
        source, target = pair.source.text, pair.target.text
        for span, place in zip_longest(added[:1], missing[:1]):
            if span is not None and place is not None:
                yield self._replaced.pair_finding(span, place, span.of(target), wanted=place.of(source))
            elif span is not None and not self._is_doubtful(span.of(target), pair):
                yield self._added.pair_finding(span, None, span.of(target))
            elif place is not None and span is None and not _is_doubtful_loss(place.of(source), pair):
                end = len(target.rstrip())
                yield self._missing.pair_finding(Span(end, end), place, place.of(source))

    def _is_doubtful(self, name: str, pair: Pair) -> bool:
        """Whether an added name, where none is missing, is too little: like any word, or in no list of a far script."""
        language = pair.source.language.split("-", 1)[0]
        if len(name) < _SHORTEST or (language in _FAR and not places(pair.source.language).of_english(name)):
            return True
        return language not in _FAR and any(is_alike(name, word) for word in _WORD.findall(pair.source.text))

    def _extra(self, pair: Pair) -> Iterator[Span]:
        """The names of the target that no word of the source sounds like or stands for."""
        text = pair.target.text
        listed = places(pair.source.language)
        source: _Source | None = None
        before = -2  # the end of the last name that the source has: its neighbour is a part of it
        for match in _CAPITAL.finditer(text):
            name = match[0]
            if not name[0].isupper():
                continue
            known = listed.of_english(name)
            if not known and not _is_name(name):
                continue
            source = source or _Source(pair.source.text, pair.source.language)
            if source.has(name, known):
                before = match.end()
            elif (
                (len(name) >= _SHORTEST or known)
                and (name.istitle() or known)
                and not _is_sentence_word(name, text, match)
                and not name.endswith(_SAID_OTHERWISE)
                and match.start() - before != 1
                and not _begins_known_name(text, match.end(), source, listed)
            ):
                yield Span(*match.span())

    def _lost(self, pair: Pair) -> Iterator[Span]:
        """The names of the source that no word of the target sounds like or stands for."""
        source, target = pair.source.text, pair.target.text
        listed = places(pair.source.language)
        words: list[str] = []
        for span in names_of(pair.source, listed):
            name = span.of(source)
            words = words or _WORD.findall(target)
            known = listed.of_other(name)
            if any(is_alike(name, word) for word in words if not (known and is_common("en", word))):
                continue
            if pair.source.language[:2] in WIDE and not known and is_within(name, target):
                continue
            low = [word.lower() for word in words]
            if not any(word.startswith(form) for entry in known for form in entry.english for word in low):
                yield span


def _is_doubtful_loss(name: str, pair: Pair) -> bool:
    """Whether a missing name, where none was added, may be no name: ティラノサウルス, the T-Rex."""
    far = pair.source.language.split("-", 1)[0] in _FAR
    return far and not places(pair.source.language).of_other(name)


def _begins_known_name(text: str, end: int, source: _Source, listed: Exonyms) -> bool:
    """Whether the next word is a name that the source has: Vladimir Putin, where it has Putin alone."""
    after = _CAPITAL.match(text, end + 1)
    return after is not None and after[0][0].isupper() and source.has(after[0], listed.of_english(after[0]))


def _is_name(word: str) -> bool:
    """Whether English writes `word` with a capital only, and it is no weekday, month or title."""
    small = word.lower()
    if small in FUNCTION_WORDS or small in TITLES or small in CALENDAR:
        return False
    return not is_common("en", word)


def _is_sentence_word(name: str, text: str, match: re.Match[str]) -> bool:
    """Whether the capital may be the sentence's, or the word an abbreviation: Parishioners …, Sept."""
    if text.startswith(".", match.end()) and len(name) == _SHORTEST:
        return True
    return may_begin(text, match.start(), frozenset((0,))) and (name.endswith("s") or knows("en", name))
