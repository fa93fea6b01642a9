"""Hostile requests against a whole service: constructed ones and fuzzed ones. Which failed, and how long they took.

`python -m benchmarks.hostile.table [constructed] [fuzzed]` starts a service of its own. Meanwhile one more client sends
a plain article again and again: it must always be answered.
"""

from __future__ import annotations

import json
import random
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from threading import Event, Thread

import psutil
import requests
from urllib3 import HTTPConnectionPool, connection_from_url
from urllib3.exceptions import HTTPError

from benchmarks.hostile.large import large, wire
from benchmarks.hostile.requests import Request, constructed, envelopes
from benchmarks.service import service
from benchmarks.tables import Table, number

_SIZES = (300, 3_000, 10_000)  # code points of a text
_TINY = 40  # of one that is fuzzed
_WHOLE = 0.125  # of the fuzzed requests
_DEADLINE = 10.0  # seconds that a review may take
_ALLOWANCE = 1.0  # seconds past the deadline
_CLIENTS = 4
_PATIENCE = 120.0  # seconds after which a request counts as lost
_TRIES = 3  # a connection that is closed before the body is read can lose the answer: who asks again has it
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
    """Constructed requests with bytes changed, cut, doubled or moved; the same ones each time.

    Of most, what comes of it is no JSON. Of one in eight it is the text that is changed so, in a request that is whole.
    """
    rng = random.Random(2026)  # noqa: S311 (no secret)
    seeds = [request for request in chain(constructed(_TINY), envelopes()) if 0 < len(request.body) < 2_000]
    for index in range(count):
        seed = rng.choice(seeds)
        within = re.search(rb'(?<="text": ")[^"\\\\]{8,}(?=")', seed.body) if rng.random() < _WHOLE else None
        if within is None:
            body = _mutated(seed.body, rng)
        else:
            said = _mutated(within[0], rng).decode("utf-8", "replace")
            body = seed.body[: within.start()] + json.dumps(said)[1:-1].encode() + seed.body[within.end() :]
        yield Request(f"fuzzed {index} of {seed.name}", seed.path, body, seed.headers, seed.method)


def _mutated(seed: bytes, rng: random.Random) -> bytes:
    body = bytearray(seed)
    for _ in range(rng.randrange(1, 8)):
        at, length = rng.randrange(len(body) + 1), rng.randrange(1, 40)
        part = bytes(rng.randrange(256) for _ in range(length))
        body[at : at + rng.choice((0, length))] = rng.choice((b"", part, bytes(body[:length]), b"\\ud800", b"9" * 40))
    return bytes(body)


def hostile(most_constructed: int = 2_000, most_fuzzed: int = 100_000) -> Table:
    """One run of both kinds."""
    with service(engine="embedded", review_deadline=str(_DEADLINE)) as running:
        url, process = running.url, running.process.pid
        began, workers = time.monotonic(), _workers(process)
        kept = connection_from_url(url, maxsize=_CLIENTS, block=True)
        with _beside(url) as plain:
            outcome, count = Outcome(), 0
            with ThreadPoolExecutor(_CLIENTS) as pool:
                for batch in _batches(chain(_made(most_constructed), fuzzed(most_fuzzed)), 200):
                    count += len(batch)
                    list(pool.map(lambda request: _send(kept, request, outcome), batch))
        seconds, lost = time.monotonic() - began, workers - _workers(process)
    rows = [
        ["measure", "value"],
        ["requests sent", str(count)],
        ["statuses", ", ".join(f"{status}: {times}" for status, times in sorted(outcome.statuses.items()))],
        ["status 500, or no answer", str(len(outcome.failed))],
        [f"past the deadline of {_DEADLINE:.0f} s by more than {_ALLOWANCE:.0f} s", str(len(outcome.late))],
        ["slowest, s", number(outcome.slowest)],
        ["workers lost", str(len(lost))],
        ["plain reviews beside them: sent", str(plain["sent"])],
        ["not answered, or answered wrongly", str(plain["sent"] - plain["good"])],
        ["seconds in all", number(seconds)],
    ]
    for told in (*outcome.failed[:20], *(f"{late:.1f} s: {name}" for late, name in sorted(outcome.late)[-20:])):
        print(told, file=sys.stderr)
    return Table("Hostile requests", f"{_CLIENTS} clients, and one more that sends a plain text.", rows)


def _made(most: int) -> Iterator[Request]:
    """At most that many constructed requests, evenly from all of them."""
    kinds: list[Callable[[], Iterator[Request]]] = [envelopes, large, wire]
    kinds += [partial(constructed, size) for size in _SIZES]
    total = sum(1 for kind in kinds for _ in kind())
    chosen = {index * total // most for index in range(most)} if most < total else set(range(total))
    everything = chain.from_iterable(kind() for kind in kinds)
    return (request for index, request in enumerate(everything) if index in chosen)


def _workers(process: int) -> set[int]:
    """The worker processes of the service."""
    return {child.pid for child in psutil.Process(process).children() if "nursery" not in " ".join(child.cmdline())}


def _batches(given: Iterator[Request], size: int) -> Iterator[list[Request]]:
    while batch := list(islice(given, size)):
        yield batch


def _send(kept: HTTPConnectionPool, request: Request, outcome: Outcome) -> None:
    """Sends it on one of the open connections. Not by `requests`, which takes as long as the service does."""
    for again in reversed(range(_TRIES)):
        began = time.monotonic()
        try:
            answer = kept.urlopen(
                request.method,
                request.path,
                request.body,
                request.headers,
                retries=False,
                redirect=False,
                timeout=_PATIENCE,
            )
        except HTTPError:
            if not again:
                outcome.note(request, None, time.monotonic() - began)
        else:
            outcome.note(request, answer.status, time.monotonic() - began)
            return


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


if __name__ == "__main__":
    print(json.dumps(hostile(*map(int, sys.argv[1:])).rows, indent=1, ensure_ascii=False))
