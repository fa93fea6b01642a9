"""Names that two languages have different words for: Германия and Germany, 日本 and Japan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, partial

from pydantic import BaseModel, ConfigDict

from copydesk.model import Span
from copydesk.packs.loader import read_yaml, shipped_rules, validate

_REMEMBERED = 16384  # words, by list and side
_WHOLE = 2  # letters of an entry that must be the whole word: us, ue, рф
_WIDE = "\u3040"  # from here on, letters of scripts without spaces


class Exonym(BaseModel):
    """The beginnings of one place's or people's words, in English and elsewhere; an abbreviation's are `whole`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    english: tuple[str, ...]
    others: tuple[str, ...]
    whole: bool = False


class Exonyms:
    """The list, looked up from both sides."""

    def __init__(self, entries: Iterable[Exonym]) -> None:
        self._english: dict[str, list[Exonym]] = {}
        self._others: dict[str, list[Exonym]] = {}
        self._of_english = lru_cache(maxsize=_REMEMBERED)(partial(_by_beginning, self._english))
        self._of_other = lru_cache(maxsize=_REMEMBERED)(partial(_by_beginning, self._others))
        for entry in entries:
            for table, words in ((self._english, entry.english), (self._others, entry.others)):
                for word in words:
                    table.setdefault(word, []).append(entry)
        self._wide: dict[str, list[str]] = {}
        for form in sorted(self._others, key=len, reverse=True):
            if form[0] >= _WIDE and len(form) > 1:
                self._wide.setdefault(form[0], []).append(form)

    def of_english(self, word: str) -> list[Exonym]:
        """The entries that an English word belongs to."""
        return self._of_english(word.lower())

    def within(self, text: str) -> Iterator[tuple[Span, list[Exonym]]]:
        """The names in a text without spaces, the longest at each place, of two letters and more."""
        at = 0
        while at < len(text):
            form = next((form for form in self._wide.get(text[at], ()) if text.startswith(form, at)), None)
            if form is not None:
                yield Span(at, at + len(form)), self._others[form]
            at += 1 if form is None else len(form)

    def of_other(self, word: str) -> list[Exonym]:
        """The entries that a word of another language belongs to."""
        return self._of_other(word.lower())


def stands_for(entry: Exonym, words: frozenset[str], text: str) -> bool:
    """Whether another language's `words` (small), or `text` where it has no spaces, have the name of `entry`."""
    return any(form in text if form[0] >= _WIDE else _is_in(form, entry, words) for form in entry.others)


def is_named(entry: Exonym, words: frozenset[str], text: str) -> bool:
    """Whether one of the English `words` (small) is of `entry`, or `text` (small) has its abbreviation: u.s."""
    return any(form in text if "." in form else _is_in(form, entry, words) for form in entry.english)


def _is_in(form: str, entry: Exonym, words: frozenset[str]) -> bool:
    if entry.whole or len(form) <= _WHOLE:
        return form in words
    return any(word.startswith(form) for word in words)


def _by_beginning(table: dict[str, list[Exonym]], word: str) -> list[Exonym]:
    found = list(table.get(word, ()))
    for end in range(len(word) - 1, _WHOLE, -1):
        found += (entry for entry in table.get(word[:end], ()) if not entry.whole)
    return found


@cache
def shipped_exonyms() -> tuple[Exonym, ...]:
    """The shipped list. Raises RuleError for a faulty one."""
    path = shipped_rules() / "bitext" / "data" / "exonyms.yaml"
    entries, lines = read_yaml(path)
    return tuple(validate(Exonym, entry, path, lines, (index,)) for index, entry in enumerate(entries))
