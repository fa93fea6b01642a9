"""What it costs to have the embedded engine in processes that can be killed, and how soon one that holds on is."""

from __future__ import annotations

import random
import string
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil

from benchmarks.corpora import every_second
from benchmarks.tables import Table, number
from copydesk.errors import UnfinishedError
from copydesk.grammar.contract import GrammarEngine
from copydesk.grammar.embedded import EmbeddedEngine
from copydesk.grammar.failover import Pinned
from copydesk.grammar.isolated import IsolatedEngine
from copydesk.grammar.nurseries import Nurseries
from copydesk.pipeline import Desk, Options

_PASSES = 3
_DEADLINE = 1.0  # seconds
_PATIENCE = 120.0  # seconds
_MIB = 1 << 20


def isolation() -> Table:
    """Reviews through the isolated engine beside those through one in process, and what its processes take."""
    texts = every_second()
    with _homes() as homes, closing(IsolatedEngine(homes, keep=1, seconds=_PATIENCE)) as apart:
        apart.wait("en", _PATIENCE)
        share = _share(texts, apart)
        new = median(_seconds(lambda: apart.wait("en", _PATIENCE)) for _ in range(50))
        connection, process = homes.connect("en", time.monotonic() + _PATIENCE)
        connection.close()
        nursery = next(p for p in psutil.process_iter() if _is_nursery(p, homes))
        [child] = [p for p in nursery.children() if p.pid != process]
        memory = nursery.memory_info().rss / _MIB, child.memory_full_info().uss / _MIB
        late = max(_seconds(lambda: _held(apart)) for _ in range(5))
    rows = [
        ["measure", "value"],
        ["time of a review, isolated / in process", number(share, 3)],
        ["until a new child is there, ms", number(1000 * new)],
        ["the nursery, which its children share, MiB", number(memory[0], 0)],
        [f"a child's own memory after {_PASSES * len(texts)} texts, MiB", number(memory[1], 0)],
        [f"until a text that holds the engine is given up, s (deadline {_DEADLINE:g} s)", number(late, 3)],
    ]
    how = (
        f"{len(texts)} published news articles, each reviewed in process and isolated in turn; of {_PASSES} passes the "
        "least time of each. The text that holds the engine is 570 words that are none; the longest of five tries."
    )
    return Table("The embedded engine in processes of its own", how, rows)


@contextmanager
def _homes() -> Iterator[Nurseries]:
    """Nurseries that end with the block."""
    with TemporaryDirectory() as folder:
        parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        try:
            yield Nurseries(Path(folder) / "nursery", parent.pid)
        finally:
            parent.communicate(b"\n")


def _share(texts: list[str], apart: IsolatedEngine) -> float:
    """The time of all reviews by the isolated engine, as a share of those by one in this process."""
    desk = Desk()
    engines: tuple[GrammarEngine, ...] = (apart, EmbeddedEngine())
    options = [Options(grammar=Pinned(engine, _PATIENCE)) for engine in engines]
    least = [[_PATIENCE] * len(texts) for _ in options]
    for _ in range(_PASSES):
        for i, text in enumerate(texts):
            for times, option in zip(least, options, strict=True):
                times[i] = min(times[i], _seconds(lambda: desk.review(text, option, language="en-US")))  # noqa: B023
    return sum(least[0]) / sum(least[1])


def _held(engine: IsolatedEngine) -> None:
    draw = random.Random(1)  # noqa: S311 (a text, no secret)
    text = " ".join("".join(draw.choices(string.ascii_lowercase, k=6)) for _ in range(570))
    with suppress(UnfinishedError):
        engine.check(text, "en-US", _DEADLINE)


def _is_nursery(process: psutil.Process, homes: Nurseries) -> bool:
    """Whether it is the nursery itself; its children have its name, and it for a parent."""
    with suppress(psutil.Error):
        parent = process.parent()
        command = process.cmdline()
        return str(homes.address("en")) in command and (parent is None or parent.cmdline() != command)
    return False


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
