"""Clients that ask a service all the time while something goes wrong, and what became of each of their requests."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, cycle
from typing import Any

import requests
from urllib3.exceptions import NewConnectionError

from benchmarks.corpora import published_news

CLIENTS = 8
PATIENCE = 60.0  # seconds after which a request counts as lost
_PAUSE = 0.2  # seconds from an answer to the next request of a client
_SHORTEST, _LONGEST = 150, 1_200  # code points of a paragraph
_TRIES = 2  # whose connection may be cut before the request is lost: a client sends an idempotent request once more
_COME_BACK = (429, 503)
_LESS = frozenset({"engine-failover", "grammar-unavailable", "deadline", "pattern-time", "checker-failed"})
_RULE, _GRAMMAR_RULE = "en/calque/in-frames-of", "EN_A_VS_AN"
# In each text: its answer has both rules, or says that grammar was not checked. The number keeps it out of all caches.
_FAULTY = "Talks {number} were held in the frames of an joint project."


@dataclass(slots=True)
class Tally:
    """What became of the requests. Times are in `time.monotonic()`."""

    sent: int = 0
    answered: int = 0
    degraded: int = 0  # of these, those that say what was not checked, or not by the engine of choice
    told_to_wait: int = 0  # answers with Retry-After
    cut: int = 0  # connections that ended without an answer
    refused: int = 0  # requests that were never begun, since nobody listened any more
    lost: list[str] = field(default_factory=list)  # why
    longest: float = 0.0  # seconds from the first sending of a request to its answer
    last_odd: float = 0.0  # when the last answer came that was not a whole one at once
    last_whole: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def odd(self, **more: int) -> None:
        """Counts what is not as it should be."""
        with self.lock:
            self.last_odd = time.monotonic()
            for name, number in more.items():
                setattr(self, name, getattr(self, name) + number)

    def wait(self, status: int) -> None:
        """Counts an answer with Retry-After. A 429 is as it should be: the client asks more than it may."""
        with self.lock:
            self.told_to_wait += 1
            self.last_odd = self.last_odd if status == requests.codes.too_many_requests else time.monotonic()

    def lose(self, why: str) -> None:
        """Counts a request that got no answer, or a wrong one."""
        self.odd()
        with self.lock:
            self.lost.append(why)

    def answer(self, began: float) -> None:
        """Counts an answer to a request that was first sent at `began`."""
        with self.lock:
            self.answered += 1
            self.last_whole = time.monotonic()
            self.longest = max(self.longest, self.last_whole - began)


class Texts:
    """Paragraphs of published news, each with faults that are known. Any number of threads may draw."""

    def __init__(self) -> None:
        lines = [line for article in published_news() for line in article.splitlines()]
        self._paragraphs = cycle([line for line in lines if _SHORTEST <= len(line) <= _LONGEST])
        self._numbers = count(1)
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        with self._lock:
            return f"{next(self._paragraphs)}\n\n{_FAULTY.format(number=next(self._numbers))}"


class Load:
    """Eight clients; every second one keeps its connection, the others take a new one for each request."""

    def __init__(self, url: str, texts: Iterator[str], key: str | None = None) -> None:
        """`key`: where the service asks for one."""
        self.tally = Tally()
        self._url, self._texts, self._ended = url, texts, threading.Event()
        self._headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        self._threads = [threading.Thread(target=self._ask, args=(number % 2 == 0,)) for number in range(CLIENTS)]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, keep: bool) -> None:
        with requests.Session() as session:
            session.trust_env = False
            session.headers.update(self._headers)
            if not keep:
                session.headers["Connection"] = "close"
            while self._one(session, next(self._texts)) and not self._ended.wait(_PAUSE):
                pass

    def _one(self, session: requests.Session, text: str) -> bool:
        """Sends a text until it is answered or lost; false when nobody listens any more."""
        body, began, cut = {"text": text, "language": "en-US"}, time.monotonic(), 0
        while time.monotonic() - began < PATIENCE:
            try:
                response = session.post(f"{self._url}/v1/review", json=body, timeout=PATIENCE)
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
                if _is_refused(error):
                    self.tally.odd(refused=1)
                    return False
                cut += 1
                self.tally.odd(cut=1)
                if cut >= _TRIES:
                    self.tally.odd(sent=1)
                    self.tally.lose(f"its connection was cut {cut} times")
                    return True
                continue
            except requests.RequestException as error:
                self.tally.odd(sent=1)
                self.tally.lose(type(error).__name__)
                return True
            if response.status_code in _COME_BACK and "Retry-After" in response.headers:
                self.tally.wait(response.status_code)
                time.sleep(int(response.headers["Retry-After"]))
                continue
            self._judge(response, began)
            return True
        self.tally.odd(sent=1)
        self.tally.lose("it was told to wait for ever")
        return True

    def _judge(self, response: requests.Response, began: float) -> None:
        """Counts an answer: a whole one, one that says what it lacks, or one that is none."""
        with self.tally.lock:
            self.tally.sent += 1
        if response.status_code != requests.codes.ok:
            self.tally.lose(f"status {response.status_code}")
            return
        [document] = response.json()["documents"]
        less = is_less(document)
        expected = {_RULE} if less else {_RULE, _GRAMMAR_RULE}
        if not expected <= {finding["rule"] for finding in document["findings"]}:
            self.tally.lose("an answer without a fault that is there, and without a word of that")
            return
        if less:
            self.tally.odd(degraded=1)
        self.tally.answer(began)


def is_less(document: dict[str, Any]) -> bool:
    """Whether a review says that it lacks something, or is by another engine than it should be."""
    return not _LESS.isdisjoint(notice["code"] for notice in document["notices"])


def _is_refused(error: requests.RequestException) -> bool:
    """Whether nobody listened, so that the request was never begun."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError)
