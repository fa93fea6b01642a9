"""The embedded engine in processes that can be killed: children of a nursery, each reading one text at a time."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import socket
import threading
import time
from collections import deque
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from copydesk.errors import EngineError, UnfinishedError
from copydesk.grammar.contract import Match
from copydesk.grammar.embedded import base_of, has_data
from copydesk.grammar.nurseries import Nurseries
from copydesk.grammar.wire import as_match, receive, send
from copydesk.model import Engine

log = logging.getLogger(__name__)

# A child has 12 MB for itself after its first text, 100 after 200, 210 after 800, and so on; a new one costs 20 ms.
_MOST_TEXTS = 200


class IsolatedEngine:
    """The embedded engine behind the contract, for any number of threads; each has a child of its own while it asks.

    A child that does not answer in time is killed, and a new one reads the next text.
    """

    def __init__(self, nurseries: Nurseries, *, keep: int, seconds: float) -> None:
        """`keep` children wait for the next text. A text may take `seconds` of processor time.

        Connects to nothing yet: workers may be forked after. Raises EngineError where lingotweaker has no wheel.
        """
        try:
            self._info = Engine("embedded", version("lingotweaker"))
        except PackageNotFoundError:
            raise EngineError("the embedded engine (lingotweaker) is not installed on this platform") from None
        self._nurseries, self._keep, self._seconds = nurseries, keep, seconds
        self._idle: deque[_Child] = deque()
        self._lock = threading.Lock()
        self.killed = 0  # children, by this process, since they did not answer in time

    @property
    def started(self) -> int:
        """Nurseries that this process has started."""
        return self._nurseries.started

    @property
    def info(self) -> Engine:
        """Name and version."""
        return self._info

    def speaks(self, language: str) -> bool:
        """Whether the data package of the language is installed."""
        return has_data(language)

    def start(self, language: str) -> None:
        """Has the engine loaded for `language` from now on; does not wait for it. Raises EngineError."""
        self._nurseries.start(base_of(language))

    def wait(self, language: str, seconds: float) -> None:
        """Returns when a text in `language` can be read. Raises EngineError when that takes more than `seconds`."""
        connection, _ = self._nurseries.connect(base_of(language), time.monotonic() + seconds)
        connection.close()

    def close(self) -> None:
        """Ends the children that wait."""
        with self._lock:
            while self._idle:
                self._idle.pop().end()

    def check(self, text: str, language: str, timeout: float) -> list[Match]:
        """The alarms on `text`, within `timeout` seconds.

        Raises UnfinishedError when this text was too much, and EngineError when there is no data for the language or
        no child can be had.
        """
        if not self.speaks(language):
            raise EngineError(f"the embedded engine has no data for {language}: install copydesk[languages]")
        deadline = time.monotonic() + timeout
        child = self._take(base_of(language), deadline)
        whole = False
        try:
            answer = child.ask({"text": text, "language": language, "seconds": self._seconds}, deadline)
            whole = True
        except TimeoutError:
            self.killed += 1
            log.warning("a process of the embedded engine is killed: no answer within %.2g s", timeout)
            raise UnfinishedError(f"the embedded engine did not finish within {timeout:.2g} s") from None
        except (OSError, EOFError, ValueError):
            log.warning("a process of the embedded engine ended before it answered")
            reason = f"it crashed, or needed more than {self._seconds:g} s"
            raise UnfinishedError(f"the embedded engine did not finish a passage: {reason}") from None
        finally:
            if whole:
                self._give_back(child)
            else:
                child.end()
        if "error" in answer:
            raise EngineError(answer["error"])
        return [as_match(row) for row in answer["matches"]]

    def _take(self, language: str, deadline: float) -> _Child:
        """A child of that language that lives, from those that wait or a new one. Raises EngineError."""
        with self._lock:
            waiting = [child for child in reversed(self._idle) if child.language == language]
            for child in waiting:
                self._idle.remove(child)
                if child.lives():
                    return child
                child.end()
        return _Child(language, *self._nurseries.connect(language, deadline))

    def _give_back(self, child: _Child) -> None:
        """Keeps a child for the next text; in place of the one that has waited longest where there are enough."""
        if child.texts >= _MOST_TEXTS:
            child.end()
            return
        with self._lock:
            self._idle.append(child)
            spare = self._idle.popleft() if len(self._idle) > self._keep else None
        if spare is not None:
            spare.end()


class _Child:
    """A connection to a child of a nursery, and the means to kill it."""

    def __init__(self, language: str, connection: socket.socket, process: int) -> None:
        self.language, self.texts = language, 0
        self._connection = connection
        try:
            self._process: int | None = os.pidfd_open(process)  # stays this process, whoever has its number later
        except ProcessLookupError:
            self._process = None

    def ask(self, message: dict[str, Any], deadline: float) -> dict[str, Any]:
        """Its answer. Raises TimeoutError past the deadline, OSError, EOFError or ValueError when it is no more."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.texts += 1
        self._connection.settimeout(left)
        send(self._connection, message)
        return receive(self._connection, deadline)

    def lives(self) -> bool:
        """Whether it waits for a text: one that has hung up, or speaks unasked, does not."""
        waiting = select.poll()
        waiting.register(self._connection, select.POLLIN)
        return not waiting.poll(0)

    def end(self) -> None:
        """Kills it, whatever it does."""
        self._connection.close()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, signal.SIGKILL)
            os.close(self._process)
