"""`copydesk serve` as a process: it starts, answers, and ends when it is told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from copydesk.errors import EngineError
from copydesk.grammar.embedded import EmbeddedEngine

SERVE = [sys.executable, "-c", "from copydesk.cli import main; main()", "serve", "--engine", "embedded"]
PATIENCE = 60  # seconds
SECRET = "Zanzibar"  # noqa: S105 (a word that must not be logged)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    try:
        EmbeddedEngine(preload=())
    except EngineError as error:  # no wheel for this machine
        pytest.skip(str(error))
    return {**os.environ, "COPYDESK_RUN_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}


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
        check_answers(url)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert '"POST /v1/review HTTP/1.1" 200' in output
    assert '"GET /v1/rules/x%0Ay HTTP/1.1" 404' in output
    assert SECRET not in output
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{url}/livez", timeout=PATIENCE)


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


def test_a_taken_port_is_told(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [*SERVE, "--port", str(port)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False)
    message = f"copydesk: cannot listen at 127.0.0.1, port {port}: Address already in use\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
