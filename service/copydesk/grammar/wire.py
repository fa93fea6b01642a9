"""What a nursery's children and their users say to each other: JSON, each message after its length in four bytes."""

from __future__ import annotations

import json
import os
import socket
import struct
import time
from dataclasses import dataclass
from typing import Any

from copydesk.grammar.contract import Detail, Match
from copydesk.model import Span

_LENGTH = struct.Struct("!I")
_CREDENTIALS = struct.Struct("3i")  # struct ucred of unix(7): process, user, group


@dataclass(frozen=True, slots=True)
class Peer:
    """The process at the other end, as the kernel tells it: who connected, or who listens."""

    pid: int
    uid: int

    @property
    def is_ours(self) -> bool:
        """Whether it runs for the same user as this process."""
        return self.uid == os.getuid()


def peer(connection: socket.socket) -> Peer:
    """Who is at the other end of a Unix socket."""
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    pid, uid, _ = _CREDENTIALS.unpack(raw)
    return Peer(pid, uid)


def send(connection: socket.socket, message: dict[str, Any]) -> None:
    """Sends one message. Lone surrogates travel as escapes. Raises OSError."""
    data = json.dumps(message).encode("ascii")
    connection.sendall(_LENGTH.pack(len(data)) + data)


def receive(connection: socket.socket, deadline: float | None = None) -> dict[str, Any]:
    """The next message. `deadline` is in `time.monotonic()`; without one it waits for ever.

    Raises EOFError when the other end is gone, TimeoutError past the deadline, other OSErrors, and ValueError for what
    is no message.
    """
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size, deadline))
    message: dict[str, Any] = json.loads(_exactly(connection, length, deadline))
    return message


def _exactly(connection: socket.socket, count: int, deadline: float | None) -> bytes:
    data = bytearray()
    while len(data) < count:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            connection.settimeout(left)
        part = connection.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


def as_row(match: Match) -> list[Any]:
    """A match as JSON has it."""
    told = match.detail
    return [
        match.span.start,
        match.span.end,
        match.rule,
        match.message,
        match.category,
        match.issue_type,
        match.replacements,
        [told.short_message, told.description, told.category_name, told.url, told.sub_id, told.context],
    ]


def as_match(row: list[Any]) -> Match:
    """The match of a row. Raises ValueError or TypeError for what is none."""
    start, end, rule, message, category, issue_type, replacements, detail = row
    return Match(Span(start, end), rule, message, category, issue_type, tuple(replacements), Detail(*detail))
