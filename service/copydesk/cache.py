"""What has been found out before, by digest: kept in memory up to a number of bytes, the least used forgotten first."""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from copydesk.settings import Settings

_DIGEST = 16  # bytes; two of 2^40 texts share one with a probability of 2^-48
T = TypeVar("T")
_LONGEST = 100_000  # code points of what is remembered
_ENTRY = 200  # bytes that an entry takes beside its value: the key and its place in the dictionary


class Cache:
    """Findings by the digest of all that they follow from, so that nothing ever has to be taken out as stale.

    No text is kept: keys are digests, and values hold only the words that a finding names, and the names of a text.
    Any number of threads may use it; what two of them find out at the same time is put in twice, and is the same.
    """

    def __init__(self, most_bytes: int) -> None:
        """`most_bytes` are estimated: the sizes of the objects of a value, shared ones counted each time."""
        self._most = most_bytes
        self._kept: OrderedDict[bytes, tuple[Any, int]] = OrderedDict()
        self._used = 0
        self.hits = self.misses = 0  # of `get`, since the process began
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def used(self) -> int:
        """Bytes that are kept now, at most `most_bytes`."""
        return self._used

    def get(self, key: bytes) -> Any | None:
        """The value of `key`, or None; from now on it is the last to be forgotten."""
        with self._lock:
            entry = self._kept.get(key)
            if entry is None:
                self.misses += 1
                return None
            self.hits += 1
            self._kept.move_to_end(key)
            return entry[0]

    def put(self, key: bytes, value: Any) -> None:
        """Keeps `value`, which is immutable and not None; others go until it fits. What cannot fit is not kept."""
        size = _ENTRY + size_of(value)
        with self._lock:
            if size > self._most:
                return
            _, before = self._kept.pop(key, (None, 0))
            self._used += size - before
            self._kept[key] = (value, size)
            while self._used > self._most:
                _, (_, freed) = self._kept.popitem(last=False)
                self._used -= freed


def open_cache(settings: Settings) -> Cache | None:
    """The cache that the settings want, one for all desks and engines of a process; None where it is switched off."""
    return Cache(settings.cache_bytes) if settings.cache_bytes else None


def recalled(cache: Cache | None, parts: tuple[str, ...], find: Callable[[], T]) -> T:
    """What `find()` gives (immutable, not None), remembered under `parts`, which are all that it follows from.

    Not where they are longer than any paragraph: to measure what was found takes as long as to find it.
    """
    if cache is None or sum(map(len, parts)) > _LONGEST:
        return find()
    key = digest(*parts)
    found: T | None = cache.get(key)
    if found is None:
        found = find()
        cache.put(key, found)
    return found


def digest(*parts: str) -> bytes:
    """16 bytes that stand for `parts` in their order. Their `repr` tells where each ends, whatever is in it."""
    return blake2b(repr(parts).encode(), digest_size=_DIGEST).digest()


def size_of(value: object) -> int:
    """Bytes of an immutable value with all its parts. Members of enumerations are there once, and count nothing."""
    if value is None or isinstance(value, Enum):
        return 0
    own = sys.getsizeof(value)
    if isinstance(value, tuple):
        return own + sum(map(size_of, value))
    if is_dataclass(value):
        return own + sum(size_of(getattr(value, field.name)) for field in fields(value))
    return own
