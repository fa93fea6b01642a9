"""The service as a process with its log apart, for tests of what it tells of itself."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from patience import PATIENCE

_SERVE = [sys.executable, "-c", "from copydesk.cli import main; main()", "serve", "--port", "0"]


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs: its process, its address, and where its log and its metrics are."""

    process: subprocess.Popen[str]
    url: str
    log: Path
    figures: Path

    def stop(self) -> None:
        """Ends it in order."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(PATIENCE) == 0

    def lines(self) -> list[dict[str, Any]]:
        """The log. Fails where a line is not JSON."""
        return [json.loads(line) for line in self.log.read_text(encoding="ascii").splitlines()]


@contextmanager
def serving(folder: Path, workers: int, engine: str = "embedded", **settings: str) -> Iterator[Service]:
    """A service with all its files in `folder`; `settings` as in the environment, without the prefix."""
    log = folder / "log"
    own = {f"COPYDESK_{name.upper()}": value for name, value in settings.items()}
    environment = {**os.environ, "COPYDESK_RUN_DIR": str(folder / "run"), "PYTHONUNBUFFERED": "1", **own}
    environment["COPYDESK_STORE"] = f"sqlite:///{folder}/store.sqlite"
    command = [*_SERVE, "--workers", str(workers), "--engine", engine]
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            found = re.match(r"copydesk \S+ at (http://127\.0\.0\.1:\d+) ", process.stdout.readline())
            assert found, log.read_text(encoding="utf-8")
            yield Service(process, found[1], log, folder / "run" / "metrics" / str(process.pid))
        finally:
            process.kill()
