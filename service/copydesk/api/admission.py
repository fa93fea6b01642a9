"""How many reviews a worker has in hand, who waits for one of its threads, and who is told to come back.

A review takes processor time, and as many at once as there are requests would all take for ever. So a few run, some
wait, and the rest is refused at once with `Retry-After`. Somebody who sits before a screen goes ahead of a batch, which
says so itself: by the header `Priority` (RFC 9218) with an urgency of 4 to 7, or by a key of the scope `batch`.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum

from flask import Flask, current_app, g, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.http import parse_dict_header

from copydesk.api.body import received
from copydesk.api.keys import is_open, key_of_request
from copydesk.api.patience import PATIENCE
from copydesk.errors import OverloadedError
from copydesk.settings import Settings
from copydesk.store import Scope

_ADMISSION = "copydesk.admission"
_CHEAP = frozenset({"metrics", "rules"})  # blueprints that do nothing to a text
_BATCHES = frozenset("4567")  # urgencies; 3 is what a request without the header has
_OF_LAST = 0.1  # weight of the last review in the mean of what one takes
_LONGEST_RETRY = 60  # seconds


class Priority(StrEnum):
    """Who goes first, in this order."""

    INTERACTIVE = "interactive"
    BATCH = "batch"


@dataclass(slots=True, eq=False)
class _Waiting:
    """A request in the queue. `called` is set when it may start, or has lost its place (`started` tells which)."""

    called: threading.Event = field(default_factory=threading.Event)
    started: bool = False


class Admission:
    """The slots of one worker and the queue for them. Any number of threads may use it."""

    def __init__(self, slots: int, queue: int, seconds: float) -> None:
        """`slots` run at once, `queue` wait, each for `seconds` at most. Of several slots batches leave one free."""
        self._slots, self._queue, self._seconds = slots, queue, seconds
        self._most = {Priority.INTERACTIVE: slots, Priority.BATCH: max(1, slots - 1)}
        self._lock = threading.Lock()
        self._running = dict.fromkeys(Priority, 0)
        self._waiting: dict[Priority, deque[_Waiting]] = {priority: deque() for priority in Priority}
        self._mean = 0.0  # seconds that a review takes
        self.refused = 0

    @property
    def running(self) -> int:
        """Requests in hand."""
        return sum(self._running.values())

    @property
    def waiting(self) -> dict[Priority, int]:
        """Requests in the queue."""
        return {priority: len(queue) for priority, queue in self._waiting.items()}

    def enter(self, priority: Priority) -> None:
        """Returns when the caller may start; it then calls `leave` in the end.

        Raises OverloadedError: at once when the queue is full or too slow, after `seconds` in any case, and for a batch
        when somebody who is in a hurry needs its place.
        """
        with self._lock:
            if not self._ahead_of(priority) and self._may_start(priority):
                self._running[priority] += 1
                return
            self._make_room(priority)
            me = _Waiting()
            self._waiting[priority].append(me)
        me.called.wait(self._seconds)
        with self._lock:
            if me.started:
                return
            if me in self._waiting[priority]:
                self._waiting[priority].remove(me)
            raise self._refusal()

    def leave(self, priority: Priority, seconds: float) -> None:
        """Ends what `enter` began; it took `seconds`."""
        with self._lock:
            self._running[priority] -= 1
            self._mean += _OF_LAST * (seconds - self._mean) if self._mean else seconds
            for first in Priority:
                while self._waiting[first] and self._may_start(first):
                    next_one = self._waiting[first].popleft()
                    next_one.started = True
                    self._running[first] += 1
                    next_one.called.set()

    def _may_start(self, priority: Priority) -> bool:
        return self.running < self._slots and self._running[priority] < self._most[priority]

    def _ahead_of(self, priority: Priority) -> int:
        """How many wait who go first."""
        everybody = self.waiting
        return everybody[priority] + (everybody[Priority.INTERACTIVE] if priority is Priority.BATCH else 0)

    def _make_room(self, priority: Priority) -> None:
        """A place in the queue: a free one, or that of the batch that came last. Raises OverloadedError."""
        if (self._ahead_of(priority) + 1) * self._mean / self._slots > self._seconds:
            raise self._refusal()
        if sum(self.waiting.values()) < self._queue:
            return
        batches = self._waiting[Priority.BATCH]
        if priority is Priority.BATCH or not batches:
            raise self._refusal()
        batches.pop().called.set()

    def _refusal(self) -> OverloadedError:
        """Says when those who wait now will have been served."""
        self.refused += 1
        seconds = math.ceil(sum(self.waiting.values()) * self._mean / self._slots)
        message = "there is too much to do at the moment; Retry-After says when to come back, in seconds"
        return OverloadedError(message, retry_after=min(max(seconds, 1), _LONGEST_RETRY))


def register(app: Flask, settings: Settings) -> None:
    """Has the requests to `app` that cost something wait for their turn; after who may not ask has been sent away."""
    seconds = min(settings.queue_seconds, settings.review_deadline)
    app.extensions[_ADMISSION] = Admission(settings.threads, settings.queue, seconds)
    app.config[_ADMISSION] = settings.review_deadline
    app.before_request(_enter)
    app.teardown_request(_leave)


def _enter() -> None:
    """Takes a slot once the request has come in as a whole: who sends slowly keeps no one from work."""
    if is_open() or request.blueprint in _CHEAP:
        return
    with contextlib.suppress(RequestEntityTooLarge):  # the view finds it too, and tells it in the way of its answers
        body = received(request)
        if len(body) < (request.content_length or 0):  # half a text is not to be reviewed
            raise ClientDisconnected
    PATIENCE.received()
    g.deadline = time.monotonic() + current_app.config[_ADMISSION]
    priority = _priority()
    _admission().enter(priority)
    g.slot = priority, time.monotonic()


def _leave(_error: BaseException | None) -> None:
    if "slot" in g:
        priority, since = g.pop("slot")
        _admission().leave(priority, time.monotonic() - since)
    PATIENCE.answering()


def _priority() -> Priority:
    key = key_of_request()
    urgency = parse_dict_header(request.headers.get("Priority", "")).get("u") or ""
    batch = urgency.partition(";")[0] in _BATCHES or (key is not None and Scope.BATCH in key.scopes)
    return Priority.BATCH if batch else Priority.INTERACTIVE


def _admission() -> Admission:
    found: Admission = current_app.extensions[_ADMISSION]
    return found
