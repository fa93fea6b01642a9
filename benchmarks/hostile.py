"""Hostile requests against a whole service: constructed ones and fuzzed ones. Which failed, and how long they took.

`python -m benchmarks.hostile [constructed] [fuzzed]` starts a service of its own. Meanwhile one more client sends a
plain article again and again: it must always be answered.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from threading import Event, Thread

import requests

from benchmarks.hostile_requests import Request, constructed
from benchmarks.tables import Table, number

_SIZES = (300, 3_000, 30_000)  # code points of a text
_DEADLINE = 10.0  # seconds that a review may take
_ALLOWANCE = 1.0  # seconds past the deadline
_CLIENTS = 4
_PATIENCE = 120.0  # seconds after which a request counts as lost
_START = [sys.executable, "-c", "from copydesk.cli import main; main()", "serve", "--engine", "embedded", "--port", "0"]
_ARTICLE = {"text": "Talks were held in the frames of a joint project.", "language": "en-US"}
_RULE = "en/calque/in-frames-of"


@dataclass(slots=True)
class Outcome:
    """What became of the requests."""

    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)  # a 500, or no answer
    late: list[tuple[float, str]] = field(default_factory=list)
    slowest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, request: Request, status: int | None, seconds: float) -> None:
        """`status` None: no answer."""
        with self.lock:
            self.statuses[status or 0] += 1
            self.slowest = max(self.slowest, seconds)
            if status is None or status == 500:
                self.failed.append(request.name)
            if seconds > _DEADLINE + _ALLOWANCE:
                self.late.append((seconds, request.name))


def fuzzed(count: int) -> Iterator[Request]:
    """Constructed requests with bytes changed, cut, doubled or moved; the same ones each time."""
    rng = random.Random(2026)  # noqa: S311 (no secret)
    seeds = [request for request in constructed(200) if 0 < len(request.body) < 5_000]
    for index in range(count):
        seed = rng.choice(seeds)
        body = bytearray(seed.body)
        for _ in range(rng.randrange(1, 8)):
            at, length = rng.randrange(len(body) + 1), rng.randrange(1, 40)
            part = bytes(rng.randrange(256) for _ in range(length))
            body[at : at + rng.choice((0, length))] = rng.choice(
                (b"", part, bytes(body[:length]), b"\\ud800", b"9" * 40)
            )
        yield Request(f"fuzzed {index} of {seed.name}", seed.path, bytes(body), seed.headers, seed.method)


def hostile(most_constructed: int = 2_000, most_fuzzed: int = 100_000) -> Table:
    """One run of both kinds."""
    made = islice(chain.from_iterable(constructed(size) for size in _SIZES), most_constructed)
    with _service() as url:
        began = time.monotonic()
        with _beside(url) as plain:
            outcome, count = Outcome(), 0
            with ThreadPoolExecutor(_CLIENTS) as pool:
                for batch in _batches(chain(made, fuzzed(most_fuzzed)), 1_000):
                    count += len(batch)
                    list(pool.map(lambda request: _send(url, request, outcome), batch))
        seconds = time.monotonic() - began
    rows = [
        ["measure", "value"],
        ["requests sent", str(count)],
        ["statuses", ", ".join(f"{status}: {times}" for status, times in sorted(outcome.statuses.items()))],
        ["status 500, or no answer", str(len(outcome.failed))],
        [f"past the deadline of {_DEADLINE:.0f} s by more than {_ALLOWANCE:.0f} s", str(len(outcome.late))],
        ["slowest, s", number(outcome.slowest)],
        ["plain reviews beside them: sent", str(plain["sent"])],
        ["not answered, or answered wrongly", str(plain["sent"] - plain["good"])],
        ["seconds in all", number(seconds)],
    ]
    for told in (*outcome.failed[:20], *(f"{late:.1f} s: {name}" for late, name in sorted(outcome.late)[-20:])):
        print(told, file=sys.stderr)
    return Table("Hostile requests", f"{_CLIENTS} clients, and one more that sends a plain text.", rows)


def _batches(given: Iterator[Request], size: int) -> Iterator[list[Request]]:
    while batch := list(islice(given, size)):
        yield batch


_local = threading.local()


def _send(url: str, request: Request, outcome: Outcome) -> None:
    session: requests.Session = _local.__dict__.setdefault("session", requests.Session())
    began = time.monotonic()
    try:
        answer = session.request(
            request.method,
            url + request.path,
            data=request.body,
            headers=request.headers,
            timeout=_PATIENCE,
            allow_redirects=False,
        )
    except requests.RequestException:
        outcome.note(request, None, time.monotonic() - began)
    else:
        outcome.note(request, answer.status_code, time.monotonic() - began)


@contextmanager
def _beside(url: str) -> Iterator[Counter[str]]:
    """A client that sends a plain text until the end, and what became of it."""
    found: Counter[str] = Counter()
    over = Event()

    def send() -> None:
        while not over.wait(0.2):
            found["sent"] += 1
            try:
                answer = requests.post(f"{url}/v1/review", json=_ARTICLE, timeout=_PATIENCE)
                found["good"] += any(f["rule"] == _RULE for f in answer.json()["documents"][0]["findings"])
            except (requests.RequestException, KeyError, ValueError) as error:
                print(f"plain: {type(error).__name__}", file=sys.stderr)

    thread = Thread(target=send)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join()


@contextmanager
def _service() -> Iterator[str]:
    """A service of its own in a folder that goes, and its address."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        settings = {"RUN_DIR": folder, "STORE": f"sqlite:///{folder}/store.sqlite", "REVIEW_DEADLINE": str(_DEADLINE)}
        environment = {**os.environ, **{f"COPYDESK_{name}": value for name, value in settings.items()}}
        with (
            log.open("wb") as output,
            subprocess.Popen(_START, env=environment, stdout=output, stderr=output) as process,
        ):
            try:
                yield _address(log)
            finally:
                process.terminate()


def _address(log: Path) -> str:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if found := re.search(r" at (http://127\.0\.0\.1:\d+) ", log.read_text(encoding="utf-8")):
            return found[1]
        time.sleep(0.1)
    raise TimeoutError(log.read_text(encoding="utf-8"))


if __name__ == "__main__":
    print(json.dumps(hostile(*map(int, sys.argv[1:])).rows, indent=1, ensure_ascii=False))
