"""The names of a whole repository: how often each spelling is used, in how many texts, after which given names.

Only counts are kept, never mentions, so the memory grows with the number of different spellings and not with the
number of texts. Nothing depends on the order of the texts.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from copydesk.model import Document
from copydesk.names.familyfirst import whole_name
from copydesk.names.lexicon import Lexicon
from copydesk.names.mentions import Word, mentions_of
from copydesk.names.words import ALL_NOUNS_CAPITAL, CALENDAR, GENERIC, UNINFLECTED

COMPARABLE = UNINFLECTED - ALL_NOUNS_CAPITAL  # languages in which two forms of a name are two spellings
MOST_FILES = 10  # files of a spelling that are named: the first by name, whatever the order of reading
_SHORTEST, _LONGEST = 4, 40  # letters, as in the review of one text
_ACRONYM = 5  # letters; a longer word in capitals is a name in a headline


class Named(NamedTuple):
    """One mention: the surname or place, and the name word before it (a given name, mostly) or an empty string.

    `weak`: the capital may be the sentence's or the headline's.
    """

    text: str
    given: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling in the whole corpus, case apart.

    `count` is in mentions, `files` in texts, `first_files` are the first by name of them, `given` the name words
    before it with their counts, the most frequent first.
    """

    text: str
    count: int
    files: int
    first_files: tuple[str, ...]
    given: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class _Tally:
    count: int = 0
    strong: bool = False
    files: int = 0
    first_files: list[str] = field(default_factory=list)
    given: dict[str, int] | None = None  # most spellings never stand after a given name; a dict each costs 64 bytes


class Corpus:
    """Counts the mentions of one text after the other. All in one language: Kyiv, Kiew and Kijów are each right."""

    def __init__(self) -> None:
        self.texts = 0
        self.mentions = 0
        self._tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
        self._written: defaultdict[str, int] = defaultdict(int)

    def add(self, source: str, mentions: Iterable[Named]) -> None:
        """Counts the mentions of one text. `source` is its name and must be its own."""
        self.texts += 1
        here: set[str] = set()
        for text, given, weak in mentions:
            self.mentions += 1
            self._written[text] += 1
            key = text.casefold()
            tally = self._tallies[key]
            tally.count += 1
            tally.strong |= not weak
            if given:
                if tally.given is None:
                    tally.given = {}
                tally.given[given] = tally.given.get(given, 0) + 1
            here.add(key)
        for key in here:
            tally = self._tallies[key]
            tally.files += 1
            _keep_first(tally.first_files, source)

    def spellings(self) -> list[Spelling]:
        """Every spelling that is certain to be a name somewhere, the most frequent first, equals by the alphabet.

        A word whose every capital could be the sentence's or the headline's is none.
        """
        written: dict[str, str] = {}
        for text in sorted(self._written, key=self._preference):
            written.setdefault(text.casefold(), text)
        found = [_spelling(written[key], tally) for key, tally in self._tallies.items() if tally.strong]
        return sorted(found, key=lambda spelling: (-spelling.count, spelling.text))

    def _preference(self, text: str) -> tuple[bool, int, str]:
        """Capitals of headlines last; then the way of writing that is used most."""
        return text.isupper(), -self._written[text], text


def named_in(document: Document, lexicon: Lexicon) -> Iterator[Named]:
    """The people and places that `document` names, by the last word of each run of name words.

    Two words that are one place of the lexicon (Kryvyi Rih) count as one, and so does a whole name that has its family
    name first (Kim Jong-un). What follows the name of a body (Kalinouski Regiment) is no part of it. In a headline,
    where a run is the whole line, each word counts by itself. Words of fewer than four letters, acronyms, weekdays and
    months are left out. Linear in the text.
    """
    for mention in mentions_of(document):
        words = list(mention.words)
        if len(words) > 1 and all(word.weak for word in words):
            yield from (Named(word.text, "", weak=True) for word in words if _is_counted(word))
            continue
        while len(words) > 1 and words[-1].text.lower() in GENERIC:
            words.pop()
        if len(words) > 1 and (whole := whole_name(document.text, mention.words)) is not None:
            yield Named(whole.text, "", whole.weak)
            continue
        head = words.pop()
        if words and lexicon.known_by_word(both := f"{words[-1].text} {head.text}"):
            head = Word(both, words.pop().start, head.weak, head.possessive)
        if _is_counted(head):
            before = next((word.text for word in reversed(words) if not word.is_initial), "")
            yield Named(head.text, before if before.istitle() else "", head.weak)


def _is_counted(word: Word) -> bool:
    text = word.text
    acronym = len(text) <= _ACRONYM and text.isupper()
    long = _SHORTEST <= len(text) <= _LONGEST
    return long and not acronym and not word.is_initial and text.lower() not in CALENDAR


def _keep_first(files: list[str], source: str) -> None:
    """Puts `source` into the sorted list, unless as many stand before it as are kept."""
    if len(files) < MOST_FILES:
        insort(files, source)
    elif source < files[-1]:
        files.pop()
        insort(files, source)


def _spelling(text: str, tally: _Tally) -> Spelling:
    given = sorted((tally.given or {}).items(), key=lambda item: (-item[1], item[0]))
    return Spelling(text, tally.count, tally.files, tuple(tally.first_files), tuple(given))
