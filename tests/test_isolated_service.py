"""`copydesk serve` under texts that hold the engine, and with its processes killed: in time, with everybody served."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

from holding import gone, has_embedded, holding
from patience import PATIENCE
from test_serve import running

pytestmark = pytest.mark.skipif(not has_embedded(), reason="lingotweaker has no wheel for this machine")
DEADLINE = 5.0  # seconds; of the hostile text the engine would have half a minute
HOSTILE = f"Talks were held in the frames of a project.\n\n{holding()}\n"


class Served:
    """A service of two workers, and the processes that it is made of."""

    def __init__(self, process: subprocess.Popen[str], url: str, run_dir: Path) -> None:
        self.process, self.url, self.run_dir = process, url, run_dir
        self._asked = 0

    def review(self, text: str) -> dict[str, Any]:
        body = {"text": text, "language": "en-US"}
        response = requests.post(f"{self.url}/v1/review", json=body, timeout=PATIENCE)
        assert response.status_code == 200
        [document] = response.json()["documents"]
        told: dict[str, Any] = document
        return told

    def grammar(self) -> list[str]:
        """The rules that a new text with a fault of grammar brings up, and the notices of the answer."""
        self._asked += 1
        document = self.review(f"It was an joint project for {self._asked} people.")
        return [finding["rule"] for finding in document["findings"]] + [said["code"] for said in document["notices"]]

    def nursery(self) -> psutil.Process:
        """The process with the loaded engine, whoever started it."""
        [found] = [p for p in psutil.process_iter() if self._is_nursery(p) and not self._is_nursery(p.parent())]
        return found

    def workers(self) -> list[psutil.Process]:
        return [p for p in psutil.Process(self.process.pid).children() if not self._is_nursery(p)]

    def _is_nursery(self, process: psutil.Process | None) -> bool:
        try:
            return process is not None and any(f"{self.process.pid}-en.sock" in part for part in process.cmdline())
        except psutil.Error:  # it ended meanwhile
            return False


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    run_dir = tmp_path_factory.mktemp("run")
    wanted = {"RUN_DIR": str(run_dir), "REVIEW_DEADLINE": str(DEADLINE), "PIECE_SECONDS": "3"}
    environment = {**os.environ, **{f"COPYDESK_{name}": value for name, value in wanted.items()}}
    with running(environment, 2) as (process, url):
        yield Served(process, url, run_dir)


def test_a_text_that_holds_the_engine_is_answered_in_time_and_others_meanwhile(served: Served) -> None:
    assert served.grammar() == ["EN_A_VS_AN"]
    with ThreadPoolExecutor(2) as pool:
        hostile = [pool.submit(served.review, HOSTILE) for _ in range(2)]
        others = 0
        while not all(future.done() for future in hostile):
            assert served.grammar() == ["EN_A_VS_AN"]
            others += 1
            time.sleep(0.1)
    assert others > 0
    for document in (future.result() for future in hostile):
        assert [finding["rule"] for finding in document["findings"]] == ["en/calque/in-frames-of"]
        told = {notice["code"]: notice["message"] for notice in document["notices"]}
        assert "grammar" in told.get("deadline", told.get("grammar-unavailable", ""))
    assert served.grammar() == ["EN_A_VS_AN"]


def test_workers_that_are_killed_take_their_children_along(served: Served) -> None:
    with ThreadPoolExecutor(1) as pool:
        lost = pool.submit(served.review, HOSTILE)
        while not any(child.cpu_percent(0.1) > 10 for child in served.nursery().children()):
            assert not lost.done()
        children = served.nursery().children()
        for worker in served.workers():
            worker.kill()
        with pytest.raises(requests.ConnectionError):
            lost.result()
    assert all(gone(child.pid) for child in children)
    assert served.grammar() == ["EN_A_VS_AN"]


def test_a_nursery_that_is_killed_is_started_again(served: Served) -> None:
    victim = served.nursery()
    children = victim.children()
    for process in (victim, *children):
        process.kill()
    assert gone(victim.pid)
    until = time.monotonic() + PATIENCE
    while (told := served.grammar()) != ["EN_A_VS_AN"] and time.monotonic() < until:
        assert set(told) <= {"grammar-unavailable", "deadline"}
    assert told == ["EN_A_VS_AN"]
    assert served.nursery().pid != victim.pid


def test_it_ends_in_order(served: Served) -> None:
    nursery = served.nursery()
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(timeout=PATIENCE) == 0
    assert gone(nursery.pid)
    assert list((served.run_dir / "nursery").iterdir()) == []
