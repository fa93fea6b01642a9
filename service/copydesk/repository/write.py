"""Files as text, and texts put back in one step: whoever looks sees the old file or the new one, never half of one.

A new file is written beside the old one, under a name of our own, flushed to the disk and renamed over it. A process
that is killed between the two leaves that file behind; it is locked for as long as its writer lives, so the next run
knows what it may sweep away.
"""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from copydesk.errors import EncodingError, InputError
from copydesk.read.reader import decode

_PREFIX, _SUFFIX = ".copydesk-", ".new"
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LOOKED_AT = 8000  # bytes at the beginning in which a binary file shows itself, as git does it
_NULS = 0.01  # of those bytes; valid text may have a stray one, which is a finding and no reason to refuse it


def reason(error: OSError) -> str:
    """Why a file cannot be read or written, without its path, which stands before it."""
    return error.strerror or type(error).__name__


def encoding_of(data: bytes) -> str:
    """UTF-16 where a byte order mark says so, else UTF-8. The mark stays in the text: offsets count it."""
    return next((name for mark, name in _WIDE if data.startswith(mark)), "utf-8")


def text_of(data: bytes) -> str:
    """The text in `data`: UTF-8, or UTF-16 with its byte order mark. `text.encode(encoding_of(data))` is the way back.

    Raises EncodingError for what is in neither, and for a binary file that is valid UTF-8 by chance.
    """
    encoding = encoding_of(data)
    if encoding != "utf-8":
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            raise EncodingError(f"not valid {encoding.upper()} at byte {error.start}: {error.reason}") from None
        if "\0" in text[:_LOOKED_AT]:  # UTF-32 begins alike
            raise EncodingError("a binary file or UTF-32; texts are UTF-8, or UTF-16 with a byte order mark")
        return text
    nuls = data.count(b"\0", 0, _LOOKED_AT)
    if nuls > _NULS * min(len(data), _LOOKED_AT):
        raise EncodingError("a binary file, not a text")
    try:
        return decode(data)
    except EncodingError:
        if nuls:
            raise EncodingError("a binary file, not a text") from None
        raise


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Puts `new` in the place of `old` in one step. The mode stays; a symbolic link stays one, its target is replaced.

    Raises InputError where the file does not hold `old` any more, or cannot be written; it is then as it was. Between
    the last look and the rename lie some microseconds in which another's change is not seen: no system call does both.
    """
    try:
        path = path.resolve(strict=True)
        before = path.stat()
        if path.read_bytes() != old:
            raise InputError("changed while it was being reviewed; left as it is")
        with _beside(path) as file:
            with contextlib.suppress(PermissionError):  # only root may give a file away; the mode is what counts
                os.fchown(file.fileno(), before.st_uid, before.st_gid)
            os.fchmod(file.fileno(), before.st_mode & 0o7777)
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
            now = path.stat()
            if (now.st_ino, now.st_size, now.st_mtime_ns) != (before.st_ino, before.st_size, before.st_mtime_ns):
                raise InputError("changed while it was being reviewed; left as it is")
            os.replace(file.name, path)  # noqa: PTH105 (atomic on every platform; the name says so)
    except OSError as error:
        raise InputError(reason(error)) from None


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[BinaryIO]:
    """A new file in the folder of `path`, locked; removed at the end unless it has been renamed."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_PREFIX, suffix=_SUFFIX, delete=False) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield file  # type: ignore[misc]  # the wrapper has all that a file has
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(file.name)  # noqa: PTH108 (as a string, beside `os.replace`)


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file of our own, new or again, in one step, with its folders. Raises InputError where it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path = path.resolve()
        mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
        with _beside(path) as file:
            os.fchmod(file.fileno(), mode)
            file.write(data)
            file.flush()
            os.replace(file.name, path)  # noqa: PTH105 (as above)
    except OSError as error:
        raise InputError(f"{path}: {reason(error)}") from None


def sweep(folders: Iterable[Path]) -> None:
    """Removes what writers that were killed have left in `folders`; what a living one is writing stays."""
    for folder in set(folders):
        for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError), left.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()


def _umask() -> int:
    """What new files are not allowed. It can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
