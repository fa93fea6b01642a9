"""The example repository: its texts, its page, and the files by which others run copydesk over it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from copydesk.cli import main
from runners import PROJECT


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "newsroom"
    shutil.copytree(PROJECT / "examples/newsroom", folder, ignore=shutil.ignore_patterns(".copydesk_cache"))
    monkeypatch.chdir(folder)
    return folder


def test_it_is_clean_and_shows_what_its_page_says(newsroom: Path) -> None:
    """The findings on the page, after the changes that it names."""
    page = (newsroom / "README.md").read_text(encoding="utf-8")
    shown = "".join(
        f"{line.removeprefix('    ')}\n" for line in page.splitlines() if line.startswith("    ") or not line
    )
    check = ["check", ".", "--engine", "none"]
    clean = CliRunner().invoke(main, check)
    assert clean.exit_code == 0
    assert clean.stdout.splitlines()[-1].startswith("0 findings in 5 texts; 3 findings of the baseline not shown")
    tram = newsroom / "content/en/tram.md"
    text = tram.read_text(encoding="utf-8")
    tram.write_text(text.replace("20 minutes", "30 minutes").replace("Barkouskaya", "Barkovskaya"), encoding="utf-8")
    faulty = CliRunner().invoke(main, check)
    assert faulty.exit_code == 1
    told = "".join(line for line in faulty.stdout.splitlines(keepends=True)[:-1] if ": note: " not in line)
    assert told.count("content/en/tram.md:") == 2
    assert told.strip() in shown


def test_its_baseline_is_that_of_its_texts(newsroom: Path) -> None:
    baseline = newsroom / "copydesk-baseline.json"
    before = baseline.read_bytes()
    baseline.unlink()
    assert CliRunner().invoke(main, ["baseline", "--engine", "none"]).exit_code == 0
    assert baseline.read_bytes() == before


def test_it_uses_what_there_is(newsroom: Path) -> None:
    workflow = yaml.safe_load((newsroom / ".github/workflows/copydesk.yml").read_text(encoding="utf-8"))
    ours = next(step for step in workflow["jobs"]["texts"]["steps"] if "copydesk@" in step["uses"])
    action = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
    assert set(ours["with"]) <= set(action["inputs"])
    hooks = {h["id"] for h in yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    used = yaml.safe_load((newsroom / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for repo in used["repos"] for hook in repo["hooks"]} <= hooks
    job = yaml.safe_load((newsroom / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert (PROJECT / job["include"][0]["file"].removeprefix("/")).is_file()
