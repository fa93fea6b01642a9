"""Ends connections on which a thread waits for nothing: a request that never comes in, an answer that nobody takes."""

from __future__ import annotations

import contextlib
import math
import socket
import threading
import time
from dataclasses import dataclass


@dataclass(slots=True)
class _Wait:
    """What a thread waits for. `until` is in `time.monotonic()`."""

    connection: socket.socket
    until: float
    direction: int = socket.SHUT_RD


class Patience:
    """The connections that the threads of a process have in hand, and until when each may keep its thread waiting.

    A limit on each read would not do: who sends a byte a minute never comes to an end.
    """

    def __init__(self) -> None:
        self._waits: dict[int, _Wait] = {}  # by thread
        self._seconds = math.inf

    def begin(self, connection: socket.socket, seconds: float) -> None:
        """This thread reads a request from `connection`, for `seconds` at most, and then writes an answer, likewise."""
        self._seconds = seconds
        self._waits[threading.get_ident()] = _Wait(connection, time.monotonic() + seconds)

    def received(self) -> None:
        """The request of this thread is there as a whole; its answer may take its time."""
        if wait := self._waits.get(threading.get_ident()):
            wait.until = math.inf

    def answering(self) -> None:
        """This thread has its answer, and now writes it."""
        if wait := self._waits.get(threading.get_ident()):
            wait.until, wait.direction = time.monotonic() + self._seconds, socket.SHUT_RDWR

    def end(self) -> None:
        """This thread is done."""
        self._waits.pop(threading.get_ident(), None)

    def end_late(self) -> None:
        """Has those threads go on that have waited too long: what they read ends there, what they write fails.

        For the main thread, each second.
        """
        now = time.monotonic()
        for wait in list(self._waits.values()):
            if now > wait.until:
                wait.until = math.inf
                with contextlib.suppress(OSError):  # it has ended by itself
                    wait.connection.shutdown(wait.direction)


PATIENCE = Patience()
"""Of this process: its threads and the views they run know of one another through it."""
