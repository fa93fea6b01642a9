"""The run over many files: what fails is told and costs nothing else, and nothing depends on the order of the work."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from copydesk.model import Family, Span
from copydesk.repository.config import FileConfig
from copydesk.repository.run import Plan, Run, review_files
from copydesk.repository.task import Companion, Outcome, Task
from copydesk.repository.workers import Died, shared_out
from copydesk.settings import load_settings
from patience import PATIENCE

FAULTY = "The head of the 😀 Commission. Commission. Talks went on.\n"
FAULT = "Commission. Commission."
CLEAN = "The train left the station at nine. Nobody was on the platform.\n"
QUICK = FileConfig(engine="none", families=frozenset({Family.SEAMS}))
COMMAND = [sys.executable, "-m", "copydesk.cli"]


def task(name: str, text: str | bytes, config: FileConfig = QUICK) -> Task:
    data = text if isinstance(text, bytes) else text.encode()
    return Task(name, Path(name), data, "text", config)


def plan(jobs: int = 1) -> Plan:
    return Plan(load_settings(), jobs)


def found(run: Run) -> list[tuple[str, str]]:
    return [(r.document.source or "", f.span.of(r.document.text)) for r in run.reviews for f in r.findings]


def test_processes_find_what_one_finds_in_the_same_order() -> None:
    filler = CLEAN * 600  # each file is worth a process
    tasks = [task(f"{name}.txt", filler * size + FAULTY) for name, size in (("b", 1), ("c", 3), ("a", 2))]
    alone, together = review_files(tasks, plan(1)), review_files(tasks, plan(2))
    assert alone.reviews == together.reviews
    assert found(together) == [("a.txt", FAULT), ("b.txt", FAULT), ("c.txt", FAULT)]


def test_what_applies_differs_by_file() -> None:
    accepted = replace(QUICK, accepted=frozenset({FAULT}))
    run = review_files([task("a.txt", FAULTY, accepted), task("b.txt", FAULTY)], plan())
    assert found(run) == [("b.txt", FAULT)]


def test_a_translation_is_held_against_its_source() -> None:
    config = FileConfig(engine="none", language="en-US")
    source = Companion("be.txt", "У горадзе 14 школ.\n".encode(), "text", "be-BY")
    target = Task("en.txt", None, b"The town has 15 schools.\n", "text", config, source=source)
    (review,) = review_files([target], plan()).reviews
    assert [(f.rule, f.span.of(review.document.text)) for f in review.findings] == [
        ("any/bitext/number-changed", "15")
    ]  # fmt: skip


def test_an_empty_file_is_told() -> None:
    (review,) = review_files([task("empty.txt", b"")], plan()).reviews
    assert (review.findings, [notice.code for notice in review.notices]) == ((), ["empty-text"])


def test_utf_16_with_a_mark_is_read_and_its_places_count_the_mark() -> None:
    (review,) = review_files([task("wide.txt", ("\ufeff" + FAULTY).encode("utf-16-le"))], plan()).reviews
    assert review.document.text == "\ufeff" + FAULTY
    assert [f.span for f in review.findings] == [Span(19, 42)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file, not a text"),
        (b"caf\xe9", "not valid UTF-8 at byte 3: unexpected end of data"),
        ("\ufeffa".encode("utf-32-le"), "a binary file or UTF-32; texts are UTF-8, or UTF-16 with a byte order mark"),
        (b"\xff\xfea", "not valid UTF-16-LE at byte 2: truncated data"),
        (b"a" * 2_000_001, "2000001 code points; the limit is 2000000 (COPYDESK_MAX_TEXT)"),
    ],
)
def test_what_is_no_text_fails_alone(data: bytes, reason: str) -> None:
    run = review_files([task("bad.txt", data), task("good.txt", FAULTY)], plan())
    assert [(failure.path, failure.reason) for failure in run.failures] == [("bad.txt", reason)]
    assert found(run) == [("good.txt", FAULT)]


def test_a_worker_that_dies_costs_its_task_alone() -> None:
    def work(number: int) -> int:
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number * number

    done = dict(shared_out(range(8), work, 2))
    assert done == {n: Died(-signal.SIGKILL) if n == 3 else n * n for n in range(8)}
    assert str(done[3]) == "the process that reviewed it ended (SIGKILL); was there enough memory?"


def test_workers_end_with_whoever_wants_no_more() -> None:
    results = shared_out(range(100), lambda number: number, 2)
    next(results)
    results.close()  # type: ignore[attr-defined]  # a generator
    assert psutil.Process().children() == []


def test_the_death_of_a_worker_is_a_failure_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    from copydesk.repository.reviewer import Reviewer

    real: Callable[..., Outcome] = Reviewer.outcome

    def fatal(self: Reviewer, one: Task, *rest: object) -> Outcome:
        if one.name == "b.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, one, *rest)

    monkeypatch.setattr(Reviewer, "outcome", fatal)
    run = review_files([task(f"{name}.txt", CLEAN * 1200 + FAULTY) for name in "abc"], plan(2))
    assert [failure.path for failure in run.failures] == ["b.txt"]
    assert found(run) == [("a.txt", FAULT), ("c.txt", FAULT)]


def test_a_fault_of_ours_in_one_file_leaves_the_others_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    from copydesk.repository.reviewer import Reviewer

    real = Reviewer.review

    def failing(self: Reviewer, one: Task, options: object) -> object:
        if one.name == "a.txt":
            raise RecursionError("the text itself")
        return real(self, one, options)  # type: ignore[arg-type]

    monkeypatch.setattr(Reviewer, "review", failing)
    run = review_files([task("a.txt", CLEAN), task("b.txt", FAULTY)], plan())
    assert [(failure.path, failure.reason) for failure in run.failures] == [("a.txt", "internal error: RecursionError")]
    assert found(run) == [("b.txt", FAULT)]


def test_a_hostile_folder(tmp_path: Path) -> None:
    """Everything that can be wrong with files at once: each is told, all others are checked."""
    root = tmp_path / "repository"
    locked = root / "locked"
    locked.mkdir(parents=True)
    (root / "good.txt").write_text(FAULTY, encoding="utf-8")
    (root / "zwei Wörter 😀.md").write_text(f"# Title\n\n{FAULTY}", encoding="utf-8")
    line = " ".join(f"Train {number} left the station." for number in range(400))
    (root / "one line.html").write_text(f"<p>{FAULTY.strip()}</p><p>{line}</p>", encoding="utf-8")
    (root / "empty.txt").touch()
    (root / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (root / "latin.txt").write_bytes(b"caf\xe9 noir")
    (root / "parsed.srt").write_text("nothing that is a subtitle", encoding="utf-8")
    (root / "huge.txt").write_bytes(b"All work and no play. " * 2_300_000)
    (root / "broken.txt").symlink_to("nowhere.txt")
    (locked / "inside.txt").write_text(FAULTY, encoding="utf-8")
    locked.chmod(0)
    try:
        done = subprocess.run(
            [*COMMAND, "check", "--family", "seams", "--format", "json", "."], cwd=root, capture_output=True, text=True
        )
    finally:
        locked.chmod(0o755)
    answer = json.loads(done.stdout)
    assert done.returncode == 2
    told = dict(line.removeprefix("copydesk: ").split(": ", 1) for line in done.stderr.splitlines())
    expected = {
        "binary.txt": "a binary file, not a text",
        "broken.txt": "a broken link: No such file or directory",
        "huge.txt": "50600000 bytes; the limit is 2000000 code points (COPYDESK_MAX_TEXT)",
        "latin.txt": "not valid UTF-8 at byte 3: invalid continuation byte",
    }
    for name, reason in expected.items():
        assert told[name] == reason
    assert "parsed.srt" in told
    findings = {d["path"]: [f["text"] for f in d["findings"]] for d in answer["documents"]}
    inside = findings.pop("locked/inside.txt", None)  # root may read what nobody may
    assert (told.get("locked"), inside) in [("Permission denied", None), (None, [FAULT])]
    assert findings == {
        "empty.txt": [],
        "good.txt": [FAULT],
        "one line.html": [FAULT],
        "zwei Wörter 😀.md": [FAULT],
    }  # fmt: skip
    (empty,) = (d for d in answer["documents"] if d["path"] == "empty.txt")
    assert [notice["code"] for notice in empty["notices"]] == ["empty-text"]


def test_ctrl_c_ends_all_processes_at_once(tmp_path: Path) -> None:
    for name in range(6):
        (tmp_path / f"{name}.txt").write_text(FAULTY * 4000, encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, "check", "--engine", "none", "--no-cache", "--jobs", "2", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        parent = psutil.Process(process.pid)
        until = time.monotonic() + PATIENCE
        while not (workers := parent.children()):
            assert time.monotonic() < until
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (130, b"", b"")
    assert not any(worker.is_running() for worker in workers)
