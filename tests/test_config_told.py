"""`copydesk config`: what applies to a file, and where that is said, to the letter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from copydesk.cli import main
from test_config import TOML

NESTED = """\
copydesk.toml:7   include     en/
copydesk.toml:8   exclude     none of these
copydesk.toml:30  families    names
copydesk.toml:31  severity    suggestion
copydesk.toml:18  severities  translation = suggestion
copydesk.toml:17  severities  en/calque/in-frames-of = error
copydesk.toml:26  severities  translation = error
copydesk.toml:3   disable     EN_A_VS_AN
copydesk.toml:34  disable     any/encoding/zero-width-space
copydesk.toml:24  enable      en/calque/in-frames-of
copydesk.toml:24  enable      OXFORD_SPELLING
copydesk.toml:4   accept      Qwik
copydesk.toml:4   accept      Kiev (a dish)
copydesk.toml:25  accept      Lwów
copydesk.toml:22  language    en-GB
copydesk.toml:32  format      text
copydesk.toml:5   lexicon     house.yaml
default           rules       none
copydesk.toml:33  engine      none
copydesk.toml:12  source      ru/legal/a.md
copydesk.toml:12  glossary    terms.csv
copydesk.toml:9   baseline    known.json
copydesk.toml:10  corpus      true
default           cache       true
"""
DEFAULTS = """\
default   include     all texts
default   exclude     none
default   families    all
default   severity    suggestion
default   severities  none
default   disable     none
default   enable      none
default   accept      none
its text  language    identified
its name  format      markdown
default   lexicon     none
default   rules       none
default   engine      auto
default   source      none
default   glossary    none
default   baseline    none
default   corpus      false
default   cache       true
"""


def shown(head: str, rows: str) -> str:
    return f"{head}\n" + "".join(f"  {row}\n" for row in rows.splitlines())


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ru" / "legal").mkdir(parents=True)
    for name in ("house.yaml", "terms.csv", "ru/legal/a.md"):
        (tmp_path / name).touch()
    (tmp_path / "copydesk.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["config", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.usefixtures("here")
def test_each_value_has_its_line() -> None:
    assert run("en/legal/a.md") == shown("en/legal/a.md: copydesk.toml", NESTED)


def test_without_a_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run("a.md") == shown("a.md: no configuration", DEFAULTS)


@pytest.mark.usefixtures("here")
def test_globs_that_decide_and_sources_that_are_missing() -> None:
    rows = [row.split(maxsplit=2) for row in run("vendor/x.min.html").splitlines()[1:]]
    assert rows[0] == ["copydesk.toml:7", "include", "none of these"]
    assert rows[1] == ["copydesk.toml:8", "exclude", "vendor/"]
    assert "  copydesk.toml:8   exclude     vendor/\n" in run("vendor/ours.md")
    assert "  copydesk.toml:8   exclude     none of these\n" in run("en/ours.md")
    assert "  copydesk.toml:12  source      none: no ru/b.md\n" in run("en/b.md")
    assert "  copydesk.toml:6   format      html\n" in run("en/b.njk")


def test_a_project_file_and_another_folder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = here / "other" / "pyproject.toml"
    project.parent.mkdir()
    project.write_text('[tool.copydesk]\ncache = false\naccept = [\n"a"]\n', encoding="utf-8")
    output = run("other/a.md")
    assert output.startswith("other/a.md: other/pyproject.toml\n  default                 include     all texts\n")
    assert "  other/pyproject.toml:4  accept      a\n" in output
    assert output.endswith("  other/pyproject.toml:2  cache       false\n")
    monkeypatch.chdir(here / "ru")
    assert run("legal/a.md").startswith(f"legal/a.md: {here}/copydesk.toml\n")
    assert run("--config", "../other/pyproject.toml", "legal/a.md").startswith(
        f"legal/a.md: {here}/other/pyproject.toml\n"
    )


def test_as_json(here: Path) -> None:
    answer = json.loads(run("--json", "en/a.md"))
    rows = answer.pop("settings")
    assert answer == {"path": "en/a.md", "root": str(here), "config": "copydesk.toml"}
    assert rows[2] == {
        "key": "families",
        "value": "translation, encoding",
        "from": {"file": "copydesk.toml", "line": 1},
    }
    assert {
        "key": "accept",
        "value": "Kiev",
        "from": {"file": "copydesk.toml", "line": 4},
        "reason": "a dish",
    } in rows
    assert {"key": "format", "value": "markdown", "from": "its name"} in rows
