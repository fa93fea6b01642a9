"""The embedded engine in processes of its own: as good as in ours, and killed when it holds on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from copydesk.errors import EngineError, UnfinishedError
from copydesk.grammar import nurseries as rooms
from copydesk.grammar.embedded import EmbeddedEngine
from copydesk.grammar.isolated import IsolatedEngine
from copydesk.grammar.nurseries import Nurseries
from copydesk.grammar.wire import Peer, send
from holding import gone, has_embedded, holding
from patience import PATIENCE

pytestmark = pytest.mark.skipif(not has_embedded(), reason="lingotweaker has no wheel for this machine")
HELD = holding()
TEXTS = [
    ("This is an test of a sentense, which have several mistakes.", "en-US"),
    ("The colour of an house. 😀 The goverment’s “plan” was was told.", "en-GB"),
    ("Half \ud800 of a pair, and an test; web2print was build.", "en-US"),
    ("… 12 —", "en-US"),
]


@contextmanager
def lasting() -> Iterator[subprocess.Popen[bytes]]:
    """A process that lives as long as the block: what a nursery takes for the service."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nurseries]:
    with lasting() as parent:
        yield Nurseries(tmp_path_factory.mktemp("run") / "nursery", parent.pid)


@pytest.fixture(scope="module")
def engine(homes: Nurseries) -> Iterator[IsolatedEngine]:
    with closing(IsolatedEngine(homes, keep=2, seconds=PATIENCE)) as made:
        made.start("en-US")
        made.wait("en-US", PATIENCE)
        yield made


@pytest.fixture(scope="module")
def own() -> EmbeddedEngine:
    return EmbeddedEngine()


def nursery_of(homes: Nurseries) -> int:
    """The process of the English nursery."""
    connection, child = homes.connect("en", time.monotonic() + PATIENCE)
    with connection:
        return psutil.Process(child).ppid()


def children_of(process: int) -> set[int]:
    return {child.pid for child in psutil.Process(process).children()}


def answers(engine: IsolatedEngine) -> list[tuple[int, int, str]]:
    found = engine.check("This is an test.", "en-US", PATIENCE)
    return [(match.span.start, match.span.end, match.rule) for match in found]


RIGHT = [(8, 10, "EN_A_VS_AN")]


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_it_answers_as_the_engine_in_process_does(
    engine: IsolatedEngine, own: EmbeddedEngine, text: str, language: str
) -> None:
    assert engine.check(text, language, PATIENCE) == own.check(text, language, PATIENCE)
    assert engine.info == own.info


def test_a_language_without_data_is_told(engine: IsolatedEngine) -> None:
    assert not engine.speaks("bg")
    with pytest.raises(EngineError, match="the embedded engine has no data for bg: install copydesk"):
        engine.check("Текст.", "bg", PATIENCE)


def test_an_engine_that_is_held_is_killed_and_replaced_while_others_are_answered(
    engine: IsolatedEngine, homes: Nurseries
) -> None:
    nursery = nursery_of(homes)
    engine.close()
    while children_of(nursery):
        time.sleep(0.01)
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(engine.check, HELD, "en-US", 1.0)
        while not (victims := children_of(nursery)):
            time.sleep(0.01)
        others = 0
        while not held.done():
            assert answers(engine) == RIGHT
            others += 1
        with pytest.raises(UnfinishedError, match=r"^the embedded engine did not finish within 1 s$"):
            held.result()
    assert others > 0
    [victim] = victims
    assert gone(victim)
    assert answers(engine) == RIGHT
    assert engine.killed == 1


def test_processor_time_is_bounded_whoever_waits(homes: Nurseries) -> None:
    told = r"^the embedded engine did not finish a passage: it crashed, or needed more than 0\.2 s$"
    with closing(IsolatedEngine(homes, keep=1, seconds=0.2)) as engine:
        with pytest.raises(UnfinishedError, match=told):
            engine.check(HELD, "en-US", PATIENCE)
        assert answers(engine) == RIGHT


@pytest.mark.parametrize("busy", [False, True])
def test_a_child_ends_with_its_connection(homes: Nurseries, busy: bool) -> None:
    """As when the worker at the other end is killed. One that reads ends when its processor time is over."""
    connection, child = homes.connect("en", time.monotonic() + PATIENCE)
    with connection:
        if busy:
            send(connection, {"text": HELD, "language": "en-US", "seconds": 0.5})
            time.sleep(0.2)
        assert not gone(child, 0.1)
    assert gone(child)


def test_a_child_has_neither_the_lock_nor_the_log(homes: Nurseries) -> None:
    connection, child = homes.connect("en", time.monotonic() + PATIENCE)
    with connection:
        held = {int(file.name): str(file.readlink()) for file in Path(f"/proc/{child}/fd").iterdir()}
    assert {held[number] for number in (0, 1, 2)} == {os.devnull}
    assert sum(name.startswith("socket:") for name in held.values()) == 1
    assert not [name for name in held.values() if name.endswith(".lock")]


def test_no_more_children_are_kept_than_wanted(engine: IsolatedEngine, homes: Nurseries) -> None:
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda _: answers(engine), range(24))) == [RIGHT] * 24
    nursery = nursery_of(homes)
    until = time.monotonic() + PATIENCE
    while len(children_of(nursery)) > 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert len(children_of(nursery)) <= 2


def test_a_child_that_has_grown_old_is_replaced(homes: Nurseries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copydesk.grammar.isolated._MOST_TEXTS", 2)
    nursery = nursery_of(homes)
    before = children_of(nursery)
    with closing(IsolatedEngine(homes, keep=1, seconds=PATIENCE)) as engine:
        assert answers(engine) == RIGHT
        [first] = children_of(nursery) - before
        assert answers(engine) == RIGHT
        assert gone(first)
        assert answers(engine) == RIGHT
        assert len(children_of(nursery) - before - {first}) == 1


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGSTOP])
def test_a_nursery_that_is_no_good_is_replaced_once(
    engine: IsolatedEngine, homes: Nurseries, monkeypatch: pytest.MonkeyPatch, sent: signal.Signals
) -> None:
    monkeypatch.setattr(rooms, "_PAUSE", 0.0)
    monkeypatch.setattr(rooms, "_HELLO", 2.0)
    victim = nursery_of(homes)
    before = homes.started
    os.kill(victim, sent)
    with ThreadPoolExecutor(4) as pool:
        fresh = [pool.submit(nursery_of, homes) for _ in range(4)]
        found = {future.result() for future in fresh}
    assert len(found) == 1
    assert victim not in found
    assert homes.started == before + 1
    assert gone(victim)
    assert answers(engine) == RIGHT


def test_one_that_cannot_start_is_not_started_all_the_time(homes: Nurseries) -> None:
    engine = IsolatedEngine(homes, keep=1, seconds=PATIENCE)
    engine.start("xx")  # a language without data: the process ends with an error
    with pytest.raises(EngineError, match=r"^the embedded engine ended as soon as it was started for xx$"):
        engine.wait("xx", PATIENCE)


def test_it_ends_with_the_service_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "nursery"
    with lasting() as parent:
        homes = Nurseries(folder, parent.pid)
        IsolatedEngine(homes, keep=1, seconds=PATIENCE).wait("en", PATIENCE)
        nursery = nursery_of(homes)
        assert sorted(path.name for path in folder.iterdir()) == [f"{parent.pid}-en.lock", f"{parent.pid}-en.sock"]
        assert folder.stat().st_mode & 0o777 == 0o700
    assert gone(nursery)
    assert list(folder.iterdir()) == []


def test_what_a_killed_service_left_is_swept(tmp_path: Path) -> None:
    with lasting() as parent:
        pass
    folder = tmp_path / "nursery"
    folder.mkdir(mode=0o700)
    left, ours = folder / f"{parent.pid}-en.sock", folder / f"{os.getpid()}-en.lock"
    left.touch()
    ours.touch()
    Nurseries(folder, os.getpid())
    assert list(folder.iterdir()) == [ours]


def test_a_folder_that_others_can_enter_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "nursery"
    folder.mkdir()
    folder.chmod(0o750)
    with pytest.raises(EngineError, match="is not this user's alone"):
        Nurseries(folder, os.getpid())
    with pytest.raises(EngineError, match="is too long for the address of a socket: set COPYDESK_RUN_DIR"):
        Nurseries(tmp_path / ("x" * 100), os.getpid())


def test_another_user_is_nobody_to_talk_to() -> None:
    assert Peer(os.getpid(), os.getuid()).is_ours
    assert not Peer(os.getpid(), os.getuid() + 1).is_ours
