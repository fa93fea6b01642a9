"""A command as a process of its own: how long it takes, and how much memory it and all its children have together."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_FIRST, _EVERY = 0.1, 1.0  # seconds to the first look at the memory, and between two: each takes some 30 ms itself


@dataclass(frozen=True, slots=True)
class Watched:
    """What a command did. `peak` is in bytes: the largest sum of proportional set sizes, where what several processes
    share is counted once. `output` is what it printed; None where it was ended at its time limit."""

    seconds: float
    peak: int
    output: bytes | None


def watched(
    command: Sequence[str], folder: Path, limit: float, cores: int | None = None, more: Mapping[str, str] | None = None
) -> Watched:
    """Runs `command` in `folder`, with `more` in its environment, for `limit` seconds at most.

    With `cores` on the first so many processors, and its memory is not looked at: where all of them are in use, that
    would take time from the command which it leaves it where one is free.
    """
    with tempfile.TemporaryFile() as output:
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(more or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if cores is not None:
            psutil.Process(process.pid).cpu_affinity(list(range(cores)))
        peak, ended, pause = 0, False, _FIRST
        while not ended and time.monotonic() - began < limit:
            try:
                process.wait(pause)
                ended = True
            except subprocess.TimeoutExpired:
                peak = max(peak, _memory(process.pid)) if cores is None else 0
                pause = min(2 * pause, _EVERY)
        seconds = time.monotonic() - began
        if not ended:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        output.seek(0)
        return Watched(seconds, peak, output.read() if ended else None)


def _memory(pid: int) -> int:
    total = 0
    try:
        root = psutil.Process(pid)
        every = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0
    for process in every:
        try:
            total += process.memory_full_info().pss
        except psutil.Error:  # it has ended meanwhile
            continue
    return total
