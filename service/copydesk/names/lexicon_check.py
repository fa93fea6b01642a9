"""Contradictions in lexicons: two entries that claim one form, two people in one entry, forms nobody meant to write.

A later pack wins over an earlier one, so a house that writes another form than the shipped lexicon contradicts nothing:
only files that are checked together are held against each other.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from copydesk.names.keys import keys
from copydesk.names.lexicon import Entry, Placed

_VOWELS = frozenset("aeou")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What is to be said of the entry at `path`; `line` counts from 1."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def contradictions(entries: Iterable[Placed], *, sources: bool = False) -> list[Contradiction]:
    """All that is wrong with `entries`, which are held against each other, in the order of the files.

    With `sources`, an entry that names no source is wrong too.
    """
    placed = list(entries)
    found = [
        Contradiction(one.path, one.line, message)
        for one in placed
        for message in (*_own_faults(one.entry), *(("names no source",) if sources and not one.entry.sources else ()))
    ]
    found += _rival_claims(placed)
    order = {path: at for at, path in enumerate(dict.fromkeys(one.path for one in placed))}
    return sorted(found, key=lambda fault: (order[fault.path], fault.line, fault.message))


def _own_faults(entry: Entry) -> Iterator[str]:
    """What is wrong with an entry for itself."""
    seen = {entry.canonical.casefold()}
    for variant in (*entry.variants, *entry.also):
        if variant.casefold() == entry.canonical.casefold():
            yield f"the variant “{variant}” is the canonical form"
        elif variant.casefold() in seen:
            yield f"the variant “{variant}” stands twice"
        seen.add(variant.casefold())
    for form in entry.names:
        if form != " ".join(form.split()) or any(unicodedata.category(letter) == "Cf" for letter in form):
            yield f"stray spaces or invisible characters in “{form}”"
        if len(scripts := _scripts(form)) > 1:
            yield f"“{form}” mixes {' and '.join(sorted(scripts))} letters"
    if entry.kind == "person" and (pair := _man_and_woman(entry)):
        yield f"“{pair[0]}” and “{pair[1]}” are a man’s and a woman’s name"


def _scripts(form: str) -> set[str]:
    """The scripts of the letters of `form`: the first words of their Unicode names, such as LATIN."""
    return {unicodedata.name(letter, "?").split(" ", 1)[0] for letter in form if letter.isalpha()}


def _man_and_woman(entry: Entry) -> tuple[str, str] | None:
    """A form whose surname ends as a man's does, and one whose surname ends in -a, where an entry has both.

    The end is that of the skeleton key, by which Kalinin and Kalinina, Zelensky and Zelenska stay two people. Names in
    -o are neither: Belarusian writes the unstressed o as a (Tsepkalo, Tsapkala).
    """
    men = [form for form in entry.forms if not _ends(entry.head(form)) & _VOWELS]
    women = [form for form in entry.forms if "a" in _ends(entry.head(form))]
    return (men[0], women[0]) if men and women else None


def _ends(surname: str) -> set[str]:
    """What follows the bar in the keys of `surname`: a vowel, or what stands for the others."""
    return {key.rpartition("|")[2] for key in keys(surname) if not key.startswith("@")}


def _rival_claims(entries: list[Placed]) -> Iterator[Contradiction]:
    """Forms of one kind that two entries claim, told at the later entry."""
    canonicals: dict[tuple[str, str], Placed] = {}
    for one in entries:
        key = (one.entry.kind, one.entry.canonical.casefold())
        if key in canonicals:
            message = f"“{one.entry.canonical}” has another entry at {canonicals[key].place}"
            yield Contradiction(one.path, one.line, message)
        canonicals.setdefault(key, one)
    claims: dict[tuple[str, str], list[tuple[Placed, str]]] = defaultdict(list)
    for one in entries:
        for folded, form in {form.casefold(): form for form in (*one.entry.variants, *one.entry.also)}.items():
            key = (one.entry.kind, folded)
            other = canonicals.get(key)
            if other is not None and other.entry.canonical.casefold() != one.entry.canonical.casefold():
                message = f"“{form}” belongs to “{one.entry.canonical}” here and is the form to write at {other.place}"
                yield Contradiction(one.path, one.line, message)
            claims[key].append((one, form))
    for claimants in claims.values():
        first = claimants[0][0]
        theirs = first.entry.canonical
        for one, form in claimants[1:]:
            if (ours := one.entry.canonical).casefold() != theirs.casefold():  # else told already
                message = f"“{form}” belongs to “{ours}” here and to “{theirs}” at {first.place}"
                yield Contradiction(one.path, one.line, message)


def overruled(house: Iterable[Placed], below: Iterable[Placed]) -> Iterator[Contradiction]:
    """Where entries of `house` write another form than those of the packs `below` them: no fault, but good to know."""
    known = {(one.entry.kind, form.casefold()): one for one in below for form in one.entry.forms}
    for one in house:
        others = (known.get((one.entry.kind, form.casefold())) for form in one.entry.forms)
        for other in {other.place: other for other in others if other is not None}.values():
            if other.entry.canonical.casefold() != one.entry.canonical.casefold():
                message = f"“{one.entry.canonical}” overrules “{other.entry.canonical}” of {other.place}"
                yield Contradiction(one.path, one.line, message)
