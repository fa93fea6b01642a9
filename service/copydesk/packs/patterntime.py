"""How long the pattern rules of one review may search: RE2 is linear in the text, and a pattern can still be slow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from copydesk.errors import PatternTimeError

T = TypeVar("T")


class _Clock:
    """The processor time that all pattern rules may take together, and what each has taken."""

    def __init__(self, seconds: float) -> None:
        self._seconds = self._left = seconds
        self._taken: dict[str, float] = {}

    def spend(self, rule: str, search: Callable[[], T]) -> T:
        if self._left < 0:
            slowest = max(self._taken, key=self._taken.__getitem__)
            told = f"pattern rules took more than {self._seconds:g} s and did not all run; the slowest is {slowest}"
            raise PatternTimeError(told)
        began = time.thread_time()
        found = search()
        took = time.thread_time() - began
        self._left -= took
        self._taken[rule] = self._taken.get(rule, 0.0) + took
        return found


_clock: ContextVar[_Clock | None] = ContextVar("pattern_clock", default=None)


@contextmanager
def pattern_time(seconds: float | None) -> Iterator[None]:
    """Within the block, pattern rules have `seconds` of this thread's processor time; None: any amount.

    A context variable, since between a review and its patterns stand checkers, which know nothing of limits.
    """
    token = _clock.set(None if seconds is None else _Clock(seconds))
    try:
        yield
    finally:
        _clock.reset(token)


def timed(rule: str, search: Callable[[], T]) -> T:
    """What `search()` gives for `rule`. Raises PatternTimeError when the time was over before it began."""
    clock = _clock.get()
    return search() if clock is None else clock.spend(rule, search)
