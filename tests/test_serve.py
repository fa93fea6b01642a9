"""`copydesk serve` as a process: it starts, answers, and ends when it is told to."""

from __future__ import annotations

import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from copydesk.errors import EngineError
from copydesk.grammar.embedded import EmbeddedEngine
from patience import PATIENCE

SERVE = [sys.executable, "-c", "from copydesk.cli import main; main()", "serve", "--engine", "embedded"]
SECRET = "Zanzibar"  # noqa: S105 (a word that must not be logged)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    try:
        EmbeddedEngine(preload=())
    except EngineError as error:  # no wheel for this machine
        pytest.skip(str(error))
    return {**os.environ, "COPYDESK_RUN_DIR": str(tmp_path / "run"), "PYTHONUNBUFFERED": "1"}


@contextmanager
def running(environment: dict[str, str], workers: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A service and its address."""
    command = [*SERVE, "--port", "0", "--workers", str(workers)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            told = rf"copydesk \S+ at (http://127\.0\.0\.1:\d+) \(engine embedded, workers {workers}\)"
            found = re.match(told, line)
            assert found, line
            yield process, found[1]
        finally:
            process.kill()


def test_it_starts_answers_and_ends(environment: dict[str, str]) -> None:
    with running(environment, 2) as (process, url):
        check_pair(url)
        check_answers(url)
        check_nobody_else_may_look(Path(environment["COPYDESK_RUN_DIR"]))
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert '"method": "POST", "path": "/v1/review", "status": 200' in output
    assert '"method": "GET", "path": "unknown", "status": 404' in output
    assert SECRET not in output
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{url}/livez", timeout=PATIENCE)


def check_pair(url: str) -> None:
    pair = {"source": "Минск, 25 мая.", "target": "Minsk, 24 May.", "source_language": "ru", "target_language": "en"}
    answer = requests.post(f"{url}/v1/bitext", json=pair, timeout=PATIENCE).json()
    assert [finding["text"] for finding in answer["pairs"][0]["findings"]] == ["24"]


def check_nobody_else_may_look(folder: Path) -> None:
    """Into the folder of a running service."""
    within = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    assert {"run", "metrics", "nursery"} <= {path.name for path in within}
    assert {path.stat().st_mode & 0o777 for path in within} == {0o700}


def check_answers(url: str) -> None:
    """Sixteen requests, eight at a time, and one for a rule that is not there."""
    assert requests.get(f"{url}/readyz", timeout=PATIENCE).json()["status"] == "ready"
    text = f"Talks on {SECRET} were held in the frames of an joint project."

    def ask(_: int) -> list[str]:
        body = {"text": text, "language": "en-US"}
        response = requests.post(f"{url}/v1/review", json=body, timeout=PATIENCE)
        return [finding["rule"] for finding in response.json()["documents"][0]["findings"]]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(16)))
    assert answers == [["en/calque/in-frames-of", "EN_A_VS_AN"]] * 16
    for length, status in ((8000, 200), (9000, 414)):
        said = {"language": "en", "text": "w" * length}
        assert requests.get(f"{url}/v2/check", params=said, timeout=PATIENCE).status_code == status
    assert requests.get(f"{url}/v1/rules/x%0Ay?text={SECRET}", timeout=PATIENCE).status_code == 404


def test_a_request_in_hand_is_answered_before_the_end(environment: dict[str, str]) -> None:
    body = b"It was an joint project. " * 400
    with running(environment, 1) as (process, url):
        host, port = url.removeprefix("http://").split(":")
        head = f"POST /v1/review?language=en-US HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/plain\r\n"
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
            connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:100])
            requests.get(f"{url}/livez", timeout=PATIENCE)
            process.send_signal(signal.SIGTERM)
            connection.sendall(body[100:])
            assert connection.recv(100).startswith(b"HTTP/1.1 200 OK")
        assert process.wait(timeout=PATIENCE) == 0


RULE = """\
- id: en/house/{name}
  kind: pattern
  family: debris
  severity: warning
  message: "“{{match}}” is not for print."
  why: A house rule that is there for the sake of this test.
  match: '{word}'
  bad: [{{text: "It said [[{word}]] there."}}]
  good: ["It said nothing."]
"""
LOADED = "The quinces were in the frames of a joint project, said the medlars. " * 20


class Load:
    """Clients that ask one after the other until they are told to stop, each over a connection that it keeps."""

    def __init__(self, url: str, clients: int) -> None:
        self.url, self.ended, self.statuses = url, threading.Event(), list[int | str]()
        self.threads = [threading.Thread(target=self.ask) for _ in range(clients)]

    def __enter__(self) -> Load:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join(PATIENCE)

    def ask(self) -> None:
        with requests.Session() as session:
            while not self.ended.is_set():
                try:
                    found = session.post(f"{self.url}/v1/review", json={"text": LOADED}, timeout=PATIENCE)
                    self.statuses.append(found.status_code)
                except requests.RequestException as error:
                    self.statuses.append(type(error).__name__)


def house_rules(url: str) -> set[str]:
    body = {"text": LOADED, "language": "en-US", "options": {"families": ["debris"]}}
    found = requests.post(f"{url}/v1/review", json=body, timeout=PATIENCE).json()["documents"][0]["findings"]
    return {finding["rule"] for finding in found}


class Output(threading.Thread):
    """What a service says, read all the time: one that nobody reads would wait for that."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        super().__init__(daemon=True)
        self.process, self.lines = process, queue.SimpleQueue[str]()
        self.start()

    def run(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def await_line(self, part: str) -> None:
        while part not in self.lines.get(timeout=PATIENCE):
            pass


def test_rules_and_settings_are_read_again_under_load(environment: dict[str, str], tmp_path: Path) -> None:
    """No request is lost, the new rule is there; what is no good changes nothing; settings come from a file."""
    pack, settings = tmp_path / "house.yaml", tmp_path / "settings.env"
    pack.write_text(RULE.format(name="quince", word="quinces"))
    settings.write_text(f"COPYDESK_RULES={pack}\n")
    with running({**environment, "COPYDESK_ENV_FILE": str(settings)}, 2) as (process, url), Load(url, 4) as load:
        output = Output(process)
        assert house_rules(url) == {"en/house/quince"}
        pack.write_text(RULE.format(name="medlar", word="medlars"))
        process.send_signal(signal.SIGHUP)
        output.await_line("has read its configuration again (engine embedded, workers 2)")
        assert house_rules(url) == {"en/house/medlar"}
        pack.write_text("- id: en/house/medlar\n  kind: patern\n")
        process.send_signal(signal.SIGHUP)
        output.await_line(f"the new configuration is not used, the old one goes on: {pack}:2:")
        pack.write_text(RULE.format(name="medlar", word="medlars"))
        settings.write_text(f"COPYDESK_RULES={pack}\nCOPYDESK_QUEUE=-1\n")
        process.send_signal(signal.SIGHUP)
        output.await_line("the old one goes on: COPYDESK_QUEUE: Input should be greater than or equal to 0")
        assert house_rules(url) == {"en/house/medlar"}
        settings.write_text(f"COPYDESK_RULES={pack}\nCOPYDESK_REQUIRE_KEY=1\n")
        load.__exit__()
        process.send_signal(signal.SIGHUP)
        output.await_line("has read its configuration again")
        assert requests.post(f"{url}/v1/review", json={"text": "A."}, timeout=PATIENCE).status_code == 401
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert set(load.statuses) == {200}
    assert len(load.statuses) > 6


def test_too_much_at_once_and_then_the_end(environment: dict[str, str]) -> None:
    """Of 200 requests at once each is answered or told to come back; at the end those in hand are answered."""
    few = {**environment, "COPYDESK_THREADS": "1", "COPYDESK_QUEUE": "8"}
    with running(few, 1) as (process, url):
        Output(process)

        def ask(_: int) -> tuple[int, bool]:
            found = requests.post(f"{url}/v1/review", json={"text": LOADED, "language": "en-US"}, timeout=PATIENCE)
            return found.status_code, 1 <= int(found.headers.get("Retry-After", 0)) <= 60

        with ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(ask, range(200)))
        assert set(answers) == {(200, False), (503, True)}
        with ThreadPoolExecutor(5) as pool:
            asked = [pool.submit(ask, number) for number in range(5)]
            figures = ""
            while 'copydesk_waiting{priority="interactive"} 4.0' not in figures and not asked[-1].done():
                figures = requests.get(f"{url}/metrics", timeout=PATIENCE).text
            process.send_signal(signal.SIGTERM)
            assert [one.result() for one in asked] == [(200, False)] * 5
        assert process.wait(PATIENCE) == 0


def test_a_client_that_sends_nothing_keeps_nobody_from_work(environment: dict[str, str]) -> None:
    """More slow clients than threads: they are sent away when their time is over, and others are answered."""
    few = {**environment, "COPYDESK_THREADS": "1", "COPYDESK_QUEUE": "0", "COPYDESK_REQUEST_SECONDS": "1"}
    with running(few, 1) as (process, url):
        Output(process)
        host, port = url.removeprefix("http://").split(":")
        head = f"POST /v1/review HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\n"
        slow = [socket.create_connection((host, int(port)), timeout=PATIENCE) for _ in range(20)]
        for connection in slow:
            connection.sendall(head.encode() + b"x")
        assert requests.post(f"{url}/v1/review", json={"text": "A."}, timeout=PATIENCE).status_code == 200
        for connection in slow:
            assert connection.recv(1000).startswith(b"HTTP/1.1 400 ")
            connection.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def test_a_taken_port_is_told(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [*SERVE, "--port", str(port)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False)
    message = f"copydesk: cannot listen at 127.0.0.1, port {port}: Address already in use\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
