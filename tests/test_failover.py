"""One answer to every text, whatever becomes of the engines, and always word of who gave it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from copydesk.errors import EngineError
from copydesk.grammar.breaker import REST
from copydesk.grammar.contract import Answer, GrammarEngine, Match
from copydesk.grammar.embedded import EmbeddedEngine
from copydesk.grammar.failover import Failover, Pinned
from copydesk.grammar.languagetool import LanguageToolEngine
from copydesk.grammar.launch import start, stop, wait_ready
from copydesk.grammar.several import Several
from copydesk.grammar.state import ServerState, StateFile
from copydesk.model import Engine, Span
from patience import PATIENCE

PARAGRAPH = "The minister said that an house was build there, and nobody in the small town believed it.\n\n"
LONG = PARAGRAPH * 150  # four pieces


class Fake:
    """An engine that finds every “an”; `behave` may do worse before it answers."""

    def __init__(self, name: str, behave: Callable[[int], None] = lambda _: None) -> None:
        self.name, self.behave, self.calls = name, behave, 0
        self.languages = {"en-US"}

    @property
    def info(self) -> Engine:
        return Engine(self.name, "1")

    def speaks(self, language: str) -> bool:
        return language in self.languages

    def check(self, text: str, language: str, timeout: float) -> list[Match]:
        assert self.speaks(language)
        assert timeout > 0
        self.calls += 1
        self.behave(self.calls)
        starts = [i for i in range(len(text)) if text.startswith(" an ", i)]
        return [Match(Span(i + 1, i + 3), "EN_A_VS_AN", "", "MISC", "misspelling", ("a",)) for i in starts]


def dead(_call: int) -> None:
    raise EngineError("it is dead")


def dies_at(call: int) -> Callable[[int], None]:
    return lambda now: dead(now) if now >= call else None


def rules(answer: Answer) -> list[tuple[int, int]]:
    return [(m.span.start, m.span.end) for m in answer.matches if m.rule == "EN_A_VS_AN"]


WANTED = [
    (n * len(PARAGRAPH) + PARAGRAPH.index("an house"), n * len(PARAGRAPH) + PARAGRAPH.index("an house") + 2)
    for n in range(150)
]


class TestLogic:
    def test_primary_answers(self) -> None:
        second = Fake("second")
        answer = Failover(Fake("first"), second, 5, threads=4).check(LONG, "en-US")
        assert (rules(answer), answer.engines, answer.notices) == (WANTED, (Engine("first", "1"),), ())
        assert second.calls == 0

    @pytest.mark.parametrize("threads", [1, 4])
    @pytest.mark.parametrize("call", [1, 2, 3, 4])
    def test_primary_dies_half_way(self, call: int, threads: int) -> None:
        answer = Failover(Fake("first", dies_at(call)), Fake("second"), 5, threads=threads).check(LONG, "en-US")
        assert rules(answer) == WANTED
        assert answer.engines[-1] == Engine("second", "1")
        (notice,) = answer.notices
        assert notice.code == "engine-failover"
        assert notice.message.startswith("it is dead; the second engine answered instead")
        assert notice.message.endswith("for the rest of the text") == (len(answer.engines) == 2)

    def test_nobody_speaks_the_language(self) -> None:
        answer = Failover(Fake("first"), Fake("second"), 5).check(LONG, "bg")
        assert (answer.matches, answer.engines) == ((), ())
        (notice,) = answer.notices
        assert notice.code == "grammar-unavailable"
        assert notice.message == "grammar and spelling were not checked: no engine has data for bg"

    def test_primary_lacks_the_language(self) -> None:
        second = Fake("second")
        second.languages = {"be-BY"}
        answer = Failover(Fake("first"), second, 5).check(LONG, "be-BY")
        assert (rules(answer), answer.engines, answer.notices) == (WANTED, (Engine("second", "1"),), ())

    @pytest.mark.parametrize("second", [None, Fake("second", dead)])
    def test_nobody_answers(self, second: GrammarEngine | None) -> None:
        answer = Failover(Fake("first", dead), second, 5).check(LONG, "en-US")
        assert answer.matches == ()
        assert [n.code for n in answer.notices] == ["grammar-unavailable"]
        assert "it is dead" in answer.notices[0].message

    def test_a_server_that_nobody_started_is_no_failure(self) -> None:
        first = Fake("first", dead)
        answer = Failover(first, Fake("second"), 5, in_play=lambda: False).check(LONG, "en-US")
        assert (rules(answer), answer.notices, first.calls) == (WANTED, (), 0)

    def test_nothing_to_read(self) -> None:
        assert Failover(Fake("first", dead), None, 5).check("… 12 —\n\n", "en-US") == Answer((), ())

    def test_a_deadline_is_for_the_whole_text(self) -> None:
        slow = Fake("first", lambda _: time.sleep(0.25))
        answer = Failover(slow, Fake("second"), 0.4).check(LONG, "en-US")
        assert rules(answer) == WANTED
        assert answer.notices[0].message.startswith("first did not finish within 0.4 s")
        assert slow.calls == 2

    def test_pinned(self) -> None:
        assert rules(Pinned(Fake("only"), 5, 4).check(LONG, "en-US")) == WANTED
        with pytest.raises(EngineError, match="it is dead"):
            Pinned(Fake("only", dies_at(3)), 5).check(LONG, "en-US")
        with pytest.raises(EngineError, match="only has no data for bg"):
            Pinned(Fake("only"), 5).check(LONG, "bg")


@pytest.fixture(scope="module")
def parent() -> Iterator[subprocess.Popen[bytes]]:
    """The process that a host lives with."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


@pytest.fixture(scope="module")
def server(
    languagetool_home: Path, parent: subprocess.Popen[bytes], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StateFile]:
    """A LanguageTool server that tests may kill."""
    state = StateFile(tmp_path_factory.mktemp("host") / "languagetool.json")
    start(languagetool_home, state, parent=parent.pid)
    wait_ready(state, PATIENCE)
    yield state
    stop(state)


@pytest.fixture(scope="module")
def source(server: StateFile) -> Failover:
    try:
        embedded = EmbeddedEngine()
    except EngineError as error:
        pytest.skip(str(error))
    return Failover(Several([LanguageToolEngine(state=server)]), embedded, 20, threads=4)


def ready(server: StateFile) -> ServerState:
    return wait_ready(server, PATIENCE)


def check_told(answer: Answer) -> str:
    """Who answered; the notices agree with it, and nothing is missing or told twice."""
    assert rules(answer) == WANTED[:1]
    (engine,) = answer.engines
    assert [n.code for n in answer.notices] == ([] if engine.name == "languagetool" else ["engine-failover"])
    assert all("the embedded engine answered instead" in n.message for n in answer.notices)
    return engine.name


def back(server: StateFile, source: Failover, killed: ServerState, since: float) -> None:
    """Waits until LanguageTool answers again, by a new process."""
    while True:
        now = server.read()
        if now is not None and now.ready and now.pid != killed.pid:
            break
        assert time.monotonic() - since < PATIENCE
        time.sleep(0.1)
    time.sleep(max(0.0, since + REST + 0.1 - time.monotonic()))
    assert check_told(source.check(PARAGRAPH, "en-US")) == "languagetool"


@pytest.mark.languagetool
def test_the_state_is_for_our_own_eyes(tmp_path: Path) -> None:
    """Whatever others may do in the folder: who can write there is sent texts."""
    state = StateFile(tmp_path / "run" / "languagetool.json")
    (tmp_path / "run").mkdir(mode=0o755)
    with state.held() as mine:
        assert mine
        state.write(ServerState(1))
    assert state.read() == ServerState(1)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "run").iterdir()}
    assert modes == {"languagetool.json": 0o600, "languagetool.lock": 0o600}


class TestDeath:
    def test_killed_in_the_middle_of_requests(self, server: StateFile, source: Failover) -> None:
        """SIGKILL: nobody is left without an answer, and LanguageTool comes back."""
        victim = ready(server)
        with ThreadPoolExecutor(8) as pool:
            answers = [pool.submit(source.check, PARAGRAPH, "en-US") for _ in range(400)]
            while sum(a.done() for a in answers) < 40:
                time.sleep(0.001)
            os.kill(victim.pid, signal.SIGKILL)
            since = time.monotonic()
            names = [check_told(a.result(timeout=PATIENCE)) for a in answers]
        assert len(names) == 400
        assert {"languagetool", "embedded"} == set(names)
        back(server, source, victim, since)

    def test_stopped(self, server: StateFile, source: Failover) -> None:
        """SIGSTOP: a server that keeps its connections and says nothing is noticed, and replaced."""
        victim = ready(server)
        os.kill(victim.pid, signal.SIGSTOP)
        since = time.monotonic()
        assert check_told(source.check(PARAGRAPH, "en-US")) == "embedded"
        back(server, source, victim, since)
        assert not psutil.pid_exists(victim.pid)

    def test_ends_with_its_parent(self, server: StateFile, parent: subprocess.Popen[bytes]) -> None:
        """The host goes when the service has gone, and takes the server with it."""
        now = ready(server)
        parent.kill()
        parent.wait()
        until = time.monotonic() + PATIENCE
        while (server.running() or psutil.pid_exists(now.pid)) and time.monotonic() < until:
            time.sleep(0.1)
        assert not server.running()
        assert not psutil.pid_exists(now.pid)
        assert server.read() is None
