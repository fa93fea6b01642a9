"""The labelled names that similarity is measured on, and what counts as one name among them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from benchmarks.corpora import SHARED, AbsentError

Pair = tuple[str, str]
Row = dict[str, str]

# What the transliterations into English do not write: German, Polish, French, Dutch, Turkic graphemes.
_NOT_ENGLISH = re.compile("w|j|q|x|sch|tch|cz|sz|rz|ou|oe")

_CYRILLIC = re.compile("[а-яіїєґў]")


@dataclass(frozen=True, slots=True)
class NameSet:
    """Names, the pairs of them that are one name, and the labelled pairs that are not, with their kind."""

    title: str
    names: tuple[str, ...]
    gold: frozenset[Pair]
    apart: dict[Pair, str]


def pair(a: str, b: str) -> Pair:
    """The pair in one order, without case."""
    a, b = a.casefold(), b.casefold()
    return (a, b) if a <= b else (b, a)


def _table(name: str) -> list[Row]:
    path: Path = SHARED / "data" / "names" / name
    if not path.exists():
        raise AbsentError(f"names/{name} is not here")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def name_sets() -> list[NameSet]:
    """English-looking and all plain Wikidata names, GeoNames places, OFAC surnames."""
    rows = _table("eval_pairs.csv")
    return [
        _set("Wikidata, English-looking", rows, lambda row: row["source"] == "rigour" and _each(row, _is_english)),
        _set("Wikidata, plain letters", rows, lambda row: row["source"] == "rigour" and _each(row, _is_plain)),
        _set("GeoNames places", rows, lambda row: row["source"] == "geo"),
        _set("OFAC surnames", rows, lambda row: row["source"] == "ofac" and row["kind"] in ("surname", "gender")),
    ]


def canonical() -> list[tuple[str, list[list[str]]]]:
    """The forms of each person and of each place of canonical.csv."""
    rows = _table("canonical.csv")
    return [
        (kind, [[row["canonical"], *row["variants"].split("|")] for row in rows if row["kind"] == kind])
        for kind in ("person", "place")
    ]


def origins() -> dict[str, frozenset[str]]:
    """The Russian Cyrillic forms behind each name of Wikidata, Ukrainian ones put into Russian by a table of pairs.

    Names that share one are one name, which Wikidata keeps as a Russian and a Ukrainian item.
    """
    path = SHARED / "data" / "names" / "person_names_dev.txt"
    if not path.exists():
        raise AbsentError("names/person_names_dev.txt is not here")
    russian = {row["uk"].casefold(): row["ru"].casefold() for row in _table("names_translator_legacy_ua2ru.csv")}
    found: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        forms = [form.strip() for form in line.rpartition("=>")[0].split(",")]
        cyrillic = {russian.get(form, form) for form in forms if _CYRILLIC.search(form)}
        for form in forms:
            found[form] |= cyrillic
    return {form: frozenset(cyrillic) for form, cyrillic in found.items()}


def _each(row: Row, test: Callable[[str], bool]) -> bool:
    return test(row["a"]) and test(row["b"])


def _is_plain(name: str) -> bool:
    return name.isascii() and name.isalpha()


def _is_english(name: str) -> bool:
    return _is_plain(name) and _NOT_ENGLISH.search(name) is None


def _set(title: str, rows: Iterable[Row], wanted: Callable[[Row], bool]) -> NameSet:
    chosen = [row for row in rows if wanted(row)]
    positive = [row for row in chosen if row["label"] == "1"]
    names = tuple(sorted({name for row in positive for name in pair(row["a"], row["b"])}))
    gold = _listed(positive) if positive[0]["source"] == "ofac" else _connected(positive)
    apart = {pair(row["a"], row["b"]): row["kind"] for row in chosen if row["label"] == "0"}
    return NameSet(title, names, gold, {two: kind for two, kind in apart.items() if two not in gold})


def _listed(positive: Iterable[Row]) -> frozenset[Pair]:
    """The pairs themselves: an item of OFAC is a person, who may have two surnames (Alexeev, Panyaev)."""
    return frozenset(pair(row["a"], row["b"]) for row in positive)


def _connected(positive: Iterable[Row]) -> frozenset[Pair]:
    """The transitive closure over positive pairs and over the names of one item.

    Items of Wikidata merge a man's and a woman's form: forms in -a and others meet only in a labelled pair.
    """
    links: dict[str, set[str]] = defaultdict(set)
    for row in positive:
        a, b = pair(row["a"], row["b"])
        links[a].add(b)
        links[b].add(a)
        for name in (a, b):
            item = f"{row['id']}#{'a' if name.endswith('a') else ''}"
            links[item].add(name)
            links[name].add(item)
    clusters = _clusters(links)
    return frozenset(pair(*two) for cluster in clusters for two in combinations(sorted(cluster), 2))


def _clusters(links: dict[str, set[str]]) -> list[set[str]]:
    """The names that are linked, over others too; items, which have a `#`, left out."""
    clusters, done = [], set[str]()
    for start in links:
        found, todo = {start}, [start]
        while todo and start not in done:
            fresh = links[todo.pop()] - found
            found |= fresh
            todo.extend(fresh)
        if start not in done:
            clusters.append({name for name in found if "#" not in name})
            done |= found
    return clusters
