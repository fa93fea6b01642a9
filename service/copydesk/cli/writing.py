"""Texts put back where they came from."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from copydesk.cli.common import STANDARD_INPUT, Source, reason
from copydesk.errors import InputError


def refuse_existing(target: Path | None, what: str) -> None:
    """Raises InputError where the file that a command is to write exists: before the work, and not after it."""
    if target is not None and target.exists():
        raise InputError(f"{target}: exists already; {what} never replaces a file")


def write_new(target: Path, text: str) -> None:
    """Writes a file that does not exist. Raises InputError where it cannot be written, or exists by now."""
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise InputError(f"{target}: {reason(error)}") from None


def put_back(source: Source, text: str) -> bool:
    """Replaces the file in one step: whoever reads it sees the old text or the new one. True where it was replaced.

    What came from standard input goes to standard output; a text that has not changed is left alone. Raises
    InputError where the file has changed meanwhile or cannot be written.
    """
    if source.name == STANDARD_INPUT:
        sys.stdout.buffer.write(text.encode("utf-8"))
        return False
    if text == source.text:
        return False
    path = Path(source.name).resolve()
    try:
        if path.read_bytes() != source.text.encode("utf-8"):
            raise InputError("changed while it was being reviewed; left as it is")
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as new:
            new.write(text.encode("utf-8"))
        Path(new.name).chmod(path.stat().st_mode & 0o7777)
        os.replace(new.name, path)  # noqa: PTH105 (atomic on every platform; the name says so)
    except OSError as error:
        raise InputError(reason(error)) from None
    return True
