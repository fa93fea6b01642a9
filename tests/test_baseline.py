"""What is known already stays known through other edits, and what is new is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copydesk.cli import main
from copydesk.errors import InputError
from copydesk.findings.suppress import Filter
from copydesk.model import Family, Review
from copydesk.packs import RuleBook
from copydesk.pipeline import Options
from copydesk.repository.baseline import Baseline
from copydesk.repository.report import Failure, Report
from desks import plain_desk

RULE = "en/calque/in-frames-of"
ONE = "In the frames of a joint project talks were held early on Monday. Nobody came, and all of it was for nothing."
TWO = "It rained. The chairman lost his way and spoke in the frames of a deal."
CLEAN = "The train left the station at nine. Nobody was on the platform."
OPTIONS = Options(Filter(families=frozenset({Family.TRANSLATION})))


def reviewed(text: str, path: str = "a.md", form: str = "markdown") -> Review:
    return plain_desk().review(text, OPTIONS, format=form, language="en", source=path)


def report(root: Path, *reviews: Review, failed: str | None = None) -> Report:
    failures = () if failed is None else (Failure(failed, "why"),)
    return Report(str(root), reviews, lambda: RuleBook(()), failures)


def new(before: str, after: str, root: Path, form: str = "markdown") -> list[str]:
    """What of `after` is told, by the words after the fault, when all of `before` is known."""
    known = Baseline.of(report(root, reviewed(before, form=form)))
    review, left_out = known.without(reviewed(after, form=form))
    assert len(review.findings) + left_out == len(reviewed(after, form=form).findings)
    text = review.document.text
    return [text[f.span.end :].split(".")[0].strip() for f in review.findings]


@pytest.mark.parametrize(
    "after",
    [
        f"{ONE}\n\n{TWO}\n",
        f"{TWO}\n\n{ONE}\n",  # moved paragraphs
        f"{CLEAN}\n\n{TWO}\n\n{CLEAN}\n\n\n{ONE}",
        f"# A headline\n\n{ONE} More of it.\n\n{TWO}\n",
        f"{ONE}\r\n\r\n{TWO}\r\n",
        f"\ufeff{ONE}\n\n{TWO}\n",
        f"{ONE}\n\n{TWO}\n".replace("early on Monday", "late on Friday"),
        f"{ONE}\n\n{TWO}\n".replace("It rained", "A storm broke loose"),
        f"{ONE} It was a quiet day.\n\nA quiet day, too. {TWO} It was late.\n",
        f"{ONE}\n\n{TWO}\n".replace("Nobody came", "Everybody came"),
        f"- {TWO}\n- {CLEAN}\n- {ONE}\n",
        f"> {ONE}\n\n1. {TWO}\n",
        f"{ONE}\n\n{TWO}\n".replace(" ", "\n", 8),  # broken into lines in another way
        f"{ONE}\n\n<!-- copydesk-ignore grammar -->\n{TWO}\n",
        f"{TWO}\n{ONE}\n",
    ],
)
def test_other_edits_make_nothing_new(tmp_path: Path, after: str) -> None:
    assert new(f"{ONE}\n\n{TWO}\n", after, tmp_path) == []


@pytest.mark.parametrize(
    "after",
    [
        f"<p>{TWO}</p><p>{ONE}</p>",
        f'<div class="wide"><p>{ONE}</p>\n<h2>More</h2><p id="x">{TWO}</p></div>',
        f"<p>{CLEAN}<br>{ONE}<br/>{TWO}",
        f"<ul><li>{TWO}</li><li>{ONE}</li></ul>",
    ],
)
def test_tags_are_no_neighbours(tmp_path: Path, after: str) -> None:
    assert new(f"<p>{ONE}</p><p>{TWO}</p>", after, tmp_path, "html") == []


def test_a_new_fault_is_told_also_where_an_old_one_has_gone(tmp_path: Path) -> None:
    third = "We meet in the frames of a festival."
    assert new(f"{ONE}\n\n{TWO}", f"{ONE}\n\n{third}", tmp_path) == ["a festival"]
    assert new(ONE, ONE.replace("joint project", "new project"), tmp_path) == [
        "a new project talks were held early on Monday"
    ]


def test_a_fault_that_stands_twice_counts_twice(tmp_path: Path) -> None:
    twice = f"{ONE}\n\n{CLEAN}\n\n{ONE}\n"
    assert new(twice, twice, tmp_path) == []
    assert new(twice, ONE, tmp_path) == []
    assert new(ONE, twice, tmp_path) == ["a joint project talks were held early on Monday"]
    assert new(twice, f"{twice}\n{CLEAN}\n\n{ONE}\n", tmp_path) == ["a joint project talks were held early on Monday"]


def test_the_file_is_stable_and_a_fault_a_line(tmp_path: Path) -> None:
    known = Baseline.of(report(tmp_path, reviewed(ONE, "ü b.md"), reviewed(f"{TWO}\n\n{ONE}"), reviewed(CLEAN, "c.md")))
    file = tmp_path / "in" / "baseline.json"
    known.write(file)
    first, second = sorted(known.known["a.md"])
    (other,) = known.known["ü b.md"]
    assert other in (first, second)  # the same fault, whatever the file
    assert file.read_bytes().decode() == (
        '{\n "version": 1,\n "files": {\n'
        f'  "a.md": {{\n   "{first}": "{RULE}",\n   "{second}": "{RULE}"\n  }},\n'
        f'  "ü b.md": {{\n   "{other}": "{RULE}"\n  }}\n'
        " }\n}\n"
    )
    again = Baseline.read(file, tmp_path)
    assert again.known == known.known
    assert len(again) == 3
    assert [path.name for path in file.parent.iterdir()] == ["baseline.json"]


def test_a_renamed_file_takes_what_is_known_along(tmp_path: Path) -> None:
    known = Baseline.of(report(tmp_path, reviewed(ONE, "old.md")))
    assert known.without(reviewed(f"{ONE}\n\n{TWO}", "new.md"))[1] == 1
    (tmp_path / "old.md").touch()
    fresh = Baseline(known.known, tmp_path)
    assert fresh.without(reviewed(ONE, "new.md")) == (reviewed(ONE, "new.md"), 0)


def test_a_baseline_of_some_files_keeps_the_others(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "failed.md"):
        (tmp_path / name).touch()
    names = ("a.md", "b.md", "failed.md", "gone.md")
    before = Baseline.of(report(tmp_path, *(reviewed(ONE, name) for name in names)))
    after = Baseline.of(report(tmp_path, reviewed(CLEAN, "a.md"), reviewed(TWO, "c.md"), failed="failed.md"), before)
    assert sorted(after.known) == ["b.md", "c.md", "failed.md"]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (None, ": there is no baseline yet; “copydesk baseline” makes one"),
        (
            '{"version": 1,\n<<<<<<< HEAD\n',
            ":2: Expecting property name enclosed in double quotes; “copydesk baseline”",
        ),
        ('{"version": 2, "files": {}}', ": version: Input should be 1"),
        ('{"version": 1, "files": {"a.md": ["x"]}}', ": files.a.md: Input should be a valid dictionary"),
    ],
)
def test_what_is_no_baseline_is_told(tmp_path: Path, written: str | None, message: str) -> None:
    file = tmp_path / "baseline.json"
    if written is not None:
        file.write_text(written)
    with pytest.raises(InputError) as caught:
        Baseline.read(file, tmp_path)
    assert str(caught.value).startswith(f"{file}{message}")


# The command.


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    (root / "copydesk.toml").write_text('baseline = "known.json"\nengine = "none"\nlanguage = "en"\n')
    (root / "a.md").write_text(f"{ONE}\n")
    (root / "b.md").write_text(f"{TWO}\n")
    monkeypatch.chdir(root)
    return root


def test_old_faults_do_not_block_new_work(repository: Path) -> None:
    done = run("baseline")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == f"known now: 2 findings in 2 files: {repository / 'known.json'}\n"
    assert run("check", ".").exit_code == 0
    (repository / "a.md").write_text(f"{CLEAN}\n\nWe meet in the frames of a festival.\n\n{ONE}\n")
    (repository / "b.md").rename(repository / "c.md")
    checked = run("check", ".", "--format", "json")
    documents = json.loads(checked.stdout)["documents"]
    assert checked.exit_code == 1
    assert [(d["path"], f["rule"], f["line"]) for d in documents for f in d["findings"]] == [("a.md", RULE, 3)]
    assert run("baseline", "a.md").exit_code == 0
    assert sorted(json.loads((repository / "known.json").read_text())["files"]) == ["a.md"]
    assert run("check", "a.md").exit_code == 0
    assert run("check", "c.md").exit_code == 1


def test_what_cannot_be_read_ends_with_2_and_the_rest_is_noted(repository: Path) -> None:
    (repository / "broken.md").write_bytes(b"caf\xe9")
    done = run("baseline", ".", "--output", "other.json")
    assert done.exit_code == 2
    assert done.stderr == (
        "known now: 2 findings in 2 files: other.json\n"
        "to leave them out: copydesk check --baseline, or “baseline” in copydesk.toml\n"
        "copydesk: broken.md: not valid UTF-8 at byte 3: unexpected end of data\n"
    )
    assert sorted(json.loads((repository / "other.json").read_text())["files"]) == ["a.md", "b.md"]
    assert run("check", "a.md", "b.md", "--baseline", "other.json").exit_code == 0
    assert run("baseline", "-").exit_code == 2
