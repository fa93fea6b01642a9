"""Clients that keep a service waiting: they send a byte a second, take no answer, or go away half way."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

from benchmarks.faults.run import Fault, Run
from benchmarks.faults.service import NotShownError, until

SECONDS = 8  # the service's patience with a request that comes in, and with an answer that is taken
_EACH = 50
_EVERY = 2.0  # seconds from one time to the next that fifty go away
_ALLOWANCE = 10.0  # seconds past that patience
_LITTLE = 4_096  # bytes that a client takes in
_SEGMENT = 536  # bytes of a packet to them: what the kernel holds of an answer, here and there, is little then
_NOW = struct.pack("ii", 1, 0)  # SO_LINGER: the connection is cut, not closed
_POST = (
    b"POST /v1/review HTTP/1.1\r\nHost: desk\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\nTalks were held"
)
_GET = b"GET /v1/rules HTTP/1.1\r\nHost: desk\r\n\r\n"


def _slow(run: Run) -> None:
    """Fifty of each; those that go away come back, all the time."""
    over = threading.Event()
    run.strikes()
    senders = [_connect(run, _POST) for _ in range(_EACH)]
    readers = [_connect(run, _GET, _LITTLE) for _ in range(_EACH)]
    leaver = threading.Thread(target=_come_and_go, args=(run, over))
    leaver.start()
    try:
        _dribble(run, senders)
        run.tell(f"those that send a byte a second were sent away after {run.since():.0f} s")
        until(lambda: not _still_held(run, readers), "those that take no answer are sent away")
        run.tell(f"those that take no answer after {run.since():.0f} s")
    finally:
        over.set()
        leaver.join()
        for connection in (*senders, *readers):
            connection.close()


def _dribble(run: Run, senders: list[socket.socket]) -> None:
    """Sends a byte a second from each until all are sent away. Raises NotShownError where they are not."""
    while left := _still_held(run, senders):
        if run.since() > SECONDS + _ALLOWANCE:
            raise NotShownError(f"{len(left)} that send a byte a second were not sent away")
        for sender in senders:
            with contextlib.suppress(OSError):
                sender.send(b"x")
        time.sleep(1.0)


def _connect(run: Run, first: bytes, takes: int | None = None) -> socket.socket:
    """A connection over which `first` was sent; the client takes in some bytes only, where `takes` says how many."""
    address = urlsplit(run.service.url)
    connection = socket.socket()
    if takes is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, takes)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, _SEGMENT)
    connection.connect((address.hostname, address.port))
    connection.sendall(first)
    connection.setblocking(False)
    return connection


def _still_held(run: Run, connections: Iterable[socket.socket]) -> set[int]:
    """The ports of those that a worker has in hand still."""
    ports = {connection.getsockname()[1] for connection in connections}
    held = {found.raddr.port for worker in run.service.workers() for found in worker.net_connections() if found.raddr}
    return ports & held


def _come_and_go(run: Run, over: threading.Event) -> None:
    """Fifty at a time send half a request, and are gone."""
    while not over.wait(_EVERY):
        connections = []
        with contextlib.suppress(OSError):
            connections = [_connect(run, _POST) for _ in range(_EACH)]
        for connection in connections:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NOW)
            connection.close()


SLOW = Fault("50 clients send a byte a second, 50 take no answer, 50 a time go away half way", _slow)
