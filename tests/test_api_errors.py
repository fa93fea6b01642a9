"""What the REST service answers when something is wrong: the status, the kind and the field of each fault."""

from __future__ import annotations

import json
import logging
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from copydesk.api import create_app
from copydesk.errors import EngineError
from copydesk.grammar import Answer
from copydesk.pipeline import Desk
from copydesk.settings import load_settings
from desks import plain_desk
from rest import MOST, RULE, TEXT, ask, make_client, post, problem

SECRET = "Zanzibar"  # noqa: S105 (a word that must not come back)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


FAULTS = {  # body → status, kind of problem, [(field, message)]
    "{}": (422, "invalid-input", [("text", "must be given")]),
    '{"text": 1}': (422, "invalid-input", [("text", "Input should be a valid string")]),
    '{"text": null}': (422, "invalid-input", [("text", "Input should be a valid string")]),
    "[]": (422, "invalid-input", [("body", "the body must be a JSON object")]),
    "": (400, "malformed", [("body", "not valid JSON at line 1, column 1: Expecting value")]),
    '{"text":\n "Zanzibar" 1}': (
        400,
        "malformed",
        [("body", "not valid JSON at line 2, column 13: Expecting ',' delimiter")],
    ),
    '{"text": "Zanzibar", "text": "b"}': (400, "malformed", [("text", "the key “text” stands twice")]),
    '{"text": NaN}': (400, "malformed", [("body", "NaN is not JSON")]),
    '{"text": 1e999}': (422, "invalid-input", [("text", "Input should be a valid string")]),
    f'{{"text": {"9" * 5000}}}': (400, "malformed", [("body", "the JSON has a number of too many digits")]),
    "[" * 5000: (400, "malformed", [("body", "the JSON is nested too deeply")]),
    '{"text": ' * 5000: (400, "malformed", [("body", "the JSON is nested too deeply")]),
    r'{"text": "Zanzibar \ud800"}': (422, "invalid-input", [("text", "a lone surrogate is not text")]),
    r'{"text": "a", "\udc00": 1}': (422, "invalid-input", [(r"\udc00", "a lone surrogate is not text")]),
    r'{"text": "a", "options": {"accept": ["\ud800"]}}': (
        422,
        "invalid-input",
        [("options", "a lone surrogate is not text")],
    ),
    '{"text": "Zanzibar", "langauge": "en"}': (
        422,
        "invalid-input",
        [("langauge", "unknown key “langauge”; did you mean “language”?")],
    ),
    '{"text": "a", "options": []}': (422, "invalid-input", [("options", "must be an object")]),
    '{"text": "a", "options": {"famlies": [], "apply": "saef", "severity": "eror"}}': (
        422,
        "invalid-input",
        [
            ("options.severity", "unknown severity “eror”; did you mean “error”?"),
            ("options.apply", "unknown apply “saef”; did you mean “safe”?"),
            ("options.famlies", "unknown key “famlies”; did you mean “families”?"),
        ],
    ),
    '{"text": "a", "options": {"families": ["names", "grammer"]}}': (
        422,
        "invalid-input",
        [("options.families.1", "unknown family “grammer”; did you mean “grammar”?")],
    ),
    '{"text": "a", "options": {"engine": "languagetol"}}': (
        422,
        "invalid-input",
        [("options.engine", "unknown engine “languagetol”; did you mean “languagetool”?")],
    ),
    '{"text": "a", "options": {"engine": 7}}': (
        422,
        "invalid-input",
        [("options.engine", "unknown engine value of type int; known are auto, embedded, languagetool")],
    ),
    '{"text": "a", "options": {"lexicon": [{"canonicl": "Xy"}]}}': (
        422,
        "invalid-input",
        [
            ("options.lexicon.0.canonical", "must be given"),
            ("options.lexicon.0.canonicl", "unknown key “canonicl”; did you mean “canonical”?"),
        ],
    ),
    '{"text": "a", "language": "en-GX"}': (
        422,
        "unknown-name",
        [("language", "unknown language “en-GX”; did you mean “en-GB”?")],
    ),
    '{"text": "a", "format": "txt"}': (
        422,
        "unknown-name",
        [("format", "unknown format “txt”; did you mean “text”?")],
    ),
    '{"text": "a", "options": {"disable": ["en/calque/in-fraems-of"]}}': (
        422,
        "unknown-name",
        [("options.disable", f"unknown rule “en/calque/in-fraems-of”; did you mean “{RULE}”?")],
    ),
    '{"text": "a", "options": {"enable": ["en/calqe/in-frames-of"]}}': (
        422,
        "unknown-name",
        [("options.enable", f"unknown rule “en/calqe/in-frames-of”; did you mean “{RULE}”?")],
    ),
    f'{{"text": "{"a" * (MOST + 1)}"}}': (
        413,
        "too-large",
        [("text", "the text has 1001 characters; the limit is 1000")],
    ),
}


@pytest.mark.parametrize("body", FAULTS, ids=[body[:60] for body in FAULTS])
def test_each_fault_names_its_field(client: FlaskClient, body: str) -> None:
    response = post(client, body)
    assert problem(response) == FAULTS[body]
    assert SECRET not in response.text


def test_fault_as_it_is_sent(client: FlaskClient) -> None:
    assert json.loads(post(client, '{"txt": ""}').data) == {
        "type": "/docs#invalid-input",
        "title": "Part of the request is not valid",
        "status": 422,
        "detail": "text: must be given (and 1 more)",
        "errors": [
            {"field": "text", "message": "must be given"},
            {"field": "txt", "message": "unknown key “txt”; did you mean “text”?"},
        ],
    }


@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
def test_other_encodings_are_refused_at_their_byte(client: FlaskClient, kind: str) -> None:
    expected = (400, "wrong-encoding", [("body", "not valid UTF-8 at byte 3: invalid continuation byte")])
    assert problem(post(client, "Zanébar".encode("latin-1"), kind)) == expected


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("text/plain; charset=latin-1", "the charset must be utf-8, not latin-1"),
        ("text/css", "send application/json, or text/plain, text/html, text/markdown with charset=utf-8, not text/css"),
        ("", "send application/json, or text/plain, text/html, text/markdown with charset=utf-8, not nothing"),
    ],
)
def test_other_content_types_are_refused(client: FlaskClient, kind: str, message: str) -> None:
    expected = (415, "unsupported-media-type", [("Content-Type", message)])
    assert problem(post(client, TEXT, kind)) == expected


def test_body_over_the_byte_limit(client: FlaskClient) -> None:
    limit = MOST * 12 + (1 << 20)
    expected = (413, "too-large", [("body", f"the request is over the limit of {limit} bytes")])
    assert problem(post(client, b"a" * (limit + 1), "text/plain")) == expected


@pytest.mark.parametrize(
    ("kind", "query", "fault"),
    [
        (
            "text/plain",
            "famlies=names",
            ("famlies", "unknown query parameter “famlies”; did you mean “families”?"),
        ),
        ("text/plain", "lexicon=x", ("lexicon", "unknown query parameter “lexicon”")),
        (
            "text/plain",
            "families=names,seems",
            ("options.families.1", "unknown family “seems”; did you mean “seams”?"),
        ),
        (
            "application/json",
            "families=names",
            ("families", "options of a JSON request are in its body: unknown query parameter “families”"),
        ),
    ],
)
def test_queries_are_checked(client: FlaskClient, kind: str, query: str, fault: tuple[str, str]) -> None:
    assert problem(post(client, '{"text": ""}', kind, f"?{query}")) == (422, "invalid-input", [fault])


def test_wrong_paths_and_methods(client: FlaskClient) -> None:
    assert problem(client.get("/v3/nothing")) == (404, "not-found", [])
    response = client.put("/v1/review")
    assert problem(response) == (405, "method-not-allowed", [])
    assert set(response.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


class BrokenSource:
    """A pinned engine that is down, or one with a fault that quotes the text."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def check(self, *_: object) -> Answer:
        raise self.error


def test_pinned_engine_that_fails(monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    source = BrokenSource(EngineError("languagetool did not answer within 5 s"))
    monkeypatch.setattr("copydesk.api.service.grammar_source", lambda *_, **__: source)
    app = create_app(load_settings(), plain_desk())
    response = ask(app.test_client(), options={"engine": "languagetool"})
    assert problem(response) == (503, "engine-unavailable", [])
    assert json.loads(response.data)["detail"] == "languagetool did not answer within 5 s"
    response = ask(app.test_client(), options={"engine": "languagetool", "families": ["translation"]})
    assert response.status_code == 200


def test_a_fault_in_the_code_tells_nothing_of_the_text(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object, **fields: object) -> None:
        raise ValueError(f"cannot read {SECRET}")

    monkeypatch.setattr(Desk, "review", fail)
    with caplog.at_level(logging.DEBUG):
        response = ask(client, f"{SECRET}.")
    assert problem(response) == (500, "internal-error", [])
    assert SECRET not in response.text + caplog.text
    assert "ValueError at " in caplog.text


def test_unknown_rules_and_filters(client: FlaskClient) -> None:
    response = client.get("/v1/rules/en/calque/in-frame-of")
    assert problem(response) == (404, "not-found", [])
    assert f"did you mean “{RULE}”?" in response.text
    fault = ("family", "unknown family “name”; did you mean “names”?")
    assert problem(client.get("/v1/rules?family=name")) == (422, "invalid-input", [fault])
    fault = ("language", "unknown language “enn”; did you mean “en”?")
    assert problem(client.get("/v1/rules?language=enn")) == (422, "unknown-name", [fault])
    fault = ("famly", "unknown query parameter “famly”; did you mean “family”?")
    assert problem(client.get("/v1/rules?famly=names")) == (422, "invalid-input", [fault])


def test_body_without_a_length_over_the_byte_limit(client: FlaskClient) -> None:
    limit = MOST * 12 + (1 << 20)
    body = b'{"text": "' + b"a" * limit
    response = client.post(
        "/v1/review",
        input_stream=BytesIO(body),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True},
    )
    expected = (413, "too-large", [("body", f"the request is over the limit of {limit} bytes")])
    assert problem(response) == expected
