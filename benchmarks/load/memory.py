"""What the processes of a service take of the memory, by their part in it."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Literal, get_args

import psutil

Part = Literal["main process", "workers", "nursery and its children", "LanguageTool's host", "LanguageTool"]
PARTS: tuple[Part, ...] = get_args(Part)
_PSS = re.compile(rb"^Pss: +(\d+) kB", re.MULTILINE)
_MODULES: dict[str, Part] = {
    "copydesk.grammar.nursery": "nursery and its children",
    "copydesk.grammar.host": "LanguageTool's host",
}


def memory(main: int) -> Counter[Part]:
    """Bytes by part of the service whose main process is `main`, as the kernel's proportional set size.

    A page that several processes share counts in each for its share, so the sum is what the service takes. A process
    that ends meanwhile counts nothing. Only on Linux.
    """
    found: Counter[Part] = Counter({"main process": proportional(main)})
    for process in psutil.Process(main).children(recursive=True):
        with suppress(psutil.Error):
            found[_part(process)] += proportional(process.pid)
    return found


def proportional(process: int) -> int:
    """`Pss` of one process in bytes; 0 when it has ended."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    figure = _PSS.search(rollup)
    return 1024 * int(figure[1]) if figure else 0


def _part(process: psutil.Process) -> Part:
    if process.name() == "java":
        return "LanguageTool"
    return next((part for word in process.cmdline() if (part := _MODULES.get(word))), "workers")
