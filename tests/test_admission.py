"""Who may start, who waits, who goes first, and who is told to come back; and whose connection is ended."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from copydesk.api import create_app
from copydesk.api.admission import Admission, Priority
from copydesk.api.patience import Patience
from copydesk.errors import OverloadedError
from copydesk.grammar import Answer
from copydesk.pipeline import Desk
from copydesk.settings import load_settings
from copydesk.store import KeyStore, Scope
from patience import PATIENCE
from rest import TEXT, problem

HURRY, BATCH = Priority.INTERACTIVE, Priority.BATCH


class Client(threading.Thread):
    """Somebody who asks; `done` holds what became of each, in the order in which they started or were refused."""

    def __init__(self, admission: Admission, name: str, priority: Priority, done: list[str]) -> None:
        super().__init__(name=name, daemon=True)
        self.admission, self.priority, self.done = admission, priority, done
        self.retry_after = 0
        before = admission.waiting
        self.start()
        until = time.monotonic() + PATIENCE
        while self.is_alive() and admission.waiting == before and time.monotonic() < until:
            time.sleep(0.001)

    def run(self) -> None:
        try:
            self.admission.enter(self.priority)
        except OverloadedError as error:
            self.retry_after = error.retry_after
            self.done.append(f"{self.name} refused")
        else:
            self.done.append(self.name)
            self.admission.leave(self.priority, 0.01)


def test_first_come_first_served_and_batches_last() -> None:
    admission, done = Admission(1, 8, PATIENCE), list[str]()
    admission.enter(HURRY)
    clients = [Client(admission, name, p, done) for name, p in (("b1", BATCH), ("a1", HURRY), ("b2", BATCH))]
    clients.append(Client(admission, "a2", HURRY, done))
    assert (admission.running, admission.waiting, done) == (1, {HURRY: 2, BATCH: 2}, [])
    admission.leave(HURRY, 0.01)
    for client in clients:
        client.join(PATIENCE)
    assert done == ["a1", "a2", "b1", "b2"]
    assert (admission.running, admission.waiting, admission.refused) == (0, {HURRY: 0, BATCH: 0}, 0)


def test_batches_leave_a_slot_free() -> None:
    admission, done = Admission(2, 8, PATIENCE), list[str]()
    admission.enter(BATCH)
    second = Client(admission, "b2", BATCH, done)
    assert admission.waiting == {HURRY: 0, BATCH: 1}
    admission.enter(HURRY)
    admission.leave(HURRY, 0.01)
    assert done == []
    admission.leave(BATCH, 0.01)
    second.join(PATIENCE)
    assert done == ["b2"]


def test_a_full_queue_refuses_and_who_is_in_a_hurry_takes_the_place_of_the_last_batch() -> None:
    admission, done = Admission(1, 2, PATIENCE), list[str]()
    admission.enter(HURRY)
    waiting = [Client(admission, "b1", BATCH, done), Client(admission, "b2", BATCH, done)]
    late = Client(admission, "b3", BATCH, done)
    late.join(PATIENCE)
    assert (done, late.retry_after) == (["b3 refused"], 1)
    waiting.append(Client(admission, "a1", HURRY, done))
    waiting[1].join(PATIENCE)
    assert done == ["b3 refused", "b2 refused"]
    assert admission.waiting == {HURRY: 1, BATCH: 1}
    admission.leave(HURRY, 0.01)
    for client in waiting:
        client.join(PATIENCE)
    assert done == ["b3 refused", "b2 refused", "a1", "b1"]
    assert admission.refused == 2


def test_nobody_waits_longer_than_is_said() -> None:
    admission = Admission(1, 8, 0.05)
    admission.enter(HURRY)
    with pytest.raises(OverloadedError) as caught:
        admission.enter(HURRY)
    assert (caught.value.retry_after, admission.waiting[HURRY]) == (1, 0)
    admission.leave(HURRY, 0.01)
    admission.enter(HURRY)
    assert admission.running == 1


def test_who_could_not_be_served_in_time_is_told_at_once() -> None:
    admission, done = Admission(1, 8, 25), list[str]()
    admission.enter(HURRY)
    admission.leave(HURRY, 10)  # what a review takes
    admission.enter(HURRY)
    first, second, third = (Client(admission, name, HURRY, done) for name in ("a1", "a2", "a3"))
    third.join(PATIENCE)
    assert (done, third.retry_after) == (["a3 refused"], 20)
    admission.leave(HURRY, 10)
    first.join(PATIENCE)
    second.join(PATIENCE)
    assert done == ["a3 refused", "a1", "a2"]


def test_no_slot_is_lost_or_used_twice() -> None:
    admission, most, lock = Admission(3, 1000, PATIENCE), [0, 0], threading.Lock()

    def ask(number: int) -> None:
        priority = BATCH if number % 3 else HURRY
        admission.enter(priority)
        with lock:
            most[0] += 1
            most[1] = max(most)
        time.sleep(0.001)
        with lock:
            most[0] -= 1
        admission.leave(priority, 0.001)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert (admission.running, admission.waiting, admission.refused) == (0, {HURRY: 0, BATCH: 0}, 0)
    assert most == [0, 3]


class Gate:
    """A grammar source that answers when it is let."""

    def __init__(self) -> None:
        self.shut()

    def shut(self) -> None:
        self.open, self.deadlines = threading.Event(), list[float | None]()

    def check(self, _text: str, _language: str, deadline: float | None = None) -> Answer:
        self.deadlines.append(deadline)
        assert self.open.wait(PATIENCE)
        return Answer((), ())


@pytest.fixture(scope="module")
def loaded() -> tuple[Gate, Desk]:
    gate = Gate()
    return gate, Desk(grammar=gate)


Make = Callable[..., FlaskClient]


class TestService:
    @pytest.fixture
    def gate(self, loaded: tuple[Gate, Desk]) -> Gate:
        loaded[0].shut()
        return loaded[0]

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[KeyStore]:
        store = KeyStore(f"sqlite:///{tmp_path}/store.sqlite")
        yield store
        store.close()

    @pytest.fixture
    def make(self, loaded: tuple[Gate, Desk], tmp_path: Path) -> Iterator[Make]:
        """Makes a service with one slot: its client."""
        stores = []

        def made(**settings: Any) -> FlaskClient:
            settings = {"queue": 0, "store": f"sqlite:///{tmp_path}/store.sqlite", **settings}
            app = create_app(load_settings(threads=1, **settings), loaded[1])
            stores.append(app.extensions["copydesk.keys"])
            return app.test_client()

        yield made
        for store in stores:
            store.close()

    def busy(self, client: FlaskClient, gate: Gate) -> threading.Thread:
        """A request that has the only slot."""
        asking = threading.Thread(target=post, args=(client,))
        asking.start()
        until = time.monotonic() + PATIENCE
        while not gate.deadlines and time.monotonic() < until:
            time.sleep(0.001)
        return asking

    def test_too_much_is_refused_and_what_is_cheap_is_not(self, make: Make, gate: Gate) -> None:
        client = make()
        asking = self.busy(client, gate)
        refused = client.post("/v1/review", json={"text": TEXT, "language": "en-US"})
        assert problem(refused) == (503, "overloaded", [])
        assert refused.headers["Retry-After"] == "1"
        protocol = client.post("/v2/check", data={"text": TEXT, "language": "en-US"})
        assert (protocol.status_code, protocol.headers["Retry-After"]) == (503, "1")
        assert protocol.text.startswith("Error: there is too much to do")
        for path in ("/livez", "/metrics", "/", "/docs", "/v1/rules", "/v2/languages", "/v2/healthcheck"):
            assert client.get(path).status_code == 200, path
        gate.open.set()
        asking.join(PATIENCE)
        assert post(client) == 200

    @pytest.mark.parametrize("sent", ["u=5", "i, u=7", "u=4;a=b"])
    def test_a_batch_gives_way(self, make: Make, gate: Gate, sent: str) -> None:
        self.check_gives_way(make(queue=1), gate, {"Priority": sent})

    def test_a_key_for_batches_gives_way(self, make: Make, gate: Gate, store: KeyStore) -> None:
        _, key = store.create("archive", {Scope.REVIEW, Scope.BATCH})
        _, own = store.create("desk", {Scope.REVIEW})
        client = make(queue=1, require_key=True)
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {own}"
        self.check_gives_way(client, gate, {"Authorization": f"Bearer {key}"})

    def check_gives_way(self, client: FlaskClient, gate: Gate, headers: dict[str, str]) -> None:
        """A batch that waits loses its place to a request without a word of how urgent it is."""
        admission = client.application.extensions["copydesk.admission"]
        statuses: dict[str, int] = {}

        def ask(name: str, sent: dict[str, str]) -> None:
            statuses[name] = post(client, sent)

        asking = [self.busy(client, gate)]
        for name, sent, waits in (("batch", headers, BATCH), ("hurry", {}, HURRY)):
            asking.append(threading.Thread(target=ask, args=(name, sent)))
            asking[-1].start()
            until = time.monotonic() + PATIENCE
            while not admission.waiting[waits] and time.monotonic() < until:
                time.sleep(0.001)
        asking[1].join(PATIENCE)
        assert statuses == {"batch": 503}
        gate.open.set()
        for thread in asking:
            thread.join(PATIENCE)
        assert statuses == {"batch": 503, "hurry": 200}

    def test_the_time_in_the_queue_counts(self, make: Make, gate: Gate) -> None:
        gate.open.set()
        client = make(review_deadline=18)
        before = time.monotonic()
        assert post(client) == 200
        [deadline] = gate.deadlines
        assert deadline is not None
        # Three seconds are for the answer; the engine has nine tenths of what is left.
        assert before + 13 < deadline <= time.monotonic() + 15


def post(client: FlaskClient, headers: dict[str, str] | None = None) -> int:
    """The status of a review, asked from any thread; `headers` win over what the client always sends."""
    apart = client.application.test_client()
    apart.environ_base.update(client.environ_base)
    body = {"text": TEXT, "language": "en-US"}
    return apart.post("/v1/review", json=body, headers=headers or {}).status_code


class TestPatience:
    def test_a_request_that_does_not_come_in(self) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            patience, read = Patience(), list[bytes]()

            def handle() -> None:
                patience.begin(ours, 0.05)
                read.append(ours.recv(10))
                ours.sendall(b"408")
                patience.end()

            self.run(patience, handle)
            assert (read, theirs.recv(10)) == ([b""], b"408")

    def test_an_answer_that_nobody_takes(self) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            patience, failed = Patience(), list[str]()

            def handle() -> None:
                patience.begin(ours, 0.05)
                patience.received()
                time.sleep(0.2)  # the work itself may take its time
                patience.answering()
                try:
                    ours.sendall(b"x" * 10_000_000)
                except OSError as error:
                    failed.append(type(error).__name__)
                patience.end()

            self.run(patience, handle)
            assert failed == ["BrokenPipeError"]

    def run(self, patience: Patience, handle: Callable[[], None]) -> None:
        thread = threading.Thread(target=handle)
        thread.start()
        until = time.monotonic() + PATIENCE
        while thread.is_alive() and time.monotonic() < until:
            patience.end_late()
            time.sleep(0.01)
        assert not thread.is_alive()
