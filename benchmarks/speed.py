"""Start, throughput, memory and alarms of the engines alone and of copydesk with each."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.corpora import PROJECT, every_second, words
from benchmarks.tables import Table, number

SETUPS = {
    "languagetool": "LanguageTool 6.8 alone",
    "embedded": "embedded engine alone",
    "copydesk+languagetool": "copydesk with LanguageTool",
    "copydesk+embedded": "copydesk with the embedded engine",
    "copydesk": "copydesk's own checkers, no engine",
}
_TIMEOUT = 900  # seconds for one process


def comparison() -> Table:
    """Every setup on the same published news."""
    rows = [
        [
            "setup",
            "s from start to first answer",
            "kB/s, one core",
            "kB/s, two cores",
            "peak MiB",
            "alarms per 1,000 words",
        ]
    ]
    total = words(every_second())
    for setup, name in SETUPS.items():
        _stop_server()
        one = _measure(setup, ["0"])
        _stop_server()
        two = _measure(setup, ["0,1"]) if setup.endswith("languagetool") else _measure(setup, ["0", "1"])
        _stop_server()
        rows.append([
            name,
            number(one["start"]),
            number(one["bytes"] / one["seconds"] / 1000),
            number(two["bytes"] / two["seconds"] / 1000),
            number(max(one["memory"], two["memory"]), 0),
            number(1000 * one["alarms"] / total, 2),
        ])  # fmt: skip
    how = (
        "35 published news articles (edited text: nearly every alarm is a false one), "
        "each setup in processes of its own. "
        "One core: bound to one processor, LanguageTool's server with it. Two cores: two processes with half of the "
        "articles each; for LanguageTool one server on both. Start: from the start of the process to its first answer; "
        "LanguageTool's server is started cold. Memory: of all processes of the setup."
    )
    return Table("Engines and copydesk", how, rows)


def overhead() -> Table:
    """What copydesk's own checks add to the engine, in pairs within one process."""
    from copydesk.grammar import grammar_source
    from copydesk.pipeline import Desk
    from copydesk.settings import load_settings

    source = grammar_source(load_settings(), "embedded")
    desk, texts = Desk(grammar=source), every_second()
    own = Desk()
    engine = _seconds(lambda text: source.check(text, "en-US"), texts)
    review = _seconds(lambda text: desk.review(text, language="en-US"), texts)
    alone = _seconds(lambda text: own.review(text, language="en-US"), texts)
    size = sum(len(text.encode()) for text in texts)
    rows = [
        ["measure", "value"],
        ["engine alone, CPU s", number(engine, 2)],
        ["whole review, CPU s", number(review, 2)],
        ["review / engine alone", number(review / engine, 3)],
        ["own checkers without the engine, kB/s on one core", number(size / alone / 1000, 0)],
    ]
    return Table(
        "What a review adds to its engine",
        "The same articles, the embedded engine, CPU time of one process.",
        rows,
    )


def _seconds(work: Callable[[str], object], texts: list[str]) -> float:
    """CPU seconds for all texts, the lesser of two passes."""
    for text in texts[:5]:
        work(text)
    passes = []
    for _ in range(2):
        began = time.process_time()
        for text in texts:
            work(text)
        passes.append(time.process_time() - began)
    return min(passes)


def _measure(setup: str, cpus: list[str]) -> dict[str, Any]:
    """One process for each entry of `cpus`, together; the articles dealt out among them."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker", setup, str(i), str(len(cpus)), cpu],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for i, cpu in enumerate(cpus)
    ]
    results = [json.loads(process.communicate(timeout=_TIMEOUT)[0]) for process in started]
    return {
        "start": max(r["start"] for r in results),
        "seconds": max(r["seconds"] for r in results),
        "bytes": sum(r["bytes"] for r in results),
        "alarms": sum(r["alarms"] for r in results),
        "memory": sum(r["memory"] for r in results),
    }


def _stop_server() -> None:
    subprocess.run(
        [sys.executable, "-m", "copydesk.cli", "languagetool", "stop"],
        cwd=PROJECT,
        check=False,
        capture_output=True,
    )
