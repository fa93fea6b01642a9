"""The LanguageTool engine against a real server, its state file, and its installation."""

from __future__ import annotations

import hashlib
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from copydesk.errors import EngineError, InputError, UnknownNameError
from copydesk.grammar import grammar_source
from copydesk.grammar.install import folder, install, installed
from copydesk.grammar.jars import Jar, jars
from copydesk.grammar.languagetool import LanguageToolEngine
from copydesk.grammar.launch import start
from copydesk.grammar.state import ServerState, StateFile
from copydesk.model import Engine
from copydesk.settings import Settings, load_settings

MARK = "Zyxwvut"


@pytest.fixture
def engine(languagetool: Settings) -> LanguageToolEngine:
    return LanguageToolEngine(state=StateFile(languagetool.languagetool_state))


@pytest.fixture
def state(tmp_path: Path) -> StateFile:
    return StateFile(tmp_path / "languagetool.json")


def alarms(engine: LanguageToolEngine, text: str) -> list[tuple[str, str, str]]:
    found = engine.check(text, "en-US", 60)
    return [(m.span.of(text), m.rule, m.replacements[0] if m.replacements else "") for m in found]


@pytest.mark.languagetool
class TestServer:
    def test_matches_are_exact(self, engine: LanguageToolEngine) -> None:
        text = "I can heard you. 😀😀 She recieved it. This is an test."
        assert alarms(engine, text) == [
            ("heard", "MD_BASEFORM", "hear"),
            ("recieved", "MORFOLOGIK_RULE_EN_US", "received"),
            ("an", "EN_A_VS_AN", "a"),
        ]
        match = engine.check(text, "en-US", 60)[1]
        assert (match.span.start, match.span.end) == (24, 32)
        assert (match.category, match.issue_type, match.is_spelling) == ("TYPOS", "misspelling", True)

    @pytest.mark.parametrize("odd", ["😀", "é", "\r\n", "\x00", "\u200b", "\ufeff", "\ud83d", "&amp;", "🇧🇾", "\u2028"])
    def test_offsets_behind_odd_characters(self, engine: LanguageToolEngine, odd: str) -> None:
        assert ("an", "EN_A_VS_AN", "a") in alarms(engine, f"Go {odd} on. This is an test.")

    def test_languages(self, engine: LanguageToolEngine) -> None:
        assert all(map(engine.speaks, ("en-US", "en-GB", "ru-RU", "uk-UA", "be-BY", "pl-PL", "fr", "es")))
        assert not engine.speaks("bg")
        with pytest.raises(EngineError, match=r"HTTP status 400$"):
            engine.check(MARK, "xx", 10)

    def test_the_same_server_at_a_fixed_address(self, languagetool: Settings) -> None:
        now = StateFile(languagetool.languagetool_state).read()
        assert now is not None
        engine = LanguageToolEngine(url=f"{now.url}/")
        assert engine.info == Engine("languagetool", "unknown")
        assert alarms(engine, "This is an test.") == [("an", "EN_A_VS_AN", "a")]
        assert engine.info == Engine("languagetool", "6.8")

    def test_source_for_a_text_of_many_pieces(self, languagetool: Settings) -> None:
        paragraph = "The 😀 minister said that everybody was glad about it. This is an test.\n\n"
        answer = grammar_source(languagetool, "languagetool").check(paragraph * 200, "en-US")
        wanted = [n * len(paragraph) + paragraph.index("an test") for n in range(200)]
        assert [m.span.start for m in answer.matches if m.rule == "EN_A_VS_AN"] == wanted
        assert answer.engines == (Engine("languagetool", "6.8"),)
        assert answer.notices == ()

    def test_use_is_told_to_the_host(self, languagetool: Settings, engine: LanguageToolEngine) -> None:
        time.sleep(0.3)
        before = StateFile(languagetool.languagetool_state).idle()
        engine.check("Good.", "en-US", 10)
        assert StateFile(languagetool.languagetool_state).idle() < before

    def test_a_second_host_leaves_the_first_alone(self, languagetool: Settings, languagetool_home: Path) -> None:
        state = StateFile(languagetool.languagetool_state)
        before = state.read()
        assert not start(languagetool_home, state)
        command = [sys.executable, "-m", "copydesk.grammar.host", "--state", str(state.path)]
        second = subprocess.run([*command, "--home", str(languagetool_home)], timeout=30, check=False)
        assert second.returncode == 0
        assert state.read() == before


class TestAbsence:
    def test_nobody_has_started_it(self, state: StateFile) -> None:
        engine = LanguageToolEngine(state=state)
        assert engine.speaks("en-US")
        with pytest.raises(EngineError, match="not running"):
            engine.check(MARK, "en-US", 1)
        assert not state.running()

    def test_the_reason_of_the_host_is_passed_on(self, state: StateFile) -> None:
        state.write(ServerState(1, reason="LanguageTool ended; it is being started again"))
        with pytest.raises(EngineError, match="being started again"):
            LanguageToolEngine(state=state).check(MARK, "en-US", 1)

    def test_dead(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{probe.getsockname()[1]}/v2"
        with pytest.raises(EngineError, match="broke off") as caught:
            LanguageToolEngine(url=url).check(MARK, "en-US", 1)
        assert MARK not in str(caught.value)

    def test_late(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            engine = LanguageToolEngine(url=f"http://127.0.0.1:{silent.getsockname()[1]}/v2")
            with pytest.raises(EngineError, match="did not answer within") as caught:
                engine.check(MARK, "en-US", 0.2)
        assert MARK not in str(caught.value)

    def test_not_installed(self, state: StateFile, tmp_path: Path) -> None:
        with pytest.raises(EngineError, match="languagetool install"):
            start(tmp_path / "nothing", state)

    def test_the_lock_tells_a_host_that_lives(self, state: StateFile) -> None:
        with state.held() as first, state.held(patience=0) as second:
            assert (first, second, state.running()) == (True, False, True)
        assert not state.running()

    def test_unknown_engine(self) -> None:
        with pytest.raises(UnknownNameError, match="did you mean “languagetool”"):
            grammar_source(load_settings(), "languagetol")


COORDINATES = ("org.example:tool:1.0", "org.example:words:2.1:en")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Jar, ...]:
    """Two small jars in the user's Maven repository, and no way to any other."""
    repository = tmp_path / "m2"
    monkeypatch.setenv("M2_REPO", str(repository))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    found = []
    for coordinates, name in zip(COORDINATES, ("tool/1.0/tool-1.0.jar", "words/2.1/words-2.1-en.jar"), strict=True):
        path = repository / "org" / "example" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(coordinates.encode())
        found.append(Jar(coordinates, len(coordinates), hashlib.sha256(coordinates.encode()).hexdigest()))
    return tuple(found)


class TestInstallation:
    def test_whole_and_once(self, small: tuple[Jar, ...], tmp_path: Path) -> None:
        come: list[int] = []
        (tmp_path / "home" / ".building").mkdir(parents=True)
        (tmp_path / "home" / ".building" / "half").write_text("left by a run that was interrupted")
        target = install(tmp_path / "home", come.append, small)
        assert sorted(p.name for p in (target / "jars").iterdir()) == ["tool-1.0.jar", "words-2.1-en.jar"]
        assert sorted(p.name for p in target.iterdir()) == ["jars", "languagetool-server.jar"]
        assert sum(come) == sum(jar.size for jar in small)
        install(tmp_path / "home", come.append, small)
        assert len(come) == len(small)

    def test_manifest(self, small: tuple[Jar, ...], tmp_path: Path) -> None:
        target = install(tmp_path / "home", wanted=small)
        with zipfile.ZipFile(target / "languagetool-server.jar") as jar:
            manifest = jar.read("META-INF/MANIFEST.MF").decode("ascii")
        assert all(len(line) <= 72 for line in manifest.splitlines())
        assert "Main-Class: org.languagetool.server.HTTPServer\n" in manifest
        assert manifest.replace("\n ", "").splitlines()[2] == ("Class-Path: jars/tool-1.0.jar jars/words-2.1-en.jar")

    def test_a_wrong_jar_is_not_installed(self, small: tuple[Jar, ...], tmp_path: Path) -> None:
        (tmp_path / "m2" / "org" / "example" / "tool" / "1.0" / "tool-1.0.jar").write_bytes(b"x" * small[0].size)
        with pytest.raises(EngineError, match=r"org\.example:tool:1\.0: Maven's repository cannot be reached"):
            install(tmp_path / "home", wanted=small)
        assert not folder(tmp_path / "home").exists()
        assert not installed(tmp_path / "home")

    def test_the_list_is_of_one_version(self) -> None:
        found = jars()
        assert len(found) == len({jar.coordinates.partition(":")[2] for jar in found}) > 150
        own = [jar for jar in found if jar.coordinates.startswith("org.languagetool:language-")]
        assert {jar.coordinates.split(":")[2] for jar in own} == {"6.8"}


class TestSettings:
    def test_environment_and_flags(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_RULES", "one:two")
        monkeypatch.setenv("COPYDESK_PORT", "9000")
        settings = load_settings(port=9001, host=None)
        assert settings.rules == (Path("one"), Path("two"))
        assert (settings.port, settings.host) == (9001, "127.0.0.1")

    def test_what_is_wrong_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_LANGUAGETOOL_DEADLINE", "-1")
        with pytest.raises(InputError, match=r"^COPYDESK_LANGUAGETOOL_DEADLINE: .*greater than 0"):
            load_settings()
