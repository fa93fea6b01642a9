"""The process that owns a LanguageTool server: starts it, warms it, watches it, starts it again.

    python -m copydesk.grammar.host --state FILE --home FOLDER [--parent PID] [--idle SECONDS] [--memory 2g]

One host serves all workers of a service, and the command line's calls one after the other. It lives as long
as its parent, or until nobody has used it for a while, and takes the server with it.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import psutil
from language_tool_python.exceptions import LanguageToolError
from requests import RequestException

from copydesk.grammar.jars import VERSION
from copydesk.grammar.launch import MEMORY
from copydesk.grammar.server import MemoryRanOutError, Server, prepare
from copydesk.grammar.state import ServerState, StateFile

log = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 60.0  # seconds before a start; doubled while starts fail
_STABLE = 60.0  # seconds from when it was ready, after which a failure counts as the first
_PARENT_EVERY = 1.0  # seconds between two looks at the parent and the idle time


class Host:
    """Keeps one server alive, and the state file true."""

    def __init__(self, state: StateFile) -> None:
        self._file = state
        self._state = ServerState(os.getpid(), version=VERSION, reason="LanguageTool is starting")
        self._since: float | None = None  # when the server was ready, in `time.monotonic()`

    def run(self) -> None:
        """Never returns; SystemExit ends it, and the server with it."""
        pause = 0.0
        while True:
            self._publish(pid=0, url="", ready=False)
            time.sleep(pause)
            self._publish(starts=self._state.starts + 1)
            reason = self._one_life()
            log.warning("%s; it is being started again", reason)
            self._publish(pid=0, url="", ready=False, reason=f"{reason}; it is being started again")
            stable = self._since is not None and time.monotonic() - self._since > _STABLE
            pause = _FIRST_PAUSE if stable or not pause else min(2 * pause, _LONGEST_PAUSE)

    def _one_life(self) -> str:
        """Starts a server, and returns, with the reason, when it is no good any more. It is then no more."""
        server, self._since = None, None
        try:
            server = Server(lambda pid: self._publish(pid=pid))  # known at once, so that whoever survives us can end it
            self._publish(pid=server.pid, url=server.address)
            server.warm()
            self._since = time.monotonic()
            self._publish(ready=True, reason="")
            reason = server.watch()
            self._publish(ready=False, reason=reason)
        except MemoryRanOutError:
            return "LanguageTool ran out of memory"
        except (LanguageToolError, RequestException, OSError) as error:
            return f"LanguageTool did not start ({type(error).__name__})"
        else:
            return reason
        finally:
            if server is not None:
                server.close()
            else:
                _end_children()

    def _publish(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self._file.write(self._state)


def _end_children() -> None:
    """Kills the server of a start that failed: there is no object that could close it."""
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            child.kill()
            child.wait(5)


def _end_with(parent: int | None, idle: float | None, state: StateFile) -> None:
    """Ends this process, in order, when its parent has ended or after `idle` seconds without use."""
    try:
        owner = psutil.Process(parent) if parent else None
        while owner is None or (owner.is_running() and owner.status() != psutil.STATUS_ZOMBIE):
            time.sleep(_PARENT_EVERY)
            if idle is not None and state.idle() > idle:
                break
    except psutil.NoSuchProcess:
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough; a second would break off the tidying up
    raise SystemExit(0)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a host until it is told to end; returns at once when the state file has one already."""
    parser = argparse.ArgumentParser(prog="copydesk.grammar.host")
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--parent", type=int)
    parser.add_argument("--idle", type=float)
    parser.add_argument("--memory", default=MEMORY)
    wanted = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="copydesk: %(message)s")
    logging.getLogger("language_tool_python").setLevel(logging.CRITICAL)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    state = StateFile(wanted.state)
    with state.held() as mine:
        if not mine:
            return
        state.touch()
        prepare(wanted.home, wanted.memory)
        try:
            threading.Thread(target=_end_with, args=(wanted.parent, wanted.idle, state), daemon=True).start()
            Host(state).run()
        finally:
            state.remove()


if __name__ == "__main__":
    main()
