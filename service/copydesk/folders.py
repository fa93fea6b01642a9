"""Folders for our own eyes only."""

from __future__ import annotations

import os
from pathlib import Path

_OTHERS = 0o022  # the right to write, of others than the owner


def make_private(folder: Path) -> None:
    """Makes `folder`, and the one that it is in, for our own eyes only; what is there already stays as it is."""
    for place in (folder.parent, folder):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)


def is_private(folder: Path) -> bool:
    """Whether `folder` is there and nobody else can have written in it."""
    try:
        status = folder.stat()
    except OSError:
        return False
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS
