"""Starts nurseries, one a language, finds those that run, and puts new ones in the place of dead ones."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import IO

from copydesk.errors import EngineError
from copydesk.folders import make_private
from copydesk.grammar.state import lives
from copydesk.grammar.wire import peer, receive

_STEP = 0.02  # seconds between two tries to connect
_HELLO = 5.0  # seconds for a nursery to fork; 0.02 on a busy machine
_PAUSE = 5.0  # seconds from one start to the next, so that one that cannot start is not started all the time
_LONGEST_PATH = 107  # bytes of a Unix socket's address


class Nurseries:
    """The nurseries of one service, for all of its workers. They end with the process `parent`.

    A lock beside each socket is held by the nursery as long as it lives: who cannot connect and gets the lock starts
    it, and all others wait.
    """

    def __init__(self, folder: Path, parent: int) -> None:
        """`folder` is made, for our own eyes only. Raises EngineError where it is another's, or open to others."""
        self._folder, self._parent = folder, parent
        self._last: dict[str, tuple[int, float]] = {}  # process and time of the last start, by language
        self.started = 0  # nurseries, by this process
        self._starting = threading.Lock()
        make_private(folder)
        about = folder.stat()
        if about.st_uid != os.getuid() or about.st_mode & 0o077:
            raise EngineError(f"{folder} is not this user's alone: the grammar engine cannot listen there")
        if len(os.fsencode(self.address("en"))) > _LONGEST_PATH:
            raise EngineError(f"{folder} is too long for the address of a socket: set COPYDESK_RUN_DIR")
        self._sweep()

    def start(self, language: str) -> None:
        """Starts the nursery of `language` unless it runs or is being started; does not wait until it is ready.

        Raises EngineError when the last one, which is no more, was started a moment ago.
        """
        with self._starting, self.address(language).with_suffix(".lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            process, since = self._last.get(language, (0, -_PAUSE))
            if process:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(process, os.WNOHANG)
            if time.monotonic() - since < _PAUSE:
                raise EngineError(f"the embedded engine ended as soon as it was started for {language}")
            self._last[language] = self._spawn(language, lock), time.monotonic()
            self.started += 1

    def connect(self, language: str, deadline: float) -> tuple[socket.socket, int]:
        """A connection to a new child, and its process; starts the nursery where there is none.

        `deadline` is in `time.monotonic()`. Raises EngineError when no child is there by then.
        """
        while True:
            try:
                return self._connected(language, deadline)
            except (FileNotFoundError, ConnectionRefusedError):
                self._start_again(language)
            except (OSError, EOFError):  # too many wait, or it ended as it forked
                pass
            if time.monotonic() > deadline:
                raise EngineError("the embedded engine is starting")
            time.sleep(_STEP)

    def _start_again(self, language: str) -> None:
        """As `start`; that the disk is full, or no process can be had, is an EngineError too."""
        try:
            self.start(language)
        except OSError as error:
            raise EngineError(f"the embedded engine cannot be started ({type(error).__name__})") from None

    def _connected(self, language: str, deadline: float) -> tuple[socket.socket, int]:
        connection = socket.socket(socket.AF_UNIX)
        patience = time.monotonic() + _HELLO
        try:
            connection.settimeout(_HELLO)
            connection.connect(str(self.address(language)))
            if not peer(connection).is_ours:
                raise EngineError("another user listens where the embedded engine should")
            return connection, int(receive(connection, min(deadline, patience))["pid"])
        except BaseException:
            if time.monotonic() > patience:  # it hangs; the kernel has its number from when it began to listen
                with contextlib.suppress(OSError):
                    os.kill(peer(connection).pid, signal.SIGKILL)
            connection.close()
            raise

    def _spawn(self, language: str, lock: IO[bytes]) -> int:
        """The process of a new nursery, in a session of its own: it outlives the worker that starts it."""
        command = [sys.executable, "-P", "-m", "copydesk.grammar.nursery", "--socket", str(self.address(language))]
        command += ["--parent", str(self._parent), "--language", language]
        actions = [
            (os.POSIX_SPAWN_DUP2, lock.fileno(), 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        ]
        return os.posix_spawn(command[0], command, os.environ, file_actions=actions, setsid=True)

    def address(self, language: str) -> Path:
        """Where the nursery of that language listens."""
        return self._folder / f"{self._parent}-{language}.sock"

    def _sweep(self) -> None:
        """Takes away what services that are no more have left."""
        for path in self._folder.iterdir():
            owner = path.name.split("-", 1)[0]
            if owner.isdecimal() and not lives(int(owner)):
                path.unlink(missing_ok=True)
