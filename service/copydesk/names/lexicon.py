"""The lexicon: which form of a name to write. YAML packs that stack; the later pack wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from copydesk.errors import RuleError
from copydesk.names.familyfirst import is_family_first
from copydesk.packs.loader import read_lists, shipped_rules


class Entry(BaseModel):
    """One person or place: the form to write and the other forms by which it goes.

    Kind `given` lists the forms of a given name in several languages; it tells that two mentions may be one person
    and is no reason to change anything. `exceptions` are phrases in which a variant is right (chicken Kiev). `also` are
    names of the same person or place in another language or at another time (Lemberg, Artemivsk): known to be one with
    the others, and right where a text uses them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    canonical: str = Field(min_length=2)
    variants: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    kind: str = Field(default="person", pattern="^(person|place|organisation|adjective|given)$")
    note: str = ""
    since: str = ""
    sources: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The canonical form and the variants."""
        return (self.canonical, *self.variants)

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is known by: the forms, and the names of other languages and times."""
        return (*self.forms, *self.also)

    def head(self, form: str) -> str:
        """What of `form` stands for it alone: a person's surname, and the whole of anything else and of Kim Jong Un."""
        if self.kind != "person" or is_family_first(form.split(" ")):
            return form
        return form.rsplit(" ", 1)[-1]


class Lexicon:
    """Entries by each of their forms, compared without case.

    `house` are the entries that a request or a newsroom put on top: for them a variant is a fault also where the
    text is consistent.
    """

    def __init__(self, entries: Iterable[Entry] = (), house: Iterable[Entry] = ()) -> None:
        self.house = tuple(house)
        self.entries = (*entries, *self.house)
        self._names = {name.casefold(): entry for entry in self.entries for name in entry.also} | _by_form(self.entries)
        self._house = _by_form(self.house)
        others = [entry for entry in self.entries if entry.kind != "given"]
        self._heads = _by_head((entry, entry.forms) for entry in others)
        self._also = _by_head((entry, entry.also) for entry in others)
        self._given = {
            form.casefold(): entry for entry in self.entries if entry.kind == "given" for form in entry.forms
        }

    def find(self, form: str) -> Entry | None:
        """The entry that has `form` as its canonical form or a variant, else the one that also goes by it."""
        return self._names.get(form.casefold())

    def find_house(self, form: str) -> Entry | None:
        """The house entry that has `form`, if any."""
        return self._house.get(form.casefold())

    def by_word(self, word: str) -> tuple[Entry, ...]:
        """The entries that `word` can stand for: a surname alone, a place. The later on top, that is last."""
        return self._heads.get(word.casefold(), ())

    def also_by_word(self, word: str) -> tuple[Entry, ...]:
        """The entries that go by `word` in another language or at another time, unless it is a form of some entry."""
        folded = word.casefold()
        return () if folded in self._heads else self._also.get(folded, ())

    def known_by_word(self, word: str) -> tuple[Entry, ...]:
        """The entries that `word` can stand for in any language and at any time."""
        folded = word.casefold()
        return self._heads.get(folded) or self._also.get(folded, ())

    def given(self, word: str) -> Entry | None:
        """The given name of which `word` is one language's form."""
        return self._given.get(word.casefold())

    def stacked(self, entries: Iterable[Entry]) -> Lexicon:
        """This lexicon with `entries` on top, as house forms: they win where both know a form."""
        shipped = self.entries[: len(self.entries) - len(self.house)]
        return Lexicon(shipped, (*self.house, *entries))


def _by_form(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {form.casefold(): entry for entry in entries for form in entry.forms}


def _by_head(named: Iterable[tuple[Entry, tuple[str, ...]]]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry, names in named:
        for word in {entry.head(name).casefold() for name in names}:
            found[word] = (*found.get(word, ()), entry)
    return found


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and where it stands; `line` counts from 1."""

    entry: Entry
    path: Path
    line: int

    @property
    def place(self) -> str:
        """`file:line`."""
        return f"{self.path}:{self.line}"


def read_entries(paths: Iterable[Path]) -> Iterator[Placed]:
    """The entries of every YAML file at `paths` (files, or folders of `*.yaml`), in the order in which they stack.

    Raises RuleError with file and line: no such file, not YAML, not a list, a key or value that is not allowed.
    """
    for path in paths:
        files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        try:
            read = read_lists(Entry, files, "a lexicon is a list of entries")
        except OSError as error:
            named = str(error.filename or path)
            raise RuleError(error.strerror or type(error).__name__, path=named, line=1) from None
        yield from (Placed(*one) for one in read)


def load_lexicon(paths: Iterable[Path]) -> Lexicon:
    """The entries of every YAML file at `paths`, later ones on top. Raises RuleError with file and line."""
    return Lexicon(placed.entry for placed in read_entries(paths))


def shipped_lexicon() -> Lexicon:
    """The lexicon that ships with copydesk."""
    return load_lexicon([shipped_rules() / "lexicon"])
