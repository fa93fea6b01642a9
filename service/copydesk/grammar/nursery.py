"""The process that has one language of the embedded engine loaded, and forks a child of itself for each connection.

    python -m copydesk.grammar.nursery --socket FILE --parent PID --language TAG < LOCK

The engine holds the interpreter while it reads and cannot be interrupted, so it reads in a process that can be killed.
A child is there within milliseconds and has the loaded data in common with all others; it serves one connection, and
ends with it. Standard input is a file that the nursery keeps locked for as long as it lives.

The nursery has one thread, since a fork takes no other along. Nothing that a child says reaches a log: an engine that
fails quotes the text. Nor does a crash leave the text in a core dump.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import resource
import select
import signal
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from copydesk.errors import EngineError
from copydesk.grammar.contract import GrammarEngine
from copydesk.grammar.embedded import EmbeddedEngine
from copydesk.grammar.wire import as_row, peer, receive, send

_BACKLOG = 1024  # connections that wait for a child
_WARM_UP = "This is an test of a sentense."  # what the engine makes at its first text, all children share
_LOCK, _LOG = 0, 2  # descriptors


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a nursery until its parent has ended. Raises EngineError where the engine cannot be loaded."""
    parser = argparse.ArgumentParser(prog="copydesk.grammar.nursery")
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--language", required=True)
    wanted = parser.parse_args(arguments)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    engine = EmbeddedEngine(preload=(wanted.language,))
    engine.check(_WARM_UP, wanted.language, 0.0)
    gc.collect()
    gc.freeze()  # the collector's touch would copy what is loaded into each child
    wanted.socket.unlink(missing_ok=True)  # of one that was killed; the lock says that it is no more
    with socket.socket(socket.AF_UNIX) as listener, contextlib.suppress(ProcessLookupError):
        listener.bind(str(wanted.socket))
        listener.listen(_BACKLOG)
        serve(engine, listener, os.pidfd_open(wanted.parent))
    for left in (wanted.socket, wanted.socket.with_suffix(".lock")):
        left.unlink(missing_ok=True)


def serve(engine: GrammarEngine, listener: socket.socket, parent: int) -> None:
    """Forks a child for each connection of our own user, until the process of the descriptor `parent` has ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children that end are forgotten
    waiting = select.poll()
    waiting.register(listener, select.POLLIN)
    waiting.register(parent, select.POLLIN)
    while True:
        ready = {descriptor for descriptor, _ in waiting.poll()}
        if parent in ready:
            return
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError):  # no process can be had: who asked is told by the hang-up
            if peer(connection).is_ours and os.fork() == 0:
                try:
                    _close(listener.fileno(), parent)
                    _attend(engine, connection)
                finally:
                    os._exit(0)  # whatever happened, a child never comes back into this loop


def _close(*descriptors: int) -> None:
    """Lets go of what is the nursery's alone: with its lock in hand, a child would pass for it."""
    for descriptor in descriptors:
        os.close(descriptor)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (_LOCK, _LOG):
        os.dup2(nothing, descriptor)


def _attend(engine: GrammarEngine, connection: socket.socket) -> None:
    """A child's life: says its number, then answers until the other end is gone, which is an EOFError."""
    send(connection, {"pid": os.getpid()})
    while True:
        send(connection, _answer(engine, receive(connection)))


def _answer(engine: GrammarEngine, asked: dict[str, Any]) -> dict[str, Any]:
    """What the engine says. Past `seconds` of processor time the kernel ends this process, whoever still waits."""
    seconds = asked["seconds"]
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return {"matches": [as_row(match) for match in engine.check(asked["text"], asked["language"], seconds)]}
    except EngineError as error:
        return {"error": str(error)}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main()
