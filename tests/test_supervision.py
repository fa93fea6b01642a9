"""LanguageTool under supervision: several servers, each with a breaker; memory; who watches the one that watches."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from copydesk.errors import EngineError, InputError
from copydesk.grammar import grammar_source, host
from copydesk.grammar.breaker import REST, Breaker
from copydesk.grammar.contract import Match
from copydesk.grammar.host import Host
from copydesk.grammar.keeper import Keeper
from copydesk.grammar.launch import start, stop
from copydesk.grammar.several import Several
from copydesk.grammar.state import ServerState, StateFile
from copydesk.model import Engine, Span
from copydesk.settings import Settings, load_settings
from patience import PATIENCE


class Clock:
    """A monotonic clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in ("breaker", "several", "host"):
        monkeypatch.setattr(f"copydesk.grammar.{module}.time", clock)
    return clock


class Fake:
    """A server that answers with one match; `behave` may do worse. `allowed` are the seconds that it was given."""

    def __init__(self, name: str, behave: Callable[[], None] = lambda: None, language: str = "en-US") -> None:
        self.name, self.behave, self.language, self.allowed = name, behave, language, list[float]()

    @property
    def info(self) -> Engine:
        return Engine(self.name, "1")

    def speaks(self, language: str) -> bool:
        return language == self.language

    def check(self, _text: str, _language: str, timeout: float) -> list[Match]:
        self.allowed.append(timeout)
        self.behave()
        return [Match(Span(0, 2), self.name, "", "", "", ())]


def answer(engine: Several, timeout: float = 10, language: str = "en-US") -> str:
    [match] = engine.check("An text.", language, timeout)
    assert engine.info.name == match.rule
    return match.rule


class TestSeveral:
    def hanging(self, clock: Clock, seconds: float = 5) -> Fake:
        def hang() -> None:
            clock.sleep(seconds)
            raise EngineError("it hangs")

        return Fake("first", hang)

    @pytest.mark.usefixtures("clock")
    def test_the_first_is_preferred(self) -> None:
        servers = [Fake("first"), Fake("second")]
        assert [answer(Several(servers)) for _ in range(3)] == ["first"] * 3
        assert servers[0].allowed == [5.0] * 3  # the half, since there is another
        assert servers[1].allowed == []

    def test_only_one_text_waits_for_a_server_that_hangs(self, clock: Clock) -> None:
        first, second = self.hanging(clock), Fake("second")
        engine = Several([first, second])
        assert [answer(engine) for _ in range(20)] == ["second"] * 20
        assert first.allowed == [5.0]
        assert second.allowed == [5.0] + [10.0] * 19

    def test_it_is_tried_again_and_rests_longer_each_time(self, clock: Clock) -> None:
        first = self.hanging(clock, 1)
        engine, tried = Several([first, Fake("second")]), list[float]()
        began = clock.now
        while clock.now < began + 200:
            before = len(first.allowed)
            assert answer(engine) == "second"
            if len(first.allowed) > before:
                tried.append(clock.now - began - 1)
            clock.now += 0.5
        assert tried == [0, 6, 17, 38, 79, 140]  # rests of 5, 10, 20, 40, 60 and 60 s
        first.behave = lambda: None
        clock.now += 60
        assert [answer(engine) for _ in range(3)] == ["first"] * 3

    def test_who_fails_at_once_is_asked_again_at_once(self, clock: Clock) -> None:
        first = self.hanging(clock, 0.1)
        engine = Several([first, Fake("second")])
        assert answer(engine) == "second"
        first.behave = lambda: None
        assert answer(engine) == "first"

    def test_who_was_given_no_time_is_not_to_blame(self, clock: Clock) -> None:
        first = self.hanging(clock, 0.9)
        engine = Several([first])
        for _ in range(3):
            with pytest.raises(EngineError, match="it hangs"):
                engine.check("An text.", "en-US", 1)
        assert len(first.allowed) == 3

    def test_all_fail(self, clock: Clock) -> None:
        engine = Several([self.hanging(clock, 3), self.hanging(clock, 3)])
        for _ in range(2):  # the second time at once: both rest
            before = clock.now
            with pytest.raises(EngineError, match=r"^it hangs$"):
                engine.check("An text.", "en-US", 10)
        assert clock.now == before
        assert engine.speaks("en-US")

    def test_each_for_its_languages(self) -> None:
        engine = Several([Fake("first"), Fake("second", language="be-BY")])
        assert [engine.speaks(language) for language in ("en-US", "be-BY", "bg")] == [True, True, False]
        assert [answer(engine, language=language) for language in ("be-BY", "en-US")] == ["second", "first"]

    def test_one_caller_tries_and_the_others_do_not_wait(self, clock: Clock) -> None:
        breaker = Breaker()
        assert breaker.failed("it hangs", 5)
        assert not breaker.failed("it hangs", 5)  # who waited at the same time
        assert (breaker.enter(), breaker.resting) == ("it hangs", "it hangs")
        clock.now += REST
        assert [breaker.enter() for _ in range(3)] == ["", "it hangs", "it hangs"]
        breaker.answered()
        assert breaker.enter() == ""


class TestSettings:
    def test_several_servers(self) -> None:
        settings = load_settings(languagetool_url="http://a:1/v2, https://b/v2")
        assert settings.languagetool_urls == ("http://a:1/v2", "https://b/v2")
        assert load_settings().languagetool_urls == ()
        with pytest.raises(InputError, match=r"^COPYDESK_LANGUAGETOOL_URL: "):
            load_settings(languagetool_url="http://a:1/v2,,")

    def test_memory(self) -> None:
        with pytest.raises(InputError, match=r"^COPYDESK_LANGUAGETOOL_MEMORY: "):
            load_settings(languagetool_memory="2g -jar evil.jar")

    @pytest.mark.languagetool
    def test_a_dead_server_and_a_real_one(self, languagetool: Settings) -> None:
        now = StateFile(languagetool.languagetool_state).read()
        assert now is not None
        settings = load_settings(languagetool_url=f"http://127.0.0.1:9/v2,{now.url}", engine="languagetool")
        found = grammar_source(settings).check("This is an test.", "en-US")
        assert [(match.span.start, match.rule) for match in found.matches] == [(8, "EN_A_VS_AN")]
        assert found.engines == (Engine("languagetool", "6.8"),)


class TestHost:
    def test_pauses_grow_until_a_server_has_lived_for_a_while(
        self, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        state, lives, pauses = StateFile(tmp_path / "state.json"), iter([0.0] * 10 + [30.0, 90.0, 0.0]), list[float]()

        def live(self: Host) -> str:
            seconds = next(lives, None)
            if seconds is None:
                raise SystemExit
            self._since = clock.now if seconds else None
            clock.now += seconds
            return "LanguageTool ended"

        monkeypatch.setattr(Host, "_one_life", live)
        monkeypatch.setattr(clock, "sleep", pauses.append)
        with pytest.raises(SystemExit):
            Host(state).run()
        assert pauses == [0, 0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 0.5, 1]
        assert host._STABLE == 60
        assert state.read() == ServerState(
            os.getpid(), version="6.8", reason="LanguageTool ended; it is being started again", starts=14
        )

    @pytest.mark.parametrize(("memory", "young"), [("2g", "419430k"), ("500m", "102400k")])
    def test_a_fifth_of_the_memory_is_for_what_is_young(
        self, memory: str, young: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server = pytest.importorskip("copydesk.grammar.server", reason="the extra “languagetool” is not installed")
        monkeypatch.setattr(os, "environ", dict(os.environ))
        server.prepare(tmp_path, memory)
        assert os.environ["JDK_JAVA_OPTIONS"].split()[:2] == [f"-Xmx{memory}", f"-Xmn{young}"]

    @pytest.mark.languagetool
    def test_out_of_memory(self, languagetool_home: Path, tmp_path: Path) -> None:
        state = StateFile(tmp_path / "state.json")
        start(languagetool_home, state, parent=os.getpid(), memory="16m")
        try:
            reason = "LanguageTool ran out of memory; it is being started again"
            wait_for(lambda: (now := state.read()) is not None and now.reason == reason)
        finally:
            stop(state)

    @pytest.mark.languagetool
    def test_a_host_that_was_killed(self, languagetool_home: Path, tmp_path: Path) -> None:
        """Another takes its place, and the server that it left behind is no more."""
        settings = load_settings(languagetool_home=languagetool_home, run_dir=tmp_path, engine="languagetool")
        state, keeper = StateFile(settings.languagetool_state), Keeper()
        keeper.start(settings)
        try:
            wait_for(lambda: (now := state.read()) is not None and now.pid != 0)  # known before it is ready
            first = state.read()
            assert first is not None
            assert not first.ready
            keeper.attend()
            assert state.read() == first
            server = psutil.Process(first.pid)
            os.kill(first.host_pid, signal.SIGKILL)
            os.waitpid(first.host_pid, 0)
            keeper.attend()
            second = state.read()
            assert second is not None
            assert second.host_pid != first.host_pid
            wait_for(lambda: not server.is_running() or server.status() == psutil.STATUS_ZOMBIE)
        finally:
            keeper.stop()
        assert not state.running()
        keeper.attend()
        assert not state.running()


def wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)
