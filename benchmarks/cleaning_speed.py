"""The cleaning families on published news: speed of each and together, and growth from 10 kB to 10 MB in one text.

Usage of this module alone: python -m benchmarks.cleaning_speed BYTES; measures one size in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence

from benchmarks.chart import Chart, svg
from benchmarks.corpora import PROJECT, published_news
from benchmarks.tables import Table, number
from copydesk.findings.suppress import Filter
from copydesk.model import Family
from copydesk.pipeline import Desk, Options
from copydesk.read import Reading, open_source

FAMILIES = (Family.ENCODING, Family.DEBRIS, Family.CAPTIONS, Family.DUPLICATES, Family.SEAMS)
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
CHART = PROJECT / "docs" / "cleaning_growth.svg"
_ROUNDS = 3  # the quickest counts: the machine is shared
_TIMEOUT = 900  # seconds for one process


def cleaning_speed() -> Table:
    """A row a family and one for all on articles, then a row a size; writes the chart."""
    texts = published_news()
    size = sum(len(text.encode()) for text in texts) / 1e3
    readings = [_read(text) for text in texts]
    desk = Desk()
    rows = [["", "kB", "CPU seconds", "kB/s"]]
    for label, families in (*((str(family), (family,)) for family in FAMILIES), ("all five", FAMILIES)):
        seconds = min(_seconds(desk, readings, families) for _ in range(_ROUNDS))
        rows.append([label, number(size, 0), number(seconds, 2), number(size / seconds, 0)])
    measured = [(wanted, _measure(wanted)) for wanted in SIZES]
    for wanted, seconds in measured:
        rows.append(
            ["all five, one text", number(wanted / 1e3, 0), number(seconds, 2), number(wanted / 1e3 / seconds, 0)]
        )
    chart = Chart("CPU seconds, one text (dashed: linear)", "bytes", measured)
    CHART.write_text(svg([chart]), encoding="utf-8")
    how = (
        "69 published articles one by one, and the same articles put together into one text, again and again with "
        "other words in them, so that the paragraphs differ. Reading (segments, sentences) is not in the time; "
        "checking, merging and everything after it are. CPU seconds of one process on one core."
        "\n\n![Growth](cleaning_growth.svg)"
    )
    return Table("Speed of the cleaning families", how, rows)


def _read(text: str) -> Reading:
    return open_source(text, language="en-US")[0]


def _seconds(desk: Desk, readings: Sequence[Reading], families: Sequence[Family]) -> float:
    options = Options(filter=Filter(families=frozenset(families)))
    began = time.process_time()
    for reading in readings:
        desk.check(reading, options)
    return time.process_time() - began


def _measure(size: int) -> float:
    command = [sys.executable, "-m", "benchmarks.cleaning_speed", str(size)]
    out = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True, timeout=_TIMEOUT).stdout
    return float(json.loads(out))


def _one(size: int) -> float:
    """CPU seconds of all five on one text of about `size` bytes; a short text first, so that nothing is built in it."""
    desk = Desk()
    reading = _read(one_text(size))
    _seconds(desk, [_read(one_text(SIZES[0]))], FAMILIES)
    rounds = _ROUNDS if size < SIZES[-1] else 1
    return min(_seconds(desk, [reading], FAMILIES) for _ in range(rounds))


def one_text(size: int) -> str:
    """Published articles one behind the other up to `size` bytes; each repetition has words of its own."""
    parts: list[str] = []
    total = 0
    texts = published_news()
    for turn in range(size):
        for text in texts:
            part = text if not turn else "\n".join(_own(line, turn) for line in text.splitlines())
            parts.append(part)
            total += len(part.encode()) + 2
            if total >= size:
                return "\n\n".join(parts).encode()[:size].decode(errors="ignore")
    raise ValueError(f"no text of {size} bytes")


def _own(line: str, turn: int) -> str:
    """The line with every third word replaced, so that it shares hardly three words in a row with an earlier one."""
    words = line.split(" ")
    return " ".join(f"w{turn}{word}" if at % 3 == 2 and word.isalpha() else word for at, word in enumerate(words))


if __name__ == "__main__":
    print(json.dumps(_one(int(sys.argv[1]))))
