"""Near-duplicate paragraphs of a corpus: time, memory and recall from 10,000 to 300,000 paragraphs, beside datasketch.

Usage of this module alone: python -m benchmarks.duplicates TOOL PARAGRAPHS; measures one in a process of its own.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from benchmarks.chart import Chart, svg
from benchmarks.corpora import PROJECT, AbsentError, published_news
from benchmarks.tables import Table, number
from copydesk.copies.index import CopyIndex
from copydesk.copies.shingles import words_of

SIZES = (10_000, 30_000, 100_000, 300_000)
PEER_SIZES = (10_000, 30_000, 100_000)
RATES = (0.02, 0.05, 0.1, 0.2, 0.3)  # share of words that an edit touches
CHART = PROJECT / "docs" / "duplicates_growth.svg"
_COPIES = 0.1  # share of paragraphs that are planted copies
_SHORTEST, _LONGEST = 12, 90  # words of a paragraph
_PEER_THRESHOLD = 0.5  # Jaccard similarity of the shingles, as one word of five changed leaves about
_TIMEOUT = 900  # seconds for one process

Paragraph = Sequence[str]
Search = Callable[[Sequence[Paragraph]], list[int | None]]
"""Paragraphs in, for each the number of the earlier one of which it is a copy."""


def duplicates() -> Table:
    """Every size in a process of its own on one core; writes the chart."""
    published_news()  # before any process is started: without it there is nothing to draw from
    ours = [_measure("copydesk", size) for size in SIZES]
    peers = [_measure("datasketch", size) for size in PEER_SIZES] if _has_peer() else []
    rates = [f"{rate:.0%}" for rate in RATES]
    rows = [["", "paragraphs", "CPU seconds", "peak MiB", *(f"recall, {rate} of words" for rate in rates), "false"]]
    for result in [*ours, *peers]:
        recall = [number(share, 3) for share in result["recall"]]
        figures = (number(result["seconds"]), number(result["peak"], 0))
        rows.append([result["tool"], f"{result['paragraphs']:,}", *figures, *recall, str(result["false"])])
    points = [(float(result["paragraphs"]), float(result["seconds"])) for result in ours]
    CHART.write_text(svg([Chart("CPU seconds (dashed: linear)", "paragraphs", points)]), encoding="utf-8")
    how = (
        "Paragraphs of 12 to 90 words, drawn word by word from what follows a word in published news, so that they "
        "share phrases as texts do; one in ten is a copy of an earlier one in which that share of the words was taken "
        "out, put in, changed or swapped. Recall: the copy is told beside its original; false: another paragraph is "
        "told to be a copy. The peer is datasketch's MinHashLSH over the same three-word shingles (128 permutations, "
        f"threshold {_PEER_THRESHOLD}), its first candidate by estimated similarity. CPU seconds of one process on "
        "one core.\n\n![Growth](duplicates_growth.svg)"
    )
    return Table("Near-duplicates of a corpus", how, rows)


def _has_peer() -> bool:
    try:
        import datasketch  # noqa: F401 (of the bench extra)
    except ImportError:
        return False
    return True


def _measure(tool: str, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.duplicates", tool, str(size)]
    out = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True, timeout=_TIMEOUT).stdout
    result: dict[str, Any] = json.loads(out)
    return result


def _one(tool: str, size: int) -> dict[str, Any]:
    """Searches `size` paragraphs. The making of the paragraphs is not in the time, nor in the memory."""
    paragraphs, originals = _corpus(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    found = {"copydesk": _ours, "datasketch": _peer}[tool](paragraphs)
    seconds = time.process_time() - began
    hits: defaultdict[float, list[bool]] = defaultdict(list)
    false = 0
    for number_of, first in enumerate(found):
        original, rate = originals.get(number_of, (None, 0.0))
        if rate:
            hits[rate].append(first == original)
        false += first is not None and first != original
    return {
        "tool": tool,
        "paragraphs": size,
        "seconds": seconds,
        "peak": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
        "recall": [sum(hits[rate]) / len(hits[rate]) for rate in RATES],
        "false": false,
    }


def _ours(paragraphs: Sequence[Paragraph]) -> list[int | None]:
    index = CopyIndex()
    matches = [index.add(paragraph)[1] for paragraph in paragraphs]
    return [match.number if match else None for match in matches]


def _peer(paragraphs: Sequence[Paragraph]) -> list[int | None]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_PEER_THRESHOLD, num_perm=128)
    sketches: list[Any] = []
    found: list[int | None] = []
    for i, words in enumerate(paragraphs):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[j : j + 3]).encode() for j in range(len(words) - 2)])
        alike = [(sketch.jaccard(sketches[j]), -j) for j in index.query(sketch)]
        score, first = max(alike, default=(0.0, 0))
        found.append(-first if score >= _PEER_THRESHOLD else None)
        index.insert(i, sketch)
        sketches.append(sketch)
    return found


def _corpus(size: int) -> tuple[list[list[str]], dict[int, tuple[int, float]]]:
    """The paragraphs, and for each copy the number of its original and the share of words touched."""
    dice = random.Random(size)  # noqa: S311 (a measurement, no secret)
    told = [word for text in published_news() for word in words_of(text)]
    after: defaultdict[str, list[str]] = defaultdict(list)
    for word, following in pairwise(told):
        after[word].append(following)
    copies = int(size * _COPIES)
    paragraphs = [_paragraph(dice, told, after) for _ in range(size - copies)]
    originals: dict[int, tuple[int, float]] = {}
    for i in range(copies):
        original, rate = dice.randrange(size - copies), RATES[i % len(RATES)]
        originals[len(paragraphs)] = (original, rate)
        paragraphs.append(_edited(dice, paragraphs[original], rate, told))
    return paragraphs, originals


def _paragraph(dice: random.Random, told: Sequence[str], after: dict[str, list[str]]) -> list[str]:
    words = [dice.choice(told)]
    for _ in range(dice.randint(_SHORTEST, _LONGEST) - 1):
        words.append(dice.choice(after.get(words[-1]) or told))
    return words


def _edited(dice: random.Random, paragraph: Paragraph, rate: float, told: Sequence[str]) -> list[str]:
    words = list(paragraph)
    for _ in range(max(1, round(rate * len(words)))):
        at = dice.randrange(len(words) - 1)
        edit = dice.choice(("take", "put", "change", "swap"))
        if edit == "take" and len(words) > 3:
            del words[at]
        elif edit == "put":
            words.insert(at, dice.choice(told))
        elif edit == "change":
            words[at] = dice.choice(told)
        else:
            words[at], words[at + 1] = words[at + 1], words[at]
    return words


if __name__ == "__main__":
    try:
        print(json.dumps(_one(sys.argv[1], int(sys.argv[2]))))
    except AbsentError as missing:
        sys.exit(str(missing))
