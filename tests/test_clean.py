"""Cleaning: what is removed and told, on the command line and over REST."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from copydesk.cleaning import FAMILIES, Change, Cleaned, carried_back, clean, only_cleaning
from copydesk.cli import main
from copydesk.findings.correct import apply_edits
from copydesk.findings.suppress import Filter
from copydesk.model import Edit, Family, Finding, Severity, Span
from copydesk.pipeline import SAFE, UNSAFE, Desk, Options
from rest import make_client, problem

LEFT = "The head of the Commission. Commission. Talks went on.\n"
DIRTY = (
    "\ufeffStorm closes three ports\r\n\r\n"
    "Rescue workers search the rubble in Chernihiv\r\n\r\n"
    "Rescue workers search the rubble in Chernihiv.\r\n"
    "(Photo: State Emergency Service)\r\n\r\n"
    "The head of the 😀 Commission. Commission. Talks\u00ad went on.\r\n"
)
CLEAN = DIRTY.replace("Rescue workers search the rubble in Chernihiv.\r\n", "").replace("\u00ad", "")
BARE = Finding("any/test/rule", Family.ENCODING, Severity.ERROR, Span(0, 0), "")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


def run(*args: str, text: str = "") -> Result:
    return CliRunner().invoke(main, ["clean", *args], input=text.encode())


def cleaned(desk: Desk, text: str, levels: frozenset[Any] = SAFE) -> Cleaned:
    options = only_cleaning(Options())
    return clean(desk, desk.review(text, options, language="en-US"), options, levels)


def replayed(text: str, changes: tuple[Change, ...]) -> str:
    return apply_edits(text, [Edit(change.span, change.text) for change in changes])


def test_every_change_is_told_at_its_place(desk: Desk) -> None:
    done = cleaned(desk, DIRTY)
    assert done.text == CLEAN
    told = [(change.span.of(DIRTY), change.text, [f.rule for f in change.findings]) for change in done.changes]
    assert told == [
        ("Rescue workers search the rubble in Chernihiv.\r\n", "", ["any/captions/repeated-caption"]),
        ("\u00ad", "", ["any/encoding/soft-hyphen"]),
    ]
    assert [f.rule for f in done.kept] == ["any/seams/doubled-word-over-stop"]
    assert replayed(DIRTY, done.changes) == CLEAN


def test_what_needs_a_person_is_fixed_when_asked(desk: Desk) -> None:
    done = cleaned(desk, LEFT, UNSAFE)
    assert done.text == "The head of the Commission. Talks went on.\n"
    assert done.kept == ()


def test_later_rounds_are_told_in_the_text_as_sent(desk: Desk) -> None:
    """A zero-width space hides that a paragraph stands twice; the copy goes in the second round, as one change."""
    said = "The council approved the budget for the new tram line, and the work begins in May. The mayor was glad."
    hidden = said.replace("budget", "bud\u200bget")
    text = f"The first trams will run soon.\n\n{said}\n\n{hidden}\n\nNobody asked why.\n"
    done = cleaned(desk, text)
    assert done.text == f"The first trams will run soon.\n\n{said}\n\nNobody asked why.\n"
    [change] = done.changes
    assert change.span.of(text) == f"{hidden}\n\n"
    assert [finding.family for finding in change.findings] == [Family.ENCODING, Family.DUPLICATES]
    assert replayed(text, done.changes) == done.text


@st.composite
def edited(draw: st.DrawFn, length: int) -> list[Change]:
    """Edits of a text of `length` that do not overlap, in order, no two at one place."""
    marks = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [Change(Span(a, b), draw(st.text("xyz", max_size=3)), (BARE,)) for a, b in pairs]


@given(st.data())
def test_changes_of_several_rounds_are_changes_of_the_first_text(data: st.DataObject) -> None:
    source = text = data.draw(st.text("abc", min_size=1, max_size=30))
    changes: tuple[Change, ...] = ()
    for _ in range(3):
        later = data.draw(edited(len(text)))
        changes = carried_back(text, changes, later)
        text = replayed(text, tuple(later))
        assert replayed(source, changes) == text
        assert all(a.span.end <= b.span.start for a, b in pairwise(changes))


def test_only_cleaning_families_are_looked_for() -> None:
    assert only_cleaning(Options()).filter.families == frozenset(FAMILIES)
    asked = Options(filter=Filter(families=frozenset({Family.NAMES, Family.SEAMS})))
    assert only_cleaning(asked).filter.families == frozenset({Family.SEAMS})


def test_the_clean_text_is_shown_and_the_rest_told_beside_it(tmp_path: Path) -> None:
    path, report = tmp_path / "a.txt", tmp_path / "report.json"
    path.write_bytes(DIRTY.encode())
    result = run(str(path), "--report", str(report))
    assert result.exit_code == 1
    assert result.stdout_bytes.decode() == CLEAN
    assert path.read_bytes().decode() == DIRTY
    assert result.stderr.splitlines() == [
        f"{path}:5:1: removed [any/captions/repeated-caption] “Rescue workers search the rubble in Chernihiv.⏎”",
        f"{path}:8:19: kept [any/seams/doubled-word-over-stop] “Commission. Commission.”: the last word of the "
        "sentence stands again as a sentence of its own.",
        f"{path}:8:48: removed [any/encoding/soft-hyphen] “\\u00ad”",
        "2 changes in 1 text; 1 finding kept",
    ]
    [document] = json.loads(report.read_text(encoding="utf-8"))["documents"]
    assert document["changes"][0] == {
        "path": str(path),
        "rule": "any/captions/repeated-caption",
        "family": "captions",
        "start": 78,
        "end": 126,
        "line": 5,
        "column": 1,
        "removed": "Rescue workers search the rubble in Chernihiv.\r\n",
        "replaced_by": "",
        "why": "The caption stands twice: “Rescue workers search the rubble in Chernihiv.”.",
        "also": [],
    }
    assert [finding["text"] for finding in document["kept"]] == ["Commission. Commission."]


def test_standard_input_and_unsafe() -> None:
    result = run("-", "--unsafe", text=LEFT)
    assert result.exit_code == 0
    assert result.stdout == "The head of the Commission. Talks went on.\n"


def test_files_are_written_back(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(DIRTY.encode())
    result = run(str(tmp_path), "--write")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert [(tmp_path / name).read_bytes().decode() for name in ("a.txt", "b.txt")] == [CLEAN, CLEAN]
    assert "4 changes in 2 texts; 2 findings kept" in result.stderr


def test_several_texts_do_not_run_into_one(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(LEFT, encoding="utf-8")
    result = run(str(tmp_path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "several texts: clean them with --write, or one at a time" in result.stderr


def test_a_report_replaces_no_file(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text("mine", encoding="utf-8")
    result = run("-", "--report", str(report), text=LEFT)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert report.read_text(encoding="utf-8") == "mine"


def test_a_missing_file_is_told_and_the_rest_is_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(DIRTY.encode())
    result = run(str(tmp_path / "none.txt"), str(path), "--write")
    assert result.exit_code == 2
    assert "none.txt: No such file or directory" in result.stderr
    assert path.read_bytes().decode() == CLEAN


def test_other_families_are_refused() -> None:
    result = run("-", "--family", "names", text=LEFT)
    assert result.exit_code == 2
    assert "clean knows the families captions, duplicates, debris, encoding, seams; not names" in result.stderr


def test_rest_answers_the_same(client: FlaskClient) -> None:
    request = {"text": DIRTY, "language": "en-US", "path": "a.txt"}
    body = client.post("/v1/clean", json=request).get_json()
    [document] = body["documents"]
    assert document["text"] == CLEAN
    assert [(c["start"], c["end"], c["rule"]) for c in document["changes"]] == [
        (78, 126, "any/captions/repeated-caption"),
        (209, 210, "any/encoding/soft-hyphen"),
    ]
    assert [finding["rule"] for finding in document["kept"]] == ["any/seams/doubled-word-over-stop"]
    counts = {"captions": 1, "duplicates": 0, "debris": 0, "encoding": 1, "seams": 0}
    assert body["summary"] == {"documents": 1, "changes": 2, "kept": 1, "by_family": counts}


def test_rest_takes_plain_text(client: FlaskClient) -> None:
    url = "/v1/clean?language=en-US&apply=unsafe&families=seams"
    response = client.post(url, data=LEFT.encode(), content_type="text/plain; charset=utf-8")
    [document] = response.get_json()["documents"]
    assert document["text"] == "The head of the Commission. Talks went on.\n"
    assert document["kept"] == []


def test_rest_names_what_a_cleaning_does_not_take(client: FlaskClient) -> None:
    options = {"families": ["seams", "names"], "apply": "none"}
    response = client.post("/v1/clean", json={"text": LEFT, "language": "en-US", "options": options})
    assert problem(response) == (
        422,
        "invalid-input",
        [
            (
                "options.families.1",
                "“names” is no cleaning family; known are captions, duplicates, debris, encoding, seams",
            ),
            ("options.apply", "a cleaning applies “safe” or “unsafe” fixes; for none, ask for a review"),
        ],
    )
