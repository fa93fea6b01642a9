"""What earlier runs have found, on disk, by the digest of all that it follows from.

One file an entry, written in one step under the name of its digest: any number of runs may read and write at once, and
two that find out the same thing write the same. Nothing has to be taken out as stale; what has lain unused longest
goes when the folder is larger than it may be. Entries are JSON, and not pickled, so that a folder that somebody else
has filled can run nothing.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from copydesk.errors import InputError
from copydesk.model import Document, Engine, Finding, Notice, Review
from copydesk.repository.write import sweep, write_whole

FOLDER = ".copydesk_cache"
MOST_BYTES = 256_000_000
_ROOM = 0.8  # of the most bytes: what is left after others had to go, so that not each run has to look for some
_SUM = 16  # bytes of the check sum before each entry
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

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        """The folder is made when the first entry is put in."""
        self._folder, self._most = folder, most_bytes
        self._ready = False

    def get(self, key: bytes) -> Entry | None:
        """The entry of `key`; None where there is none, or what is there is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            if blake2b(data[_SUM:], digest_size=_SUM).digest() != data[:_SUM]:
                return None
            entry = _entries().validate_json(data[_SUM:])
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
            write_whole(self._path(key), blake2b(data, digest_size=_SUM).digest() + data)

    def prune(self) -> None:
        """Takes out what was used longest ago until the rest has room; to be called once a run that put something in.

        Another run may be doing the same: what is gone is gone.
        """
        found = sorted(self._files())
        used = sum(size for _, size, _ in found)
        if used <= self._most:
            return
        sweep(path for path in self._folder.glob("??") if path.is_dir())
        for _, size, path in found:
            if used <= self._most * _ROOM:
                return
            with contextlib.suppress(OSError):
                os.unlink(path)  # noqa: PTH108 (a string, from scandir)
            used -= size

    def _path(self, key: bytes) -> Path:
        name = key.hex()
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
        """Says to backup programs and to git that the folder is a cache."""
        for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
            if not (self._folder / name).exists():
                write_whole(self._folder / name, text.encode())
        self._ready = True
