"""Names that stand on one side only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext._exonyms import Exonyms, is_named
from copydesk.checkers.bitext._heard import Heard
from copydesk.checkers.bitext._missing_words import english
from copydesk.checkers.bitext._places import places
from copydesk.checkers.bitext._sounds import begins_alike, is_alike, is_near, is_one_word, is_within
from copydesk.checkers.bitext._source_names import LATIN, WIDE, names_of
from copydesk.checkers.bitext._vocabulary import has_capital, is_common, is_proper, knows
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.names.mentions import may_begin
from copydesk.names.words import CALENDAR, FUNCTION_WORDS, TITLES
from copydesk.packs import RuleBook

_WORD = re.compile(r"[\u0900-\u0963\u0970-\u097f]+|[\u30a1-\u30fc]+|[\u3400-\u9fff]+|[^\W\d_\u3040-\u9fff]+")
_CAPITAL = re.compile(r"(?<![\w.@/])(?:[A-Z]\.[A-Z](?=\.)|[^\W\d_a-z][^\W\d_]+)")
# Peoples, faiths and feasts are said in many ways: the Russian church for РПЦ, Jewish for древнееврейский.
_SAID_OTHERWISE = ("ian", "ians", "ish", "ic", "ese", "mas", "cost", "easter")
_SCOTTISH = re.compile(r"(?:Ma?c|O)[A-Z][a-z]+")
_FAR = WIDE | {"hi"}  # scripts in which nothing marks a name
_SHORTEST = 4  # letters; shorter names are alike to too much
_AT_START = frozenset((0,))
_LEFT_A_HOLE = 0.0  # log-odds that a name is missing in the target, from which a doubtful name of the source is missing


class _Name(NamedTuple):
    """A name without its equal, and whether that alone is a fault."""

    span: Span
    is_sure: bool


class NameChecker(PairChecker):
    """Holds the names of both sides against each other by sound, and by lists where the languages differ.

    A name of the target is a capitalised word that English does not have in small letters; one of the source, in
    languages where only names have capitals within a sentence, a word that its language does not have in small
    letters. What begins alike is taken for one name, so a replaced name can hide behind a likeness. A name of the
    source that may be none is told where the target has a hole, or a name too many.
    """

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._missing, self._added, self._replaced = (
            rules[f"any/bitext/name-{fault}"] for fault in ("missing", "added", "replaced")
        )

    def check(self, pair: Pair) -> Iterator[Remark]:
        """At most one finding: the name that was replaced, or else the one missing or added."""
        if not pair.target.language.startswith("en"):
            return
        added, lost = _surest(_full(_extra(pair))), _surest(_lost(pair))
        source, target = pair.source.text, pair.target.text
        if added and lost and _are_one(added, lost, pair):
            wanted = lost.span.of(source)
            yield self._replaced.pair_finding(added.span, lost.span, added.span.of(target), wanted=wanted)
        elif added and added.is_sure:
            yield self._added.pair_finding(added.span, None, added.span.of(target))
        elif lost:
            hole = english().likeliest(target, _LEFT_A_HOLE)
            if hole or lost.is_sure:
                end = len(target.rstrip())
                place = Span(hole.start, hole.end) if hole else Span(end, end)
                yield self._missing.pair_finding(place, lost.span, lost.span.of(source))


def _are_one(added: _Name, lost: _Name, pair: Pair) -> bool:
    """Whether the one may stand in the place of the other: of doubtful ones, both are abbreviations, or none is."""
    if added.is_sure or lost.is_sure:
        return True
    is_short = added.span.of(pair.target.text).isupper()
    return is_short == lost.span.of(pair.source.text).isupper() and pair.source.language.split("-", 1)[0] not in _FAR


def _surest(names: Iterable[_Name]) -> _Name | None:
    """The first name that is sure, else the first."""
    found = list(names)
    return next((name for name in found if name.is_sure), found[0] if found else None)


def _full(names: Iterable[_Name]) -> Iterator[_Name]:
    """`names`, sure where two stand side by side: one may be like a word of the source by chance, Barack Obama not."""
    found = list(names)
    for name, after in zip_longest(found, found[1:]):
        yield _Name(name.span, name.is_sure or (after is not None and after.span.start - name.span.end == 1))


def _extra(pair: Pair) -> Iterator[_Name]:
    """The names of the target that no word of the source sounds like or stands for."""
    text, language = pair.target.text, pair.source.language.split("-", 1)[0]
    listed = places(pair.source.language)
    source: Heard | None = None
    before = -2  # the end of the last name that the source has: its neighbour is a part of it
    for match in _CAPITAL.finditer(text):
        name = match[0]
        if not name[0].isupper():
            continue
        known = listed.of_english(name) if has_capital("en", name) or not is_common("en", name) else []
        if not known and not _is_name(name):
            continue
        source = source or Heard(pair.source.text, language)
        if source.has(name, known):
            before = match.end() if len(name) >= _SHORTEST else before
        elif (
            (len(name) >= _SHORTEST or known or name.isupper())
            and (_is_titled(name) or known or name.isupper())
            and not _is_sentence_word(name, text, match)
            and not name.endswith(_SAID_OTHERWISE)
            and match.start() - before != 1
            and not _begins_known_name(text, match.end(), source, listed)
        ):
            is_sure = language in _FAR or not source.has_like(name)
            yield _Name(Span(*match.span()), is_sure and (bool(known) or not name.isupper()))


def _lost(pair: Pair) -> Iterator[_Name]:
    """The names of the source that no word of the target sounds like or stands for.

    A word of the target in small letters must be nearly the same (сенат, senate), unless nothing marks names.
    """
    language = pair.source.language.split("-", 1)[0]
    source, target = pair.source.text, pair.target.text
    listed = places(pair.source.language)
    words: list[str] = []
    small: frozenset[str] = frozenset()
    for span, is_sure in names_of(pair.source, listed):
        name = span.of(source)
        if not words:
            words = _WORD.findall(target)
            small = frozenset(word.lower() for word in words)
        known = listed.of_other(name)
        if _is_said(name, language, words, bool(known)):
            continue
        if language in WIDE and not known and not name.isascii() and is_within(name, target):
            continue
        if name.isupper() and name.lower() in "".join(word[0].lower() for word in words):
            continue  # VIN, the vehicle identification number
        if not any(is_named(entry, small, target.lower()) for entry in known):
            yield _Name(span, is_sure or (name.isupper() and _has_no_more_names(pair)))


def _is_said(name: str, language: str, words: Sequence[str], is_listed: bool) -> bool:
    """Whether one of the target's `words` sounds like `name`: English writes a place's name with a capital."""
    if name.isupper() and len(name) > 1:
        return any(begins_alike(name, word) for word in words)
    if language in LATIN or name.isascii():
        return any(is_near(name, word) if word[0].isupper() else is_one_word(name, word) for word in words)
    if is_listed:
        return any(word[0].isupper() and is_alike(name, word) for word in words)
    if language in _FAR:
        return any(is_alike(name, word) for word in words)
    return any(is_alike(name, word) if word[0].isupper() else is_one_word(name, word) for word in words)


def _has_no_more_names(pair: Pair) -> bool:
    """Whether the source has each capital within a sentence of the target, so that none translates an abbreviation."""
    source, target = pair.source.text, pair.target.text
    heard, listed = Heard(source, pair.source.language.split("-", 1)[0]), places(pair.source.language)
    before = -2  # the end of the last name that the source has: its neighbour is a part of it
    for match in _CAPITAL.finditer(target):
        word = match[0]
        if word.lower() in CALENDAR or may_begin(target, match.start(), _AT_START):
            continue
        if word in source or match.start() - before == 1 or heard.has(word, listed.of_english(word)):
            before = match.end()
        else:
            return False
    return True


def _begins_known_name(text: str, end: int, source: Heard, listed: Exonyms) -> bool:
    """Whether the next word is a name that the source has: Vladimir Putin, where it has Putin alone."""
    after = _CAPITAL.match(text, end + 1)
    if after is None or not after[0][0].isupper() or len(after[0]) < _SHORTEST:
        return False
    return source.has(after[0], listed.of_english(after[0]))


def _is_titled(name: str) -> bool:
    """Whether `name` has a capital like a person's: Anna, McDonald."""
    return name.istitle() or _SCOTTISH.fullmatch(name) is not None


def _is_name(word: str) -> bool:
    """Whether English writes `word` with a capital only, and it is no weekday, month or title."""
    small = word.lower()
    if small in FUNCTION_WORDS or small in TITLES or small in CALENDAR:
        return False
    return not is_common("en", word)


def _is_sentence_word(name: str, text: str, match: re.Match[str]) -> bool:
    """Whether the capital may be the sentence's, or the word an abbreviation: Parishioners …, Sept."""
    if text.startswith(".", match.end()) and len(name) <= _SHORTEST and "." not in name:
        return True
    if is_proper("en", name) or not may_begin(text, match.start(), _AT_START):
        return False
    return name.endswith("s") or knows("en", name)
