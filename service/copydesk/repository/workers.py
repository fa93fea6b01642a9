"""Processes that share the work: forked after the load, so that they share its memory too.

Work is handed out one task at a time, so that no process waits while another has a queue. A process that dies, killed
or out of memory, costs the task that it had; another takes its place. The parent has no threads, since a fork would
not take them along.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Loading costs seconds and half a gigabyte, which a fork shares. Elsewhere each process loads for itself: macOS's own
# libraries do not survive a fork.
_FORKS = sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class Died:
    """In place of a result: the process ended. `code` as a shell tells it; negative: the signal that ended it."""

    code: int

    def __str__(self) -> str:
        how = signal.Signals(-self.code).name if self.code < 0 else f"exit {self.code}"
        return f"the process that reviewed it ended ({how}); was there enough memory?"


class _Worker(Generic[T, R]):
    """One process and the task that it has."""

    def __init__(self, work: Callable[[T], R], inherited: Sequence[Connection]) -> None:
        """`inherited` are our ends of the other workers' pipes, which a fork must close: an end that stays open
        anywhere would keep a worker waiting whose parent is gone."""
        context: ForkContext | SpawnContext
        context = multiprocessing.get_context("fork") if _FORKS else multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        closed = [*inherited, self.pipe] if _FORKS else []
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, closed, work), daemon=True)
        # A Ctrl-C amid a fork would be lost in what Python does after it, in the parent, and shown by the child.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        self.task: T | None = None

    def give(self, task: T) -> None:
        """Has it do `task`. That it is dead shows when the result is asked for."""
        self.task = task
        with contextlib.suppress(BrokenPipeError):
            self.pipe.send(task)

    def result(self) -> R | Died:
        """What has come of the task; waits for it."""
        try:
            result: R = self.pipe.recv()
            return result
        except (EOFError, ConnectionResetError):
            self.process.join()
            return Died(self.process.exitcode or 0)

    def end(self) -> None:
        """Ends it at once: it holds nothing that could be lost."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def shared_out(tasks: Sequence[T], work: Callable[[T], R], jobs: int) -> Iterator[tuple[T, R | Died]]:
    """Each task with its result, as they are done, from `jobs` processes. `work` must not raise.

    Ends the processes when it is closed or interrupted.
    """
    waiting = list(reversed(tasks))
    workers: list[_Worker[T, R]] = []
    gc.freeze()  # what is loaded is not looked at again, so that its pages stay shared
    try:
        while waiting or workers:
            while waiting and len(workers) < jobs:
                workers.append(_Worker(work, [worker.pipe for worker in workers]))
                workers[-1].give(waiting.pop())
            ready = wait([worker.pipe for worker in workers])
            for worker in [worker for worker in workers if worker.pipe in ready]:
                task, result = worker.task, worker.result()
                if isinstance(result, Died) or not waiting:
                    worker.end()
                    workers.remove(worker)
                else:
                    worker.give(waiting.pop())
                if task is not None:
                    yield task, result
    finally:
        for worker in workers:
            worker.end()
        gc.unfreeze()


def _serve(pipe: Connection, inherited: Sequence[Connection], work: Callable[[T], R]) -> None:
    """What a process does: tasks come, results go, until there is nobody at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is sent to all of us; the parent ends its workers
    for other in inherited:
        other.close()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            pipe.send(work(pipe.recv()))
