"""What happens to the processes of the service itself: a worker killed, a reload, a stop."""

from __future__ import annotations

import signal

from benchmarks.faults.run import Fault, Run
from benchmarks.faults.service import WORKERS, NotShownError, until


def _worker_killed(run: Run) -> None:
    victim = run.service.workers()[0]
    run.strikes()
    victim.kill()

    def is_replaced() -> bool:
        now = run.service.workers()
        return len(now) == WORKERS and victim not in now

    until(is_replaced, "another worker")
    run.tell(f"what it had in hand was cut, and answered when it was sent again; another after {run.since():.1f} s")


def _reloaded(run: Run) -> None:
    before = set(run.service.workers())
    run.strikes()
    run.service.process.send_signal(signal.SIGHUP)
    until(lambda: "has read its configuration again" in run.service.said(), "it says so")
    until(lambda: not before & set(run.service.workers()), "the old workers have ended")
    run.tell(f"all workers were new after {run.since():.1f} s")


def _stopped(run: Run) -> None:
    run.strikes()
    run.service.process.send_signal(signal.SIGTERM)
    until(lambda: run.service.process.poll() is not None, "it ends")
    if run.service.process.returncode:
        raise NotShownError(f"it ends with status 0, not {run.service.process.returncode}")
    run.tell(f"all that had begun was answered; it ended after {run.since():.1f} s, with status 0")


WORKER = Fault("a worker killed (SIGKILL)", _worker_killed, may_cut=True)
RELOAD = Fault("new settings (SIGHUP)", _reloaded)
STOP = Fault("a graceful stop (SIGTERM)", _stopped, last=True)
