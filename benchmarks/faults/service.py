"""The service that faults are set to: its address, its processes, and what it says of itself."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from benchmarks.service import Running, started
from copydesk.grammar.state import ServerState, StateFile

WORKERS = 2
_PATIENCE = 90.0  # seconds
_STEP = 0.05  # seconds between two looks


class NotToBeHadError(Exception):
    """What a fault needs is not on this machine."""


class NotShownError(Exception):
    """The fault did not come, or what it broke did not become whole again."""


@dataclass(frozen=True, slots=True)
class Service(Running):
    """A service that runs, with all its files in `folder`. `key`: what its clients come with, where it asks for one."""

    key: str | None = None

    @property
    def run_dir(self) -> Path:
        """Where its processes meet."""
        return self.folder / "run"

    def said(self) -> str:
        """What it has told a person."""
        return (self.folder / "said").read_text(encoding="utf-8")

    def workers(self) -> list[psutil.Process]:
        """The worker processes that live."""
        children = psutil.Process(self.process.pid).children()
        return [child for child in children if lives(child) and not _has(child, "copydesk.grammar.")]

    def nursery(self) -> psutil.Process | None:
        """The process that has English loaded, if there is one, whoever started it."""
        socket = f"{self.process.pid}-en.sock"
        found = [child for child in psutil.process_iter() if lives(child) and _has(child, socket)]
        return next((child for child in found if child.ppid() not in {other.pid for other in found}), None)

    def languagetool(self) -> ServerState | None:
        """What the host of its LanguageTool says; None while it is not ready."""
        now = StateFile(self.run_dir / "languagetool.json").read()
        return now if now is not None and now.ready else None

    def reason(self) -> str:
        """Why its LanguageTool is not ready."""
        now = StateFile(self.run_dir / "languagetool.json").read()
        return "" if now is None else now.reason

    def started(self) -> int:
        """The process of its LanguageTool, ready or not; 0 while there is none."""
        now = StateFile(self.run_dir / "languagetool.json").read()
        return 0 if now is None else now.pid

    def figure(self, name: str) -> float:
        """One of its figures, by name."""
        text = requests.get(f"{self.url}/metrics", timeout=_PATIENCE).text
        found = re.search(rf"^{name} (\S+)$", text, re.MULTILINE)
        return float(found[1]) if found else 0.0


@contextmanager
def serving(
    folder: Path, engine: str = "embedded", more: Mapping[str, str] | None = None, **settings: object
) -> Iterator[Service]:
    """A service of two workers that is ready. `settings` as in the environment, without the prefix; `more` with it."""
    wanted = {"run_dir": folder / "run", "store": f"sqlite:///{folder}/store.sqlite", **settings}
    own = {f"COPYDESK_{name.upper()}": str(value) for name, value in wanted.items()}
    with started(folder, {**own, **(more or {})}, "--workers", str(WORKERS), "--engine", engine) as running:
        service = Service(running.process, running.url, folder)
        until(lambda: requests.get(f"{service.url}/readyz", timeout=_PATIENCE).ok, "it is ready")
        yield service


def until(is_so: Callable[[], object], what: str, seconds: float = _PATIENCE) -> None:
    """Returns when `is_so`. Raises NotShownError after `seconds`."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise NotShownError(f"not within {seconds:.0f} s: {what}")
        time.sleep(_STEP)


def lives(process: psutil.Process) -> bool:
    """Whether it runs; a zombie does not."""
    try:
        return bool(process.is_running()) and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _has(process: psutil.Process, part: str) -> bool:
    try:
        return any(part in word for word in process.cmdline())
    except psutil.Error:  # it ended meanwhile
        return False
