"""The log: every line is JSON, a request has one, and no text, query, key or address gets into it."""

from __future__ import annotations

import io
import json
import logging
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from gunicorn.config import Config
from gunicorn.http.errors import InvalidRequestLine

from copydesk.api import create_app, logs
from copydesk.pipeline import Desk
from copydesk.settings import load_settings
from copydesk.store import KeyStore, Scope
from holding import has_embedded
from patience import PATIENCE
from rest import ask
from serving import serving

SECRET = "Zanzibar"  # noqa: S105 (a word that must not be logged)
MADE = re.compile("[0-9a-f]{32}")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What `configure` has the process write; undone afterwards."""
    root, warnings = logging.getLogger(), logging.getLogger("py.warnings")
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        root.handlers = []
        logs.configure()
    yield stream
    logging.captureWarnings(False)
    logs.log.setLevel(logging.NOTSET)
    warnings.handlers.clear()
    root.handlers = before
    root.setLevel(level)


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return create_app(load_settings(max_text=1000), desk).test_client()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_is_one_line(client: FlaskClient, written: io.StringIO) -> None:
    response = ask(client, f"Talks on {SECRET} were held in the frames of a project.")
    [line] = lines(written)
    assert MADE.fullmatch(response.headers["X-Request-ID"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert line.pop("process") > 1
    assert 0 < line.pop("ms") < 60_000
    assert line == {
        "level": "info",
        "logger": "copydesk.api.logs",
        "message": "request",
        "request_id": response.headers["X-Request-ID"],
        "method": "POST",
        "path": "/v1/review",
        "status": 200,
        "bytes_in": 88,
        "bytes_out": len(response.data),
        "key": None,
    }


@pytest.mark.parametrize("given", ["a", "7f1c-42.B_z", "x" * 64])
def test_an_id_that_a_proxy_gave_is_kept(client: FlaskClient, written: io.StringIO, given: str) -> None:
    response = client.get("/livez", headers={"X-Request-ID": given})
    assert (response.headers["X-Request-ID"], lines(written)[0]["request_id"]) == (given, given)


@pytest.mark.parametrize("given", ["", "x" * 65, "two words", "é", "a\tb", "<b>", '"'])
def test_what_is_no_id_is_not_repeated(client: FlaskClient, written: io.StringIO, given: str) -> None:
    response = client.get("/livez", headers={"X-Request-ID": given})
    assert MADE.fullmatch(response.headers["X-Request-ID"])
    assert lines(written)[0]["request_id"] == response.headers["X-Request-ID"]


def test_requests_that_are_refused_have_their_lines(client: FlaskClient, written: io.StringIO) -> None:
    asked = [
        client.get(f"/v1/rules/{SECRET}?text={SECRET}"),
        client.get(f"/{SECRET}"),
        client.open("/livez", method=SECRET.upper()),
        client.get(f"/v2/{SECRET}"),
        client.post("/v1/review", data=f'{{"{SECRET}"', content_type="application/json"),
        ask(client, SECRET * 200),
    ]
    told = [(line["method"], line["path"], line["status"]) for line in lines(written) if line["message"] == "request"]
    assert told == [
        ("GET", "/v1/rules/<path:rule_id>", 404),
        ("GET", "unknown", 404),
        ("unknown", "unknown", 405),
        ("GET", "/v2/<path:action>", 404),
        ("POST", "/v1/review", 400),
        ("POST", "/v1/review", 413),
    ]
    assert [response.headers["X-Request-ID"] for response in asked] == [line["request_id"] for line in lines(written)]
    assert SECRET.lower() not in written.getvalue().lower()


@pytest.mark.parametrize("path", ["/v1/review", "/v2/check"])
def test_a_fault_is_told_by_type_and_place(
    client: FlaskClient, written: io.StringIO, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ValueError(f"cannot read {SECRET}")

    monkeypatch.setattr(Desk, "check", fail)
    monkeypatch.setattr(Desk, "review", fail)
    given = {"X-Request-ID": "mine"}
    if path == "/v1/review":
        response = client.post(path, json={"text": SECRET, "language": "en"}, headers=given)
    else:
        response = client.post(path, data={"text": SECRET, "language": "en"}, headers=given)
    fault, request = lines(written)
    assert (response.status_code, response.headers["X-Request-ID"]) == (500, "mine")
    assert (fault["level"], fault["request_id"], request["request_id"]) == ("error", "mine", "mine")
    assert re.fullmatch(r"ValueError at .*test_logs\.py:\d+", fault["message"])
    assert request["status"] == 500
    assert SECRET not in written.getvalue() + response.text


def test_the_line_names_the_key_and_does_not_hold_it(desk: Desk, tmp_path: Path, written: io.StringIO) -> None:
    address = f"sqlite:///{tmp_path}/store.sqlite"
    store = KeyStore(address)
    key, secret = store.create("anna", {Scope.REVIEW})
    store.close()
    client = create_app(load_settings(store=address, require_key=True), desk).test_client()
    client.get("/v1/rules", headers={"Authorization": f"Bearer {secret}"})
    client.get("/v1/rules", headers={"Authorization": f"Bearer {secret}x"})
    client.post("/v2/check", data={"username": "anna", "apiKey": secret, "text": f"In {SECRET}.", "language": "en"})
    client.application.extensions["copydesk.keys"].close()
    told = [(line["status"], line["key"]) for line in lines(written)]
    assert told == [(200, key.id), (401, None), (200, key.id)]
    assert secret not in written.getvalue()
    assert secret[-20:] not in written.getvalue()


def test_what_others_log_is_a_line_too(written: io.StringIO) -> None:
    logging.getLogger("urllib3").warning("two\nlines of %s 😀", "it")
    try:
        raise KeyError(SECRET)
    except KeyError:
        logging.getLogger("a.library").exception("it failed")
    one, other = lines(written)
    assert (one["level"], one["message"]) == ("warning", "two\nlines of it 😀")
    assert "request_id" not in one
    assert (other["message"], other["error"]) == ("it failed", "KeyError")
    [place] = other["at"]
    assert re.fullmatch(r".*test_logs\.py:\d+ test_what_others_log_is_a_line_too", place)
    assert written.getvalue().isascii()
    assert SECRET not in written.getvalue()


def test_half_a_surrogate_pair_is_escaped(written: io.StringIO) -> None:
    """Given to the handler itself: pytest catches what goes through a logger, and has no UTF-8 for it."""
    [handler] = (handler for handler in logging.getLogger().handlers if getattr(handler, "stream", None) is written)
    handler.handle(logging.LogRecord("urllib3", logging.WARNING, __file__, 1, "half \ud800", None, None))
    assert [line["message"] for line in lines(written)] == ["half \ud800"]
    assert written.getvalue().isascii()


def test_gunicorn_quotes_no_request(written: io.StringIO) -> None:
    """Its own messages have the first line of a request, or a header."""
    log = logs.GunicornLog(Config())
    try:
        raise InvalidRequestLine(f"GET /?text={SECRET}")
    except InvalidRequestLine as error:
        log.warning(f"Invalid request from ip=192.0.2.1: {error}")
        log.exception("Error handling request %s %s", "GET", f"/?text={SECRET}")
        log.exception(error)
    log.warning("Worker %s ended", 7)
    told = [line["message"] for line in lines(written)]
    assert told == [
        "a request could not be read: InvalidRequestLine",
        "Error handling request … …",
        "InvalidRequestLine",
        "Worker 7 ended",
    ]
    assert SECRET not in written.getvalue()


def test_before_the_first_request_there_is_nothing(desk: Desk, written: io.StringIO) -> None:
    assert isinstance(create_app(load_settings(), desk), Flask)
    assert written.getvalue() == ""


@pytest.mark.skipif(not has_embedded(), reason="no embedded engine for this machine")
def test_every_line_of_a_service_is_json(tmp_path: Path) -> None:
    with serving(tmp_path, 2) as service:
        text = f"Talks on {SECRET} were held in the frames of an joint project."
        for number in range(6):
            body = {"text": text, "language": "en-US"}
            given = {"X-Request-ID": f"request-{number}"}
            response = requests.post(f"{service.url}/v1/review", json=body, headers=given, timeout=PATIENCE)
            assert (response.status_code, response.headers["X-Request-ID"]) == (200, f"request-{number}")
        requests.get(f"{service.url}/v2/check", params={"text": text, "language": "en"}, timeout=PATIENCE)
        host, port = service.url.removeprefix("http://").split(":")
        for wrong in (
            f"{SECRET} now",
            f"GET /?t={SECRET} HTTP/1.1\r\nx: y\r\nno header {SECRET}",
            quote(SECRET * 2000),
        ):
            with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
                connection.sendall(f"{wrong}\r\n\r\n".encode())
                assert connection.recv(100).startswith(b"HTTP/1.1 4")
        service.stop()
        told = service.lines()
    assert [line["request_id"] for line in told if line.get("path") == "/v1/review"] == [
        f"request-{number}" for number in range(6)
    ]
    assert [line["status"] for line in told if line.get("path") == "/v2/check"] == [200]
    assert sum(line["message"].startswith("a request could not be read: ") for line in told) == 3
    assert SECRET not in service.log.read_text(encoding="ascii")
    assert text not in service.log.read_text(encoding="ascii")
