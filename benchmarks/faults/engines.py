"""What happens to grammar engines: LanguageTool's server, the nursery of the embedded engine, a child of that."""

from __future__ import annotations

import os
import signal
import time

import psutil

from benchmarks.faults.run import Fault, Run
from benchmarks.faults.service import NotShownError, until
from copydesk.grammar.state import ServerState

NEVER_UP, UP_ONCE = "16m", "190m"  # of memory, with which LanguageTool does not come up, or not for long
_STAYS, _LONGEST = 12.0, 60.0  # seconds for which it has too little
_LIVES = 2  # servers that end in that time, at the least
_STEP = 0.05  # seconds between two looks


def _languagetool(run: Run) -> ServerState:
    now = run.service.languagetool()
    if now is None:
        raise NotShownError("LanguageTool was ready before the fault")
    return now


def _another(run: Run, before: ServerState) -> None:
    """Returns when another server than `before` is ready."""
    until(lambda: (now := run.service.languagetool()) and now.pid != before.pid, "another LanguageTool is ready")
    run.tell(f"the embedded engine answered; another LanguageTool was ready after {run.since():.1f} s")


def _killed(run: Run) -> None:
    before = _languagetool(run)
    run.strikes()
    os.kill(before.pid, signal.SIGKILL)
    _another(run, before)


def _stopped(run: Run) -> None:
    before = _languagetool(run)
    run.strikes()
    os.kill(before.pid, signal.SIGSTOP)
    until(lambda: run.service.languagetool() is None, "that it hangs is noticed")
    run.tell(f"noticed after {run.since():.1f} s")
    _another(run, before)
    if psutil.pid_exists(before.pid):
        raise NotShownError("the server that was stopped is no more")


def _memory(run: Run) -> None:
    """Its server has too little from the start on, so that each one that is started ends."""
    ends = set[int]()
    run.strikes()
    while run.since() < _STAYS or len(ends) < _LIVES:
        _ran_out(run)
        ends |= {run.service.started()} - {0}
        if run.since() > _LONGEST:
            raise NotShownError(f"it is started again and again, not {len(ends)} times")
        time.sleep(_STEP)
    run.tell(f"the embedded engine answered, while LanguageTool was started {len(ends)} times, later each time")


def _memory_at_work(run: Run) -> None:
    """Its server has enough to start, and too little for the load."""
    run.strikes()
    _ran_out(run)
    run.tell(f"it ended after {run.since():.1f} s; the embedded engine answered")


def _ran_out(run: Run) -> None:
    until(lambda: run.service.reason().startswith("LanguageTool ran out of memory"), "it runs out of memory")


def _nursery(run: Run) -> psutil.Process:
    found = run.service.nursery()
    if found is None or not found.children():
        raise NotShownError("the embedded engine was there before the fault")
    return found


def _nursery_killed(run: Run) -> None:
    before = _nursery(run)
    children = before.children()
    run.strikes()
    for process in (before, *children):
        process.kill()
    until(lambda: (now := run.service.nursery()) and now != before and now.children(), "another nursery")
    run.tell(f"it and its {len(children)} children were killed; others read after {run.since():.1f} s")


def _child_killed(run: Run) -> None:
    nursery = _nursery(run)
    children = nursery.children()
    run.strikes()
    for child in children:
        child.kill()
    until(lambda: set(nursery.children()) - set(children), "another child")
    run.tell(f"{len(children)} were killed, and the nursery went on")


KILLED = Fault("LanguageTool killed (SIGKILL)", _killed)
STOPPED = Fault("LanguageTool stopped (SIGSTOP)", _stopped)
OUT_OF_MEMORY = Fault("LanguageTool out of memory, at each start", _memory, stays=True)
OUT_OF_MEMORY_AT_WORK = Fault("LanguageTool out of memory, at work", _memory_at_work, stays=True)
NURSERY = Fault("the nursery of the embedded engine killed, and all its children", _nursery_killed)
CHILDREN = Fault("the children of the nursery killed", _child_killed)
