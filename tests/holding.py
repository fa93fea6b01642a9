"""A text that holds the embedded engine, and a way to look at processes, for the tests of isolation."""

from __future__ import annotations

import random
import string
import time

import psutil

from copydesk.errors import EngineError
from copydesk.grammar.embedded import EmbeddedEngine
from patience import PATIENCE


def holding() -> str:
    """One piece of a text, of words that are none: the engine spends half a minute on suggestions for them."""
    draw = random.Random(1)  # noqa: S311 (a text, no secret)
    return " ".join("".join(draw.choices(string.ascii_lowercase, k=6)) for _ in range(570))


def has_embedded() -> bool:
    """Whether there is an embedded engine for this machine."""
    try:
        EmbeddedEngine(preload=())
    except EngineError:
        return False
    return True


def gone(process: int, within: float = PATIENCE) -> bool:
    """Whether the process is no more, now or `within` seconds; a zombie is none."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            if psutil.Process(process).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False
