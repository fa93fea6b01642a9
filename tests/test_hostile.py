"""Requests that are made to break the service are answered, and the one after them too."""

from __future__ import annotations

import pytest
from benchmarks.hostile.requests import Request, constructed, envelopes
from flask.testing import FlaskClient

from copydesk.api import create_app
from copydesk.settings import load_settings
from desks import plain_desk

SIZE = 300  # code points of a text; benchmarks/hostile/table.py tries long ones against the whole service
REFUSED = {308, 400, 404, 405, 413, 415, 422}
REQUESTS = [*constructed(SIZE), *envelopes()]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    store = f"sqlite:///{tmp_path_factory.mktemp('hostile')}/store.sqlite"
    return create_app(load_settings(store=store), plain_desk()).test_client()


def send(client: FlaskClient, request: Request) -> int:
    with client.open(request.path, method=request.method, data=request.body, headers=request.headers) as response:
        return response.status_code


def test_there_are_some_hundreds_and_no_two_are_the_same() -> None:
    assert len(REQUESTS) > 800
    assert len({request.name for request in REQUESTS}) == len(REQUESTS)


def test_each_is_answered(client: FlaskClient) -> None:
    """A text is reviewed whatever stands in it; what is no request is refused with a reason."""
    wrong = {}
    for request in REQUESTS:
        status = send(client, request)
        plain = request.name.endswith((", as text", ", as html", ", cleaned"))
        if status not in ({200} if plain else {200, *REFUSED}):
            wrong[request.name] = status
    assert wrong == {}


def test_packed_bodies_are_refused_unread(client: FlaskClient) -> None:
    packed = [request for request in REQUESTS if "Content-Encoding" in request.headers]
    assert len(packed) == 18
    assert {send(client, request) for request in packed} == {415}


def test_a_fault_in_each_letter_costs_no_minute(client: FlaskClient) -> None:
    """In Markdown each fix is tried on its paragraph. Past a bound there are findings without fixes."""
    desk = client.application.extensions["copydesk"].desk
    found = desk.review("a\0" * 6000, format="markdown", language="en-US").findings
    fixed = [bool(finding.fixes) for finding in found]
    assert (len(found), fixed) == (6000, sorted(fixed, reverse=True))
    assert 30 < sum(fixed) < 60
