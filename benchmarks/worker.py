"""One engine in a process of its own, so that start, speed and memory are its own. Prints one JSON object.

Usage: python -m benchmarks.worker SETUP FIRST COUNT CPUS
SETUP: languagetool | embedded (engines alone) | copydesk+languagetool | copydesk+embedded | copydesk (no engine).
Reads every COUNT-th article from FIRST on, on the processors CPUS (0 or 0,1).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable

STARTED = (
    time.time()
    - time.clock_gettime(time.CLOCK_BOOTTIME)
    + float(
        open("/proc/self/stat").read().rsplit(")", 1)[1].split()[19]  # noqa: SIM115, PTH123
    )
    / os.sysconf("SC_CLK_TCK")
)


def checker(setup: str) -> Callable[[str], int]:
    """A function from a text to its number of alarms."""
    from copydesk.grammar import grammar_source
    from copydesk.pipeline import Desk
    from copydesk.settings import load_settings

    settings = load_settings()
    engine = setup.removeprefix("copydesk").removeprefix("+")
    source = grammar_source(settings, engine, interactive=True) if engine else None
    if setup.startswith("copydesk"):
        desk = Desk(grammar=source)
        return lambda text: len(desk.review(text, language="en-US").findings)
    assert source is not None
    return lambda text: len(source.check(text, "en-US").matches)


def peak_memory() -> float:
    """Of this process and of LanguageTool's server, in MiB."""
    import psutil

    from copydesk.grammar.state import StateFile
    from copydesk.settings import load_settings

    pids = [os.getpid()]
    state = StateFile(load_settings().languagetool_state).read()
    if state is not None and "languagetool" in sys.argv[1] and psutil.pid_exists(state.pid):
        pids.append(state.pid)
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/status", encoding="ascii") as file:  # noqa: PTH123
            total += next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
    return total / 1024


def main() -> None:
    """Measures one setup."""
    setup, first, count, cpus = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    os.sched_setaffinity(0, {int(cpu) for cpu in cpus.split(",")})
    from benchmarks.corpora import every_second

    texts = every_second()[first::count]
    check = checker(setup)
    check("The first answer is here, and it was recieved.")
    start = time.time() - STARTED
    for text in texts[:3]:
        check(text)
    began, cpu = time.perf_counter(), time.process_time()
    alarms = sum(check(text) for text in texts)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    size = sum(len(text.encode()) for text in texts)
    print(json.dumps({"start": start, "seconds": seconds, "cpu": cpu, "bytes": size, "alarms": alarms,
                      "memory": peak_memory()}))  # fmt: skip


if __name__ == "__main__":
    main()
