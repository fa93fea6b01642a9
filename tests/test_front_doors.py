"""The marked articles through every front door: each finds the same, and so has the same recall and false alarms.

Each door is the real one: a process, asked as its clients ask it. Compared are rule, family, severity, span and
message, and the fixes where a door tells them as they are. Two doors speak the words of their protocol: the language
server tells no family, which follows from the rule; `/v2` tells no severity, the family as a category, places in UTF-16
units, and a mark that takes in all that the first replacement changes (docs/languagetool-protocol.md).
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

pytest.importorskip("pytest_lsp", reason="the extra “lsp” is not installed")

from benchmarks.marked import Score, parse, score
from lsprotocol import types

from copydesk.model import Edit, Family, Finding, Fix, Safety, Severity, Span
from desks import plain_desk
from editor import editing, offset
from holding import has_embedded
from patience import PATIENCE
from test_serve import running

FOLDER = Path(__file__).parent / "articles"
MARKED = sorted(FOLDER.glob("*.marked.txt"))
# Every fifth: all of them take two minutes of the ten that the suite may. COPYDESK_ALL_ARTICLES=1 takes them all.
TAKEN = MARKED if os.environ.get("COPYDESK_ALL_ARTICLES") else MARKED[::5]
ARTICLES = {path.name.split(".")[0]: parse(path.read_text(encoding="utf-8")) for path in TAKEN}
CHECK = [sys.executable, "-m", "copydesk.cli", "check", "--engine", "embedded", "--format", "json", "--no-cache"]
RULES = plain_desk().rules
_SEVERITY = {
    types.DiagnosticSeverity.Error: Severity.ERROR,
    types.DiagnosticSeverity.Warning: Severity.WARNING,
    types.DiagnosticSeverity.Information: Severity.SUGGESTION,
}
_CATEGORY = "COPYDESK_"
_NEAR = 40  # code points by which a mark of `/v2` may be longer than its finding

Found = dict[str, list[Finding]]
"""What a door finds in each article, by its name, in the order of the text."""


@pytest.fixture(scope="module", autouse=True)
def engine() -> None:
    if not has_embedded():
        pytest.skip("no embedded engine for this machine")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles without their marks, a file each."""
    made = tmp_path_factory.mktemp("articles")
    for name, article in ARTICLES.items():
        (made / f"{name}.txt").write_bytes(article.text.encode())
    return made


@pytest.fixture(scope="module")
def command_line(folder: Path) -> Found:
    """`copydesk check` over all of them at once, from several processes."""
    done = subprocess.run([*CHECK, "--jobs", "2", str(folder)], capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1, done.stderr.decode()
    told = json.loads(done.stdout)["documents"]
    return {Path(document["path"]).stem: list(map(_finding, document["findings"])) for document in told}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `copydesk serve`."""
    with running({**os.environ, "COPYDESK_RUN_DIR": str(tmp_path_factory.mktemp("run"))}, 1) as (_, url):
        yield url


@pytest.fixture(scope="module")
def review(service: str) -> Found:
    """`POST /v1/review`."""
    told = {name: _posted(f"{service}/v1/review", json={"text": one.text}) for name, one in ARTICLES.items()}
    return {name: list(map(_finding, answer["documents"][0]["findings"])) for name, answer in told.items()}


@pytest.fixture(scope="module")
def v2(service: str) -> Found:
    """`POST /v2/check`: its marks as the spans."""
    found: Found = {}
    for name, article in ARTICLES.items():
        answer = _posted(f"{service}/v2/check", data={"text": article.text, "language": "auto"})
        found[name] = [_of_match(match, article.text) for match in answer["matches"]]
    return found


@pytest.fixture(scope="module")
def language_server(folder: Path) -> Found:
    """`copydesk lsp`: the diagnostics of one text after the other."""
    return asyncio.run(_published(folder))


def test_rest_finds_what_the_command_line_finds(command_line: Found, review: Found) -> None:
    assert set(command_line) == set(ARTICLES)
    assert sum(map(len, command_line.values())) > len(ARTICLES)
    assert review == command_line


def test_v2_finds_what_the_command_line_finds(command_line: Found, v2: Found) -> None:
    expected = {
        name: sorted(map(_as_match, found), key=lambda finding: finding.span) for name, found in command_line.items()
    }
    assert v2 == expected


def test_the_language_server_finds_what_the_command_line_finds(command_line: Found, language_server: Found) -> None:
    assert language_server == {name: list(map(_bare, found)) for name, found in command_line.items()}


def test_recall_and_false_alarms_are_the_same(
    command_line: Found, review: Found, v2: Found, language_server: Found
) -> None:
    """Also for `/v2`, whose marks may be longer."""
    whole = _score(command_line)
    assert whole.words == sum(len(article.text.split()) for article in ARTICLES.values())
    for door in (review, v2, language_server):
        other = _score(door)
        assert (other.found, other.total, other.missed) == (whole.found, whole.total, whole.missed)
        assert [finding.rule for finding in other.false] == [finding.rule for finding in whole.false]


def _score(found: Found) -> Score:
    total = Score()
    for name in sorted(ARTICLES):
        total.add(score(ARTICLES[name], found[name]))
    return total


def _posted(url: str, **sent: Any) -> dict[str, Any]:
    answer = requests.post(url, timeout=PATIENCE, **sent)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def _finding(told: Mapping[str, Any]) -> Finding:
    """A finding of the JSON that the command line and `/v1` share."""
    fixes = tuple(Fix(tuple(map(_edit, fix["edits"])), Safety(fix["safety"])) for fix in told["fixes"])
    family, severity = Family(told["family"]), Severity(told["severity"])
    return Finding(told["rule"], family, severity, Span(told["start"], told["end"]), told["message"], fixes)


def _edit(told: Mapping[str, Any]) -> Edit:
    return Edit(Span(told["start"], told["end"]), told["text"])


def _bare(finding: Finding) -> Finding:
    return replace(finding, fixes=())


def _of_match(match: Mapping[str, Any], text: str) -> Finding:
    """A match of `/v2`; its places by encoding the text, another way than the service's."""
    units = text.encode("utf-16-le")
    start, end = (
        len(units[: 2 * at].decode("utf-16-le")) for at in (match["offset"], match["offset"] + match["length"])
    )
    rule = match["rule"]
    family = rule["category"]["id"].removeprefix(_CATEGORY).lower() if "/" in rule["id"] else Family.GRAMMAR
    return Finding(rule["id"], Family(family), Severity.WARNING, Span(start, end), match["message"])


def _as_match(finding: Finding) -> Finding:
    """What `/v2` is to tell of `finding`: the mark with all that the first fix changes which does not reach far."""
    marks = [
        Span(min(places)[0], max(end for _, end in places))
        for fix in finding.fixes
        for places in [[(span.start, span.end) for span in (finding.span, *(edit.span for edit in fix.edits))]]
    ]
    near = (mark for mark in marks if len(mark) <= len(finding.span) + _NEAR)
    return replace(finding, span=next(near, finding.span), severity=Severity.WARNING, fixes=())


async def _published(folder: Path) -> Found:
    found: Found = {}
    async with editing(folder, engine="embedded") as editor:
        for name, article in ARTICLES.items():
            editor.open(f"{name}.txt", article.text)
            told = await editor.take()
            found[name] = [_of_diagnostic(diagnostic, article.text) for diagnostic in told.diagnostics]
    return found


def _of_diagnostic(told: types.Diagnostic, text: str) -> Finding:
    start, end = (offset(text, at, "utf-16") for at in (told.range.start, told.range.end))
    assert isinstance(told.code, str)
    assert told.severity is not None
    family = RULES[told.code].family if told.code in RULES else Family.GRAMMAR
    return Finding(told.code, family, _SEVERITY[told.severity], Span(start, end), told.message)
