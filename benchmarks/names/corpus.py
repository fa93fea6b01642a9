"""Names of a corpus: time and memory of counting and grouping from 10,000 to 1,000,000 mentions.

Usage of this module alone: python -m benchmarks.names.corpus MENTIONS; measures one size in a process of its own.
"""

from __future__ import annotations

import json
import math
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from benchmarks.chart import Chart, svg
from benchmarks.corpora import PROJECT, SHARED, AbsentError, published_news
from benchmarks.tables import Table, number
from copydesk.names.corpus import Corpus, Named, named_in
from copydesk.names.grouping import grouped
from copydesk.names.lexicon import shipped_lexicon
from copydesk.read import read

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
CHART = PROJECT / "docs" / "names_corpus.svg"
_IN_ARTICLE = 10  # mentions of one article
_DIFFERENT = 1_000_000  # people and places that there are; Zipf's law decides how many of them a corpus names
_USUAL = 0.85  # share of a name's mentions in its first spelling
_WITH_GIVEN = 0.4
_SLIP = 0.002  # share of mentions in which two letters are swapped
_ONSET = re.compile(r"[^aeiouyáéíóúěä]*[aeiouyáéíóúěä]+")
_TIMEOUT = 900  # seconds for one process


def names_corpus() -> Table:
    """Every size in a process of its own on one core; writes the chart."""
    measured = [_measure(size) for size in SIZES]
    rows = [["mentions", "articles", "different spellings", "names", "in several spellings", "s counting",
             "s grouping", "s in all", "peak MiB"]]  # fmt: skip
    for result in measured:
        counts = (result[key] for key in ("mentions", "articles", "spellings", "names", "several"))
        seconds = (result["counting"], result["grouping"], result["counting"] + result["grouping"])
        rows.append([*(f"{count:,}" for count in counts), *(number(s, 2) for s in seconds), number(result["peak"], 0)])
    by_size = [(result["mentions"], result["counting"] + result["grouping"], result["peak"]) for result in measured]
    charts = [
        Chart("CPU seconds (dashed: linear)", "mentions", [(size, seconds) for size, seconds, _ in by_size]),
        Chart("peak MiB (dashed: linear)", "mentions", [(size, peak) for size, _, peak in by_size]),
    ]
    CHART.write_text(svg(charts), encoding="utf-8")
    how = (
        "Mentions are drawn by Zipf's law from a million made-up people: name parts recombined, their romanizations "
        "as variants, given names and slips among them, so that the number of different spellings keeps growing. CPU "
        f"seconds of one process on one core. {_reading()}\n\n![Growth](names_corpus.svg)"
    )
    return Table("Names of a corpus", how, rows)


def _reading() -> str:
    """How fast mentions are read from text."""
    try:
        texts = published_news()
    except AbsentError as missing:
        return f"The reading of text was not measured: {missing}."
    lexicon, corpus = shipped_lexicon(), Corpus()
    began = time.process_time()
    documents = [read(text, language="en-US")[0] for text in texts]
    parsed = time.process_time()
    for index, document in enumerate(documents):
        corpus.add(str(index), named_in(document, lexicon))
    done = time.process_time()
    size = sum(len(text.encode()) for text in texts) / 1e6
    return (
        f"From published news the mentions are found at {size / (done - parsed):.1f} MB/s; with segments and sentences "
        f"before that, at {size / (done - began):.1f} MB/s."
    )


def _measure(size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.names.corpus", str(size)]
    out = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True, timeout=_TIMEOUT).stdout
    result: dict[str, Any] = json.loads(out)
    return result


def _one(size: int) -> dict[str, Any]:
    """Counts and groups `size` mentions. The making of the mentions is not in the time."""
    lexicon, corpus, counting = shipped_lexicon(), Corpus(), 0.0
    for source, mentions in _articles(size):
        began = time.process_time()
        corpus.add(source, mentions)
        counting += time.process_time() - began
    began = time.process_time()
    spellings = corpus.spellings()
    names = grouped(spellings, lexicon)
    return {
        "mentions": corpus.mentions,
        "articles": corpus.texts,
        "spellings": len(spellings),
        "names": len(names),
        "several": sum(len(name.spellings) > 1 for name in names),
        "counting": counting,
        "grouping": time.process_time() - began,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _articles(size: int) -> Iterator[tuple[str, list[Named]]]:
    dice = random.Random(size)  # noqa: S311 (a measurement, no secret)
    given = [form for entry in shipped_lexicon().entries if entry.kind == "given" for form in entry.forms]
    for article in range(size // _IN_ARTICLE):
        yield f"articles/{article:06}.txt", [_mention(dice, given) for _ in range(_IN_ARTICLE)]


def _mention(dice: random.Random, given: list[str]) -> Named:
    """One mention. Ranks follow Zipf's law with exponent 1: the logarithm of the rank is uniform."""
    rank = int(math.exp(dice.random() * math.log(_DIFFERENT)))
    spellings, own = _person(rank)
    text = spellings[0] if dice.random() < _USUAL else dice.choice(spellings)
    if dice.random() < _SLIP:
        at = dice.randrange(1, len(text) - 2)
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    before = given[own % len(given)] if dice.random() < _WITH_GIVEN else ""
    return Named(text, before, weak=False)


@lru_cache(maxsize=100_000)
def _person(rank: int) -> tuple[tuple[str, ...], int]:
    """The spellings of a made-up surname: one real name's romanizations behind another's first syllable."""
    dice = random.Random(rank)  # noqa: S311
    parts = _parts()
    onset = _ONSET.match(dice.choice(dice.choice(parts)))
    rests = (_ONSET.sub("", form, count=1) for form in dice.choice(parts))
    names = tuple(dict.fromkeys(f"{onset[0] if onset else ''}{rest}".title() for rest in rests if len(rest) > 2))
    return names or (f"Ivan{rank:x}ov".title(),), dice.randrange(1_000)


@lru_cache(maxsize=1)
def _parts() -> list[list[str]]:
    """Romanizations of one name after the other: of Wikidata's names where they are here, else of the lexicon."""
    path = SHARED / "data" / "names" / "person_names_dev.txt"
    if path.exists():
        lines = path.read_text(encoding="utf-8").splitlines()
        forms = [line.split(" => ")[0].split(", ") for line in lines]
    else:
        forms = [[entry.head(form).lower() for form in entry.forms] for entry in shipped_lexicon().entries]
    latin = [[form for form in row if form.isalpha() and ord(max(form)) < 0x250 and len(form) > 4] for row in forms]
    return [row for row in latin if row]


if __name__ == "__main__":
    print(json.dumps(_one(int(sys.argv[1]))))
