"""What goes wrong under load, and what becomes of each request.

`python -m benchmarks.faults.table [WORD…]` runs the faults that have one of these words in their names, and ends with
status 1 where one of them failed.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults.clients import SECONDS, SLOW
from benchmarks.faults.disk import disk
from benchmarks.faults.engines import (
    CHILDREN,
    KILLED,
    NEVER_UP,
    NURSERY,
    OUT_OF_MEMORY,
    OUT_OF_MEMORY_AT_WORK,
    STOPPED,
    UP_ONCE,
)
from benchmarks.faults.limits import clock, redis
from benchmarks.faults.load import CLIENTS, Texts
from benchmarks.faults.processes import RELOAD, STOP, WORKER
from benchmarks.faults.run import FAILED, HEAD, Fault, Scene, under_load
from benchmarks.faults.service import WORKERS, NotShownError, NotToBeHadError, Service, serving, until
from benchmarks.service import NotStartedError
from benchmarks.tables import Table


@contextmanager
def _with_languagetool(folder: Path) -> Iterator[Service]:
    with serving(folder, "auto") as service:
        until(service.languagetool, "LanguageTool is ready")
        yield service


@contextmanager
def _with_little_memory(folder: Path) -> Iterator[Service]:
    with serving(folder, "auto", languagetool_memory=NEVER_UP) as service:
        yield service


@contextmanager
def _with_memory_for_a_start(folder: Path) -> Iterator[Service]:
    with serving(folder, "auto", languagetool_memory=UP_ONCE) as service:
        until(service.languagetool, "LanguageTool is ready")
        yield service


@contextmanager
def _plain(folder: Path) -> Iterator[Service]:
    with serving(folder, request_seconds=SECONDS) as service:
        yield service


def faults(words: Sequence[str] = ()) -> Table:
    """One row a fault. `words`: only those that have one of them in their names."""
    scenes = [
        Scene((KILLED, STOPPED), _with_languagetool),
        Scene((OUT_OF_MEMORY,), _with_little_memory),
        Scene((OUT_OF_MEMORY_AT_WORK,), _with_memory_for_a_start),
        Scene((NURSERY, CHILDREN, WORKER, RELOAD, SLOW, STOP), _plain),
        redis(),
        disk(),
        clock(),
    ]
    texts = Texts()
    rows = [row for scene in scenes for row in _rows(scene, words, texts)]
    how = (
        f"{CLIENTS} clients send paragraphs of published news one after the other to a service of {WORKERS} workers,"
        " every second of them over a new connection each time, before, during and after the fault. Each text has a"
        " fault of grammar and another; an answer without them is lost, but for one that says that grammar was not"
        " checked, or not by the engine of choice (degraded). A request that is told to come back (status 429 or 503"
        " with `Retry-After`) does, one whose connection is cut is sent once more; what then has no answer is lost."
        " The longest answer is from the first sending on, waits included; all is well when every process is there"
        " and every answer whole."
    )
    return Table("Faults under load", how, [HEAD, *rows])


def _rows(scene: Scene, words: Sequence[str], texts: Texts) -> list[list[str]]:
    chosen = [fault for fault in scene.faults if not words or any(word in fault.name for word in words)]
    if not chosen:
        return []
    rows = []
    try:
        with tempfile.TemporaryDirectory() as folder, scene.place(Path(folder)) as service:
            for fault in chosen:
                rows.append(under_load(service, texts, fault))
                print(rows[-1], file=sys.stderr)
    except NotToBeHadError as error:
        rows += [_empty(fault, f"not to be had: {error}") for fault in chosen[len(rows) :]]
    except (NotShownError, NotStartedError) as error:
        rows += [_empty(fault, f"{FAILED}: {error}") for fault in chosen[len(rows) :]]
    return rows


def _empty(fault: Fault, why: str) -> list[str]:
    return [fault.name, *[""] * (len(HEAD) - 2), why]


if __name__ == "__main__":
    table = faults(sys.argv[1:])
    print(json.dumps(table.rows, indent=1, ensure_ascii=False))
    sys.exit(any(FAILED in row[-1] for row in table.rows))
