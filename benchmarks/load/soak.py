"""A steady mixed load for a quarter of an hour: whether memory stays as it is, and every request is answered.

`python -m benchmarks.load.soak [MINUTES]` prints the table.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import count, islice

from benchmarks.bitext.data import estimated
from benchmarks.corpora import published_news
from benchmarks.load.clients import Ask, Tally, closed, paced
from benchmarks.load.memory import PARTS, memory
from benchmarks.load.requests import bitext, check, clean, review
from benchmarks.load.texts import marked, texts_of
from benchmarks.service import Running, service
from benchmarks.tables import Table, number

_MINUTES = 15.0
_SHARE = 0.7  # of what the service can do
_TRIED = 30.0  # seconds in which that is measured, and everything gets warm
_BUSY = 8  # clients then
_CLIENTS = 32  # afterwards, most of them waiting for their turn
_EVERY = 5.0  # seconds between two looks at the memory
_KNOWN = 40  # texts that come again and again
_PAIRS = 5  # sentences of a bilingual request
_CACHE = 4_000_000  # bytes a worker: full within the first third, so that it forgets as it does after days
_MIB = 1 << 20

Look = tuple[float, dict[str, float]]
"""When (`time.monotonic()`), and MiB by part and in all."""


def soak(minutes: float = _MINUTES) -> Table:
    """One run: first what the service can do, then so many minutes at 70 per cent of that."""
    with service(cache_bytes=str(_CACHE)) as own:
        ask = _mix(own.url)
        tried, took = closed(lambda _client, _turn: ask(), _BUSY, _TRIED)
        rate = _SHARE * len(tried.answered) / took
        began = time.monotonic()
        looks: list[Look] = []
        with paced(lambda _turn: ask(), rate, _CLIENTS, 60 * minutes) as tally:
            while time.monotonic() - began < 60 * minutes:
                looks.append((time.monotonic(), _look(own)))
                time.sleep(_EVERY)
    how = (
        f"One service with its defaults, but a cache of {_CACHE // 1_000_000} MB a worker, which is full soon; "
        f"{minutes:g} minutes of {number(rate)} requests a second, which is {_SHARE:.0%} of what {_BUSY} clients got "
        "done before. Of twenty requests six are `/v2/check` of new texts and two of known ones, five reviews of new "
        "texts by LanguageTool, one by the embedded engine, one of a known text, two reviews of the priority of a "
        f"batch, two of {_PAIRS} sentences with their translations, one `/v1/clean`; the texts are those of the table "
        "“Load”. Times run from when a request was due. Memory is the kernel's proportional set size (`Pss`, which "
        f"counts shared pages once), looked at every {_EVERY:g} s; the median of each third."
    )
    return Table("Soak", how, rows(tally, looks, began, 60 * minutes))


def _mix(url: str) -> Callable[[], Ask]:
    """The next request, for any number of threads."""
    texts = texts_of(published_news())
    pairs = [(row["source"], row["mt"]) for row in islice(estimated(), 500)]
    known = [texts.fresh(index, 1) for index in range(_KNOWN)]
    marks, indices = count(1000), count()

    def fresh() -> str:
        return texts.fresh(next(indices), next(marks))

    def translated() -> Ask:
        mark = next(marks)
        some = [pairs[(mark * _PAIRS + i) % len(pairs)] for i in range(_PAIRS)]
        return bitext(url, [marked(source, mark) for source, _ in some], [marked(target, mark) for _, target in some])

    kinds: Sequence[Callable[[], Ask]] = (
        *[lambda: check(f"{url}/v2", fresh())] * 6,
        *[lambda: check(f"{url}/v2", known[next(marks) % _KNOWN])] * 2,
        *[lambda: review(url, fresh())] * 5,
        lambda: review(url, fresh(), "embedded"),
        lambda: review(url, known[next(marks) % _KNOWN]),
        *[lambda: review(url, fresh(), batch=True)] * 2,
        *[translated] * 2,
        lambda: clean(url, fresh()),
    )
    turns = count()
    return lambda: kinds[next(turns) * 7 % len(kinds)]()  # 7 has no divisor of 20: kinds alternate


def _look(own: Running) -> dict[str, float]:
    found: dict[str, float] = {part: used / _MIB for part, used in memory(own.process.pid).items()}
    found["all"] = sum(found.values())
    return found


def rows(tally: Tally, looks: Sequence[Look], began: float, seconds: float) -> list[list[str]]:
    """A row for each part and each percentile, a column for each third, and the counts of the whole."""
    thirds = [(began + i * seconds / 3, began + (i + 1) * seconds / 3) for i in range(3)]
    rows = [["measure", "first third", "middle third", "last third", "last / middle"]]
    for part in (*PARTS, "all"):
        medians = [
            statistics.median(look.get(part, 0.0) for at, look in looks if start <= at < end) for start, end in thirds
        ]
        ratio = number(medians[2] / medians[1], 3) if medians[1] else ""
        rows.append([f"memory, MiB: {part}", *(number(median, 0) for median in medians), ratio])
    times = [tally.milliseconds(start, end) for start, end in thirds]
    for name, column in zip(("p50", "p95", "p99"), zip(*times, strict=True), strict=True):
        rows.append([f"{name}, ms", *(number(ms, 0) for ms in column), number(column[2] / column[1], 3)])
    for name, value in (
        ("sent", tally.sent),
        ("answered", len(tally.answered)),
        ("told to wait, and answered then", tally.told_to_wait),
        ("answered, but not whole", tally.not_whole),
        ("errors", tally.errors),
        ("lost", tally.lost),
    ):
        rows.append([f"requests, in all: {name}", "", "", f"{value:,}", ""])
    return rows


if __name__ == "__main__":
    print(soak(*map(float, sys.argv[1:])).markdown())
