"""A whole service as a user starts it, and LanguageTool's own server beside it, each for a while."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpora import AbsentError
from copydesk.grammar.install import installed
from copydesk.grammar.launch import start, stop, wait_ready
from copydesk.grammar.state import StateFile
from copydesk.settings import load_settings

_PATIENCE = 120.0  # seconds until it is ready; 10 on an idle machine
_STEP = 0.1  # seconds between two looks
_TOLD = 500  # code points of a log
_SERVE = [sys.executable, "-c", "from copydesk.cli import main; main()", "serve", "--port", "0"]


class NotStartedError(Exception):
    """The service did not come up; the message has the end of its log."""


@dataclass(frozen=True, slots=True)
class Running:
    """A service: its main process, where it listens, and the folder that is its own."""

    process: subprocess.Popen[bytes]
    url: str
    folder: Path


@contextmanager
def started(folder: Path, environment: Mapping[str, str], *flags: str) -> Iterator[Running]:
    """`copydesk serve` with `flags`, listening; it ends with the block.

    `environment` comes on top of this process's. What it tells a person is in the file `said` in `folder`, its log in
    `log`. Raises NotStartedError.
    """
    said, log = folder / "said", folder / "log"
    with (
        said.open("wb") as output,
        log.open("wb") as errors,
        subprocess.Popen(
            [*_SERVE, *flags],
            env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=errors,
        ) as main,
    ):
        try:
            yield Running(main, _address(main, said, log), folder)
        finally:
            main.terminate()
            try:
                main.wait(_PATIENCE)
            finally:
                main.kill()


@contextmanager
def service(**settings: str) -> Iterator[Running]:
    """A service with LanguageTool, warm; `settings` are those of the environment, in small letters.

    With `engine="embedded"` it has no LanguageTool. It ends with the block. Raises AbsentError where that is missing,
    NotStartedError, and EngineError when it does not become ready.
    """
    has_languagetool = settings.get("engine") != "embedded"
    if has_languagetool:
        _needs_languagetool()
    with TemporaryDirectory() as name:
        folder = Path(name)
        given = {"run_dir": name, "store": f"sqlite:///{name}/store.sqlite", **settings}
        with started(folder, {f"COPYDESK_{key.upper()}": value for key, value in given.items()}) as running:
            if has_languagetool:
                wait_ready(StateFile(folder / "languagetool.json"), _PATIENCE)
            yield running


@contextmanager
def languagetool() -> Iterator[str]:
    """LanguageTool's own server, with the jar and the memory of the service's, warm: its address up to `/v2`.

    It ends with the block. Raises AbsentError where it is not installed, and EngineError when it does not become ready.
    """
    _needs_languagetool()
    settings = load_settings()
    with TemporaryDirectory() as folder:
        state = StateFile(Path(folder) / "languagetool.json")
        start(settings.languagetool_home, state, parent=os.getpid(), memory=settings.languagetool_memory)
        try:
            yield wait_ready(state, _PATIENCE).url
        finally:
            stop(state)


def _needs_languagetool() -> None:
    if not installed(load_settings().languagetool_home):
        raise AbsentError("LanguageTool's server is not installed here")


def _address(main: subprocess.Popen[bytes], said: Path, log: Path) -> str:
    """Where the service says that it listens. Raises NotStartedError."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and main.poll() is None:
        if found := re.search(r" at (http://127\.0\.0\.1:\d+) ", said.read_text(encoding="utf-8")):
            return found[1]
        time.sleep(_STEP)
    raise NotStartedError(log.read_text(encoding="utf-8")[-_TOLD:])
