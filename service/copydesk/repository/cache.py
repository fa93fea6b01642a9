"""What earlier runs have found, on disk, by the digest of all that it follows from.

One file an entry, written in one step under the name of its digest: any number of runs may read and write at once, and
two that find out the same thing write the same. Nothing has to be taken out as stale; what has lain unused longest
goes when the folder is larger than it may be, and what nobody has asked for in two weeks. Entries are JSON, and not
pickled, so that a folder that somebody else has filled can run nothing.

Findings quote the text, and the text must not lie about in a folder that nobody thinks of. So an entry is sealed with
its digest, which follows from the whole text: who has the text can read what was found in it, and nobody else. On disk
there is only a digest of that digest, as the file's name.
"""

from __future__ import annotations

import contextlib
import math
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b, shake_256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from copydesk.errors import InputError
from copydesk.model import Document, Engine, Finding, Notice, Review
from copydesk.repository.write import sweep, write_whole

FOLDER = ".copydesk_cache"
MOST_BYTES = 256_000_000
MOST_SECONDS = 14 * 86400  # without being used
_ROOM = 0.8  # of the most bytes: what is left after others had to go, so that not each run has to look for some
_PRUNED_EVERY = 86400  # seconds, for runs that put nothing in
_SUM = 16  # bytes of the check sum before each entry
_TAG_FILE = "CACHEDIR.TAG"  # its time of change is when a run last looked for what is too old
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of copydesk, which may be deleted: bford.info/cachedir\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """A review without its text, which the file has. `text` is only there for a file that is no text (Word)."""

    language: str
    format: str
    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...]
    engines: tuple[Engine, ...]
    text: str | None = None

    def review(self, text: str, source: str) -> Review:
        """The review of the file called `source`, which holds `text`. Its document has no segments and no sentences:
        nothing that is shown or written needs them."""
        document = Document(self.text or text, (), (), self.language, self.format, source)
        return Review(document, self.findings, self.notices, self.engines)


@cache
def _entries() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)


def digest(*parts: bytes) -> bytes:
    """32 bytes that stand for `parts` in their order, wherever one ends."""
    whole = blake2b(digest_size=32)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()


class DiskCache:
    """Entries in a folder. Where it cannot be written, nothing is kept, and nothing else is lost."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES, most_seconds: float = MOST_SECONDS) -> None:
        """The folder is made when the first entry is put in, for our own eyes only."""
        self._folder, self._most, self._longest = folder, most_bytes, most_seconds
        self._ready = False

    def get(self, key: bytes) -> Entry | None:
        """The entry of `key`; None where there is none, or what is there is damaged."""
        path = self._path(key)
        try:
            kept = path.read_bytes()
            data = _sealed(kept[_SUM:], key, kept[:_SUM])
            if _sum(data, key) != kept[:_SUM]:
                return None
            entry = _entries().validate_json(data)
        except (OSError, ValidationError):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # the time of last use, by which the oldest go
        return entry

    def put(self, key: bytes, entry: Entry) -> None:
        """Keeps `entry`."""
        data = _entries().dump_json(entry)
        with contextlib.suppress(InputError):
            if not self._ready:
                self._prepare()
            write_whole(self._path(key), (tag := _sum(data, key)) + _sealed(data, key, tag))

    def prune(self) -> None:
        """Takes out what has not been used for too long, and what was used longest ago until the rest has room.

        To be called at the end of each run; one that put nothing in looks once a day, since 10,000 entries take 60 ms.
        Another run may be doing the same: what is gone is gone.
        """
        now = time.time()
        if not self._ready and now - self._last_pruned() < _PRUNED_EVERY:
            return
        with contextlib.suppress(OSError):
            os.utime(self._folder / _TAG_FILE)
        found = sorted(self._files())
        used = sum(size for _, size, _ in found)
        room = self._most * _ROOM if used > self._most else self._most
        if used > self._most:
            sweep(path for path in self._folder.glob("??") if path.is_dir())
        for last, size, path in found:
            if used <= room and now - last / 1e9 <= self._longest:
                return
            with contextlib.suppress(OSError):
                os.unlink(path)  # noqa: PTH108 (a string, from scandir)
            used -= size

    def _last_pruned(self) -> float:
        """When a run last looked for what is too old; endless where there is no cache."""
        try:
            return (self._folder / _TAG_FILE).stat().st_mtime
        except OSError:
            return math.inf

    def _path(self, key: bytes) -> Path:
        name = digest(key).hex()
        return self._folder / name[:2] / name[2:]

    def _files(self) -> Iterator[tuple[int, int, str]]:
        """Time of last use in nanoseconds, size and path of each entry."""
        for folder in self._folder.glob("??"):
            with contextlib.suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    with contextlib.suppress(OSError):
                        stat = entry.stat()
                        yield stat.st_mtime_ns, stat.st_size, entry.path

    def _prepare(self) -> None:
        """Closes the folder to others, and says to backup programs and to git that it is a cache."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
        for name, text in ((_TAG_FILE, _TAG), (".gitignore", "*\n")):
            if not (self._folder / name).exists():
                write_whole(self._folder / name, text.encode())
        self._ready = True


def _sum(data: bytes, key: bytes) -> bytes:
    """A check sum that only who has `key` can make."""
    return blake2b(data, key=key, digest_size=_SUM).digest()


def _sealed(data: bytes, key: bytes, tag: bytes) -> bytes:
    """`data` sealed with `key`, or what is sealed opened again.

    The stream of bytes that is laid over it is SHAKE256 of the key and of the check sum, so no two entries have the
    same (a synthetic initialisation vector, Rogaway and Shrimpton 2006).
    """
    stream = shake_256(key + tag).digest(len(data))
    return (int.from_bytes(data) ^ int.from_bytes(stream)).to_bytes(len(data))
