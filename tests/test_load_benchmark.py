"""What the figures of the load tables rest on: new texts, the fate of each request, and the memory of a service."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from benchmarks.load.clients import Ask, Tally, closed, is_whole, paced, percentiles
from benchmarks.load.memory import memory, proportional
from benchmarks.load.soak import rows
from benchmarks.load.texts import marked, texts_of

FIRST = "The first paragraph has two sentences, and is long enough to be sent alone{}. It ends with a quote: “It is{}!”"
SECOND = (
    "The second paragraph has one sentence, is long enough to be sent alone as well, and has no stop where it ends{}"
)
TEXTS = texts_of(["\n".join(["A Title", FIRST.format("", ""), SECOND.format("")]), "too short"])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It ended.", "It ended 7."),
        ("He said: “It ended.”", "He said: “It ended 7.”"),
        ("No stop", "No stop 7"),
        ("In 3.5 of (10).", "In 3.5 of (10) 7."),
    ],
)
def test_a_number_makes_a_sentence_new(sentence: str, expected: str) -> None:
    assert marked(sentence, 7) == expected


def test_one_text_in_four_is_an_article() -> None:
    assert [len(paragraph) for paragraph in TEXTS.paragraphs] == [2, 1]
    whole = TEXTS.fresh(0, 5)
    assert whole == FIRST.format(" 5", " 5") + "\n\n" + SECOND.format(" 5")
    assert [TEXTS.fresh(index, 5) == whole for index in range(9)] == [True, *[False] * 3] * 2 + [True]
    assert {TEXTS.fresh(index, 5) for index in range(1, 4)} == set(whole.split("\n\n"))


def test_typing_adds_a_letter_a_turn() -> None:
    versions = [TEXTS.typed(0, 5, turn) for turn in range(4)]
    assert versions[0] == TEXTS.fresh(0, 5)
    for before, after in pairwise(versions):
        assert any(after[:at] + after[at + 1 :] == before for at in range(len(after)))


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        (b'{"warnings":{"incompleteResults":false}}', True),
        (b'{"warnings": {"incompleteResults": true}}', False),
        (b'{"notices":[{"code":"language-assumed"}]}', True),
        (b'{"notices":[{"code":"engine-failover"}]}', False),
    ],
)
def test_an_answer_says_what_it_lacks(answer: bytes, whole: bool) -> None:
    assert is_whole(answer) is whole


def test_percentiles() -> None:
    assert percentiles(range(101)) == (50, 95, 99)


class Server(http.server.BaseHTTPRequestHandler):
    """Answers by the path; `/wait` says so once, `/gone` hangs up."""

    protocol_version = "HTTP/1.1"
    waited: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/gone":
            self.close_connection = True
            return
        status = {"/wrong": 500, "/wait": 200 if self.waited else 503}.get(self.path, 200)
        self.send_response(status)
        if status == 503:
            self.waited.append(self.path)
            self.send_header("Retry-After", "0")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    Server.waited.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_each_request_has_one_fate(url: str) -> None:
    paths = ["/good", "/wait", "/wrong", "/gone"] * 5
    with paced(lambda turn: Ask(url + paths[turn], b"x", {}), 100, 3, len(paths) / 100) as tally:
        pass
    assert (tally.sent, len(tally.answered), tally.told_to_wait, tally.errors, tally.lost) == (20, 10, 1, 5, 5)


def test_clients_wait_for_what_they_have_sent(url: str) -> None:
    tally, took = closed(lambda client, _turn: Ask(f"{url}/{client}", b"x", {}), 4, 0.5)
    assert took >= 0.5
    assert tally.sent == len(tally.answered) > 4


def test_memory_is_told_by_part() -> None:
    kept = 40_000_000
    code = f"kept = bytearray(b'x' * {kept}); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        found = memory(os.getpid())
        child.communicate(b"\n")
    assert found["workers"] > kept
    assert found["main process"] > 10_000_000
    assert found["LanguageTool"] == 0
    assert proportional(child.pid) == 0


def test_thirds_of_a_soak() -> None:
    looks = [(float(at), {"workers": 100.0 + at // 10, "all": 200.0}) for at in range(30)]
    answered = [(float(at), 0.001 * (1 + at // 10)) for at in range(30)]
    table = rows(Tally(sent=31, answered=answered, lost=1), looks, 0.0, 30.0)
    told = {row[0]: row[1:] for row in table}
    assert told["memory, MiB: workers"] == ["100", "101", "102", "1.010"]
    assert told["memory, MiB: all"] == ["200", "200", "200", "1.000"]
    assert told["p95, ms"] == ["1", "2", "3", "1.500"]
    assert told["requests, in all: sent"] == ["", "", "31", ""]
    assert told["requests, in all: lost"] == ["", "", "1", ""]
