"""A full disk: the one that has a service's run-time files, its figures, its words and its log."""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from benchmarks.faults.run import Fault, Run, Scene
from benchmarks.faults.service import WORKERS, NotShownError, NotToBeHadError, Service, serving, until

_SIZE = "size=32m,nr_inodes=500"
_FULL = 5.0  # seconds for which it stays full; again so long with a worker less
_EVERY = 0.1  # seconds from one word to the next
_BLOCK = bytes(1 << 16)
_OWNER = {"username": "anna", "apiKey": "k"}
_NO_ROOM = 507


def disk() -> Scene:
    """A service whose files are all on a disk of their own, which is small."""
    return Scene((Fault("the disk full, and a worker killed then", _filled, may_cut=True),), _on_a_small_disk)


@contextmanager
def _on_a_small_disk(folder: Path) -> Iterator[Service]:
    """Raises NotToBeHadError where this user may not mount one."""
    mounting = ["mount", "-t", "tmpfs", "-o", _SIZE, "copydesk", str(folder)]
    if subprocess.run(mounting, stderr=subprocess.DEVNULL, check=False).returncode:
        raise NotToBeHadError("this user may mount no file system")
    try:
        with serving(folder) as service:
            yield service
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


class _Words(threading.Thread):
    """Adds a word ten times a second."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url, self._over = f"{url}/v2/words", threading.Event()
        self.kept: list[str] = []  # what the service said it has
        self.refused = Counter[tuple[int, str]]()

    def run(self) -> None:
        """Until it is told to end."""
        number = 0
        while not self._over.wait(_EVERY):
            word, number = f"word{number}", number + 1
            with contextlib.suppress(requests.ConnectionError):  # a worker was killed; the word is not said to be kept
                answer = requests.post(f"{self._url}/add", data={**_OWNER, "word": word}, timeout=60)
                if answer.ok:
                    self.kept.append(word)
                else:
                    self.refused[answer.status_code, answer.text] += 1

    def end(self) -> None:
        """Returns when it has ended."""
        self._over.set()
        self.join()

    def missing(self) -> set[str]:
        """What the service said it has, and has not."""
        asked: dict[str, Any] = {**_OWNER, "limit": 1_000_000}
        found = requests.get(self._url, params=asked, timeout=60).json()["words"]
        return set(self.kept) - set(found)


def _filled(run: Run) -> None:
    words = _Words(run.service.url)
    words.start()
    try:
        time.sleep(1.0)
        run.strikes()
        _fill(run.service.folder, _FULL)
        victim = run.service.workers()[0]
        victim.kill()
        _fill(run.service.folder, _FULL)
        until(lambda: len(run.service.workers()) == WORKERS, "another worker while the disk is full")
        for path in run.service.folder.glob("filler*"):
            path.unlink()
        kept = len(words.kept)
        until(lambda: len(words.kept) > kept + 5, "words are kept again")
    finally:
        words.end()
    _judge(run, words)


def _judge(run: Run, words: _Words) -> None:
    if not words.refused:
        raise NotShownError("a word is refused while the disk is full")
    if others := {(status, said) for status, said in words.refused if status != _NO_ROOM}:
        raise NotShownError(f"a word that cannot be kept has status {_NO_ROOM}, not {others}")
    if missing := words.missing():
        raise NotShownError(f"{len(missing)} words that were said to be kept are")
    times = sum(words.refused.values())
    run.tell(f"{len(words.kept)} words kept, all of which are there; {times} refused with status {_NO_ROOM}")


def _fill(folder: Path, seconds: float) -> None:
    """Keeps the disk full for so long: of bytes, and of files."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), (folder / "filler").open("ab", buffering=0) as file:
            while True:
                file.write(_BLOCK)
        with contextlib.suppress(OSError), (folder / "filler").open("ab", buffering=0) as file:
            while True:
                file.write(b"0")
        with contextlib.suppress(OSError):
            for number in range(100_000):
                (folder / f"filler{number}").touch(exist_ok=False)
        time.sleep(_EVERY)
