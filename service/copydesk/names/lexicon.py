"""The lexicon: which form of a name to write. YAML packs that stack; the later pack wins."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from copydesk.packs.loader import read_yaml, shipped_rules, validate


class Entry(BaseModel):
    """One person or place: the form to write and the other forms by which it goes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    canonical: str = Field(min_length=2)
    variants: tuple[str, ...] = ()
    kind: str = Field(default="person", pattern="^(person|place|organisation)$")
    note: str = ""
    since: str = ""
    sources: tuple[str, ...] = ()


class Lexicon:
    """Entries by each of their forms, compared without case."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entries)
        self._forms = {
            form.casefold(): entry for entry in self.entries for form in (entry.canonical, *entry.variants)
        }

    def find(self, form: str) -> Entry | None:
        """The entry that has `form` as its canonical form or a variant."""
        return self._forms.get(form.casefold())

    def stacked(self, entries: Iterable[Entry]) -> Lexicon:
        """This lexicon with `entries` on top: they win where both know a form."""
        return Lexicon((*self.entries, *entries))


def load_lexicon(paths: Iterable[Path]) -> Lexicon:
    """The entries of every YAML file at `paths` (files, or folders of `*.yaml`), later ones on top.

    Raises RuleError with file and line.
    """
    entries: list[Entry] = []
    for path in paths:
        for file in sorted(path.rglob("*.yaml")) if path.is_dir() else [path]:
            rows, lines = read_yaml(file)
            entries += [validate(Entry, row, file, lines, (i,)) for i, row in enumerate(rows)]
    return Lexicon(entries)


def shipped_lexicon() -> Lexicon:
    """The lexicon that ships with copydesk."""
    return load_lexicon([shipped_rules() / "lexicon"])
