"""When a server that keeps people waiting in vain is left alone, and when it is tried again."""

from __future__ import annotations

import threading
import time

REST = 5.0  # seconds for which a server that has kept somebody waiting in vain is not asked
_LONGEST_REST = 60.0  # seconds; doubled each time that a try fails
_SLOW = 0.5  # seconds; a failure that came sooner kept nobody waiting


class Breaker:
    """A circuit breaker (Nygard, Release It!, 2007) for one server. Any number of threads may use it.

    Only failures that took long count: who is refused at once has lost nothing, and our own server says at once that
    it is starting, so that it is asked again as soon as it is ready.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until, self._rest, self._why = 0.0, REST, ""
        self._tried = False  # whether somebody was let through to see whether it answers again

    @property
    def resting(self) -> str:
        """Why the server is not asked at the moment; nothing when it may be asked."""
        return self._why if time.monotonic() < self._until else ""

    def enter(self) -> str:
        """Nothing for who may ask the server and will say how that ended, else why not.

        After a rest one caller is let through; all others go on without the server until that has ended.
        """
        with self._lock:
            now = time.monotonic()
            if now < self._until:
                return self._why
            if self._why:
                self._tried, self._until = True, now + self._rest
            return ""

    def failed(self, why: str, seconds: float) -> bool:
        """Is told that the server did not answer, and for how long somebody waited; whether a rest begins with it."""
        with self._lock:
            now = time.monotonic()
            tried, self._tried = self._tried, False
            if seconds <= _SLOW:
                self._until = 0.0 if tried else self._until
                return False
            if now < self._until and not tried:  # it rests already: others began to wait before it did
                return False
            self._rest = min(2 * self._rest, _LONGEST_REST) if tried else REST
            self._why, self._until = why, now + self._rest
            return True

    def answered(self) -> None:
        """Is told that the server answers."""
        with self._lock:
            self._until, self._why, self._tried = 0.0, "", False
