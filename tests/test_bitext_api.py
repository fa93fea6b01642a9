"""`POST /v1/bitext`, and a review with a source."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from rest import make_client, problem
from validators import check_openapi_value

SOURCE, TARGET = "Цены выросли на рынке в Минске.", "Prices rose on the market market in Minsk."
LANGUAGES = {"source_language": "ru", "target_language": "en-US"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


def ask(client: FlaskClient, **fields: Any) -> dict[str, Any]:
    response = client.post("/v1/bitext", json={**LANGUAGES, **fields})
    assert response.status_code == 200, response.text
    body = response.get_json()
    assert isinstance(body, dict)
    return body


def places(pair: dict[str, Any]) -> list[tuple[str, int, int, Any]]:
    return [(f["rule"], f["start"], f["end"], f["source"]) for f in pair["findings"]]


def test_a_pair(client: FlaskClient) -> None:
    body = ask(client, source=SOURCE, target=TARGET)
    [pair] = body["pairs"]
    assert (pair["place"], pair["source_language"], pair["target_language"]) == (None, "ru-RU", "en-US")
    assert places(pair) == [("any/bitext/repeated-words", 19, 32, None)]
    [fix] = pair["findings"][0]["fixes"]
    assert fix == {"safety": "unsafe", "edits": [{"start": 25, "end": 32, "text": ""}]}
    assert body["summary"]["by_rule"] == {"any/bitext/repeated-words": 1}
    assert body["summary"]["pairs"] == body["summary"]["with_findings"] == 1


def test_segments_keep_their_order_and_tell_where_they_are_from(client: FlaskClient) -> None:
    sources = [SOURCE, "Пишите нам: tips@novosti.example", SOURCE]
    targets = ["Prices rose on the market in Minsk.", "Write to us: tips@news.example", "Prices rose in Minsk."]
    body = ask(client, source=sources, target=targets)
    assert [pair["place"] for pair in body["pairs"]] == ["0", "1", "2"]
    assert [places(pair) for pair in body["pairs"]] == [
        [],
        [("any/bitext/link-changed", 13, 30, {"start": 12, "end": 32})],
        [("any/bitext/translated-two-ways", 0, 21, {"start": 0, "end": 31})],
    ]


def test_two_documents_are_aligned_and_places_are_theirs(client: FlaskClient) -> None:
    source = "Министр прибыл в аэропорт.\n\nЦены выросли на рынке. Подробнее на www.mfa.example."
    target = "The minister arrived at the airport.\n\nPrices rose on the market market. More on that here."
    [pair] = ask(client, source=source, target=target, align=True)["pairs"]
    assert places(pair) == [
        ("any/bitext/repeated-words", 57, 70, None),
        ("any/bitext/link-missing", 90, 90, {"start": 64, "end": 79}),
    ]
    assert (target[57:70], source[64:79]) == ("market market", "www.mfa.example")


def test_a_glossary_and_what_is_left_out(client: FlaskClient) -> None:
    term = {"source": "Беларусь", "targets": ["Belarus"], "forbidden": ["Belorussia"]}
    asked = {"source": "Беларусь закрыла границу.", "target": "Belorussia has has closed the border."}
    [pair] = ask(client, **asked, options={"glossary": [term]})["pairs"]
    found = [("any/bitext/forbidden-term", 0, 10, {"start": 0, "end": 8}), ("any/bitext/repeated-words", 11, 18, None)]
    assert places(pair) == found
    options = {"glossary": [term], "disable": ["any/bitext/repeated-words"], "severity": "error"}
    [pair] = ask(client, **asked, options=options)["pairs"]
    assert places(pair) == found[:1]


@pytest.mark.parametrize(
    ("fields", "status", "fault"),
    [
        ({"source": "a"}, 422, ("target", "must be given")),
        ({"source": ["a"], "target": "b"}, 422, ("target", "`source` and `target` are two texts or two lists")),
        (
            {"source": ["a"], "target": ["b", "c"]},
            422,
            ("target", "1 segments and 2 translations: there must be as many; for two documents, say `align`"),
        ),
        (
            {"source": ["a"], "target": ["b"], "align": True},
            422,
            ("align", "only two texts can be aligned, not lists of segments"),
        ),
        (
            {"source": "a", "target": "b", "sorce_language": "ru"},
            422,
            ("sorce_language", "unknown key “sorce_language”; did you mean “source_language”?"),
        ),
        ({"source": "a", "target": "b" * 1001}, 413, ("target", "the target has 1001 characters; the limit is 1000")),
        (
            {"source": "a", "target": "b", "options": {"glossary": [{"source": "a"}]}},
            422,
            ("options.glossary.0", "a term needs a source and targets, or forbidden words"),
        ),
    ],
)
def test_what_is_wrong_with_a_request(
    client: FlaskClient, fields: dict[str, Any], status: int, fault: tuple[str, str]
) -> None:
    got, _, faults = problem(client.post("/v1/bitext", json=fields))
    assert (got, faults) == (status, [fault])


def test_only_json(client: FlaskClient) -> None:
    assert problem(client.post("/v1/bitext", data="text", content_type="text/plain"))[0] == 415


def test_an_unknown_language_is_told(client: FlaskClient) -> None:
    body = {"source": "a", "target": "b", "source_language": "x!"}
    status, _, [(field, message)] = problem(client.post("/v1/bitext", json=body))
    assert (status, field) == (422, "language")
    assert message.startswith("unknown language “x!”")


def test_a_review_reads_a_text_against_its_source_too(client: FlaskClient) -> None:
    text = "Talks were held in the frames of a project. Write to tips@news.example."
    source = "Переговоры прошли в рамках проекта. Пишите на tips@novosti.example."
    asked = {"text": text, "language": "en-US", "source": source, "source_language": "ru"}
    response = client.post("/v1/review", json={**asked, "options": {"apply": "unsafe"}})
    assert response.status_code == 200, response.text
    [document] = response.get_json()["documents"]
    assert places(document) == [
        ("en/calque/in-frames-of", 16, 32, None),
        ("any/bitext/link-changed", 53, 70, {"start": 46, "end": 66}),
    ]
    assert document["corrected"]["text"] == "Talks were held as part of a project. Write to tips@novosti.example."


def test_a_review_without_the_family_does_not_compare(client: FlaskClient) -> None:
    asked = {"text": "Write to tips@news.example.", "source": "Пишите на tips@novosti.example.", "language": "en-US"}
    response = client.post("/v1/review", json={**asked, "options": {"families": ["translation"]}})
    assert response.get_json()["documents"][0]["findings"] == []


def test_the_document_of_the_service_has_it(client: FlaskClient) -> None:
    spec = client.get("/openapi.json").get_json()
    body = spec["paths"]["/v1/bitext"]["post"]["requestBody"]["content"]["application/json"]
    assert body["schema"] == {"$ref": "#/components/schemas/BitextRequest"}
    assert "source" in spec["components"]["schemas"]["ReviewRequest"]["properties"]
    names = {p["name"] for p in spec["paths"]["/v1/review"]["post"]["parameters"]}
    assert not names & {"source", "glossary"}
    assert client.post("/v1/bitext", json=body["example"]).status_code == 200


def test_a_rule_shows_what_its_examples_translate(client: FlaskClient) -> None:
    spec = client.get("/openapi.json").get_json()
    rule = client.get("/v1/rules/any/bitext/link-missing").get_json()
    check_openapi_value(spec, "Rule", rule)
    [good] = rule["good"]
    assert (good["translates"], good["from"]) == ("Запись доступна по адресу https://radio.example/efir.", "ru")
