"""What the service bears: a stop while clients connect, a full disk, no process to be had; and how the benchmark of
faults counts."""

from __future__ import annotations

import errno
import logging
import os
import selectors
import socket
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from benchmarks.faults.load import CLIENTS, Load, Tally
from benchmarks.faults.run import Fault, _failed
from gunicorn.config import Config
from sqlalchemy import event

from copydesk.api import metricfiles
from copydesk.api.processes import Worker
from copydesk.errors import EngineError, StoreFullError
from copydesk.grammar import keeper as keepers
from copydesk.grammar.keeper import Keeper
from copydesk.grammar.nurseries import Nurseries
from copydesk.settings import load_settings
from copydesk.store import Owner, WordStore
from patience import PATIENCE
from rest import make_client

ANNA = Owner("anna", "k")


def no_room(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


class Stopping(Worker):
    """A worker that keeps what it has taken."""

    taken: list[Any]

    def enqueue_req(self, conn: Any) -> None:
        self.taken.append(conn)


def test_a_worker_that_ends_takes_who_has_connected_and_refuses_who_comes_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        worker = Stopping(1, os.getpid(), [listener], None, 30, Config(), logging.getLogger("gunicorn.error"))
        worker.taken, worker.poller = [], selectors.DefaultSelector()
        worker.set_accept_enabled(True)
        clients = [socket.create_connection(address, PATIENCE) for _ in range(3)]
        worker.alive = False
        worker.set_accept_enabled(False)
        ports = [conn.sock.getpeername()[1] for conn in worker.taken]
        assert sorted(ports) == sorted(client.getsockname()[1] for client in clients)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address, PATIENCE)
        for connection in (*clients, *(conn.sock for conn in worker.taken)):
            connection.close()
        worker.poller.close()
        worker.tmp.close()


class TestDisk:
    def test_words_that_cannot_be_kept(self, tmp_path: Path) -> None:
        store = WordStore(f"sqlite:///{tmp_path}/words.sqlite")
        store.add(ANNA, ["one"])
        store._engine.dispose()
        event.listen(store._engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
        with pytest.raises(StoreFullError, match=r"^the disk of the database of users' words is full"):
            store.add(ANNA, [f"word{number}" for number in range(2_000)])
        assert store.words(ANNA) == ["one"]
        store.close()

    def test_the_client_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        client = make_client()

        def full(*_: object) -> None:
            raise StoreFullError("the disk is full")

        monkeypatch.setattr(WordStore, "add", full)
        answer = client.post("/v2/words/add", data={"username": "anna", "apiKey": "k", "word": "sentense"})
        assert (answer.status_code, answer.text) == (507, "Error: the disk is full")

    def test_a_new_worker_keeps_its_figures_in_memory(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        disk, memory = tmp_path / "disk", tmp_path / "memory"
        disk.mkdir()
        memory.mkdir()
        monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(disk))
        monkeypatch.setattr(metricfiles, "_MEMORY", str(memory))
        has_room = metricfiles._has_room
        monkeypatch.setattr(
            metricfiles, "_has_room", lambda file, size: memory in file.parents and has_room(file, size)
        )
        metricfiles.prepare(8)
        assert caplog.messages == ["no room for the metrics of process 8: it keeps them to itself"]
        assert list(disk.iterdir()) == []
        apart = metricfiles._apart.pop()
        assert metricfiles.folder() == Path(apart.name)
        assert {path.stat().st_size for path in Path(apart.name).iterdir()} == {1 << 16, 1 << 20}
        assert metricfiles.exposition() == b""
        apart.cleanup()

    def test_the_main_process_bears_that_nothing_can_be_put_aside(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path / "gone"))
        metricfiles.bury(7)
        assert caplog.messages == ["what process 7 has counted is not put aside (FileNotFoundError)"]

    def test_the_main_process_bears_that_no_host_can_be_started(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        keeper = Keeper()
        keeper._settings = load_settings(run_dir=tmp_path)
        monkeypatch.setattr(keepers, "start", no_room)
        keeper.attend()
        assert caplog.messages[-1] == "OSError"
        assert keeper._pause == 10

    def test_a_nursery_that_cannot_be_started(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        nurseries = Nurseries(tmp_path / "nursery", os.getpid())
        monkeypatch.setattr(nurseries, "start", no_room)
        with pytest.raises(EngineError, match=r"^the embedded engine cannot be started \(OSError\)$"):
            nurseries.connect("en", 0.0)


def review(*rules: str, notice: str = "") -> bytes:
    told = f'[{{"code": "{notice}"}}]' if notice else "[]"
    found = ", ".join(f'{{"rule": "{rule}"}}' for rule in rules)
    return f'{{"documents": [{{"findings": [{found}], "notices": {told}}}]}}'.encode()


BOTH = review("en/calque/in-frames-of", "EN_A_VS_AN")


class Answers:
    """A server that gives these answers, one after the other, and the last one for ever; None cuts the connection."""

    def __init__(self, *answers: tuple[int, bytes] | None) -> None:
        self._answers, self._lock = deque(answers), threading.Lock()

    def next(self) -> tuple[int, bytes] | None:
        with self._lock:
            return self._answers.popleft() if len(self._answers) > 1 else self._answers[0]

    def tally(self) -> Tally:
        """What eight clients count until each has been answered or has lost a request."""
        answers = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                answer = answers.next()
                if answer is None:
                    self.close_connection = True
                    return
                self.send_response(answer[0])
                self.send_header("Content-Length", str(len(answer[1])))
                if self.close_connection:  # else the client may send the next request where nobody listens
                    self.send_header("Connection", "close")
                if answer[0] == 503:
                    self.send_header("Retry-After", "0")
                self.end_headers()
                self.wfile.write(answer[1])

            def log_message(self, *_: Any) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, args=(0.01,)).start()
            with Load(f"http://127.0.0.1:{server.server_port}", repeat("A text.")) as load:
                pass
            server.shutdown()
        return load.tally


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([(200, BOTH)], (CLIENTS, 0, 0, 0, [])),
        ([None, (503, b""), (200, BOTH)], (CLIENTS, 0, 1, 1, [])),
        ([(200, review("en/calque/in-frames-of", notice="engine-failover")), (200, BOTH)], (CLIENTS, 1, 0, 0, [])),
        (
            [(200, review("EN_A_VS_AN")), (200, BOTH)],
            (CLIENTS - 1, 0, 0, 0, ["an answer without a fault that is there"]),
        ),
        ([(500, b""), (200, BOTH)], (CLIENTS - 1, 0, 0, 0, ["status 500"])),
        ([None], (0, 0, 0, 2 * CLIENTS, ["its connection was cut 2 times"] * CLIENTS)),
    ],
)
def test_each_request_is_counted_once(
    answers: list[tuple[int, bytes] | None], expected: tuple[int, int, int, int, list[str]]
) -> None:
    tally = Answers(*answers).tally()
    lost = [why.partition(",")[0] for why in tally.lost]
    assert tally.sent == CLIENTS
    assert (tally.answered, tally.degraded, tally.told_to_wait, tally.cut, lost) == expected


def test_a_row_fails_that_lost_a_request_or_cut_one_without_cause() -> None:
    answered = Tally(sent=100, answered=100)
    fault, worker = Fault("", lambda _: None), Fault("", lambda _: None, may_cut=True)
    assert _failed(answered, fault) == ""
    answered.odd(cut=3)
    assert (_failed(answered, fault), _failed(answered, worker)) == ("3 connections were cut", "")
    answered.lose("status 500")
    assert _failed(answered, worker) == "lost: status 500"
    assert _failed(Tally(), fault) == "there was no load"
