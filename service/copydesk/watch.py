"""How long parts of a review take, told to whoever watches this process. Nobody does by default."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

Kind = Literal["family", "engine"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Work of one kind and name: when it began (seconds since 1970), for how many seconds, and the error that ended it.

    `error` is the name of an exception's type; never its message, which could quote a text.
    """

    kind: Kind
    name: str
    began: float
    seconds: float
    error: str = ""


Watcher = Callable[[Stretch], None]
_watchers: dict[Watcher, None] = {}  # a set that keeps its order


def watch(watcher: Watcher) -> None:
    """From now on, `watcher` is told of every stretch, in the thread that did it. It must be quick, and not raise."""
    _watchers[watcher] = None


def tell(stretch: Stretch) -> None:
    """Tells everybody who watches."""
    for watcher in _watchers:
        watcher(stretch)


@contextmanager
def timed(kind: Kind, name: str) -> Iterator[None]:
    """Tells what happens inside, also when it ends with an error."""
    began, start, error = time.time(), time.perf_counter(), ""
    try:
        yield
    except Exception as raised:
        error = type(raised).__name__
        raise
    finally:
        tell(Stretch(kind, name, began, time.perf_counter() - start, error))
