"""Who has no key gets nothing; who has one gets what it is for, and nothing of anybody else's."""

from __future__ import annotations

import base64
import hmac
import logging
import random
import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from copydesk.api import create_app
from copydesk.cli import main
from copydesk.errors import InputError, StoreError, UnknownNameError
from copydesk.pipeline import Desk
from copydesk.settings import load_settings
from copydesk.store import KeyStore, Owner, Scope, WordStore
from postgres import postgres
from rest import problem

SECRET = "Zanzibar"  # noqa: S105 (a word that must not be logged)
TEXT = f"Talks on {SECRET} were held in the frames of a project."
BOTH = frozenset({Scope.REVIEW, Scope.WORDS})
GUESSES = 1000


class House(NamedTuple):
    """A service that asks for keys, and its keys."""

    client: FlaskClient
    keys: KeyStore

    def key(self, *scopes: Scope, name: str = "anna") -> str:
        return self.keys.create(name, scopes or BOTH)[1]

    def review(self, key: str | None) -> TestResponse:
        return self.client.post("/v1/review", json={"text": TEXT, "language": "en-US"}, headers=bearer(key))


@pytest.fixture
def house(desk: Desk, tmp_path: Path) -> Iterator[House]:
    address = f"sqlite:///{tmp_path}/store.sqlite"
    app = create_app(load_settings(require_key=True, store=address, guess_limit="100000/minute"), desk)
    keys = KeyStore(address)
    yield House(app.test_client(), keys)
    keys.close()
    for store in app.extensions.values():
        if isinstance(store, KeyStore | WordStore):
            store.close()


def bearer(key: str | None) -> dict[str, str]:
    return {} if key is None else {"Authorization": f"Bearer {key}"}


def test_a_key_lets_in_and_its_use_is_kept(house: House) -> None:
    key = house.key()
    assert house.review(key).status_code == 200
    [kept] = house.keys.all()
    assert (kept.name, kept.scopes, kept.expires, kept.revoked) == ("anna", BOTH, None, None)
    assert kept.used is not None
    assert 0 <= time.time() - kept.used < 60


def test_without_a_key_or_with_a_wrong_one_nobody_gets_in(house: House) -> None:
    house.key()
    response = house.review(None)
    assert problem(response) == (401, "unauthorized", [])
    assert response.headers["WWW-Authenticate"] == "Bearer realm=copydesk"
    response = house.review("copydesk_0123_x")
    assert problem(response) == (401, "unauthorized", [])
    assert response.headers["WWW-Authenticate"] == "Bearer realm=copydesk, error=invalid_token"
    basic = base64.b64encode(f"anna:{house.key()}".encode()).decode()
    assert house.client.get("/v1/rules", headers={"Authorization": f"Basic {basic}"}).status_code == 401
    response = house.client.post("/v2/check", data={"language": "en", "text": TEXT, "apiKey": "wrong"})
    assert (response.status_code, response.text) == (401, "Error: the key is wrong, revoked or has expired")
    assert response.headers["WWW-Authenticate"] == "Bearer realm=copydesk, error=invalid_token"


OPEN = (
    *("/", "/docs", "/openapi.json", "/livez", "/readyz", "/static/page/page.js"),
    *("/v2/languages", "/v2/info", "/v2/maxtextlength", "/v2/healthcheck"),
)


def test_only_what_tells_nothing_is_open(house: House) -> None:
    """Every route is either on the list above or asks for a key: a new one is closed until somebody opens it."""
    for rule in house.client.application.url_map.iter_rules():
        path = rule.rule.replace("<path:filename>", "page/page.js").replace("<path:rule_id>", "en/calque/x")
        path = path.replace("<path:action>", "anything")
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        with house.client.open(path, method=method) as response:
            status = response.status_code
        assert (status == 401) == (path not in OPEN), (path, status)
    assert house.client.options("/v2/check").status_code == 200  # browsers ask beforehand, without the key
    assert house.client.get("/nowhere").status_code == 404


def guesses(real: str) -> Iterator[str]:
    """Keys near a real one, and strings that break readers of keys."""
    rng = random.Random(9)  # noqa: S311 (which guesses are tried is no secret)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    yield from ("", "copydesk", "copydesk_", "copydesk__", real[:-1], f"{real}A", real.upper(), real.swapcase())
    yield from (real.rpartition("_")[0], real.replace("_", "-"), f"{real} {real}", "' OR 1=1 --", "%", "\0", "*")
    yield from ("copydesk_%_x", "copydesk_" + "a" * 100_000, "é" * 50, "x" * 8000, f"{real}\N{ZERO WIDTH SPACE}")
    head, secret = real[:22], real[22:]
    for _ in range(GUESSES):
        at = rng.randrange(len(secret))
        other = rng.choice(letters.replace(secret[at], ""))
        yield rng.choice([head + secret[:at] + other + secret[at + 1 :], head + "".join(rng.choices(letters, k=43))])


def test_a_thousand_guesses_and_none_gets_in(house: House, caplog: pytest.LogCaptureFixture) -> None:
    real = house.key()
    caplog.set_level(logging.DEBUG)
    tried = list(guesses(real))
    assert len(tried) > GUESSES
    assert real not in tried
    for number, guess in enumerate(tried):
        if number % 2 and guess.isascii() and guess.isprintable():
            response = house.review(guess)
        else:
            form = {"text": TEXT, "language": "en", "username": "anna", "apiKey": guess}
            response = house.client.post("/v2/check", data=form)
        assert response.status_code == 401, guess[:80]
        assert SECRET not in response.text
    assert house.review(real).status_code == 200
    said = "\n".join([caplog.text, *(str(record.__dict__) for record in caplog.records)])
    for private in (SECRET, real, *(guess for guess in tried if len(guess) > 20)):
        assert private not in said


def test_no_answer_tells_whether_a_key_exists(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Known or not, revoked or over: the same words, the same headers but for the request's number."""
    caplog.set_level(logging.DEBUG)
    made, revoked = house.keys.create("anna", BOTH)
    house.keys.revoke(made.id)
    real, over = house.key(), house.keys.create("boris", BOTH, 0)[1]
    tried = [f"{real[:-1]}-", f"copydesk_{'0' * 12}_{real[22:]}", revoked, over, "x"]
    answers = [house.review(key) for key in tried]
    assert len({(answer.status_code, answer.text) for answer in answers}) == 1
    heads = [{name: value for name, value in answer.headers if name != "X-Request-ID"} for answer in answers]
    assert all(head == heads[0] for head in heads)
    said = "\n".join(str(record.__dict__) for record in caplog.records)
    assert not [private for private in (SECRET, *tried[:-1]) if private in said]


def test_each_guess_is_compared_in_constant_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a known id and for an unknown one, over digests of one length."""
    real = house.key()
    compared: list[tuple[int, int]] = []
    original = hmac.compare_digest

    def watched(one: str, other: str) -> bool:
        compared.append((len(one), len(other)))
        return original(one, other)

    monkeypatch.setattr("copydesk.store.keys.hmac.compare_digest", watched)
    found = [house.keys.find(guess) is not None for guess in (real, f"{real[:-1]}-", "copydesk_00_x", "", "\ud800")]
    assert found == [True, False, False, False, False]
    assert compared == [(64, 64)] * 5


def test_the_database_has_no_key(house: House, tmp_path: Path) -> None:
    key = house.key()
    house.review(key)
    with sqlite3.connect(tmp_path / "store.sqlite") as database:
        dump = "\n".join(database.iterdump())
    database.close()
    assert key[9:21] in dump
    assert key not in dump
    assert key[22:] not in dump


@pytest.mark.parametrize(
    ("scopes", "allowed"),
    [
        ({Scope.REVIEW}, {"review", "bitext", "clean", "rules", "check", "configinfo"}),
        ({Scope.WORDS}, {"words", "add", "delete"}),
        ({Scope.METRICS}, set()),
        ({Scope.METRICS, Scope.BATCH}, set()),
    ],
)
def test_scopes_are_not_crossed(
    house: House, scopes: set[Scope], allowed: set[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = house.key(*scopes)
    form = {"username": "anna", "apiKey": key, "word": "x", "language": "en", "text": "Fine."}
    post, header = house.client.post, bearer(key)
    statuses = {
        "review": house.review(key).status_code,
        "bitext": post("/v1/bitext", json={"source": "a", "target": "b"}, headers=header).status_code,
        "clean": post("/v1/clean", json={"text": "Fine."}, headers=header).status_code,
        "rules": house.client.get("/v1/rules", headers=header).status_code,
        "check": post("/v2/check", data=form).status_code,
        "configinfo": post("/v2/configinfo", data=form).status_code,
        "words": house.client.get("/v2/words", query_string=form).status_code,
        "add": post("/v2/words/add", data=form).status_code,
        "delete": post("/v2/words/delete", data=form).status_code,
    }
    assert statuses == {name: 200 if name in allowed else 403 for name in statuses}
    said = "\n".join(str(record.__dict__) for record in caplog.records)
    assert SECRET not in said
    assert key not in said


def test_a_key_may_stand_in_a_form_of_parts(house: House) -> None:
    form = {"language": "en", "text": "Fine.", "username": "anna", "apiKey": house.key()}
    response = house.client.post("/v2/check", data=form, content_type="multipart/form-data")
    assert (response.status_code, response.get_json()["matches"]) == (200, [])


def test_words_belong_to_the_key(house: House, tmp_path: Path) -> None:
    one, other, reviewer = house.key(), house.key(name="boris"), house.key(Scope.REVIEW, name="clara")

    def words(key: str, **more: str) -> list[str]:
        response = house.client.get("/v2/words", query_string={"username": "anna", "apiKey": key, **more})
        assert response.status_code == 200
        found: list[str] = response.get_json()["words"]
        return found

    def told(key: str) -> bool:
        form = {"username": "anna", "apiKey": key, "language": "en", "text": "In Kyiv, then in Kiev and Kyiv."}
        matches = house.client.post("/v2/check", data=form).get_json()["matches"]
        return any(match["context"]["text"][match["context"]["offset"] :].startswith("Kiev") for match in matches)

    form = {"username": "anna", "apiKey": one, "word": "Kiev"}
    assert house.client.post("/v2/words/add", data=form).get_json() == {"added": True}
    assert (words(one), words(other), words(other, username="boris")) == (["Kiev"], [], [])
    assert not told(one)
    assert told(other)
    assert told(reviewer)
    # What is known of the key elsewhere opens nothing where keys are not asked for.
    store = WordStore(f"sqlite:///{tmp_path}/store.sqlite")
    ids = [key.id for key in house.keys.all()]
    assert [store.words(Owner("anna", claimed)) for claimed in (one, *ids)] == [[]] * 4
    store.close()
    # The key in the header wins over the one in the form: nobody acts for two.
    both = house.client.get("/v2/words", query_string={"username": "anna", "apiKey": one}, headers=bearer(other))
    assert both.get_json() == {"words": []}


def test_a_key_can_be_exchanged_with_what_belongs_to_it(house: House) -> None:
    old, text = house.keys.create("anna", BOTH, 1000)
    add = {"username": "", "apiKey": text, "word": "Kiev"}
    assert house.client.post("/v2/words/add", data=add).get_json() == {"added": True}
    new, second = house.keys.rotate(old.id, 500)
    assert (new.name, new.scopes, new.line) == (old.name, old.scopes, old.line)
    assert new.expires is not None
    assert new.expires - new.created == 1000
    assert house.client.get("/v2/words", headers=bearer(second)).get_json() == {"words": ["Kiev"]}
    assert house.review(text).status_code == 200
    house.keys.rotate(new.id, 0)
    assert house.review(second).status_code == 401
    [ends] = [key.expires for key in house.keys.all() if key.id == old.id]
    assert ends == pytest.approx(time.time() + 500, abs=30)
    with pytest.raises(InputError, match="is revoked or has expired; make a new one"):
        house.keys.rotate(new.id, 0)
    with pytest.raises(UnknownNameError, match=r"^unknown key “nobody”$"):
        house.keys.rotate("nobody", 0)


def test_a_revoked_or_expired_key_lets_nobody_in_from_that_moment(house: House) -> None:
    made, text = house.keys.create("anna", BOTH)
    _, short = house.keys.create("boris", BOTH, 0)
    assert [house.review(key).status_code for key in (text, short)] == [200, 401]
    house.keys.revoke(made.id)
    assert house.review(text).status_code == 401
    gone = house.keys.revoke(made.id)
    assert gone.revoked is not None


def test_where_no_key_is_needed_none_is_looked_at(desk: Desk, tmp_path: Path) -> None:
    client = create_app(load_settings(store=f"sqlite:///{tmp_path}/none.sqlite"), desk).test_client()
    response = client.post("/v1/review", json={"text": "Fine."}, headers=bearer("copydesk_00_x"))
    assert response.status_code == 200
    assert not (tmp_path / "none.sqlite").exists()


def test_without_the_database_nobody_gets_in(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    client = create_app(load_settings(require_key=True, store=f"sqlite:///{tmp_path}/file/x"), desk).test_client()
    response = client.post("/v1/review", json={"text": TEXT}, headers=bearer("copydesk_00_x"))
    assert problem(response)[:2] == (503, "store-unavailable")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a" * 101, "a\x1b[0m"])
def test_what_is_no_name_of_a_key_is_told(house: House, name: str) -> None:
    with pytest.raises(InputError, match="the name of a key has 1 to 100 characters on one line"):
        house.keys.create(name, BOTH)
    with pytest.raises(InputError, match="a key needs a scope: review, words or metrics"):
        house.keys.create("anna", {Scope.BATCH})


def test_keys_in_postgresql() -> None:
    with postgres() as address:
        store = KeyStore(address)
        made, text = store.create("anna", BOTH)
        new, second = store.rotate(made.id, 0)
        store.revoke(new.id)
        assert (store.find(text), store.find(second)) == (None, None)
        assert {key.id for key in store.all()} == {made.id, new.id}
        store.close()


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"sqlite:///{tmp_path}/store.sqlite"
    monkeypatch.setenv("COPYDESK_STORE", address)
    made = CliRunner().invoke(
        main, ["keys", "create", "The CMS", "--scope", "review", "--scope", "batch", "--days", "3"]
    )
    found = re.fullmatch(r"(copydesk_([0-9a-f]{12})_[\w-]{43})\n", made.stdout)
    assert found is not None
    told = f"copydesk: key {found[2]} for “The CMS”; this is the only time that it is shown\n"
    assert made.stderr == told
    store = KeyStore(address)
    key = store.find(found[1])
    assert key is not None
    assert (set(key.scopes), key.expires) == ({Scope.REVIEW, Scope.BATCH}, key.created + 3 * 86400)
    store.close()
    rotated = CliRunner().invoke(main, ["keys", "rotate", found[2], "--overlap", "0"])
    second = rotated.stdout.split("_")[1]
    assert CliRunner().invoke(main, ["keys", "revoke", second]).stdout == f"key {second} for “The CMS” is revoked\n"
    heading, *rows = CliRunner().invoke(main, ["keys", "list"]).stdout.splitlines()
    assert heading.split() == ["ID", "NAME", "SCOPES", "CREATED", "USED", "EXPIRES", "STATE"]
    assert {row.split("  ")[0]: re.split(r"  +", row)[-1][:7] for row in rows} == {
        found[2]: "expired",
        second: "revoked",
    }
    assert all("batch,review" in row and found[1] not in row for row in rows)
    gone = CliRunner().invoke(main, ["keys", "revoke", "nobody"])
    assert (gone.exit_code, gone.stderr) == (2, "copydesk: unknown key “nobody”\n")


def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError):
        KeyStore(f"sqlite:///{tmp_path}/file/x").all()
