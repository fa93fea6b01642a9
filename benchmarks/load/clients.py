"""Clients that send requests one after the other and note what became of them."""

from __future__ import annotations

import re
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests

_PATIENCE = 120.0  # seconds after which a request counts as lost
_RETRY = "Retry-After"
# An answer that lacks something, in the words of LanguageTool's protocol and of ours.
_LACKING = re.compile(
    rb'"incompleteResults": ?true|"code": ?"(?:engine-failover|grammar-unavailable|deadline|checker-failed)"'
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, by POST."""

    url: str
    body: bytes
    headers: Mapping[str, str]


def is_whole(answer: bytes) -> bool:
    """Whether nothing in the answer of any of the services says that something is lacking."""
    return _LACKING.search(answer) is None


@dataclass(slots=True)
class Tally:
    """What became of the requests. `answered` has for each, in its order, when (`time.monotonic()`) and how long, in s.

    A request that is told to wait and is answered in the end is answered, after all that time.
    """

    sent: int = 0
    answered: list[tuple[float, float]] = field(default_factory=list)
    not_whole: int = 0  # of those: with a notice that something is lacking
    told_to_wait: int = 0  # times
    errors: int = 0
    lost: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def milliseconds(self, since: float = 0.0, until: float = float("inf")) -> tuple[float, float, float]:
        """The median, the 95th and the 99th percentile of what was answered in that time."""
        return percentiles([1000 * took for at, took in self.answered if since <= at < until])


def percentiles(values: Sequence[float]) -> tuple[float, float, float]:
    """The median, the 95th and the 99th percentile of at least two values, interpolated."""
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]


def closed(ask: Callable[[int, int], Ask], clients: int, seconds: float) -> tuple[Tally, float]:
    """Each client sends its next request when the last one is answered, for `seconds`; `ask` is told client and turn.

    Also says the seconds until the last was answered: all that were sent are waited for.
    """
    tally = Tally()
    began = time.monotonic()

    def work(client: int) -> None:
        with requests.Session() as session:
            session.trust_env = False
            turn = 0
            while time.monotonic() - began < seconds:
                _send(session, ask(client, turn), tally, time.monotonic())
                turn += 1

    with _threads(clients, work):
        pass
    return tally, time.monotonic() - began


@contextmanager
def paced(ask: Callable[[int], Ask], rate: float, clients: int, seconds: float) -> Iterator[Tally]:
    """Sends `rate` requests a second for `seconds`, meanwhile runs the block, and waits for all answers after it.

    Each is measured from when it was due: a service that is late with one keeps the next ones waiting too.
    """
    tally = Tally()
    began = time.monotonic()
    turns = iter(range(int(rate * seconds)))
    next_turn = threading.Lock()

    def work(_client: int) -> None:
        with requests.Session() as session:
            session.trust_env = False
            while True:
                with next_turn:
                    turn = next(turns, None)
                if turn is None:
                    return
                due = began + turn / rate
                asked = ask(turn)
                time.sleep(max(0.0, due - time.monotonic()))
                _send(session, asked, tally, due)

    with _threads(clients, work):
        yield tally


@contextmanager
def _threads(count: int, work: Callable[[int], None]) -> Iterator[None]:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()


def _send(session: requests.Session, asked: Ask, tally: Tally, since: float) -> None:
    """One request until it is answered, failed or lost; it comes again when it is told to."""
    with tally.lock:
        tally.sent += 1
    while True:
        try:
            answer = session.post(asked.url, data=asked.body, headers=dict(asked.headers), timeout=_PATIENCE)
        except requests.RequestException as error:
            print(f"lost: {asked.url}, {type(error).__name__}", file=sys.stderr)
            with tally.lock:
                tally.lost += 1
            return
        if answer.status_code not in (429, 503) or _RETRY not in answer.headers:
            break
        with tally.lock:
            tally.told_to_wait += 1
        session.close()  # nobody keeps a connection open for that long
        time.sleep(float(answer.headers[_RETRY]))
    now = time.monotonic()
    with tally.lock:
        if answer.status_code == requests.codes.ok:
            tally.answered.append((now, now - since))
            tally.not_whole += not is_whole(answer.content)
        else:
            print(f"error: {asked.url}, status {answer.status_code}", file=sys.stderr)
            tally.errors += 1
