"""Names that stand on one side only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext._exonyms import exonyms, stands_for
from copydesk.checkers.bitext._sounds import is_alike, is_heard_in
from copydesk.checkers.bitext._vocabulary import has_dictionary, is_common, knows
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.names.mentions import may_begin
from copydesk.names.words import CALENDAR, FUNCTION_WORDS, TITLES
from copydesk.packs import RuleBook

_DEVANAGARI = "\u0900-\u097f"
_WORD = re.compile(rf"[{_DEVANAGARI}]+|[\u30a1-\u30fc]+|[\u3400-\u9fff]+|[^\W\d_]+")
_CAPITAL = re.compile(r"(?<![\w.@/])[^\W\d_a-z][^\W\d_]+")
_CASED = frozenset(
    ["ru", "uk", "be", "bg", "sr", "mk", "pl", "cs", "sk", "fr", "es", "it", "pt", "nl", "ro", "hr", "sl", "en"]
)  # a capital within a sentence: a name
_WIDE = frozenset(["zh", "ja"])
# Peoples, faiths and feasts are said in many ways: the Russian church for РПЦ, Jewish for древнееврейский.
_SAID_OTHERWISE = ("ian", "ians", "ish", "ic", "ese", "mas", "cost", "easter")
# Slavic adjectives with a capital are parts of longer names, of which the translation has the meaning.
_ADJECTIVE = re.compile(r"(?:[ыио]й|[ое](?:го|му|м)|ая|ую|ые|ых|ым|их|им|[ei]go|emu|ych|ich|ą|ého|ém|ých)$")
_SHORTEST = 4  # letters; shorter names are alike to too much


class NameChecker(PairChecker):
    """Holds the names of both sides against each other by sound, and by a list where the languages differ.

    A name of the target is a capitalised word that English does not have in small letters; one of the source, in
    languages where only names have capitals within a sentence, a word that its language does not have in small
    letters. What begins alike is taken for one name, so a replaced name can hide behind a likeness.
    """

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._missing, self._added, self._replaced = (
            rules[f"any/bitext/name-{fault}"] for fault in ("missing", "added", "replaced")
        )
        self._exonyms = exonyms()

    def check(self, pair: Pair) -> Iterator[Remark]:
        """One finding for each name that stands on one side only; one of either kind make a replaced name."""
        if not pair.target.language.startswith("en"):
            return
        added, missing = list(self._extra(pair)), list(self._lost(pair))
        source, target = pair.source.text, pair.target.text
        for span, place in zip_longest(added[:1], missing[:1]):
            if span is not None and place is not None:
                yield self._replaced.pair_finding(span, place, span.of(target), wanted=place.of(source))
            elif span is not None:
                yield self._added.pair_finding(span, None, span.of(target))
            elif place is not None:
                end = len(target.rstrip())
                yield self._missing.pair_finding(Span(end, end), place, place.of(source))

    def _extra(self, pair: Pair) -> Iterator[Span]:
        """The names of the target that no word of the source sounds like or stands for."""
        source, text = pair.source.text, pair.target.text
        words: frozenset[str] | None = None
        before = -2  # the end of the last name that the source has: its neighbour is a part of it
        for match in _CAPITAL.finditer(text):
            name = match[0]
            if not name[0].isupper():
                continue
            known = self._exonyms.of_english(name)
            if not known and not _is_name(name):
                continue
            if words is None:
                words = frozenset(word.lower() for word in _WORD.findall(source))
            low = source.lower()
            if any(stands_for(entry, words, low) for entry in known) or _is_heard(name, words, pair):
                before = match.end()
            elif (
                len(name) >= _SHORTEST
                and name.istitle()
                and not _is_sentence_word(name, text, match)
                and not name.endswith(_SAID_OTHERWISE)
                and match.start() - before != 1
                and not self._begins_known_name(text, match.end(), words, pair)
            ):
                yield Span(*match.span())

    def _begins_known_name(self, text: str, end: int, words: frozenset[str], pair: Pair) -> bool:
        """Whether the next word is a name that the source has: Vladimir Putin, where it has Putin alone."""
        after = _CAPITAL.match(text, end + 1)
        return after is not None and after[0][0].isupper() and _is_heard(after[0], words, pair)

    def _lost(self, pair: Pair) -> Iterator[Span]:
        """The names of the source that no word of the target sounds like or stands for."""
        language = pair.source.language.split("-", 1)[0]
        if language not in _CASED or not has_dictionary(language):
            return
        source, target = pair.source, pair.target.text
        words: list[str] = []
        for match in _CAPITAL.finditer(source.text):
            name = match[0]
            if len(name) < _SHORTEST or not name.istitle() or may_begin(source.text, match.start(), frozenset((0,))):
                continue
            known = self._exonyms.of_other(name)
            if _ADJECTIVE.search(name) or (not known and is_common(language, name)):
                continue
            if source.text.startswith("-", match.end()):  # Санкт-Петербург, Римско-
                continue
            words = words or _WORD.findall(target)
            if any(is_alike(name, word) for word in words):
                continue
            low = [word.lower() for word in words]
            if not any(word.startswith(form) for entry in known for form in entry.english for word in low):
                yield Span(*match.span())


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


def _is_heard(name: str, words: frozenset[str], pair: Pair) -> bool:
    if any(is_alike(name, word) for word in words):
        return True
    return pair.source.language.split("-", 1)[0] in _WIDE and is_heard_in(name, pair.source.text)
