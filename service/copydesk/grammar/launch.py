"""Starts, awaits and stops the host of a LanguageTool server."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

from copydesk.errors import EngineError
from copydesk.grammar.install import installed
from copydesk.grammar.jars import VERSION
from copydesk.grammar.state import ServerState, StateFile

_STEP = 0.05  # seconds between two looks
_TAKE_OVER = 15.0  # seconds for a new process to become the host; 0.5 on an idle machine
MEMORY = "2g"  # English needs 0.7 GB, eight languages 1.2
_END = 10.0  # seconds for a host to end in order


def start(
    home: Path, state: StateFile, *, parent: int | None = None, idle: float | None = None, memory: str = MEMORY
) -> bool:
    """Starts a host unless one runs; returns whether it did. Any number of callers start one host together.

    The host ends with the process `parent`, or after `idle` seconds without use. Its server may have `memory` (Java's
    `-Xmx`). Returns when a host is there, which is about seven seconds before its server is ready. Raises EngineError
    when LanguageTool is not installed.
    """
    if state.running():
        return False
    if not installed(home):
        raise EngineError(f"LanguageTool {VERSION} is not installed: run “copydesk languagetool install”")
    _sweep(state)
    command = [sys.executable, "-m", "copydesk.grammar.host", "--state", str(state.path), "--home", str(home)]
    command += ["--memory", memory]
    command += [] if parent is None else ["--parent", str(parent)]
    command += [] if idle is None else ["--idle", str(idle)]
    host = _spawn(command, quiet=parent is None)
    until = time.monotonic() + _TAKE_OVER
    while not (state.running() and state.read()):
        ended, status = os.waitpid(host, os.WNOHANG)
        if ended or time.monotonic() > until:
            raise EngineError(f"the host of LanguageTool did not start (status {status})")
        time.sleep(_STEP)
    return True


def _spawn(command: list[str], *, quiet: bool) -> int:
    """Starts a process that may outlive this one, in a session of its own; returns its number.

    What it says goes to a service's log; `quiet`, nowhere. `subprocess` would warn of a process left running.
    """
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    silent += [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)] if quiet else []
    actions = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), *silent]
    return os.posix_spawn(command[0], command, os.environ, file_actions=actions, setsid=True)


def wait_ready(state: StateFile, seconds: float) -> ServerState:
    """The state once the server is ready. Raises EngineError after `seconds`, or when there is no host."""
    until = time.monotonic() + seconds
    while True:
        state.touch()  # who waits for it uses it
        now = state.read()
        if now is not None and now.ready:
            return now
        if not state.running():
            raise EngineError("LanguageTool is not running")
        if time.monotonic() > until:
            reason = now.reason if now else "LanguageTool is starting"
            raise EngineError(f"LanguageTool was not ready after {seconds:.0f} s: {reason}")
        time.sleep(_STEP)


def stop(state: StateFile) -> bool:
    """Ends the host and its server; returns whether there was one."""
    now = state.read()
    was_running = state.running()
    if now is not None and was_running:
        with contextlib.suppress(ProcessLookupError):
            os.kill(now.host_pid, signal.SIGTERM)
        until = time.monotonic() + _END
        while state.running() and time.monotonic() < until:
            time.sleep(_STEP)
    _sweep(state)
    return was_running


def _sweep(state: StateFile) -> None:
    """Ends the server that a killed host has left behind, and forgets its state."""
    now = state.read()
    if now is None or state.running():
        return
    if now.pid and _is_server(now.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(now.pid, signal.SIGKILL)
    state.remove()


def _is_server(pid: int) -> bool:
    """Whether the process is a LanguageTool server, and not another one that has got the number since."""
    import psutil

    with contextlib.suppress(psutil.Error):
        return any("languagetool" in part for part in psutil.Process(pid).cmdline())
    return False
