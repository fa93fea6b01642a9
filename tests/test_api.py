"""The REST service through the test client: what it answers when all is well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from copydesk import __version__
from copydesk.api import create_app
from copydesk.errors import EngineError
from copydesk.grammar import grammar_source
from copydesk.model import Family, Severity
from copydesk.pipeline import Desk
from copydesk.settings import load_settings
from desks import plain_desk
from rest import CORRECTED, RULE, TEXT, ask, document, make_client, post
from validators import check_openapi, check_openapi_value


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


def test_review_answers_the_published_document(client: FlaskClient) -> None:
    response = ask(client, path="a.txt", options={"apply": "unsafe", "families": ["translation"]})
    assert response.content_type == "application/json"
    body = response.get_json()
    finding = body["documents"][0]["findings"][0]
    message = "“in the frames of” is word for word from a Slavic language; English says “as part of”."
    assert finding == {
        "rule": RULE,
        "family": "translation",
        "severity": "warning",
        "start": 16,
        "end": 32,
        "line": 1,
        "column": 17,
        "text": "in the frames of",
        "message": message,
        "fixes": [{"safety": "unsafe", "edits": [{"start": 16, "end": 32, "text": "as part of"}]}],
        "related": [],
        "source": None,
        "fingerprint": finding["fingerprint"],
    }
    mark = f'<mark class="translation" data-rule="{RULE}" data-severity="warning" title="{message}">'
    assert body == {
        "documents": [
            {
                "path": "a.txt",
                "format": "text",
                "language": "en-US",
                "findings": [finding],
                "engines": [],
                "notices": [],
                "corrected": {"text": CORRECTED, "applied": 1},
                "annotated": '<div class="copydesk" lang="en-US">Talks were held '
                f"{mark}in the frames of</mark> a joint R&amp;D project. 😀</div>",
            }
        ],
        "summary": {
            "documents": 1,
            "findings": 1,
            "by_family": {family.value: int(family is Family.TRANSLATION) for family in Family},
            "by_severity": {severity.value: int(severity is Severity.WARNING) for severity in Severity},
            "fixable": {"safe": 0, "unsafe": 1},
        },
        "version": __version__,
    }


def test_plain_text_asks_the_same_by_query(client: FlaskClient) -> None:
    query = "?language=en-US&path=a.txt&apply=unsafe&families=names,translation&families=seams"
    plain = post(client, TEXT, "text/plain; charset=utf-8", query)
    options = {"apply": "unsafe", "families": ["names", "translation", "seams"]}
    assert plain.get_json() == ask(client, path="a.txt", options=options).get_json()


@pytest.mark.parametrize(
    "options",
    [
        {"families": ["names"]},
        {"disable": [RULE]},
        {"severity": "error"},
        {"accept": ["in the frames of"]},
        {"families": []},
    ],
)
def test_what_is_not_wanted_is_left_out(client: FlaskClient, options: dict[str, Any]) -> None:
    assert document(ask(client, options=options))["findings"] == []


@pytest.mark.parametrize(
    ("apply", "corrected"),
    [
        ("safe", {"text": TEXT, "applied": 0}),
        ("unsafe", {"text": CORRECTED, "applied": 1}),
        ("none", None),
    ],
)
def test_apply_says_which_fixes_are_made(client: FlaskClient, apply: str, corrected: object) -> None:
    assert document(ask(client, options={"apply": apply}))["corrected"] == corrected


def test_lexicon_and_engine_rules_are_taken_as_they_are(client: FlaskClient) -> None:
    options = {
        "lexicon": [{"canonical": "Kalinouski", "variants": ["Kalinovsky"]}],
        "enable": ["COMMA_COMPOUND_SENTENCE", RULE],
        "disable": ["MORFOLOGIK_RULE_EN_US", "piv_okremo"],
    }
    assert document(ask(client, options=options))["language"] == "en-US"


@pytest.mark.parametrize("text", ["", " ", "\n", "a\x00b\x00", "\ufeffText.", "\u202e\u200d", "😀" * 100])
def test_odd_texts_are_texts(client: FlaskClient, text: str) -> None:
    for response in (
        ask(client, text, options={"families": []}),
        post(client, text, "text/plain", "?language=en-US&families=bitext"),
    ):
        assert document(response)["corrected"]["text"] == text
    document(ask(client, text))


def test_empty_text_has_no_findings(client: FlaskClient) -> None:
    found = document(post(client, b"", "text/plain"))
    assert (found["findings"], found["annotated"]) == ([], '<div class="copydesk" lang="en-US"></div>')


def test_rules_are_listed_and_shown(client: FlaskClient) -> None:
    body = client.get("/v1/rules").get_json()
    assert body["count"] == len(body["rules"]) == len(plain_desk().rules)
    line = next(rule for rule in body["rules"] if rule["id"] == RULE)
    assert set(line) == {"id", "language", "family", "severity", "message"}
    rule = client.get(f"/v1/rules/{RULE}").get_json()
    assert {key: rule[key] for key in line if key != "language"} == {k: v for k, v in line.items() if k != "language"}
    assert rule["bad"]
    assert rule["why"]


def test_rules_are_filtered(client: FlaskClient) -> None:
    def ids(query: str) -> set[str]:
        return {rule["id"] for rule in client.get(f"/v1/rules?{query}").get_json()["rules"]}

    assert RULE in ids("family=translation&language=en")
    assert RULE not in ids("family=names") | ids("language=de")


def test_alive(client: FlaskClient) -> None:
    response = client.get("/livez")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok", "version": __version__})


def test_openapi_is_valid_and_describes_the_answers(client: FlaskClient) -> None:
    spec = client.get("/openapi.json").get_json()
    assert spec["openapi"].startswith("3.1")
    check_openapi(spec)
    paths = {"/v1/review", "/v1/bitext", "/v1/clean", "/v1/rules", "/v1/rules/{rule_id}", "/livez", "/readyz"}
    assert set(spec["paths"]) == paths
    review = spec["paths"]["/v1/review"]["post"]
    assert set(review["requestBody"]["content"]) == {"application/json", "text/plain", "text/html", "text/markdown"}
    for name, value in (
        ("ReviewRequest", {"text": TEXT, "language": "en-US"}),
        ("Answer", ask(client).get_json()),
        ("ProblemAnswer", json.loads(post(client, "").data)),
        ("RuleList", client.get("/v1/rules").get_json()),
        ("Rule", client.get(f"/v1/rules/{RULE}").get_json()),
        ("Ready", client.get("/readyz").get_json()),
    ):
        check_openapi_value(spec, name, value)


def test_reference_page_needs_nothing_from_outside(client: FlaskClient) -> None:
    page = client.get("/docs")
    assert page.content_type == "text/html; charset=utf-8"
    with client.get("/static/docs.css") as style:
        assert style.status_code == 200
        for outside in ("//", "@import", "url(", "<script", "style="):
            assert outside not in page.text
            assert outside not in style.get_data(as_text=True)
    assert "<code>MORFOLOGIK_RULE_EN_US</code>" in page.text
    for kind in ("invalid-input", "too-large", "engine-unavailable"):
        assert f'id="{kind}"' in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]


def test_ready_without_a_grammar_engine(client: FlaskClient) -> None:
    body = client.get("/readyz").get_json()
    assert body == {
        "status": "ready",
        "rules": len(plain_desk().rules),
        "engines": {"embedded": "off", "languagetool": "off"},
    }


def test_the_embedded_engine_answers(tmp_path: Path) -> None:
    settings = load_settings(engine="auto", run_dir=tmp_path)
    try:
        source = grammar_source(settings, "embedded")
    except EngineError as error:
        pytest.skip(str(error))
    client = create_app(settings, Desk(grammar=source)).test_client()
    for options in ({}, {"engine": "embedded"}):
        found = document(ask(client, "It was an joint project.", options=options))
        assert [engine["name"] for engine in found["engines"]] == ["embedded"]
        assert [finding["rule"] for finding in found["findings"]] == ["EN_A_VS_AN"]
    response = client.get("/readyz")
    assert response.get_json()["engines"] == {"embedded": "ready", "languagetool": "not running"}
    assert response.status_code == 200


def test_not_ready_while_the_only_engine_is_not(tmp_path: Path) -> None:
    settings = load_settings(engine="languagetool", run_dir=tmp_path)
    desk = Desk(grammar=grammar_source(settings))
    response = create_app(settings, desk).test_client().get("/readyz")
    assert response.status_code == 503
    assert response.get_json() == {
        "status": "not ready",
        "rules": len(desk.rules),
        "engines": {"embedded": "off", "languagetool": "not running"},
    }
