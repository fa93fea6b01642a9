"""Text that stands twice: in one document, in a corpus, and each form of the report."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copydesk.cli import main
from copydesk.copies.corpus import MOST_PLACES, CopyCorpus, Place, TextCopy
from copydesk.copies.index import CopyIndex, Likeness
from copydesk.copies.shingles import words_of
from copydesk.findings.suppress import Filter
from copydesk.model import Family, Finding
from copydesk.pipeline import UNSAFE, Desk, Options
from copydesk.read import open_source

TRAM = (
    "The council approved the budget for the new tram line on Tuesday, and work will begin in May, the mayor said. "
    "Nobody in the hall voted against it."
)
PORT = (
    "Ships waited off the coast on Sunday while the port was closed, and the captains were told to keep their distance."
)
STATION = "The station counted fewer passengers than in the year before, which the railway blames on the weather."
BOILERPLATE = "All rights to the texts and pictures of this agency belong to the agency and its partners alone."
ONLY = Options(filter=Filter(families=frozenset({Family.DUPLICATES})))


def found(desk: Desk, text: str) -> list[tuple[str, str, str]]:
    """Rule, span and place of the first of each finding."""
    review = desk.review(text, ONLY, language="en-US")
    return [(f.rule.rpartition("/")[2], f.span.of(text), first_of(f, text)) for f in review.findings]


def first_of(finding: Finding, text: str) -> str:
    [related] = finding.related
    return related.span.of(text)


def fixed(desk: Desk, text: str, levels: frozenset[str] = UNSAFE) -> str:
    review = desk.review(text, ONLY, language="en-US")
    return desk.correct(review, ONLY, levels).text  # type: ignore[arg-type] # a level is a string


def article(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


@pytest.mark.parametrize(
    ("rule", "copy"),
    [
        ("repeated-paragraph", TRAM.upper()),
        ("similar-paragraph", TRAM.replace("work will", "works will")),
        ("similar-paragraph", TRAM.replace("new ", "")),
        ("truncated-paragraph", TRAM[: TRAM.index("voted")] + "…"),
        ("contained-paragraph", TRAM[: TRAM.index(" Nobody")]),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_the_later_copy_of_a_paragraph(desk: Desk, rule: str, copy: str, apart: bool) -> None:
    between = [PORT] if apart else []
    text = article(TRAM, *between, copy, STATION)
    assert found(desk, text) == [(rule, copy, TRAM)]
    assert fixed(desk, text) == article(TRAM, *between, STATION)


def test_a_part_goes_wherever_it_stands(desk: Desk) -> None:
    teaser = TRAM[: TRAM.index("voted")] + "…"
    text = article(teaser, TRAM, STATION)
    assert found(desk, text) == [("truncated-paragraph", teaser, TRAM)]
    assert fixed(desk, text, frozenset({"safe"})) == article(TRAM, STATION)


@pytest.mark.parametrize(
    "other",
    [
        TRAM.replace("May", "June"),
        TRAM.replace("council", "Council of Ghent").replace("Tuesday", "Monday"),
        PORT,
    ],
)
def test_other_names_and_other_words_are_other_paragraphs(desk: Desk, other: str) -> None:
    assert found(desk, article(TRAM, other, STATION)) == []


def test_another_number_is_another_statement(desk: Desk) -> None:
    one = "In the first district the station counted 312 votes for the mayor and was closed at eight in the evening."
    assert found(desk, article(one, one.replace("312", "418"), STATION)) == []


@pytest.mark.parametrize(
    ("head", "copy", "first"),
    [
        (["Storm closes three ports", "STORM CLOSES THREE PORTS"], 1, 0),
        (["Storm closes three ports", "By Ruta Balode", "4 May 2023", "Storm closes three ports"], 3, 0),
        (["Storm closes three ports on the coast | Harbour Gazette", "Storm closes three ports on the coast"], 0, 1),
        (["Storm closes three ports on the coast", "Storm closes three ports on the coast - Harbour Gazette"], 1, 0),
    ],
)
def test_the_headline_again(desk: Desk, head: list[str], copy: int, first: int) -> None:
    text = article(*head, PORT, STATION)
    assert found(desk, text) == [("repeated-headline", head[copy], head[first])]
    assert fixed(desk, text) == article(*head[:copy], *head[copy + 1 :], PORT, STATION)


def test_a_headline_over_a_caption_is_left_to_the_captions(desk: Desk) -> None:
    assert found(desk, article("Storm closes three ports", "Storm closes three ports\n(Photo: Reuters)", PORT)) == []


@pytest.mark.parametrize(
    "text",
    [
        "He declined to comment. The door was shut. He declined to comment.",
        "“We will not leave! We will not leave!” the crowd went on.",
        article("We shall fight on the beaches.", PORT, "We shall fight on the beaches."),
        article("Start small and see that nobody is watching", PORT, "Start small and see that nobody is watching"),
    ],
)
def test_what_comes_back_on_purpose_is_left_alone(desk: Desk, text: str) -> None:
    assert found(desk, text) == []


def test_a_sentence_that_follows_itself(desk: Desk) -> None:
    text = f"The bridge is closed to lorries. The bridge is closed to lorries. {PORT}\n"
    assert found(desk, text) == [("repeated-sentence",) + ("The bridge is closed to lorries.",) * 2]
    assert fixed(desk, text, frozenset({"safe"})) == f"The bridge is closed to lorries. {PORT}\n"


def test_a_sentence_that_follows_itself_within_a_quotation(desk: Desk) -> None:
    said = "Several members of the committee spoke in the hall."
    text = f"“We went home. {said} {said} We slept,” he said."
    assert found(desk, text) == [("repeated-sentence", said, said)]
    assert fixed(desk, text) == f"“We went home. {said} We slept,” he said."


def test_the_index_tells_what_a_passage_is_beside_an_earlier_one() -> None:
    index = CopyIndex()
    assert index.add(words_of(TRAM)) == (0, None)
    assert index.add(words_of(PORT)) == (1, None)
    number, match = index.add(words_of(TRAM.upper()))
    assert (number, match) == (0, (0, Likeness.EXACT, 100.0))
    number, match = index.add(words_of(TRAM.replace("Tuesday", "Monday")))
    assert number == 2
    assert match is not None
    assert match[:2] == (0, Likeness.NEAR)
    assert 95 < match.score < 100
    assert index.add(words_of(PORT[: PORT.index(", and")])) == (3, (1, Likeness.PART, 100.0))
    assert index.add(words_of(f"{STATION} {PORT} {STATION}")) == (4, (1, Likeness.LONGER, 100.0))


def corpus_of(texts: dict[str, str]) -> CopyCorpus:
    corpus = CopyCorpus()
    for source, text in texts.items():
        reading, _ = open_source(text, language="en-US", source=source)
        corpus.add(source, reading)
    return corpus


def test_the_first_stays_and_the_copies_are_told_with_its_place() -> None:
    near = STATION.replace("weather", "winter")
    corpus = corpus_of({"a.txt": article(TRAM, STATION), "b.txt": article(PORT, near, f"— {TRAM.upper()}")})
    assert corpus.text_copies == []
    tram, station = corpus.repeated()
    assert tram.first == Place("a.txt", 1, 1)
    assert tram.copies == ((Place("b.txt", 5, 1), Likeness.EXACT, 100.0),)
    assert station.first == Place("a.txt", 3, 1)
    [copy] = station.copies
    assert (copy.place, copy.likeness) == (Place("b.txt", 3, 1), Likeness.NEAR)


def test_a_line_of_many_files_is_one_finding() -> None:
    own = [" ".join(f"word{i}x{j}" for j in range(30)) for i in range(100)]
    texts = {f"{i:03}.txt": article(words, BOILERPLATE) for i, words in enumerate(own)}
    [repeated] = corpus_of(texts).repeated()
    assert repeated.text == BOILERPLATE
    assert repeated.count == 99
    assert len(repeated.copies) == MOST_PLACES
    assert repeated.copies[0].place == Place("001.txt", 3, 1)


def test_a_whole_copy_is_told_once_and_not_paragraph_by_paragraph() -> None:
    corpus = corpus_of(
        {"a.txt": article(TRAM, PORT, STATION), "b.txt": article(BOILERPLATE), "c.txt": article(PORT, STATION, TRAM)}
    )
    assert corpus.text_copies == [TextCopy("c.txt", "a.txt", 1.0)]
    assert corpus.repeated() == []


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["duplicates", *args, "--language", "en-US"])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two texts with a paragraph in common and a copy of the first, in the working directory."""
    texts = {"a.txt": article(TRAM, STATION), "b.txt": article(PORT, TRAM), "c.txt": article(TRAM, STATION)}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_table(folder: Path) -> None:
    result = run(".")
    assert result.exit_code == 1
    rows = [line.split() for line in result.stdout.splitlines()]
    assert rows[1] == ["c.txt", "a.txt", "whole", "text", "100%"]
    assert rows[2][:4] == ["b.txt:3", "a.txt:1", "exact", "100%"]
    assert result.stdout.splitlines()[-1] == "1 copies of passages and 1 of whole texts; 6 passages in 3 texts"


def test_json(folder: Path) -> None:
    body = json.loads(run(".", "--format", "json").stdout)
    assert body["texts"] == [{"path": "c.txt", "first": "a.txt", "share": 1.0}]
    [passage] = body["passages"]
    assert passage["first"] == {"path": "a.txt", "line": 1, "column": 1}
    assert passage["copies"] == [{"path": "b.txt", "line": 3, "column": 1, "likeness": "exact", "similarity": 100.0}]
    assert body["summary"] == {"texts": 3, "passages": 6, "text_copies": 1, "passage_copies": 1}


def test_csv(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(".", "--format", "csv").stdout)))
    assert [(row["copy"], row["line"], row["likeness"], row["first"], row["first_line"]) for row in rows] == [
        ("c.txt", "", "whole text", "a.txt", ""),
        ("b.txt", "3", "exact", "a.txt", "1"),
    ]


def test_exit_codes(folder: Path) -> None:
    clean, missing = run("a.txt"), run("a.txt", "none.txt")
    assert clean.exit_code == 0
    assert missing.exit_code == 2
    assert "none.txt: No such file or directory" in missing.stderr
    assert run("a.txt", "a.txt").exit_code == 0


def test_files_are_chosen_as_for_a_check(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the configuration and .gitignore; what is named is read all the same, and told from where one stands."""
    (folder / "copydesk.toml").write_text('exclude = ["c.txt"]\nformats = {"*.news" = "text"}\n', encoding="utf-8")
    (folder / ".gitignore").write_text("b.txt\n", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "d.news").write_text(article(STATION, PORT), encoding="utf-8")

    def copies(*args: str) -> list[tuple[str, str]]:
        body = json.loads(run(*args, "--format", "json").stdout)
        texts = [(text["path"], text["first"]) for text in body["texts"]]
        return texts + [(c["path"], p["first"]["path"]) for p in body["passages"] for c in p["copies"]]

    assert copies(".") == [("sub/d.news", "a.txt")]
    assert copies(".", "c.txt") == [("c.txt", "a.txt"), ("sub/d.news", "a.txt")]
    monkeypatch.chdir(folder / "sub")
    assert copies("..") == [("d.news", "../a.txt")]
    (folder / "other.toml").write_text('exclude = ["a.txt"]\n', encoding="utf-8")
    assert copies("..", "--config", "../other.toml") == []
