"""Other libraries that compare names. Those that are not installed are absent from the table, which says so."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from benchmarks.names.data import NameSet, Pair, pair

Codes = Callable[[str], frozenset[str]]
_LOWEST = 60  # per cent; no scorer has its best threshold below

SCORERS: dict[str, tuple[Any, int]] = {  # and by what to multiply for per cent
    "rapidfuzz ratio": (fuzz.ratio, 1),
    "rapidfuzz WRatio": (fuzz.WRatio, 1),
    "Jaro-Winkler": (JaroWinkler.similarity, 100),
}


def best_threshold(name: str, data: NameSet) -> tuple[str, int, int]:
    """`name` with the threshold that is best on this very data, how many pairs it takes as one, how many rightly."""
    taken: Counter[int] = Counter()
    right: Counter[int] = Counter()
    scorer, factor = SCORERS[name]
    for i, a in enumerate(data.names):
        later = data.names[i + 1 :]
        for b, score, _ in process.extract(a, later, scorer=scorer, limit=None, score_cutoff=_LOWEST / factor):
            taken[int(score * factor)] += 1
            right[int(score * factor)] += pair(a, b) in data.gold
    options = []
    for threshold in range(_LOWEST, 101):
        found = sum(count for score, count in taken.items() if score >= threshold)
        good = sum(count for score, count in right.items() if score >= threshold)
        options.append((2 * good / (found + len(data.gold)), f"{name} ≥ {threshold}", found, good))
    _, title, found, good = max(options)
    return title, found, good


def alike(data: NameSet, least: int) -> set[Pair]:
    """All pairs of names whose rapidfuzz ratio is at least `least` per cent."""
    found: set[Pair] = set()
    for i, a in enumerate(data.names):
        later = data.names[i + 1 :]
        near = process.extract(a, later, scorer=fuzz.ratio, limit=None, score_cutoff=least)
        found.update(pair(a, b) for b, _, _ in near)
    return found


def phonetic_codes() -> Iterable[tuple[str, Codes | None]]:
    """Double Metaphone and Beider-Morse (generic, approximate, any language): None where not installed."""
    yield "Double Metaphone", _double_metaphone()
    yield "Beider-Morse", _beider_morse()


def _module(name: str) -> Any | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _double_metaphone() -> Codes | None:
    module = _module("metaphone")
    return module and (lambda name: frozenset(filter(None, module.doublemetaphone(name))))


@cache
def _beider_morse() -> Codes | None:
    """Remembers what it has encoded: a name takes 25 ms, and the sets overlap."""
    module = _module("abydos.phonetic")
    if module is None:
        return None
    coder = module.BeiderMorse(name_mode="gen")
    return cache(lambda name: frozenset(str(coder.encode(name)).split()))


def logic_v2() -> Callable[[Pair], float] | None:
    """nomenklatura's logic-v2 on two people of these names: 0 to 1; None where not installed."""
    matching, proxy = _module("nomenklatura.matching"), _module("followthemoney")
    if matching is None or proxy is None:
        return None
    algorithm = matching.LogicV2
    config = algorithm.default_config()

    def score(two: Pair) -> float:  # names in the ids, for it caches by id
        a, b = (
            proxy.model.get_proxy({"id": f"{side} {name}", "schema": "Person", "properties": {"name": [name]}})
            for side, name in enumerate(two)
        )
        return float(algorithm.compare(a, b, config).score)

    return score
