"""Every output tells the place of a finding so that cutting it out of the file gives the finding's words."""

from __future__ import annotations

import json
import re
from html import unescape
from xml.etree import ElementTree

from hypothesis import given

from copydesk.findings.correct import apply_edits
from copydesk.model import Edit, Fix, Review, Safety, Span
from copydesk.render.checkstyle import checkstyle
from copydesk.render.github import github
from copydesk.render.gitlab import gitlab
from copydesk.render.json import json_lines, json_report
from copydesk.render.junit import junit
from copydesk.render.markdown import markdown
from copydesk.render.outputs import OUTPUTS, written
from copydesk.render.rdjson import rdjson, rdjsonl
from copydesk.render.report import html
from copydesk.render.sarif import sarif
from copydesk.render.text import text as as_text
from filed import (
    byte_place,
    decoded,
    reader_place,
    report,
    review,
    reviews,
    utf16,
    utf16_place,
    without_mark,
)
from filed import finding as found


def spans_of(reviewed: Review) -> list[Span]:
    return [finding.span for finding in reviewed.findings]


@given(reviews())
def test_json_by_code_points(reviewed: Review) -> None:
    text = reviewed.document.text
    for told in json.loads(json_report(report(reviewed)))["documents"][0]["findings"]:
        assert text[told["start"] : told["end"]] == told["text"]
        assert reader_place(text, told["line"], told["column"]) == told["start"]
    lines = [json.loads(line) for line in json_lines(report(reviewed)).split("\n")[:-1]]
    assert [Span(x["start"], x["end"]) for x in lines if x["type"] == "finding"] == spans_of(reviewed)


def cut_sarif(text: str, region: dict[str, int]) -> str:
    """Cut twice, by characters and by lines and columns: both must be the same."""
    by_char = Span(2 * region["charOffset"], 2 * (region["charOffset"] + region["charLength"]))
    ends = ((region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"]))
    assert by_char == Span(*(utf16_place(text, *place) for place in ends))
    return utf16(decoded(text))[by_char.start : by_char.end].decode("utf-16-le")


@given(reviews())
def test_sarif_by_utf16(reviewed: Review) -> None:
    text = reviewed.document.text
    results = json.loads(sarif(report(reviewed)))["runs"][0]["results"]
    for result, finding in zip(results, reviewed.findings, strict=True):
        for place, span in (
            (result["locations"][0], finding.span),
            (result["relatedLocations"][0], finding.related[0].span),
        ):
            region = place["physicalLocation"]["region"]
            assert cut_sarif(text, region) == without_mark(text, span)
            assert region["snippet"]["text"] == span.of(text)
        for told, fix in zip(result.get("fixes", []), finding.fixes, strict=True):
            replacement = told["artifactChanges"][0]["replacements"][0]
            cut = cut_sarif(text, replacement["deletedRegion"])
            assert cut == without_mark(text, fix.edits[0].span)
            assert replacement.get("insertedContent", {"text": ""})["text"] == fix.edits[0].text


@given(reviews())
def test_rdjson_by_utf8_bytes(reviewed: Review) -> None:
    text = reviewed.document.text
    data = text.encode("utf-8")

    def cut(told: dict[str, dict[str, int]]) -> slice:
        return slice(*(byte_place(text, told[end]["line"], told[end]["column"]) for end in ("start", "end")))

    diagnostics = json.loads(rdjson(report(reviewed)))["diagnostics"]
    for told, finding in zip(diagnostics, reviewed.findings, strict=True):
        assert data[cut(told["location"]["range"])].decode() == finding.span.of(text)
        assert data[cut(told["related_locations"][0]["location"]["range"])].decode() == finding.related[0].span.of(text)
        for suggestion, fix in zip(told.get("suggestions", []), finding.fixes, strict=True):
            where = cut(suggestion["range"])
            after = data[: where.start] + suggestion["text"].encode() + data[where.stop :]
            assert after.decode() == apply_edits(text, fix.edits)
    lines = [json.loads(line) for line in rdjsonl(report(reviewed)).split("\n")[:-1]]
    assert [line["location"] for line in lines] == [told["location"] for told in diagnostics]


def test_several_edits_are_one_suggestion_with_the_words_between() -> None:
    fix = Fix((Edit(Span(4, 5), "Ж"), Edit(Span(8, 9), "")), Safety.UNSAFE)
    told = json.loads(rdjson(report(review("😀\nabXcd😀Y!", [found(4, 5, fixes=(fix,))]))))["diagnostics"][0]
    assert told["suggestions"] == [
        {"range": {"start": {"line": 2, "column": 3}, "end": {"line": 2, "column": 11}}, "text": "Жcd😀"}
    ]


PROPERTIES = re.compile(r"([a-zA-Z]+)=([^,]*)")


def command(line: str) -> tuple[str, dict[str, str], str]:
    """Level, properties and message of a workflow command, taken apart and unescaped as the runner does."""
    assert line.startswith("::")
    head, message = line[2:].split("::", 1)
    level, _, listed = head.partition(" ")
    properties = {name: unescaped(value) for name, value in PROPERTIES.findall(listed)}
    return level, properties, unescaped(message)


def unescaped(value: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(code, character)
    return value


@given(reviews())
def test_github_by_lines_and_utf16_columns(reviewed: Review) -> None:
    text = reviewed.document.text
    lines = decoded(text).split("\n")
    for line, finding in zip(github(report(reviewed)).split("\n")[:-1], reviewed.findings, strict=True):
        _, told, _ = command(line)
        first, last = int(told["line"]), int(told["endLine"])
        words = without_mark(text, finding.span)
        assert words in "\n".join([*lines[first - 1 : last], ""])
        assert ("col" in told) == (first == last)
        if first == last:
            start = utf16_place(text, first, int(told["col"]))
            end = start + 2 * (int(told["endColumn"]) - int(told["col"]))
            assert utf16(decoded(text))[start:end].decode("utf-16-le") == words


@given(reviews())
def test_gitlab_by_whole_lines(reviewed: Review) -> None:
    text = reviewed.document.text
    lines = [f"{line}\n" for line in text.split("\n")]
    for told, finding in zip(json.loads(gitlab(report(reviewed))), reviewed.findings, strict=True):
        first, last = (told["location"]["lines"][end] for end in ("begin", "end"))
        before = len("".join(lines[: first - 1]))
        assert before <= finding.span.start < before + len(lines[first - 1]) or finding.span.start == len(text)
        assert first <= max(text.count("\n") + (not text.endswith("\n")), 1)  # no line after the last
        upto = len("".join(lines[:last]))
        assert finding.span.end <= upto
        assert first == last or upto - len(lines[last - 1]) < finding.span.end


@given(reviews())
def test_checkstyle_by_utf16_columns(reviewed: Review) -> None:
    text = reviewed.document.text
    errors = ElementTree.fromstring(checkstyle(report(reviewed))).iter("error")  # noqa: S314 (our own output)
    for error, finding in zip(errors, reviewed.findings, strict=True):
        place = utf16_place(text, int(error.attrib["line"]), int(error.attrib["column"]))
        width = len(utf16(without_mark(text, finding.span)))
        cut = utf16(decoded(text))[place : place + width].decode("utf-16-le")
        assert cut == without_mark(text, finding.span)


@given(reviews())
def test_what_people_read_by_lines_and_code_points(reviewed: Review) -> None:
    """The terminal's text, Markdown, HTML and JUnit tell a place as editors do."""
    text, starts = reviewed.document.text, [span.start for span in spans_of(reviewed)]
    told = {
        "text": re.findall(r"^a\.txt:(\d+):(\d+): warning", as_text(report(reviewed)), re.M),
        "markdown": re.findall(r"^\| (\d+):(\d+) \|", markdown(report(reviewed)), re.M),
        "html": re.findall(r'<td class="place">(\d+):(\d+)</td>', unescape(html(report(reviewed)))),
        "junit": re.findall(r' name="A_RULE at (\d+):(\d+)"', junit(report(reviewed))),
    }
    for places in told.values():
        assert [reader_place(text, int(line), int(column)) for line, column in places] == starts


@given(reviews())
def test_the_same_report_gives_the_same_bytes(reviewed: Review) -> None:
    for form in OUTPUTS:
        told = written(form, report(reviewed))
        assert told == written(form, report(reviewed))
        assert told.endswith("\n")
        told.encode("utf-8")
