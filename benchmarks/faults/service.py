"""The service that faults are set to: its address, its processes, and what it says of itself."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from copydesk.grammar.state import ServerState, StateFile

WORKERS = 2
_PATIENCE = 90.0  # seconds
_STEP = 0.05  # seconds between two looks
_SERVE = [sys.executable, "-c", "from copydesk.cli import main; main()", "serve", "--port", "0"]


class NotToBeHadError(Exception):
    """What a fault needs is not on this machine."""


class NotShownError(Exception):
    """The fault did not come, or what it broke did not become whole again."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs, with all its files in `folder`. `key`: what its clients come with, where it asks for one."""

    process: subprocess.Popen[bytes]
    url: str
    folder: Path
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
    environment = {**os.environ, **own, **(more or {}), "PYTHONUNBUFFERED": "1"}
    command = [*_SERVE, "--workers", str(WORKERS), "--engine", engine]
    with (
        (folder / "said").open("wb") as output,
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, env=environment, stdout=output, stderr=log) as process,
    ):
        try:
            service = Service(process, _address(process, folder), folder)
            until(lambda: requests.get(f"{service.url}/readyz", timeout=_PATIENCE).ok, "it is ready")
            yield service
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_PATIENCE)
            finally:
                process.kill()


def _address(process: subprocess.Popen[bytes], folder: Path) -> str:
    """Where the service listens. Raises NotShownError with the end of its log where it does not start."""
    pattern = re.compile(r" at (http://127\.0\.0\.1:\d+) ")
    with suppress(NotShownError):
        until(lambda: process.poll() is not None or pattern.search((folder / "said").read_text("utf-8")), "it starts")
    if found := pattern.search((folder / "said").read_text("utf-8")):
        return found[1]
    raise NotShownError(f"it starts: {(folder / 'log').read_text('utf-8')[-500:]!r}")


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
