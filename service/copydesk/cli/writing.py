"""Texts put back where they came from, and files that a command makes."""

from __future__ import annotations

import sys
from pathlib import Path

from copydesk.errors import InputError
from copydesk.read import is_writable
from copydesk.repository.task import Task
from copydesk.repository.write import encoding_of, reason, replace_file


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


def put_back(task: Task, text: str) -> bool:
    """Replaces the file of `task` by `text`, in its encoding. True where it was replaced.

    What came from standard input goes to standard output; a text that has not changed is left alone. Raises
    InputError where the file has changed meanwhile, cannot be written, or is no text.
    """
    if not is_writable(task.format):
        raise InputError("a Word file cannot be written back; review it without --write")
    new = text.encode(encoding_of(task.data))
    if task.path is None:
        sys.stdout.buffer.write(new)
        return False
    if new == task.data:
        return False
    replace_file(task.path, task.data, new)
    return True
