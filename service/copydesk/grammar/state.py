"""The file through which a LanguageTool server's host tells everyone on the machine how the server is."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from copydesk.folders import make_private

_STEP = 0.02  # seconds between two tries for the lock


@dataclass(frozen=True, slots=True)
class ServerState:
    """How the server is. `pid` is the server's, 0 while there is none; `reason` says why it is not ready; `starts`
    counts the times that its host has begun to start one."""

    host_pid: int
    pid: int = 0
    url: str = ""
    version: str = ""
    ready: bool = False
    reason: str = ""
    starts: int = 0


class StateFile:
    """Written by one host, read by any number of clients.

    A lock beside it is held by the host as long as it lives, so that there is never a second one, and that a
    host that was killed is known from one that runs whatever the file says. The lock's time of change is the
    time of last use.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = path.with_suffix(".lock")

    def read(self) -> ServerState | None:
        """The last state that was written; None when no host was started, or the last one ended in order.

        Costs about 20 µs, so there is nothing to cache.
        """
        try:
            return ServerState(**json.loads(self.path.read_bytes()))
        except FileNotFoundError:
            return None
        except (TypeError, ValueError):  # another version of copydesk wrote it
            return None

    def write(self, state: ServerState) -> None:
        """Publishes `state`: a reader sees the old one or the new one, never half of either."""
        beside = self.path.with_suffix(f".{os.getpid()}")
        with open(beside, "w", encoding="utf-8", opener=_privately) as file:
            json.dump(asdict(state), file)
        beside.replace(self.path)

    def remove(self) -> None:
        """Says that there is no server, and that this is no failure."""
        self.path.unlink(missing_ok=True)

    def touch(self) -> None:
        """Tells the host that the server is in use."""
        with contextlib.suppress(FileNotFoundError):
            os.utime(self._lock)

    def idle(self) -> float:
        """Seconds since the last use."""
        try:
            return time.time() - self._lock.stat().st_mtime
        except FileNotFoundError:
            return 0.0

    def running(self) -> bool:
        """Whether a host lives, ready or not."""
        try:
            with self._lock.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    @contextlib.contextmanager
    def held(self, patience: float = 1.0) -> Iterator[bool]:
        """Holds the lock while the block runs; False when another host has it.

        Tries for `patience` seconds, because a call of `running` elsewhere has the lock for a moment.
        """
        make_private(self.path.parent)
        with open(self._lock, "ab", opener=_privately) as file:
            until = time.monotonic() + patience
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    if time.monotonic() > until:
                        yield False
                        return
                    time.sleep(_STEP)
                else:
                    yield True
                    return


def _privately(path: str, flags: int) -> int:
    """A new file is for our own eyes only, whatever others may do in its folder."""
    return os.open(path, flags, 0o600)


def lives(process: int) -> bool:
    """Whether there is a process of that number, whoever's it is."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is another user's
        return True
    return True
