"""Every output for programs is valid by the schema of its format, for real findings and awkward names."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from copydesk.model import Family, Notice, Severity, Span
from copydesk.packs import RuleBook
from copydesk.pipeline import Desk
from copydesk.render.checkstyle import checkstyle
from copydesk.render.gitlab import gitlab
from copydesk.render.junit import junit
from copydesk.render.rdjson import rdjson, rdjsonl
from copydesk.render.sarif import sarif
from copydesk.repository.report import Failure, HeldBack, Report
from desks import plain_desk
from filed import AWKWARD_NAMES, finding, report, review
from validators import check_draft4

SCHEMAS = Path(__file__).parent / "schemas"
TEXT = "\ufeffThe the mayor said &nbsp; that.\r\n\r\nIvan Kalinouski met Kalinovsky 😀 in the frames of a visit."


@cache
def shipped() -> RuleBook:
    return plain_desk().rules


@cache
def desk() -> Desk:
    return Desk(shipped())


def real() -> Report:
    """Real findings in files of awkward names, an engine's finding, a Word file, notices and failures."""
    reviewed = [desk().review(TEXT, source=name) for name in AWKWARD_NAMES]
    illegal = finding(2, 4, severity=Severity.SUGGESTION, message="\x00\x07 & <")
    other = review("ab\x00\x1b c", [finding(0, 2), illegal], "é")
    word = review("ab\ncd", [finding(3, 5)], "w.docx", "docx")
    word = replace(word, notices=(Notice("n", "told"),))
    return report(
        *reviewed,
        other,
        word,
        review("clean", path="clean.txt"),
        rules=shipped,
        failures=[Failure("bro\nken.md", "not valid UTF-8 at byte 3"), Failure("x\udcff.txt", "no permission")],
        held_back=HeldBack(3, 4),
    )


def test_the_report_has_something_of_everything() -> None:
    families = {each.family for reviewed in real().reviews for each in reviewed.findings}
    assert {Family.ENCODING, Family.NAMES, Family.TRANSLATION, Family.GRAMMAR} <= families


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def closed(value: Any) -> Any:
    """A schema in which an object holds nothing that is not named: a misspelt key is then an error."""
    if isinstance(value, list):
        return [closed(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: False if key == "additionalProperties" else closed(each) for key, each in value.items()}


def test_sarif() -> None:
    check_draft4(schema("sarif-2.1.0-rtm.5.json"), json.loads(sarif(real())))


def test_rdjson() -> None:
    check_draft4(closed(schema("rdjson.json")), json.loads(rdjson(real())))


def test_rdjsonl() -> None:
    whole = closed(schema("rdjson.json"))
    one = {"$ref": "#/definitions/reviewdog.rdf.Diagnostic", "definitions": whole["definitions"]}
    lines = rdjsonl(real()).split("\n")
    assert lines.pop() == ""
    for line in lines:
        check_draft4(one, json.loads(line))
    assert len(lines) == len(json.loads(rdjson(real()))["diagnostics"])


def test_junit() -> None:
    tree = etree.fromstring(junit(real()).encode())
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(tree)
    suites = tree.findall("testsuite")
    for element in [tree, *suites]:
        assert int(element.get("tests")) == len(list(element.iter("testcase")))
        assert int(element.get("failures")) == len(list(element.iter("failure")))
    assert {suite.get("name") for suite in suites} >= {*AWKWARD_NAMES, "bro\nken.md", "x\ufffd.txt"}
    passed = [case.get("classname") for case in tree.iter("testcase") if case.find("failure") is None]
    assert passed == ["clean.txt"]


def test_checkstyle() -> None:
    """By what Checkstyle's own XMLLogger writes; there is no schema."""
    tree = etree.fromstring(checkstyle(real()).encode())
    assert (tree.tag, set(tree.attrib)) == ("checkstyle", {"version"})
    for file in tree:
        assert (file.tag, set(file.attrib)) == ("file", {"name"})
        for error in file:
            assert error.tag == "error"
            assert {*error.attrib, "column"} == {"line", "column", "severity", "message", "source"}
            assert error.get("severity") in {"error", "warning", "info"}
            assert min(int(error.get("line")), int(error.get("column", "1"))) >= 1
    assert {file.get("name") for file in tree} >= {*AWKWARD_NAMES, "clean.txt", "x\ufffd.txt"}


def test_gitlab() -> None:
    """By the table of its documentation; unknown keys and values are refused here, and fingerprints must differ."""
    lines = {"type": "object", "additionalProperties": False, "required": ["begin"]}
    lines["properties"] = {key: {"type": "integer", "minimum": 1} for key in ("begin", "end")}
    location = {"type": "object", "additionalProperties": False, "required": ["path", "lines"]}
    location["properties"] = {"path": {"type": "string", "minLength": 1}, "lines": lines}
    keys = ["description", "check_name", "fingerprint", "severity", "location"]
    fault: dict[str, Any] = {"type": "object", "additionalProperties": False, "required": keys}
    fault["properties"] = {key: {"type": "string", "minLength": 1} for key in keys} | {"location": location}
    fault["properties"]["severity"] = {"enum": ["info", "minor", "major", "critical", "blocker"]}
    told = json.loads(gitlab(real()))
    check_draft4({"type": "array", "minItems": 20, "items": fault}, told)
    assert len({each["fingerprint"] for each in told}) == len(told)


@pytest.mark.parametrize("output", [sarif, rdjson, gitlab, junit, checkstyle])
def test_nothing_found(output: Callable[[Report], str]) -> None:
    """No finding is no reason for an invalid document, and none to load the rules."""

    def never() -> RuleBook:
        raise AssertionError

    written = output(report(review("good"), rules=never))
    if output in (junit, checkstyle):
        etree.fromstring(written.encode())
    else:
        json.loads(written)


@given(st.text(st.characters(exclude_categories=())), st.text())
def test_xml_holds_any_message(path: str, message: str) -> None:
    """Also characters that XML has no way to write."""
    told = finding(0, 1, message=message)
    for output in (junit, checkstyle):
        etree.fromstring(
            output(
                report(review("ab", [told], "a")),
            ).encode()
        )
        etree.fromstring(output(report(failures=[Failure(path, message)])).encode())


def test_sarif_says_what_the_rules_are() -> None:
    run = json.loads(sarif(real()))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in run["results"]})
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    entity = next(rule for rule in rules if rule["id"] == "any/encoding/character-reference")
    ours = shipped()["any/encoding/character-reference"]
    assert entity["name"] == "AnyEncodingCharacterReference"
    assert entity["shortDescription"]["text"] == "Encoding: character reference."
    assert entity["fullDescription"]["text"] == " ".join(ours.why.split())
    assert entity["defaultConfiguration"]["level"] == "error"
    assert entity["properties"]["tags"] == ["encoding", f"mqm/{ours.mqm}"]
    assert ours.bad[0].text in entity["help"]["text"]
    assert entity["help"]["markdown"].startswith("### any/encoding/character-reference\n")
    engine = next(rule for rule in rules if rule["id"] == "A_RULE")
    assert (engine["name"], engine["properties"]["tags"]) == ("ARule", ["grammar"])


def test_sarif_addresses_files_and_tells_what_failed() -> None:
    run = json.loads(sarif(real()))["runs"][0]
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert [unquote(uri) for uri in uris[:8]] == AWKWARD_NAMES
    assert uris[1:3] == ["%D0%9C%D0%B8%D0%BD%D1%81%D0%BA/%C3%A9t%C3%A9.md", "100%25.txt"]
    assert uris[-2:] == ["bro%0Aken.md", "x%FF.txt"]
    assert {artifact["location"]["uriBaseId"] for artifact in run["artifacts"]} == {"%SRCROOT%"}
    invocation = run["invocations"][0]
    assert invocation["executionSuccessful"] is False
    told = [
        (each["level"], each["descriptor"]["id"], each["message"]["text"])
        for each in invocation["toolExecutionNotifications"]
    ]
    assert told[0] == ("error", "not-reviewed", "not valid UTF-8 at byte 3")
    assert told[1] == ("error", "not-reviewed", "no permission")
    assert ("note", "n", "told") in told
    word = run["results"][-1]
    assert word["message"]["text"] == "Paragraph 2, character 1: Not so."
    assert "region" not in word["locations"][0]["physicalLocation"]


def test_sarif_of_files_outside_of_the_root() -> None:
    told = report(review("a", path="/else/x y.txt"), review("b", path="../near.txt"), root="/home/repo")
    artifacts = json.loads(sarif(told))["runs"][0]["artifacts"]
    assert [artifact["location"] for artifact in artifacts] == [
        {"uri": "file:///else/x%20y.txt", "index": 0},
        {"uri": "file:///home/near.txt", "index": 1},
    ]


def test_a_fingerprint_stays_when_lines_move() -> None:
    before, after = ("Then they cut teh rope", Span(14, 17)), ("New.\n\nThen they cut teh rope", Span(20, 23))
    prints = []
    for text, span in (before, after):
        told = json.loads(sarif(report(review(text, [finding(span.start, span.end)]))))
        prints.append(told["runs"][0]["results"][0]["partialFingerprints"])
    assert prints[0] == prints[1]
    assert set(prints[0]) == {"copydesk/v1", "primaryLocationLineHash"}
