"""LanguageTool's protocol at `/v2`: what it answers, what it refuses, whose words it keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from copydesk import __version__
from copydesk.api import create_app
from copydesk.errors import EngineError, InputError
from copydesk.grammar import Answer, Match
from copydesk.grammar.contract import Detail
from copydesk.model import Engine, Span
from copydesk.pipeline import Desk
from copydesk.settings import Settings, load_settings
from desks import plain_desk

MOST = 1000  # code points
CALQUE = "Talks were held in the frames of a joint project."
REPEATED = (
    "Ships with grain on board have waited off the port of Odesa for the third day, the harbour master said on Monday, "
    "because the channel through which they would leave has not been cleared of mines yet."
)
WRONG = {
    "an test": ("an", "EN_A_VS_AN", "MISC", "misspelling", ("a",)),
    "sentense": ("sentense", "MORFOLOGIK_RULE_EN_US", "TYPOS", "misspelling", ("sentence", "sen tense")),
    "in order to": ("in order to", "IN_ORDER_TO_WORDINESS", "REDUNDANCY", "style", ("to",)),
}


class Engines:
    """A grammar source that knows three faults."""

    def __init__(self) -> None:
        self.fails = False

    def check(self, text: str, language: str, deadline: float | None = None) -> Answer:  # noqa: ARG002 (the contract)
        if self.fails:
            raise EngineError("the engine is away")
        found = []
        for phrase, (word, rule, category, kind, right) in WRONG.items():
            at = text.lower().find(phrase)
            if at >= 0:
                span = Span(at, at + len(word))
                detail = Detail(
                    "Wrong article", "Use of 'a' vs. 'an'", "Miscellaneous", "https://example.org/a", "1", 1
                )
                found.append(
                    Match(span, rule, f"Use <suggestion>{right[0]}</suggestion>.", category, kind, right, detail)
                )
        return Answer(tuple(found), (Engine("told", "1"),))


@pytest.fixture(scope="module")
def engines() -> Engines:
    return Engines()


@pytest.fixture(scope="module")
def desk(engines: Engines) -> Desk:
    return Desk(grammar=engines)


@pytest.fixture(scope="module")
def wishes(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    store = tmp_path_factory.mktemp("store") / "below" / "words.sqlite"
    return load_settings(engine="embedded", max_text=MOST, store=f"sqlite:///{store}")


@pytest.fixture(scope="module")
def client(desk: Desk, wishes: Settings) -> FlaskClient:
    return create_app(wishes, desk).test_client()


def check(client: FlaskClient, text: str | None = None, **fields: str) -> dict[str, Any]:
    """The answer to a check of `text`, in American English unless `fields` say otherwise."""
    form = {"language": "en-US", **({} if text is None else {"text": text}), **fields}
    response = client.post("/v2/check", data=form)
    assert response.status_code == 200, response.text
    assert response.content_type == "application/json"
    body = json.loads(response.data)
    assert isinstance(body, dict)
    return body


def ids(answer: dict[str, Any]) -> list[str]:
    return [match["rule"]["id"] for match in answer["matches"]]


def cut(text: str, match: dict[str, Any]) -> str:
    """What `match` marks in `text`, both as a client with UTF-16 strings has them."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * match["offset"] : 2 * (match["offset"] + match["length"])].decode("utf-16-le")


def applied(text: str, match: dict[str, Any]) -> str:
    """`text` after the first replacement of `match`, done as a client does it."""
    units = text.encode("utf-16-le")
    start, end = 2 * match["offset"], 2 * (match["offset"] + match["length"])
    new: bytes = match["replacements"][0]["value"].encode("utf-16-le")
    return (units[:start] + new + units[end:]).decode("utf-16-le")


def refused(response: TestResponse) -> tuple[int, str]:
    assert response.content_type == "text/plain; charset=utf-8"
    assert response.text.startswith("Error: ")
    return response.status_code, response.text.removeprefix("Error: ")


def test_an_engines_match_has_every_field(client: FlaskClient) -> None:
    body = check(client, "😀 This is an test.\nIt is short.")
    assert list(body) == [
        "software",
        "warnings",
        "language",
        "matches",
        "sentenceRanges",
        "extendedSentenceRanges",
    ]
    assert {name: body["software"][name] for name in ("name", "version", "apiVersion", "premium", "status")} == {
        "name": "copydesk",
        "version": __version__,
        "apiVersion": 1,
        "premium": False,
        "status": "",
    }
    assert body["warnings"] == {"incompleteResults": False}
    assert (body["language"]["name"], body["language"]["code"]) == ("English (United States)", "en-US")
    assert set(body["language"]["detectedLanguage"]) == {"name", "code", "confidence", "source"}
    assert body["sentenceRanges"] == [[0, 19], [20, 32]]
    assert body["extendedSentenceRanges"][1] == {
        "from": 20,
        "to": 32,
        "detectedLanguages": [{"language": "en", "rate": 1.0}],
    }
    assert body["matches"] == [
        {
            "message": "Use “a”.",
            "shortMessage": "Wrong article",
            "replacements": [{"value": "a"}],
            "offset": 11,
            "length": 2,
            "context": {"text": "😀 This is an test. It is short.", "offset": 11, "length": 2},
            "sentence": "😀 This is an test.",
            "type": {"typeName": "Other"},
            "rule": {
                "id": "EN_A_VS_AN",
                "subId": "1",
                "description": "Use of 'a' vs. 'an'",
                "issueType": "misspelling",
                "urls": [{"value": "https://example.org/a"}],
                "category": {"id": "MISC", "name": "Miscellaneous"},
            },
            "ignoreForIncompleteSentence": False,
            "contextForSureMatch": 1,
        }
    ]


def test_our_match_has_every_field(client: FlaskClient) -> None:
    [match] = check(client, f"The minister spoke on Monday, and on Tuesday too. {CALQUE}")["matches"]
    description = "Russian “в рамках” (literally “in the frames of”) is carried over word for word."
    assert match == {
        "message": "“in the frames of” is word for word from a Slavic language; English says “as part of”.",
        "shortMessage": "Translation",
        "replacements": [{"value": "as part of"}],
        "offset": 66,
        "length": 16,
        "context": {
            "text": "...ay, and on Tuesday too. Talks were held in the frames of a joint project.",
            "offset": 43,
            "length": 16,
        },
        "sentence": CALQUE,
        "type": {"typeName": "Other"},
        "rule": {
            "id": "en/calque/in-frames-of",
            "description": description,
            "issueType": "mistranslation",
            "category": {"id": "COPYDESK_TRANSLATION", "name": "Translation"},
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


def test_unknown_words_are_told_apart(client: FlaskClient) -> None:
    [match] = check(client, "This is a short sentense.")["matches"]
    assert match["type"] == {"typeName": "UnknownWord"}
    assert [r["value"] for r in match["replacements"]] == ["sentence", "sen tense"]


def test_no_rule_of_ours_looks_like_spelling(client: FlaskClient, desk: Desk) -> None:
    rules = client.get("/v2/configinfo?language=en-US").get_json()["rules"]
    assert len(rules) > 100
    for rule in [*(row["ruleId"] for row in rules), *(rule.id for rule in desk.rules)]:
        assert not rule.startswith("MORFOLOGIK_")
        assert not rule.endswith("_SPELLER_RULE")
    assert not any(row["locQualityIssueType"] == "misspelling" for row in rules)
    assert all(row["categoryId"].startswith("COPYDESK_") for row in rules)


def test_a_removal_takes_its_line_break_with_it(client: FlaskClient) -> None:
    text = f"{REPEATED}\n\n{REPEATED}\n\nThe port is closed."
    [match] = check(client, text)["matches"]
    assert match["rule"]["category"]["id"] == "COPYDESK_DUPLICATES"
    assert match["replacements"] == [{"value": ""}]
    assert applied(text, match) == f"{REPEATED}\n\nThe port is closed."


class TestArguments:
    @pytest.mark.parametrize("path", ["/v2/check", "/v2/check/"])
    def test_query_and_form_and_both(self, client: FlaskClient, path: str) -> None:
        query = {"language": "en-US", "text": CALQUE}
        answers = [
            client.get(path, query_string=query),
            client.post(path, query_string=query),
            client.post(path, data=query),
            client.post(path, query_string={"language": "en-US"}, data={"text": CALQUE}),
            client.post(path, data=query, content_type="multipart/form-data"),
            client.post(path, data="language=en-US&text=Talks+were+held+in+the+frames+of+a+joint%20project."),
            client.post(path, query_string={"language": "de", "text": "x"}, data=query),
        ]
        assert [ids(answer.get_json()) for answer in answers] == [["en/calque/in-frames-of"]] * 7

    def test_unknown_arguments_are_ignored(self, client: FlaskClient) -> None:
        assert ids(check(client, CALQUE, callback="f", useragent="x", noopLanguages="de")) == ["en/calque/in-frames-of"]

    def test_language_is_identified(self, client: FlaskClient) -> None:
        text = "The committee met on Monday and talked about the budget of the town for the whole day."
        assert check(client, text, language="auto")["language"]["code"] == "en-US"
        answer = check(client, text, language="auto", preferredVariants="de-AT,en-GB")
        assert answer["language"]["code"] == "en-GB"
        answer = check(client, "Der Ausschuss tagte am Montag in Berlin und sprach lange.", language="de-AT")
        assert (answer["language"]["code"], answer["language"]["detectedLanguage"]["code"]) == ("de-AT", "de-AT")
        answer = check(client, "Der Ausschuss tagte am Montag in Berlin und sprach lange.", language="en")
        assert (answer["language"]["code"], answer["language"]["detectedLanguage"]["code"]) == ("en-US", "de-DE")

    def test_rules_and_categories(self, client: FlaskClient) -> None:
        text = f"This is an test sentense. {CALQUE}"
        article, spelling, calque = "EN_A_VS_AN", "MORFOLOGIK_RULE_EN_US", "en/calque/in-frames-of"
        assert ids(check(client, text)) == [article, spelling, calque]
        assert ids(check(client, text, disabledRules=f"{article}, {calque}")) == [spelling]
        assert ids(check(client, text, disabledCategories="TYPOS,COPYDESK_TRANSLATION")) == [article]
        assert ids(check(client, text, disabledCategories="TYPOS", enabledRules=spelling)) == [
            article,
            spelling,
            calque,
        ]
        assert ids(check(client, text, enabledOnly="true", enabledRules=calque)) == [calque]
        only = check(client, text, enabledOnly="yes", enabledCategories="MISC,COPYDESK_TRANSLATION")
        assert ids(only) == [article, calque]

    def test_what_the_profile_leaves_out_can_be_had(self, client: FlaskClient) -> None:
        text, rule = "He came in order to help.", "IN_ORDER_TO_WORDINESS"
        assert ids(check(client, text)) == []
        for wish in ({"level": "picky"}, {"enabledRules": rule}, {"enabledCategories": "REDUNDANCY"}):
            assert ids(check(client, text, **wish)) == [rule]

    def test_a_source_is_held_against_its_translation(self, client: FlaskClient) -> None:
        text = "The city built 50 schools and a hospital."
        assert ids(check(client, text)) == []
        [match] = check(client, text, sourceText="Город построил 15 школ и больницу.", sourceLanguage="ru")["matches"]
        assert (cut(text, match), match["rule"]["category"]["id"]) == ("50", "COPYDESK_BITEXT")
        assert ids(check(client, text, sourceText="Город построил 50 школ и больницу.")) == []


class TestAnnotations:
    def data(self, *parts: dict[str, str]) -> str:
        return json.dumps({"annotation": parts})

    def test_offsets_count_the_markup(self, client: FlaskClient) -> None:
        parts = (
            {"text": "😀 This "},
            {"markup": "<b title='😀'>"},
            {"text": "is an test"},
            {"markup": "</b>"},
            {"markup": "<br>", "interpretAs": "\n"},
            {"text": "Talks were held in the "},
            {"markup": "<i>"},
            {"text": "frames"},
            {"markup": "</i>"},
            {"text": " of a project."},
        )
        whole = "".join(part.get("text", "") + part.get("markup", "") for part in parts)
        body = check(client, data=self.data(*parts))
        assert [cut(whole, match) for match in body["matches"]] == ["an", "in the <i>frames</i> of"]
        assert body["matches"][1]["sentence"] == "Talks were held in the frames of a project."
        assert applied(whole, body["matches"][1]).endswith("<br>Talks were held as part of a project.")
        assert [whole.encode("utf-16-le")[2 * a : 2 * b].decode("utf-16-le") for a, b in body["sentenceRanges"]] == [
            "😀 This <b title='😀'>is an test",
            "Talks were held in the <i>frames</i> of a project.",
        ]

    def test_text_alone(self, client: FlaskClient) -> None:
        assert ids(check(client, data=json.dumps({"text": CALQUE, "metaData": {"x": "y"}}))) == [
            "en/calque/in-frames-of"
        ]

    def test_markup_is_not_read(self, client: FlaskClient) -> None:
        assert ids(check(client, data=self.data({"markup": CALQUE}, {"text": "Right."}))) == []
        read = self.data({"text": "This is "}, {"markup": "@one", "interpretAs": "an"}, {"text": " test."})
        [match] = check(client, data=read)["matches"]
        assert (match["offset"], match["length"], match["sentence"]) == (8, 4, "This is an test.")

    def test_character_references_of_a_page_are_read(self, client: FlaskClient) -> None:
        parts = ({"markup": "<p>"}, {"text": "Research &amp; trade. This is &#97;n test."}, {"markup": "</p>"})
        [match] = check(client, data=self.data(*parts))["matches"]
        assert (match["offset"], match["length"]) == (33, 6)
        assert match["sentence"] == "This is an test."
        [match] = check(client, data=self.data({"text": "Research &amp; trade."}))["matches"]
        assert match["rule"]["id"] == "any/encoding/character-reference"

    def test_a_lone_surrogate_counts_one(self, client: FlaskClient) -> None:
        matches = check(client, data='{"annotation": [{"text": "\\ud83d It is an test."}]}')["matches"]
        assert [(m["offset"], m["length"]) for m in matches if m["rule"]["id"] == "EN_A_VS_AN"] == [(8, 2)]

    def test_a_paragraph_that_goes(self, client: FlaskClient) -> None:
        parts = ({"text": f"{REPEATED}\n\n{REPEATED}\n\n"}, {"markup": "<b>"}, {"text": "The port is closed."})
        [match] = check(client, data=self.data(*parts))["matches"]
        whole = f"{REPEATED}\n\n{REPEATED}\n\n<b>The port is closed."
        assert applied(whole, match) in (
            f"{REPEATED}\n\n<b>The port is closed.",
            f"{REPEATED}\n\n\n\n<b>The port is closed.",
        )


REFUSED = {  # an error in the words of LanguageTool's server, to the forms that call for it
    "Missing 'text' or 'data' parameter": ["language=en-US"],
    "Missing 'language' parameter, e.g. 'language=en-US' for American English or 'language=fr' for French": ["text=x"],
    "Set only 'text' or 'data' parameter, not both": ["text=x&data={}"],
    "'xx-YY' is not a language code known to copydesk; /v2/languages lists them": [
        "text=x&language=xx-YY",
        "text=x&language=en&motherTongue=xx-YY",
        "text=x&language=auto&preferredVariants=xx-YY",
    ],
    "You specified 'preferredVariants' but you didn't specify 'language=auto'": [
        "text=x&language=en&preferredVariants=en-GB"
    ],
    "Invalid format for 'preferredVariants', expected a dash as in 'en-GB'": [
        "text=x&language=auto&preferredVariants=en"
    ],
    "You must specify enabled rules or categories when using enabledOnly=true": ["text=x&language=en&enabledOnly=true"],
    "You cannot specify disabled rules or categories using enabledOnly=true": [
        "text=x&language=en&enabledOnly=true&enabledRules=A&disabledRules=B"
    ],
    "Could not parse JSON from 'data' parameter": ["language=en&data={", "language=en&data=" + "[" * 100_000],
    "'data' key in JSON requires 'text' or 'annotation' key": ["language=en&data=[]", "language=en&data={}"],
    "'data' key in JSON requires either 'text' or 'annotation' key, not both": [
        'language=en&data={"text": "a", "annotation": []}'
    ],
    "Only 'text' and 'markup' are supported in 'annotation' list": [
        'language=en&data={"annotation": [{}]}',
        'language=en&data={"annotation": [1]}',
        'language=en&data={"annotation": [{"text": 1}]}',
    ],
    "'text' cannot be used with 'interpretAs' (only 'markup' can)": [
        'language=en&data={"annotation": [{"text": "a", "interpretAs": "b"}]}'
    ],
    "Only either 'text' or 'markup' are supported in an object in 'annotation' list, not both": [
        'language=en&data={"annotation": [{"text": "a", "markup": "b"}]}'
    ],
}


class TestErrors:
    @pytest.mark.parametrize("message", REFUSED)
    def test_what_is_wrong_is_told(self, client: FlaskClient, message: str) -> None:
        for form in REFUSED[message]:
            assert refused(client.post("/v2/check", data=form)) == (400, message)

    def test_level(self, client: FlaskClient) -> None:
        status, message = refused(client.post("/v2/check", data={"text": "x", "language": "en", "level": "odd"}))
        assert (status, message.split(".")[0]) == (400, "Unknown value for parameter 'level'")
        assert check(client, "x", level="default")["matches"] == []

    def test_a_text_that_is_too_long(self, client: FlaskClient) -> None:
        told = f"the limit of {MOST} characters (it's {MOST + 1} characters). Please submit a shorter text."
        assert refused(client.post("/v2/check", data={"text": "x" * (MOST + 1), "language": "en"})) == (
            413,
            f"Your text exceeds {told}",
        )
        assert check(client, "x" * MOST)["matches"] == []
        big = {"text": "x" * 1_100_000, "language": "en"}
        assert refused(client.post("/v2/check", data=big))[0] == 413

    def test_too_many_arguments(self, client: FlaskClient) -> None:
        assert refused(client.post("/v2/check", data="&".join("a=1" for _ in range(1001))))[0] == 400

    @pytest.mark.parametrize("path", ["/v2", "/v2/", "/v2/foo", "/v2/check/it"])
    def test_nothing_there(self, client: FlaskClient, path: str) -> None:
        action = path.removeprefix("/v2").removeprefix("/")
        assert refused(client.get(path)) == (404, f"Unsupported action: '{action}'")

    def test_a_wrong_method(self, client: FlaskClient) -> None:
        assert refused(client.put("/v2/check", data={"text": "x", "language": "en"}))[0] == 404
        assert refused(client.get("/v2/words/add")) == (400, "/words/add needs to be called with POST")
        assert refused(client.post("/v2/words")) == (400, "/words needs to be called with GET")

    def test_an_engine_that_is_away(self, client: FlaskClient, engines: Engines) -> None:
        engines.fails = True
        try:
            response = client.post("/v2/check", data={"text": "x", "language": "en"})
        finally:
            engines.fails = False
        assert refused(response) == (503, "the engine is away")

    def test_a_fault_in_the_code(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> None:
            raise RuntimeError(CALQUE)

        monkeypatch.setattr(Desk, "check", broken)
        status, message = refused(client.post("/v2/check", data={"text": "x", "language": "en"}))
        assert (status, message) == (500, "the request could not be answered; the log has the place")

    def test_without_an_engine_the_answer_says_so(self, wishes: Settings) -> None:
        body = check(create_app(wishes, plain_desk()).test_client(), f"This is an test. {CALQUE}")
        assert ids(body) == ["en/calque/in-frames-of"]
        reason = "no grammar engine: grammar and spelling were not checked"
        assert body["warnings"] == {"incompleteResults": True, "incompleteResultsReason": reason}


class TestInfo:
    def test_languages(self, client: FlaskClient) -> None:
        response = client.get("/v2/languages/")
        assert response.content_type == "application/json"
        rows = response.get_json()
        assert {"name": "English (United Kingdom)", "code": "en", "longCode": "en-GB"} in rows
        assert {"name": "Belarusian (Belarus)", "code": "be", "longCode": "be-BY"} in rows
        for row in rows:
            assert client.post("/v2/check", data={"text": "", "language": row["longCode"]}).status_code == 200

    def test_the_rest(self, client: FlaskClient) -> None:
        assert client.get("/v2/info").get_json()["software"]["name"] == "copydesk"
        for path, text in (("maxtextlength", str(MOST)), ("healthcheck", "OK")):
            response = client.get(f"/v2/{path}")
            assert (response.status_code, response.content_type, response.text) == (200, "text/plain", text)
        body = client.get("/v2/configinfo?language=en").get_json()
        assert body["parameter"] == {"maxTextLength": MOST}
        [rule] = [row for row in body["rules"] if row["ruleId"] == "en/calque/in-frames-of"]
        assert rule == {
            "ruleId": "en/calque/in-frames-of",
            "description": "Russian “в рамках” (literally “in the frames of”) is carried over word for word.",
            "categoryId": "COPYDESK_TRANSLATION",
            "categoryName": "Translation",
            "locQualityIssueType": "mistranslation",
        }
        assert refused(client.get("/v2/configinfo")) == (400, "'language' parameter missing")
        assert refused(client.get("/v2/configinfo?language=qq"))[0] == 400


class TestSharing:
    def test_no_other_site_reads_unless_told(self, client: FlaskClient) -> None:
        assert "Access-Control-Allow-Origin" not in client.get("/v2/healthcheck").headers

    @pytest.mark.parametrize("origin", ["https://desk.example.org", "app://obsidian.md", "moz-extension://4f-2a"])
    def test_those_that_are_named_do(self, desk: Desk, origin: str) -> None:
        settings = load_settings(allow_origin="https://desk.example.org, app://obsidian.md,moz-extension://*")
        client = create_app(settings, desk).test_client()
        who = {"Origin": origin}
        for response in (
            client.post("/v2/check", data={"text": "x", "language": "en"}, headers=who),
            client.post("/v2/check", headers=who),
            client.get("/v2/foo", headers=who),
            client.options("/v2/check", headers=who),
        ):
            assert response.headers["Access-Control-Allow-Origin"] == origin
            assert response.headers["Vary"] == "Origin"
        assert client.options("/v2/check", headers=who).status_code == 200
        assert "Access-Control-Allow-Origin" not in client.get("/livez", headers=who).headers

    @pytest.mark.parametrize(
        "origin", ["https://other.example.org", "http://desk.example.org", "app://obsidian.md.evil.org", "null", ""]
    )
    def test_others_do_not(self, desk: Desk, origin: str) -> None:
        settings = load_settings(allow_origin="https://desk.example.org,app://obsidian.md")
        client = create_app(settings, desk).test_client()
        response = client.get("/v2/healthcheck", headers={"Origin": origin} if origin else {})
        assert "Access-Control-Allow-Origin" not in response.headers
        assert response.headers["Vary"] == "Origin"

    def test_everybody_does(self, desk: Desk) -> None:
        client = create_app(load_settings(allow_origin="*"), desk).test_client()
        for headers in ({}, {"Origin": "chrome-extension://oldceeleldhonbafppcapldpdifcinji"}):
            response = client.get("/v2/healthcheck", headers=headers)
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            assert "Vary" not in response.headers

    @pytest.mark.parametrize("wrong", ["example.org", "https://example.org/", "https://*.example.org", "a b://c"])
    def test_what_is_no_origin_is_told(self, wrong: str) -> None:
        with pytest.raises(InputError, match="COPYDESK_ALLOW_ORIGIN"):
            load_settings(allow_origin=wrong)


ANNA, OTHER = {"username": "anna", "apiKey": "k1"}, {"username": "anna", "apiKey": "k2"}


class TestWords:
    @pytest.fixture(autouse=True)
    def _empty(self, client: FlaskClient) -> Iterator[None]:
        yield
        for who in (ANNA, OTHER):
            for name in ("default", "names"):
                words = client.get("/v2/words", query_string={**who, "dicts": name, "limit": "100"}).get_json()["words"]
                for word in words:
                    client.post("/v2/words/delete", data={**who, "word": word, "dict": name})

    def listed(self, client: FlaskClient, who: dict[str, str], **more: str) -> list[str]:
        words = client.get("/v2/words", query_string={**who, **more}).get_json()["words"]
        assert isinstance(words, list)
        return words

    def test_they_are_kept_apart_for_each_user_and_key(self, client: FlaskClient) -> None:
        assert client.post("/v2/words/add", data={**ANNA, "word": "sentense"}).get_json() == {"added": True}
        assert client.post("/v2/words/add/", query_string={**ANNA, "word": "sentense"}).get_json() == {"added": False}
        assert self.listed(client, ANNA) == ["sentense"]
        assert self.listed(client, OTHER) == self.listed(client, {"username": "annak", "apiKey": "1"}) == []
        text = "This is a sentense. Sentense or not."
        assert ids(check(client, text, **ANNA)) == []
        assert ids(check(client, text, **OTHER)) == ids(check(client, text)) == ["MORFOLOGIK_RULE_EN_US"]
        assert ids(check(client, "Sentense or not.", **ANNA)) == []
        removed = client.post("/v2/words/delete", query_string={**ANNA, "word": "sentense"})
        assert removed.get_json() == {"deleted": True}
        assert client.post("/v2/words/delete", data={**ANNA, "word": "sentense"}).get_json() == {"deleted": False}
        assert ids(check(client, text, **ANNA)) == ["MORFOLOGIK_RULE_EN_US"]

    def test_a_name_that_is_right(self, client: FlaskClient) -> None:
        text = "Lukashenko spoke on Monday. Lukashenko left. On Tuesday Lukashenka was back in Minsk, his office said."
        [match] = check(client, text)["matches"]
        assert match["rule"]["category"]["id"] == "COPYDESK_NAMES"
        client.post("/v2/words/add", data={**ANNA, "word": cut(text, match)})
        assert ids(check(client, text, **ANNA)) == []

    def test_pages_batches_and_dictionaries(self, client: FlaskClient) -> None:
        words = " ".join(f"word{n:02}" for n in range(12))
        assert client.post("/v2/words/add", data={**ANNA, "mode": "batch", "words": words}).get_json() == {
            "added": True
        }
        client.post("/v2/words/add", data={**ANNA, "word": "Novak", "dict": "names"})
        assert self.listed(client, ANNA) == ["Novak", *(f"word{n:02}" for n in range(9))]
        assert self.listed(client, ANNA, offset="11", limit="5") == ["word10", "word11"]
        assert self.listed(client, ANNA, dicts="names") == ["Novak"]
        assert check(client, "x", **ANNA, dicts="names")["matches"] == []
        gone = client.post("/v2/words/delete", data={**ANNA, "mode": "batch", "words": words})
        assert gone.get_json() == {"deleted": True}
        assert self.listed(client, ANNA) == ["Novak"]

    @pytest.mark.parametrize(
        ("path", "form"),
        [
            ("add", {"word": "x"}),
            ("add", {"username": "anna", "word": "x"}),
            ("add", {**ANNA, "word": " "}),
            ("add", {**ANNA, "word": "x" * 201}),
            ("add", {**ANNA, "word": "two\nlines"}),
            ("add", {**ANNA, "mode": "batch"}),
            ("delete", {**ANNA}),
        ],
    )
    def test_what_is_refused(self, client: FlaskClient, path: str, form: dict[str, str]) -> None:
        assert refused(client.post(f"/v2/words/{path}", data=form))[0] == 400

    def test_numbers(self, client: FlaskClient) -> None:
        for bad in ("-1", "x", "9" * 30, "²"):
            assert refused(client.get("/v2/words", query_string={**ANNA, "limit": bad}))[0] == 400

    def test_keys_are_not_in_the_database(self, client: FlaskClient, wishes: Settings) -> None:
        client.post("/v2/words/add", data={"username": "bertha", "apiKey": "opensesame", "word": "xyzzy"})
        path = Path(wishes.store.removeprefix("sqlite:///"))
        held = b"".join(file.read_bytes() for file in path.parent.iterdir())
        assert b"xyzzy" in held
        assert b"opensesame" not in held

    def test_a_store_that_cannot_be_opened(self, desk: Desk, wishes: Settings, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("no folder")
        broken = wishes.model_copy(update={"store": f"sqlite:///{tmp_path}/file/words.sqlite"})
        client = create_app(broken, desk).test_client()
        status, message = refused(client.get("/v2/words", query_string=ANNA))
        assert (status, str(tmp_path) in message) == (503, False)
        assert check(client, "x")["matches"] == []


TEXTS = st.lists(
    st.sampled_from(
        ["an test", "sentense", "in the frames of", REPEATED, "😀", "\n", "\r\n", " ", "é", "\x00", "«", "ﬀ"]
    )
    | st.text(max_size=8),
    max_size=12,
).map(" ".join)
MARKUP = {"markup": st.sampled_from(["<b>", "</b>", "**", "😀", ""])}
MEANT = {"interpretAs": st.sampled_from(["", "\n\n", "x", " "])}
PARTS = st.lists(st.fixed_dictionaries({"text": TEXTS}) | st.fixed_dictionaries(MARKUP, optional=MEANT), max_size=8)
NAMES = (
    *("text", "data", "language", "motherTongue", "preferredVariants", "enabledRules", "disabledRules", "level"),
    *("enabledCategories", "disabledCategories", "enabledOnly", "sourceText", "sourceLanguage", "username", "apiKey"),
    *("word", "words", "mode", "offset", "limit", "dicts", "dict", "callback"),
)
FIELDS = st.dictionaries(
    st.sampled_from(NAMES),
    st.sampled_from(["", "en-US", "auto", "true", "picky", "a,b", "{}", '{"text": "x"}', "ru"]) | st.text(max_size=20),
)
PATHS = [
    "check",
    "languages",
    "info",
    "maxtextlength",
    "configinfo",
    "healthcheck",
    "words",
    "words/add",
    "words/delete",
]
FUZZ = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def check_places(body: dict[str, Any], whole: str) -> None:
    units = len(whole.encode("utf-16-le")) // 2
    for match in body["matches"]:
        assert 0 <= match["offset"] <= match["offset"] + match["length"] <= units
        context = match["context"]
        marked = cut(context["text"], context)
        assert marked == cut(whole, match).replace("\n", " ")
        assert isinstance(match["sentence"], str)
        assert isinstance(match["shortMessage"], str)
    assert all(0 <= start <= end <= units for start, end in body["sentenceRanges"])


class TestFuzz:
    @FUZZ
    @given(text=TEXTS)
    def test_places_in_a_text(self, client: FlaskClient, text: str) -> None:
        text = text[:MOST]
        check_places(check(client, text), text)

    @FUZZ
    @given(parts=PARTS)
    def test_places_in_an_annotated_text(self, client: FlaskClient, parts: list[dict[str, str]]) -> None:
        whole = "".join(part.get("text", "") + part.get("markup", "") for part in parts)
        if sum(len(part.get("text", "")) + len(part.get("interpretAs", "")) for part in parts) <= MOST:
            check_places(check(client, data=json.dumps({"annotation": parts})), whole)

    @FUZZ
    @given(path=st.sampled_from(PATHS), method=st.sampled_from(["GET", "POST", "PUT"]), form=FIELDS, query=FIELDS)
    def test_forms(
        self, client: FlaskClient, path: str, method: str, form: dict[str, str], query: dict[str, str]
    ) -> None:
        response = client.open(f"/v2/{path}", method=method, data=form, query_string=query)
        assert response.status_code in (200, 400, 404, 413), response.text
        if response.status_code == 200:
            assert response.content_type in ("application/json", "text/plain")
        else:
            refused(response)

    @FUZZ
    @given(
        body=st.binary(max_size=200),
        kind=st.sampled_from(["", "text/plain", "application/json", "multipart/form-data"]),
    )
    def test_bodies(self, client: FlaskClient, body: bytes, kind: str) -> None:
        response = client.post("/v2/check", data=body, content_type=kind)
        assert response.status_code in (200, 400), response.text
