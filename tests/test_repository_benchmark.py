"""What the figures of the repository rest on: where its faults are, and how the alarms of peers are read."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from benchmarks.marked import parse
from benchmarks.repository.peers import PEERS
from benchmarks.repository.texts import File, files, write
from benchmarks.repository.watch import watched

from copydesk.model import Span
from copydesk.read import format_of, read

TEXTS = [
    parse(path.read_text(encoding="utf-8")).text for path in sorted((Path(__file__).parent / "articles").glob("*.txt"))
]
MANY = 60
SAMPLE = "# One\n\nTwo 😀 teh *three*.\n"
TEH = Span(13, 16)
READERS = {peer.name: peer.read for peer in PEERS}


@pytest.fixture(scope="module")
def made() -> list[File]:
    return list(files(TEXTS, MANY))


def test_the_same_files_each_time(made: list[File]) -> None:
    assert made[:20] == list(files(TEXTS, 20))
    assert len({file.name for file in made}) == MANY
    assert {Path(file.name).suffix for file in made} == {".md", ".html"}


def test_each_file_has_a_fault_of_language_at_its_place(made: list[File]) -> None:
    patterns = {
        "two letters changed round": r"[a-z]{6,}",
        "word doubled": r"(\w+) \1",
        "an for a": r"an ",
        "was for were": r"(?:they|we|people|men) was",
        "space before a comma": r" ,",
    }
    seen = set()
    for file in made:
        first, second = file.faults
        assert (first.language, second.language) == (True, False)
        assert re.fullmatch(patterns[first.kind], first.span.of(file.text)), (first, file.name)
        assert not first.span.overlaps(second.span)
        seen.add(first.kind)
    assert seen == set(patterns)


def test_a_planted_line_is_the_whole_paragraph(made: list[File]) -> None:
    lines = [
        (file, fault.span) for file in made for fault in file.faults if fault.kind in ("newsletter", "app", "social")
    ]
    assert lines
    for file, span in lines:
        before, after = ("<p>", "</p>\n") if file.name.endswith(".html") else ("\n\n", "\n")
        assert file.text[: span.start].endswith(before)
        assert file.text[span.end :].startswith(after)


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_no_character_of_an_article_becomes_markup(tmp_path: Path, suffix: str) -> None:
    line = "- Five < six & *seven* [eight] _nine_ &amp; <b>ten</b> `eleven`, and 12. was the last of them"
    written = [file for file in files([f"{line}\n{text}" for text in TEXTS], MANY) if file.name.endswith(suffix)]
    write(tmp_path, written)
    views = [read((tmp_path / file.name).read_bytes().decode(), format=format_of(file.name))[0] for file in written]
    assert any(segment.span.of(view.text) == line for view in views for segment in view.segments)


@pytest.mark.parametrize(
    ("peer", "output"),
    [
        ("textlint", [{"filePath": "/x/y/a.md", "messages": [{"range": [14, 17]}]}]),
        ("cspell", "y/a.md:3:8 - Unknown word (teh) fix: (the)\n"),
        ("Harper", [{"file": "a.md", "lints": [{"span": {"char_start": 13, "char_end": 16}}]}]),
        ("Vale", {"y/a.md": [{"Line": 3, "Span": [7, 9]}]}),
    ],
)
def test_alarms_of_peers_are_at_their_code_points(peer: str, output: object) -> None:
    told = output if isinstance(output, str) else json.dumps(output)
    assert READERS[peer](told.encode(), {"a.md": SAMPLE}) == {"a.md": [TEH]}


def test_a_command_is_measured_with_its_children(tmp_path: Path) -> None:
    child = "import time; kept = bytearray(60_000_000); time.sleep(1.5); print('done')"
    run = watched(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"],
        tmp_path,
        60,
    )
    assert run.output == b"done\n"
    assert run.seconds >= 1.5
    assert 60_000_000 <= run.peak < 500_000_000


def test_a_command_is_ended_at_its_limit(tmp_path: Path) -> None:
    run = watched([sys.executable, "-c", "import time; time.sleep(600)"], tmp_path, 0.5)
    assert run.output is None
    assert run.seconds < 60
