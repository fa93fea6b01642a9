"""What one review may cost, so that no text keeps a service from others: a time at which it ends, and amounts."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from copydesk.errors import TimeOverError, TooLargeError
from copydesk.model import Document, Finding, Notice

_SPARE = 1000  # findings
_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


@contextmanager
def ends_at(deadline: float | None) -> Iterator[None]:
    """Within the block, the time is over at `deadline`, in `time.monotonic()`; None: never.

    A context variable, since between a review and its longest loops stand checkers, which know nothing of limits.
    """
    token = _deadline.set(deadline)
    try:
        yield
    finally:
        _deadline.reset(token)


def is_timed() -> bool:
    """Whether there is a time at which all must have come to an end."""
    return _deadline.get() is not None


def heed_time() -> None:
    """For every loop over a whole text: raises TimeOverError when the time is over. Costs 0.1 µs."""
    deadline = _deadline.get()
    if deadline is not None and time.monotonic() >= deadline:
        raise TimeOverError


@dataclass(frozen=True, slots=True)
class Limits:
    """Amounts for one review; None: any. `pattern_seconds` is processor time of all pattern rules together."""

    segments: int | None = None
    findings: int | None = None
    pattern_seconds: float | None = None

    def admit(self, segments: int) -> None:
        """Raises TooLargeError for a text of more lines or segments, or for more pairs, than are allowed."""
        if self.segments is not None and segments > self.segments:
            raise TooLargeError(f"{segments} lines, sentences, segments or pairs; at most {self.segments} are read")

    def admit_view(self, view: Document) -> None:
        """Raises TooLargeError for a text of more segments or sentences than are allowed."""
        self.admit(max(len(view.segments), len(view.sentences)))

    @property
    def findings_of_one(self) -> int | None:
        """Findings that one checker may bring, more than an answer holds, since not all of them come to be told. Those
        of a text with a fault in each letter would else be placed, ranked and merged for seconds."""
        return None if self.findings is None else 2 * self.findings + _SPARE

    def first(self, groups: Sequence[tuple[Finding, ...]]) -> tuple[list[tuple[Finding, ...]], tuple[Notice, ...]]:
        """The first findings of all groups together, in their order, and a notice where that is not all."""
        count = sum(map(len, groups))
        if self.findings is None or count <= self.findings:
            return list(groups), ()
        left, kept = self.findings, []
        for group in groups:
            kept.append(group[:left])
            left -= len(kept[-1])
        told = f"only the first {self.findings} of {count} findings are in this answer"
        return kept, (Notice("findings-limit", told),)


def lines_in(content: str | bytes) -> int:
    """The lines with something on them."""
    lines = content.split("\n") if isinstance(content, str) else content.split(b"\n")
    return sum(not line.isspace() for line in lines if line)
