"""No body makes the REST service fail."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from rest import make_client, post, problem


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(), max_size=20)),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=10), inner, max_size=4)
    ),
    max_leaves=8,
)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "families": st.lists(st.sampled_from(["names", "seams", "nmaes"]) | VALUES, max_size=3) | VALUES,
        "enable": st.lists(st.text(max_size=120), max_size=2) | VALUES,
        "disable": st.lists(st.text(max_size=120), max_size=2) | VALUES,
        "severity": st.sampled_from(["error", "eror"]) | VALUES,
        "accept": st.lists(st.text(max_size=20), max_size=3) | VALUES,
        "lexicon": st.lists(st.fixed_dictionaries({"canonical": st.text(max_size=9)}), max_size=2) | VALUES,
        "apply": st.sampled_from(["safe", "unsafe", "none"]) | VALUES,
    },
)
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "text": st.text(st.characters(), max_size=200) | VALUES,
        "language": st.sampled_from(["en", "de-DE", "xx"]) | VALUES,
        "format": st.just("text") | VALUES,
        "path": VALUES,
        "options": OPTIONS | VALUES,
        "extra": VALUES,
    },
)


@settings(deadline=None)
@given(body=BODIES.map(json.dumps) | st.text(st.characters(), max_size=60))
def test_no_body_makes_it_fail(client: FlaskClient, body: str) -> None:
    response = post(client, body.encode("utf-8", "surrogatepass"))
    assert response.status_code in (200, 400, 413, 422), response.text
    if response.status_code != 200:
        problem(response)


@settings(deadline=None)
@given(
    body=st.binary(max_size=60),
    kind=st.sampled_from(["text/plain", "application/json", "text/plain; charset=x"]),
)
def test_no_bytes_make_it_fail(client: FlaskClient, body: bytes, kind: str) -> None:
    assert post(client, body, kind).status_code in (200, 400, 415, 422)
