"""Similarity of names beside the libraries that compare names: each name with all others of its set."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from rapidfuzz import fuzz

from benchmarks.names.data import NameSet, Pair, canonical, name_sets, origins, pair
from benchmarks.names.peers import SCORERS, alike, best_threshold, logic_v2, phonetic_codes
from benchmarks.tables import Table, number
from copydesk.names import keys, same_name, similarity
from copydesk.names.lexicon import Lexicon, shipped_lexicon

_MOST_IN_BUCKET = 1000
_LOGIC_SAME = 0.7  # logic-v2's own threshold
_LOGIC_ALIKE = 70  # per cent: pairs below in rapidfuzz's ratio are not put to logic-v2, which takes 1 to 5 ms a pair
_HOW = """Each name of a set with all others; one name is what the positive pairs and the items of the data connect
(a woman's form in -a only with others in -a; of OFAC, whose items are people with several surnames, the listed pairs
alone). The labelled negative pairs, chosen to be near, are put to each method as well and counted in the last column,
so that F1 is of names as they come. English-looking: both names as the transliterations into English write,
in plain ASCII letters without `w j q x sch tch cz sz rz ou oe`; plain letters: ASCII, of any language.
Thresholds of peers are the best on this very data, and a score counts from 60 per cent on. logic-v2 judged only the
pairs whose ratio is at least 70 and the labelled ones. The row “copydesk” is without any lexicon. The lexicon that
ships shares a source with each set (its people and given names with Wikidata's name items by way of rigour 2.6.1, its
places with GeoNames, some forms with OFAC), so that its row is its reach and no measure of the method. logic-v2 looks
names up in those same Wikidata items, which rigour brings: on the two sets from Wikidata it was asked what it has by
heart. Wikidata keeps the Russian, Ukrainian and Belarusian surname as separate items, so that Gerasimenko and
Herasymenko count as a false pair, though they are one name; the row “joined” leaves out false pairs that share a
Cyrillic form by Wikidata's full items and by names-translator's pairs of Ukrainian and Russian."""
_HOW_LEXICON = """All forms of canonical.csv with all others of their kind. The list is one of the lexicon's sources,
named `own` there: the rows without a lexicon are the measure of the method, those with the entries that other sources
alone vouch for are what the lexicon adds, and those with all of it are its reach."""


def names() -> Table:
    """F1, precision and recall of copydesk and of its peers."""
    rows: list[tuple[str, ...]] = [("set", "method", "F1", "precision", "recall", "negative pairs merged")]
    for data in name_sets():
        size = f"{data.title} ({len(data.names):,} names, {len(data.gold):,} pairs)"
        rows += [(size, *row) for row in _rows(data)]
        if data.title.startswith("Wikidata"):
            rows.append((size, *_joined(data)))
    return Table("Names: one or two", _HOW, rows)


def names_canonical() -> Table:
    """People and places whose forms an editor knows, without and with the shipped lexicon."""
    rows = [("kind", "lexicon", "F1", "precision", "recall")]
    shipped = shipped_lexicon()
    for kind, entries in canonical():
        for title, lexicon in (
            ("off", None),
            ("shipped, without rows from this list", _unlisted()),
            ("shipped", shipped),
        ):
            gold, found, right = _judge(entries, lexicon)
            rows.append((kind, title, *_scores(found, right, gold)))
    return Table("Names: people and places by their known forms", _HOW_LEXICON, rows)


def names_speed() -> Table:
    """Comparisons a second on one core, keys warm, each pair for the first time."""
    data = name_sets()[1]
    draw = random.Random(4)  # noqa: S311 - a sample, no secret
    strangers = [(draw.choice(data.names), draw.choice(data.names)) for _ in range(200_000)]
    near = [*data.gold, *data.apart]
    for word in {word for two in (*strangers, *near) for word in two}:
        same_name(word, word)
    rows = [("method", "random pairs a second", "near pairs a second")]
    for title, compare in (("same_name", same_name), ("similarity", similarity), ("rapidfuzz ratio", fuzz.ratio)):
        rows.append((title, number(_rate(compare, strangers), 0), number(_rate(compare, near), 0)))
    how = f"Plain Wikidata names: 200,000 random pairs, {len(near):,} pairs of one name or labelled as nearly one."
    return Table("Names: speed", how, rows)


def _rate(compare: Callable[[str, str], object], pairs: list[Pair]) -> float:
    begun = time.perf_counter()
    for a, b in pairs:
        compare(a, b)
    return len(pairs) / (time.perf_counter() - begun)


def _rows(data: NameSet) -> Iterator[tuple[str, ...]]:
    yield _row("copydesk", _found(data, keys, same_name), data)
    yield _row("copydesk, shipped lexicon", _found_with(shipped_lexicon(), data), data)
    for scorer in SCORERS:
        title, found, right = best_threshold(scorer, data)
        yield (title, *_scores(found, right, len(data.gold)), "")
    for title, codes in phonetic_codes():
        if codes is None:
            yield (title, "absent", "", "", "")
            continue
        coded = {name: codes(name) for name in (*data.names, *(name for two in data.apart for name in two))}
        yield _row(title, _found(data, coded.__getitem__, _sharing(coded)), data)
    score = logic_v2()
    if score is None:
        yield ("nomenklatura logic-v2", "absent", "", "", "")
    else:
        judged = {*alike(data, _LOGIC_ALIKE), *data.gold, *data.apart}
        same = {two for two in judged if score(two) >= _LOGIC_SAME}
        yield _row("nomenklatura logic-v2", same, data)


def _joined(data: NameSet) -> tuple[str, ...]:
    """copydesk's row, without the pairs taken as one that share a Cyrillic form, so that they are no fault."""
    origin = origins()
    nothing = frozenset[str]()
    found = _found(data, keys, same_name)
    shared = {(a, b) for a, b in found - data.gold if origin.get(a, nothing) & origin.get(b, nothing)}
    return _row("copydesk, items of one Cyrillic form joined", found - shared, data)


def _sharing(codes: dict[str, frozenset[str]]) -> Callable[[str, str], bool]:
    return lambda a, b: not codes[a].isdisjoint(codes[b])


def _found(data: NameSet, keys_of: Callable[[str], Iterable[str]], same: Callable[[str, str], bool]) -> set[Pair]:
    """The pairs that a method takes as one name; candidates share a key."""
    buckets: dict[str, list[str]] = defaultdict(list)
    for name in data.names:
        for key in keys_of(name):
            buckets[key].append(name)
    candidates = set(data.apart)
    for bucket in buckets.values():
        candidates.update(pair(a, b) for a, b in combinations(bucket[:_MOST_IN_BUCKET], 2))
    return {two for two in candidates if same(*two)}


def _found_with(lexicon: Lexicon, data: NameSet) -> set[Pair]:
    """The same with a lexicon: candidates share a key or an entry."""

    def keys_of(name: str) -> Iterator[str]:
        entry = lexicon.find(name)
        yield from (key for form in (entry.names if entry else (name,)) for key in keys(form))
        if entry is not None:
            yield f"={entry.canonical}"

    return _found(data, keys_of, lambda a, b: same_name(a, b, lexicon))


def _row(title: str, found: set[Pair], data: NameSet) -> tuple[str, ...]:
    merged = Counter(kind for two, kind in data.apart.items() if two in found)
    known = frozenset(data.names)
    found = {two for two in found if known.issuperset(two)}
    kinds = {kind: sum(other == kind for other in data.apart.values()) for kind in data.apart.values()}
    told = ", ".join(f"{kind} {merged[kind]} of {count}" for kind, count in sorted(kinds.items()))
    return (title, *_scores(len(found), len(found & data.gold), len(data.gold)), told)


def _scores(found: int, right: int, gold: int) -> tuple[str, str, str]:
    return number(2 * right / (found + gold), 3), number(right / max(found, 1), 3), number(right / gold, 3)


def _unlisted() -> Lexicon:
    """The shipped lexicon without the entries that name canonical.csv, the editors' own list, among their sources."""
    return Lexicon(entry for entry in shipped_lexicon().entries if "own" not in entry.sources)


def _judge(entries: list[list[str]], lexicon: Lexicon | None) -> tuple[int, int, int]:
    """Pairs of forms that belong together, pairs found, pairs rightly found."""
    owned = [(form, i) for i, forms in enumerate(entries) for form in forms]
    gold = found = right = 0
    for (a, i), (b, j) in combinations(owned, 2):
        gold += i == j
        if same_name(a, b, lexicon):
            found += 1
            right += i == j
    return gold, found, right
