"""`copydesk check` over a repository: configuration and flags, changed lines, corpora, several outputs."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from copydesk.cli import main

FAULTY = "The head of the Commission. Commission. Talks went on.\n"
FAULT = "Commission. Commission."
QUICK = ["--engine", "none"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "copydesk.toml").write_text('engine = "none"\nfamilies = ["seams"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def check(*args: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, ["check", *args], input=stdin)


def found(result: Result) -> dict[str, list[str]]:
    answer: dict[str, Any] = json.loads(result.stdout)
    return {document["path"]: [f["text"] for f in document["findings"]] for document in answer["documents"]}


def git(root: Path, *args: str) -> None:
    name = ["-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *name, *args], cwd=root, check=True, capture_output=True)


def test_flags_win_over_the_configuration(root: Path) -> None:
    put(root / "a.md", FAULTY)
    assert found(check("--format", "json", "."))["a.md"] == [FAULT]
    assert check("--family", "captions", ".").exit_code == 0
    assert check("--disable", "any/seams/doubled-word-over-stop", ".").exit_code == 0
    assert check("--severity", "error", ".").exit_code == 0
    assert check("--accept", FAULT, ".").exit_code == 0


def test_another_configuration_can_be_named(root: Path) -> None:
    put(root / "a.md", FAULTY)
    put(root / "strict.toml", 'engine = "none"\nfamilies = ["seams"]\nseverity = "error"\n')
    assert check("--config", "strict.toml", ".").exit_code == 0


def test_standard_input_is_called_and_configured_as_a_file(root: Path) -> None:
    put(root / "copydesk.toml", 'engine = "none"\n[[overrides]]\npaths = ["drafts/**"]\nfamilies = ["captions"]\n')
    assert check("--format", "json", "--stdin-filename", "drafts/a.md", "-", stdin=FAULTY).exit_code == 0
    result = check("--format", "json", "--stdin-filename", "news/a.html", "-", stdin=f"<p>{FAULTY}</p>")
    (document,) = json.loads(result.stdout)["documents"]
    assert (document["path"], document["format"]) == ("news/a.html", "html")
    assert [f["text"] for f in document["findings"]] == [FAULT]


def test_only_changed_lines_and_new_files(root: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    put(root / "old.md", FAULTY)
    put(root / "mixed.md", f"{FAULTY}\nA line.\n")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "first")
    put(root / "mixed.md", f"{FAULTY}\nThe Ministry. Ministry. A line.\n")
    put(root / "new.md", FAULTY)
    result = check("--format", "json", "--diff-base", "HEAD")
    assert found(result) == {"mixed.md": ["Ministry. Ministry."], "new.md": [FAULT]}
    assert json.loads(result.stdout)["held_back"] == {"baseline": 0, "unchanged": 1}
    assert "Not a valid object name nowhere" in check("--diff-base", "nowhere").stderr
    assert check("--diff-base", "HEAD", "--staged").exit_code == 2


def test_what_is_staged_is_read_and_not_what_lies_there(root: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    put(root / "a.md", FAULTY)
    git(root, "add", ".")
    put(root / "a.md", "Nothing is wrong here now.\n")
    put(root / "b.md", FAULTY)
    assert found(check("--format", "json", "--staged")) == {"a.md": [FAULT]}
    (root / "a.md").unlink()
    assert found(check("--format", "json", "--staged")) == {"a.md": [FAULT]}
    assert found(check("--format", "json", "--staged", "b.md")) == {}


def test_forges_are_told_paths_from_the_root_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    put(tmp_path / "site" / "copydesk.toml", 'engine = "none"\nfamilies = ["seams"]\n')
    put(tmp_path / "site" / "a.md", FAULTY)
    (tmp_path / "site" / "b.md").write_bytes(b"caf\xe9")
    monkeypatch.chdir(tmp_path / "site")
    result = check("--format", "json", ".")
    assert found(result) == {"site/a.md": [FAULT]}
    assert result.stderr == "copydesk: b.md: not valid UTF-8 at byte 3: unexpected end of data\n"


def test_people_are_told_paths_from_where_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "site" / "copydesk.toml", 'engine = "none"\nfamilies = ["seams"]\n')
    put(tmp_path / "site" / "en" / "a.md", FAULTY)
    put(tmp_path / "site" / "b.md", FAULTY)
    put(tmp_path / "c.md", FAULTY)
    (tmp_path / "site" / "d.md").write_bytes(b"caf\xe9")
    monkeypatch.chdir(tmp_path / "site" / "en")
    config = ("--config", "../copydesk.toml")
    result = check(*config, "..", "../../c.md", "--output", "text:said.txt", "--output", "json:said.json")
    places = re.findall(r"^(\S+):1:\d+: warning", result.stdout, re.M)
    assert places == ["../../c.md", "../b.md", "a.md"]
    assert result.stderr == "copydesk: ../d.md: not valid UTF-8 at byte 3: unexpected end of data\n"
    assert re.findall(r"^(\S+):1:\d+: warning", Path("said.txt").read_text(encoding="utf-8"), re.M) == places
    told = json.loads(Path("said.json").read_text(encoding="utf-8"))
    assert [document["path"] for document in told["documents"]] == ["../c.md", "b.md", "en/a.md"]
    monkeypatch.chdir(tmp_path)
    fixed = CliRunner().invoke(main, ["fix", "--write", "--unsafe", "--config", "site/copydesk.toml", "site", "c.md"])
    assert "fixed site/en/a.md\n" in fixed.stderr
    assert "copydesk: site/d.md: not valid UTF-8" in fixed.stderr


def test_what_is_known_is_left_out(root: Path) -> None:
    put(root / "a.md", FAULTY)
    assert CliRunner().invoke(main, ["baseline", "--output", "known.json", "."]).exit_code == 0
    put(root / "a.md", f"{FAULTY}\nThe Ministry. Ministry. A line.\n")
    assert found(check("--format", "json", "--baseline", "known.json", ".")) == {"a.md": ["Ministry. Ministry."]}


def test_several_outputs_at_once(root: Path) -> None:
    put(root / "a.md", FAULTY)
    result = check("--format", "jsonl", "--output", "sarif:out/a.sarif", "--output", "junit:out/a.xml", ".")
    assert result.exit_code == 1
    assert json.loads(result.stdout.splitlines()[0])
    sarif = json.loads((root / "out" / "a.sarif").read_text(encoding="utf-8"))
    assert [r["ruleId"] for r in sarif["runs"][0]["results"]] == ["any/seams/doubled-word-over-stop"]
    assert (root / "out" / "a.xml").read_text(encoding="utf-8").startswith("<?xml")
    wrong = check("--output", "word:a.doc", ".")
    assert (wrong.exit_code, "“word:a.doc” is not FORMAT:FILE" in wrong.stderr) == (2, True)


def test_the_summary_of_a_job_is_added_to(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root / "a.md", FAULTY)
    put(root / "summary.txt", "Before.\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(root / "summary.txt"))
    assert check("--format", "github", ".").stdout.startswith("::warning file=a.md,line=1,")
    summary = (root / "summary.txt").read_text(encoding="utf-8")
    assert summary.startswith("Before.\n")
    assert "a.md" in summary


PASSAGE = "The harbour master counted the boats twice and wrote the number down in the book."


def test_texts_are_held_against_each_other(root: Path) -> None:
    put(root / "copydesk.toml", 'engine = "none"\nfamilies = ["names", "duplicates"]\nlanguage = "en-GB"\n')
    own = "They asked {} whether the ferry would leave before the storm came over the bay in the evening."
    for number in range(4):
        name = "Sergei Kalinouski" if number else "Sergei Kalinovsky"
        text = f"Report {number}\n\n" + own.replace("ferry", f"ferry number {number * 7} of {number}").format(name)
        put(root / f"{number}.md", text + (f"\n\n{PASSAGE}\n" if number in (1, 3) else "\n"))
    put(root / "hidden.md", f"# Report\n\n<!-- copydesk-ignore-next-line -->\n{PASSAGE}\n")
    alone, together = found(check("--format", "json", ".")), check("--format", "json", "--corpus", ".")
    assert not any(alone.values())
    told = {
        (document["path"], f["rule"], f["text"], f["message"])
        for document in json.loads(together.stdout)["documents"]
        for f in document["findings"]
        if f["text"] in (PASSAGE, "Kalinovsky")
    }
    assert told == {
        ("3.md", "any/corpus/repeated-passage", PASSAGE, "This passage stands in 1.md:5 too."),
        ("0.md", "any/corpus/name-spelling", "Kalinovsky", "“Kalinovsky”: 3 of the texts spell it “Kalinouski”, 1 so."),
    }
    quiet = check("--format", "json", "--corpus", "--disable", "any/corpus/name-spelling", ".")
    assert found(quiet)["0.md"] == []


def test_a_report_is_no_text_of_the_next_run(root: Path) -> None:
    """Reports may lie among the texts, in formats that are read."""
    put(root / "a.md", FAULTY)
    for _ in range(2):
        result = check(".", "--format", "json", "--output", "html:report.html", "--output", "markdown:report.md")
        assert found(result) == {"a.md": [FAULT]}


def test_no_path_and_nothing_on_standard_input_is_no_clean_text(root: Path) -> None:
    """In CI standard input is empty: a job that forgot its paths would never find anything."""
    result = check()
    assert result.exit_code == 2
    assert "no path, and nothing on standard input; “.” is this folder" in result.stderr
    assert check("-").exit_code == 0
