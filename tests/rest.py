"""What the tests of the REST service share."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from copydesk.api import create_app
from copydesk.settings import load_settings
from desks import plain_desk

RULE = "en/calque/in-frames-of"
TEXT = "Talks were held in the frames of a joint R&D project. 😀"
CORRECTED = "Talks were held as part of a joint R&D project. 😀"
MOST = 1000  # code points


def make_client() -> FlaskClient:
    """A client of a service without a grammar engine, which makes it quick."""
    return create_app(load_settings(max_text=MOST), plain_desk()).test_client()


def post(client: FlaskClient, body: str | bytes, kind: str = "application/json", query: str = "") -> TestResponse:
    data = body.encode() if isinstance(body, str) else body
    return client.post(f"/v1/review{query}", data=data, content_type=kind)


def ask(client: FlaskClient, text: str = TEXT, **fields: Any) -> TestResponse:
    return client.post("/v1/review", json={"text": text, "language": "en-US", **fields})


def document(response: TestResponse) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    [found] = response.get_json()["documents"]
    assert isinstance(found, dict)
    return found


def problem(response: TestResponse) -> tuple[int, str, list[tuple[str, str]]]:
    assert response.content_type == "application/problem+json"
    body = json.loads(response.data)
    assert set(body) == {"type", "title", "status", "detail", "errors"}
    assert body["status"] == response.status_code
    assert body["title"]
    assert body["detail"]
    kind = body["type"].removeprefix("/docs#")
    return response.status_code, kind, [(fault["field"], fault["message"]) for fault in body["errors"]]
