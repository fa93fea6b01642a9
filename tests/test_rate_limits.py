"""Who asks too often is told when to ask again; Redis counts for all workers, and nobody waits for one that is gone."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from copydesk.api import create_app
from copydesk.api.limits import fallen_back
from copydesk.errors import InputError
from copydesk.pipeline import Desk
from copydesk.settings import load_settings
from copydesk.store import KeyStore, Scope
from patience import PATIENCE
from redisserver import Redis
from rest import problem

Make = Callable[..., FlaskClient]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KeyStore]:
    store = KeyStore(f"sqlite:///{tmp_path}/store.sqlite")
    yield store
    store.close()


@pytest.fixture
def make(desk: Desk, tmp_path: Path) -> Iterator[Make]:
    """Makes a worker of a service: its client."""
    stores = []

    def made(**settings: Any) -> FlaskClient:
        settings = {"store": f"sqlite:///{tmp_path}/store.sqlite", **settings}
        app = create_app(load_settings(**settings), desk)
        stores.append(app.extensions["copydesk.keys"])
        return app.test_client()

    yield made
    for store in stores:
        store.close()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    server.start()
    yield server
    server.stop()


def statuses(client: FlaskClient, count: int, **more: Any) -> list[int]:
    return [client.get("/v1/rules?family=seams", **more).status_code for _ in range(count)]


def test_past_the_limit_the_answer_says_when_to_ask_again(make: Make) -> None:
    client = make(rate_limit="3/minute;100/day")
    assert statuses(client, 3) == [200, 200, 200]
    response = client.get("/v1/rules")
    assert problem(response) == (429, "too-many-requests", [])
    assert response.get_json()["detail"] == "the limit is 3/minute;100/day"
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    response = client.post("/v2/check", data={"text": "Fine.", "language": "en"})
    assert (response.status_code, response.text) == (429, "Error: the limit is 3/minute;100/day")
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    for path in ("/livez", "/readyz", "/docs", "/v2/healthcheck"):
        assert client.get(path).status_code == 200
    assert "Retry-After" not in client.get("/livez").headers


def test_the_limit_ends(make: Make) -> None:
    client = make(rate_limit="2/second")
    found = statuses(client, 40)
    assert set(found) == {200, 429}
    time.sleep(2.1)
    assert statuses(client, 1) == [200]


def test_each_key_and_each_address_has_its_own_count(make: Make, store: KeyStore) -> None:
    client = make(rate_limit="2/minute", require_key=True)
    one, other = (store.create(name, {Scope.REVIEW})[1] for name in ("anna", "boris"))
    assert statuses(client, 3, headers={"Authorization": f"Bearer {one}"}) == [200, 200, 429]
    assert statuses(client, 3, headers={"Authorization": f"Bearer {other}"}) == [200, 200, 429]
    client = make(rate_limit="2/minute")
    for address in ("192.0.2.1", "192.0.2.2", "2001:db8::1"):
        assert statuses(client, 3, environ_base={"REMOTE_ADDR": address}) == [200, 200, 429]
    same = ("2001:db8::2", "::ffff:192.0.2.1")  # the same network, the same address in other letters
    assert [statuses(client, 1, environ_base={"REMOTE_ADDR": address}) for address in same] == [[429], [429]]
    assert statuses(client, 1, environ_base={"REMOTE_ADDR": "unix"}) == [200]


def test_who_guesses_is_slowed_down_and_who_has_a_key_is_not(make: Make, store: KeyStore) -> None:
    client = make(guess_limit="3/minute", require_key=True)
    wrong = {"Authorization": "Bearer copydesk_00_x"}
    assert statuses(client, 5, headers=wrong) == [401, 401, 401, 429, 429]
    good = {"Authorization": f"Bearer {store.create('anna', {Scope.REVIEW})[1]}"}
    assert statuses(client, 5, headers=good) == [200] * 5
    assert statuses(client, 1) == [401]
    assert statuses(client, 1, headers=wrong, environ_base={"REMOTE_ADDR": "192.0.2.9"}) == [401]


def test_only_proxies_that_are_trusted_say_who_asks(make: Make) -> None:
    def asked(client: FlaskClient, forwarded: str) -> int:
        return statuses(client, 1, headers={"X-Forwarded-For": forwarded})[0]

    client = make(rate_limit="1/minute")
    assert [asked(client, f"192.0.2.{n}") for n in range(3)] == [200, 429, 429]
    client = make(rate_limit="1/minute", trusted_proxies=1)
    assert [asked(client, f"192.0.2.{n}") for n in range(3)] == [200, 200, 200]
    # What the caller wrote before the proxy's own entry counts for nothing.
    assert [asked(client, f"198.51.100.{n}, 192.0.2.1") for n in range(3)] == [429, 429, 429]


def test_redis_counts_for_all_workers(make: Make, redis: Redis) -> None:
    one, other = (make(rate_limit="4/minute", redis_url=redis.url) for _ in range(2))
    assert [*statuses(one, 2), *statuses(other, 2)] == [200] * 4
    assert [*statuses(one, 1), *statuses(other, 1)] == [429, 429]


def test_without_redis_each_worker_counts_and_goes_back_to_it(
    make: Make, redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "flask-limiter")
    client = make(rate_limit="3/minute", redis_url=redis.url)
    app = client.application
    assert (statuses(client, 2), fallen_back(app)) == ([200, 200], False)
    redis.stop()
    assert (statuses(client, 4), fallen_back(app)) == ([200, 200, 200, 429], True)
    assert caplog.messages.count("Rate limit storage unreachable - falling back to in-memory storage") == 1
    redis.start()
    until = time.monotonic() + PATIENCE
    while fallen_back(app) and time.monotonic() < until:
        statuses(client, 1)
        time.sleep(0.2)
    assert not fallen_back(app)
    assert "Rate limit storage recovered" in caplog.messages
    assert redis.url not in caplog.text


def test_a_service_starts_while_redis_is_gone(make: Make, redis: Redis) -> None:
    redis.stop()
    client = make(rate_limit="1/minute", redis_url=redis.url)
    assert statuses(client, 2) == [200, 429]
    assert fallen_back(client.application)


def test_without_a_limit_nothing_is_counted(make: Make) -> None:
    client = make()
    assert statuses(client, 10) == [200] * 10
    assert not fallen_back(client.application)


@pytest.mark.parametrize(
    ("name", "value"),
    [("rate_limit", "many"), ("rate_limit", "0/minute"), ("guess_limit", "1/fortnight"), ("trusted_proxies", -1)],
)
def test_what_is_no_limit_is_told_at_the_start(name: str, value: Any) -> None:
    with pytest.raises(InputError, match=f"^COPYDESK_{name.upper()}: "):
        load_settings(**{name: value})


def test_an_address_that_is_none_is_told_without_its_password(make: Make) -> None:
    with pytest.raises(InputError, match=r"^COPYDESK_REDIS_URL cannot be used \(\w+\)$"):
        make(rate_limit="1/minute", redis_url="rediss-of-mine://anna:secret@127.0.0.1/0")
