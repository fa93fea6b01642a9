"""Word files, and the formats of files and requests."""

from __future__ import annotations

import io
import time
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.document import Document

from copydesk.cli import main
from copydesk.errors import InputError, UnreadableError
from copydesk.read import format_of, open_source
from patience import ENDLESS
from rest import document, make_client, post

LISTEN = "You can now listen to this article!"


def word() -> bytes:
    file = docx.Document()
    file.add_heading("Ports closed", 1)
    file.add_paragraph("")
    file.add_paragraph("Held in the frames of a plan.")
    file.add_paragraph("An item", style="List Bullet")
    table = file.add_table(1, 2)
    table.rows[0].cells[0].text = "A cell"
    table.rows[0].cells[1].text = "Another"
    file.add_paragraph(LISTEN)
    return saved(file)


def test_paragraphs_of_a_word_file_are_lines() -> None:
    reading, _ = open_source(word(), format="docx", language="en-US", source="a.docx")
    text = reading.view.text
    assert text == f"Ports closed\n\nHeld in the frames of a plan.\nAn item\nA cell\nAnother\n{LISTEN}"
    assert [(s.kind.value, s.span.of(text)) for s in reading.view.segments] == [
        ("title", "Ports closed"),
        ("paragraph", "Held in the frames of a plan."),
        ("list item", "An item"),
        ("table cell", "A cell"),
        ("table cell", "Another"),
        ("paragraph", LISTEN),
    ]


def saved(file: Document) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def test_of_merged_cells_the_first_is_read_and_tables_in_tables_are() -> None:
    file = docx.Document()
    table = file.add_table(3, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"Cell {number}."
    table.cell(0, 0).merge(table.cell(1, 0))  # their paragraphs are put together
    table.cell(2, 0).merge(table.cell(2, 1))
    table.cell(0, 1).add_table(1, 1).cell(0, 0).text = "Within."
    reading, _ = open_source(saved(file), format="docx", language="en")
    read = ["Cell 0.", "Cell 2.", "Cell 1.", "Within.", "", "Cell 3.", "Cell 4.", "Cell 5."]
    assert reading.view.text.split("\n") == read


def test_merged_cells_cost_no_more_than_their_number() -> None:
    """The library looks for the first of them from each, row by row: minutes for these."""
    file = docx.Document()
    table = file.add_table(1, 2)
    for cell in table.rows[0].cells:
        cell.text = "Words."
        cell._tc.vMerge = "restart"
    below = deepcopy(table.rows[0]._tr)
    for cell in below.tc_lst:
        cell.vMerge = "continue"
    for _ in range(2000):
        table._tbl.append(deepcopy(below))
    data, began = saved(file), time.process_time()
    reading, _ = open_source(data, format="docx", language="en")
    assert reading.view.text == "Words.\nWords."
    assert time.process_time() - began < ENDLESS


def test_places_in_a_word_file_are_paragraphs_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word())
    run = CliRunner().invoke(main, ["check", "--engine", "none", str(path)])
    assert run.exit_code == 1
    assert "a.docx: paragraph 3, character 6: warning [en/calque/in-frames-of]" in run.output
    run = CliRunner().invoke(main, ["fix", "--write", "--engine", "none", str(path)])
    assert run.exit_code == 2
    assert "a Word file cannot be written back; review it without --write" in run.output
    assert path.read_bytes()[:2] == b"PK"
    run = CliRunner().invoke(main, ["fix", "--engine", "none", str(path)])
    assert (run.exit_code, f"-{LISTEN}" in run.output) == (1, True)


def test_what_is_no_word_file_is_told() -> None:
    with pytest.raises(UnreadableError, match="not a Word file"):
        open_source(b"PK nothing", format="docx")
    with pytest.raises(InputError, match="a Word file is no text"):
        open_source("text", format="docx")


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.MD", "markdown"), ("b/c.mdx", "markdown"), ("a.htm", "html"), ("a.xhtml", "html"), ("a.vtt", "vtt"),
     ("a.srt", "srt"), ("a.docx", "docx"), ("a.txt", "text"), ("README", "text")],
)  # fmt: skip
def test_the_name_of_a_file_tells_its_format(name: str, form: str) -> None:
    assert format_of(name) == form


def test_a_file_that_does_not_parse_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text("nothing", encoding="utf-8")
    (tmp_path / "b.html").write_text(f"<p>{LISTEN}</p><p>Rain fell.</p>", encoding="utf-8")
    run = CliRunner().invoke(main, ["check", "--engine", "none", str(tmp_path)])
    assert run.exit_code == 2
    assert "a.srt: no subtitle of SubRip at line 1" in run.output
    assert "b.html:1:4: error [en/debris/listen-promotion]" in run.output


def test_the_format_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"<p>{LISTEN}</p><p>Rain fell.</p>", encoding="utf-8")
    run = CliRunner().invoke(main, ["fix", "--write", "--engine", "none", "--as", "html", str(path)])
    assert run.exit_code == 0
    assert path.read_text(encoding="utf-8") == "<p>Rain fell.</p>"


@pytest.mark.parametrize(
    ("kind", "body", "corrected"),
    [
        ("text/html", f"<p>{LISTEN}</p><p>Rain &amp; wind.</p>", "<p>Rain &amp; wind.</p>"),
        ("text/markdown; charset=utf-8", f"# A\n\n{LISTEN}\n\nRain &amp; wind.\n", "# A\n\nRain &amp; wind.\n"),
    ],
)
def test_a_request_may_be_the_page_itself(kind: str, body: str, corrected: str) -> None:
    found = document(post(make_client(), body, kind, "?language=en-US"))
    assert found["format"] == kind.split(";")[0].removeprefix("text/")
    [finding] = found["findings"]
    assert (finding["text"], body[finding["start"] : finding["end"]]) == (LISTEN, LISTEN)
    assert found["corrected"]["text"] == corrected


def test_a_word_file_is_no_request() -> None:
    response = make_client().post("/v1/review", json={"text": "a", "format": "docx"})
    assert response.status_code == 422
    assert "a Word file is no text" in response.text
