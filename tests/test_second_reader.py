"""The second reader against a real server on this machine that speaks the OpenAI chat protocol."""

from __future__ import annotations

import json
import logging
import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest
from click.testing import CliRunner

from chatserver import Reply, Server, said, wrapped
from copydesk.api import create_app
from copydesk.bitext.pairs import pair_of
from copydesk.cli import main
from copydesk.findings.suppress import Filter
from copydesk.model import Engine, Family, Notice, Review, Safety, Severity, Span
from copydesk.pipeline import UNSAFE, Desk, Options
from copydesk.secondreader import second_reader
from copydesk.secondreader.anchor import place_of
from copydesk.settings import load_settings

MODEL = "small-7b"
KEY = "sk-not-a-real-key"
TEXT = "🚢 The ferry make a pause in Odesa. 😀 The ferry make a way back.\n\nNobody came on board."
TOLD = {
    "quote": "make",
    "before": "😀 The ferry ",
    "category": "grammar",
    "severity": "major",
    "explanation": "The subject is singular.",
    "correction": "makes",
}
Serve = Callable[[Callable[[int, dict[str, Any]], Reply]], Server]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Starts a server that answers as it is told, and points the environment to it."""
    running: list[ThreadingHTTPServer] = []

    def start(reply: Callable[[int, dict[str, Any]], Reply]) -> Server:
        server = Server(reply)
        running.append(server.start())
        monkeypatch.setenv("COPYDESK_READER_URL", server.url)
        monkeypatch.setenv("COPYDESK_READER_MODEL", MODEL)
        monkeypatch.setenv("COPYDESK_READER_KEY", KEY)
        return server

    yield start
    for httpd in running:
        httpd.shutdown()
        httpd.server_close()


def options(**limits: Any) -> Options:
    only = Filter(families=frozenset({Family.TRANSLATION}))
    return Options(filter=only, reader=second_reader(load_settings(**limits)))


def review(desk: Desk, text: str = TEXT, **limits: Any) -> Review:
    return desk.review(text, options(**limits), language="en-US")


def notices(found: Review) -> dict[str, str]:
    return {notice.code: notice.message for notice in found.notices}


def test_a_suggestion_becomes_a_finding_at_its_place(desk: Desk, serve: Serve) -> None:
    server = serve(lambda _, body: said(TOLD) if "ferry" in body["messages"][1]["content"] else said())
    found = review(desk)
    [finding] = found.findings
    assert (finding.rule, finding.family, finding.severity) == (
        "any/model/grammar",
        Family.TRANSLATION,
        Severity.WARNING,
    )
    assert finding.span == Span(47, 51)
    assert TEXT[finding.span.start - 10 : finding.span.end] == "The ferry make"
    assert finding.message == ("The model small-7b says: The subject is singular. (linguistic-conventions/grammar)")
    assert [(fix.edits[0].span, fix.edits[0].text, fix.safety) for fix in finding.fixes] == [
        (Span(47, 51), "makes", Safety.SHOW)
    ]
    assert desk.correct(found, options(), UNSAFE).text == TEXT
    assert found.engines == (Engine("reader", MODEL),)
    host = server.url.removeprefix("http://").removesuffix("/v1")
    told = f"text was sent to {host}: 2 passages (84 characters), for the model small-7b"
    assert found.notices == (Notice("text-sent", told),)


def test_what_the_server_is_asked(desk: Desk, serve: Serve) -> None:
    server = serve(lambda *_: said())
    review(desk)
    assert server.paths == ["/v1/chat/completions"] * 2
    assert {headers["Authorization"] for headers in server.headers} == {f"Bearer {KEY}"}
    assert {body["model"] for body in server.asked} == {MODEL}
    schema = server.asked[0]["response_format"]["json_schema"]
    assert schema["strict"] is True
    assert set(schema["schema"]["properties"]["errors"]["items"]["required"]) == set(TOLD)
    first, second = TEXT.split("\n\n")
    assert sorted(server.passages(), key=lambda asked: asked["text"] == second) == [
        {"language": "en-US", "text": first},
        {"language": "en-US", "text": second},
    ]


def test_a_quote_that_is_not_there_is_dropped_and_counted(desk: Desk, serve: Serve) -> None:
    absent = {**TOLD, "quote": "makes a pause"}
    ambiguous = {**TOLD, "before": ""}
    part = {**TOLD, "quote": "ake"}
    changes_nothing = {**TOLD, "quote": "pause", "correction": "pause"}
    serve(lambda *_: said(absent, ambiguous, part, changes_nothing, {**TOLD, "quote": "pause", "correction": "stop"}))
    found = review(desk, TEXT.split("\n\n", maxsplit=1)[0])
    assert [f.span.of(TEXT) for f in found.findings] == ["pause"]
    told = "suggestions of the model that are dropped: 4; they quote what is not there, or say nothing"
    assert notices(found)["reader-dropped"] == told


@pytest.mark.parametrize(
    ("quote", "before", "text", "place"),
    [
        ("he", "", "The thief said he left.", Span(15, 17)),
        ("😀", "", "Well 😀 done 🚢", Span(5, 6)),
        ("a", "on ", "a cat on a mat", Span(9, 10)),
        ("a", "of ", "a cat on a mat", None),
        ("naïve", "", "nai\u0308ve", None),
        (" ", "", "a b", None),
        ("end.", "", "The end.", Span(4, 8)),
    ],
)
def test_places(quote: str, before: str, text: str, place: Span | None) -> None:
    assert place_of(quote, before, text) == place


@pytest.mark.parametrize("reply", ["", "{", "[]", '{"errors": 1}', "[" * 100_000, None])
def test_broken_answers(desk: Desk, serve: Serve, reply: str | None) -> None:
    serve(lambda *_: wrapped(reply))
    found = review(desk)
    assert (found.findings, found.engines) == ((), ())
    assert notices(found)["reader-unavailable"] == (
        "2 passages had no second reader: the model’s answer cannot be read (2)"
    )
    assert "text-sent" in notices(found)


def test_an_error_that_breaks_the_schema_costs_only_itself(desk: Desk, serve: Serve) -> None:
    broken: list[Any] = [{}, {**TOLD, "category": "taste"}, {**TOLD, "quote": ""}, {**TOLD, "severity": "bad"}]
    serve(lambda *_: said(*broken, TOLD))
    found = review(desk, TEXT.split("\n\n", maxsplit=1)[0])
    assert [f.span for f in found.findings] == [Span(47, 51)]
    assert "dropped: 4;" in notices(found)["reader-dropped"]


def test_duplicates_are_one_finding_and_one_request(desk: Desk, serve: Serve) -> None:
    server = serve(lambda *_: said(TOLD, TOLD, {**TOLD, "category": "style"}))
    line = TEXT.split("\n\n", maxsplit=1)[0]
    found = review(desk, f"{line}\n\n{line}")
    assert [f.span.start for f in found.findings] == [47, 47 + len(line) + 2]
    assert len(server.asked) == 1


def test_json_among_words(desk: Desk, serve: Serve) -> None:
    fenced = "Here you are:\n```json\n" + json.dumps({"errors": [TOLD]}) + "\n```"
    serve(lambda *_: wrapped(fenced))
    assert [f.span for f in review(desk, TEXT.split("\n\n", maxsplit=1)[0]).findings] == [Span(47, 51)]


def test_a_server_without_schemas_is_asked_for_plain_json(desk: Desk, serve: Serve) -> None:
    def reply(_: int, body: dict[str, Any]) -> Reply:
        return (400, {}, b"{}") if body["response_format"]["type"] == "json_schema" else said(TOLD)

    server = serve(reply)
    found = review(desk, reader_requests=1)
    assert [f.span for f in found.findings] == [Span(47, 51)]
    assert server.forms() == ["json_schema", "json_object", "json_object"]
    assert all("temperature" not in body for body in server.asked[1:])


@pytest.mark.parametrize(("status", "after"), [(429, "0"), (503, "0"), (500, "Thu, 01 Jan 1970 00:00:00 GMT")])
def test_a_busy_server_is_asked_once_more(desk: Desk, serve: Serve, status: int, after: str) -> None:
    server = serve(lambda index, _: (status, {"Retry-After": after}, b"") if index == 0 else said(TOLD))
    found = review(desk, reader_requests=1)
    assert [f.span for f in found.findings] == [Span(47, 51)]
    assert len(server.asked) == 3
    assert "reader-unavailable" not in notices(found)


def test_a_server_that_stays_broken(desk: Desk, serve: Serve) -> None:
    server = serve(lambda *_: (500, {"Retry-After": "0"}, b""))
    found = review(desk, "\n\n".join(f"Paragraph {n} is here." for n in range(10)), reader_requests=1)
    assert (found.findings, found.engines) == ((), ())
    assert len(server.asked) == 6  # three passages, twice each
    assert notices(found)["reader-unavailable"] == (
        "10 passages had no second reader: not asked after others had failed (7); "
        "the model’s server answered with HTTP status 500 (3)"
    )
    assert "3 passages" in notices(found)["text-sent"]


def test_a_wait_beyond_the_deadline_is_not_waited(desk: Desk, serve: Serve) -> None:
    server = serve(lambda *_: (429, {"Retry-After": "3600"}, b""))
    found = review(desk, "One paragraph.")
    assert len(server.asked) == 1
    assert "HTTP status 429 (1)" in notices(found)["reader-unavailable"]


@pytest.mark.parametrize("limit", ["reader_timeout", "reader_deadline"])
def test_a_slow_server(desk: Desk, serve: Serve, limit: str) -> None:
    """The review is back before the answer, which comes only then."""
    is_back = Event()

    def reply(*_: Any) -> Reply:
        is_back.wait(60)
        return said(TOLD)

    serve(reply)
    found = review(desk, "One paragraph.", **{limit: 1})
    is_back.set()
    assert "the model did not answer in time (1)" in notices(found)["reader-unavailable"]
    assert "text-sent" in notices(found)


def test_a_server_that_drips(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes well within any limit between two bytes; the whole never comes."""
    is_back = Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("COPYDESK_READER_URL", f"http://127.0.0.1:{listener.getsockname()[1]}/v1")
        monkeypatch.setenv("COPYDESK_READER_MODEL", MODEL)

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
                while not is_back.wait(0.02):
                    try:
                        connection.sendall(b" ")
                    except OSError:
                        return  # who asked has gone away

        with ThreadPoolExecutor(1) as pool:
            pool.submit(drip)
            found = review(desk, "One paragraph.", reader_timeout=1)
            is_back.set()
    assert "the model did not answer in time (1)" in notices(found)["reader-unavailable"]


def test_a_huge_answer(desk: Desk, serve: Serve) -> None:
    serve(lambda *_: wrapped("x" * 2_000_000))
    found = review(desk, "One paragraph.")
    assert "the model’s answer is over 1000000 bytes (1)" in notices(found)["reader-unavailable"]


def test_many_suggestions_are_cut(desk: Desk, serve: Serve) -> None:
    words = [f"word{n}" for n in range(30)]
    serve(lambda *_: said(*({**TOLD, "quote": word} for word in words)))
    found = review(desk, " ".join(words) + ".")
    assert [f.span.of(" ".join(words)) for f in found.findings] == words[:20]
    assert "dropped: 10;" in notices(found)["reader-dropped"]


def test_a_redirection_is_not_followed(desk: Desk, serve: Serve) -> None:
    other = serve(lambda *_: said(TOLD))
    serve(lambda *_: (307, {"Location": f"{other.url}/chat/completions"}, b""))
    found = review(desk, "One paragraph.")
    assert other.asked == []
    assert "HTTP status 307 (1)" in notices(found)["reader-unavailable"]


def test_nobody_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setenv("COPYDESK_READER_URL", f"http://127.0.0.1:{port}/v1")
    monkeypatch.setenv("COPYDESK_READER_MODEL", MODEL)
    found = review(desk, "One paragraph.")
    assert notices(found) == {
        "reader-unavailable": "1 passage had no second reader: the connection to the model’s server failed "
        "(ConnectionError) (1)"
    }


def test_not_configured(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert notices(review(desk)) == {"reader-unavailable": "no second reader: COPYDESK_READER_URL is not set"}
    monkeypatch.setenv("COPYDESK_READER_URL", "http://127.0.0.1:9/v1")
    assert notices(review(desk)) == {"reader-unavailable": "no second reader: COPYDESK_READER_MODEL is not set"}


def test_the_budget(desk: Desk, serve: Serve) -> None:
    server = serve(lambda *_: said())
    text = "First of all.\n\n" + "A long one. " * 50 + "\n\nThe third.\n\nThe fourth."
    found = review(desk, text, reader_passages=2, reader_characters=100)
    assert sorted(asked["text"] for asked in server.passages()) == ["First of all.", "The third."]
    assert notices(found)["reader-budget"] == "2 passages beyond the budget of a review had no second reader"


def test_answers_are_remembered(desk: Desk, serve: Serve) -> None:
    server = serve(lambda *_: said(TOLD))
    asked = options(reader_passages=2)
    first = desk.review(TEXT, asked, language="en-US")
    again = desk.review("A new one.\n\n" + TEXT, asked, language="en-US")
    assert len(server.asked) == 3
    assert [f.span for f in again.findings] == [f.span.shift(12) for f in first.findings]
    assert "1 passage (10 characters)" in notices(again)["text-sent"]
    once_more = desk.review(TEXT, asked, language="en-US")
    assert once_more.findings == first.findings
    assert "text-sent" not in notices(once_more)


def test_what_failed_is_asked_again(desk: Desk, serve: Serve) -> None:
    server = serve(lambda index, _: (404, {}, b"") if index == 0 else said())
    asked = options()
    assert "reader-unavailable" in notices(desk.review("One.", asked, language="en-US"))
    assert notices(desk.review("One.", asked, language="en-US")).keys() == {"text-sent"}
    assert len(server.asked) == 2


def test_old_answers_are_forgotten(desk: Desk, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copydesk.secondreader.reader._REMEMBERED", 1)
    server = serve(lambda *_: said())
    asked = options(reader_requests=1)
    for text in ("One.\n\nTwo.", "Two.", "One."):
        desk.review(text, asked, language="en-US")
    assert [asked["text"] for asked in server.passages()] == ["One.", "Two.", "One."]


def test_the_limit_of_open_requests_holds_for_all_reviews(desk: Desk, serve: Serve) -> None:
    """Every request waits for a second one; a third would be counted."""
    both = Barrier(2, timeout=60)

    def reply(*_: Any) -> Reply:
        both.wait()
        return said()

    server = serve(reply)
    asked = options(reader_requests=2)
    texts = [f"This is {n}.\n\nThat is {n}.\n\nThese are {n}." for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda text: desk.review(text, asked, language="en-US"), texts))
    assert len(server.asked) == 12
    assert server.most_at_once == 2


def test_long_segments_are_cut_between_sentences(desk: Desk, serve: Serve) -> None:
    text = " ".join(f"Ferry number {n} did not leave the harbour on that day." for n in range(200))
    server = serve(lambda *_: said({**TOLD, "quote": "number 199", "before": ""}))
    found = review(desk, text, reader_requests=1)
    sent = [asked["text"] for asked in server.passages()]
    assert " ".join(sent) == text
    assert len(sent) == 3
    assert all(len(part) <= 4000 and part.endswith("day.") for part in sent)
    assert [f.span.of(text) for f in found.findings] == ["number 199"]


def test_code_and_menus_are_not_sent(desk: Desk, serve: Serve) -> None:
    server = serve(lambda *_: said())
    desk.review("Read this.\n\n```\nsecret = 1\n```\n\n---\n\n2026\n", options(), format="markdown", language="en-US")
    assert [asked["text"] for asked in server.passages()] == ["Read this."]


def test_our_own_findings_stand_before_the_models(desk: Desk, serve: Serve) -> None:
    text = "Talks were held in the frames of a joint project."
    serve(lambda *_: said({**TOLD, "quote": "held in the frames of a joint project", "severity": "critical"}))
    assert [f.rule for f in review(desk, text).findings] == ["en/calque/in-frames-of"]


def test_pairs_go_with_their_source(desk: Desk, serve: Serve) -> None:
    server = serve(lambda *_: said({**TOLD, "quote": "five", "before": "", "category": "mistranslation"}))
    pair = pair_of("Пришли шесть человек.", "Came five people.", "ru", "en-US")
    found = desk.compare([pair], options())
    assert server.passages() == [
        {"language": "en-US", "text": pair.target.text, "source_language": "ru-RU", "source": pair.source.text}
    ]
    [[finding]] = found.findings
    assert (finding.rule, finding.span, finding.source) == ("any/model/mistranslation", Span(5, 9), Span(0, 21))
    assert found.engines == (Engine("reader", MODEL),)
    assert [notice.code for notice in found.notices] == ["text-sent"]


def test_rest_asks_only_when_told_to(desk: Desk, serve: Serve) -> None:
    server = serve(lambda *_: said(TOLD))
    client = create_app(load_settings(), desk).test_client()
    body = {"text": TEXT, "language": "en-US", "options": {"families": ["translation"]}}
    assert client.post("/v1/review", json=body).get_json()["documents"][0]["findings"] == []
    assert server.asked == []
    body["options"] = {"families": ["translation"], "reader": True}
    [found] = client.post("/v1/review", json=body).get_json()["documents"]
    assert [f["rule"] for f in found["findings"]] == ["any/model/grammar"]
    assert found["engines"] == [{"name": "reader", "version": MODEL}]
    assert [notice["code"] for notice in found["notices"]] == ["text-sent", "reader-dropped"]
    body["options"] = {"families": ["translation"], "reader": True, "disable": ["any/model/grammar"]}
    assert client.post("/v1/review", json=body).get_json()["documents"][0]["findings"] == []
    query = "/v1/review?language=en-US&families=translation&reader=true"
    [found] = client.post(query, data=TEXT.encode(), content_type="text/plain").get_json()["documents"]
    assert [f["rule"] for f in found["findings"]] == ["any/model/grammar"]


def test_the_command_line_asks_only_when_told_to(serve: Serve, tmp_path: Path) -> None:
    server = serve(lambda *_: said(TOLD))
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    args = ["check", str(article), "--engine", "none", "--family", "translation", "--language", "en-US"]
    assert CliRunner().invoke(main, args).exit_code == 0
    assert server.asked == []
    result = CliRunner().invoke(main, [*args, "--reader"])
    assert result.exit_code == 1
    assert "any/model/grammar" in result.output
    assert "text was sent to 127.0.0.1" in re.sub(r"\s+", " ", result.output)


def test_bitext_asks_only_when_told_to(desk: Desk, serve: Serve, tmp_path: Path) -> None:
    """By REST as pairs and as documents, and on the command line."""
    server = serve(lambda *_: said({**TOLD, "quote": "people", "before": "", "category": "mistranslation"}))
    client = create_app(load_settings(), desk).test_client()
    pair = {"source": "Пришли шесть человек.", "target": "Six people came.", "source_language": "ru"}
    rows = tmp_path / "pairs.jsonl"
    rows.write_text(json.dumps({**pair, "target_language": "en-US"}), encoding="utf-8")
    client.post("/v1/bitext", json={**pair, "target_language": "en-US"})
    CliRunner().invoke(main, ["bitext", str(rows)])
    assert server.asked == []
    for align in (False, True):
        asked = {**pair, "target_language": "en-US", "align": align, "options": {"reader": True}}
        found = client.post("/v1/bitext", json=asked).get_json()
        assert "any/model/mistranslation" in [f["rule"] for p in found["pairs"] for f in p["findings"]]
    result = CliRunner().invoke(main, ["bitext", str(rows), "--reader"])
    assert "any/model/mistranslation" in result.output


def test_nothing_is_logged(desk: Desk, serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the text nor the key, at any level, whatever happens."""
    serve(lambda index, _: [said(TOLD), (500, {"Retry-After": "0"}, b""), wrapped("{")][index % 3])
    caplog.set_level(logging.DEBUG)
    found = review(desk, TEXT + "\n\nA third.")
    shown = caplog.text + repr(found.notices) + repr(load_settings())
    assert KEY not in shown
    assert "ferry" not in shown
