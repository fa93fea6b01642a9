"""The words of users in SQLite and in PostgreSQL: kept apart, bounded, by several workers at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import create_engine

from copydesk.errors import InputError, StoreError
from copydesk.store import Owner, WordStore
from copydesk.store.database import Base
from postgres import postgres

ANNA, OTHER = Owner("anna", "k1"), Owner("anna", "k2")
WORKERS = 8


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/below/words.sqlite"
        return
    address: str = request.getfixturevalue("server")
    yield address
    engine = create_engine(address)
    Base.metadata.drop_all(engine)
    engine.dispose()


@pytest.fixture
def store(address: str) -> Iterator[WordStore]:
    store = WordStore(address)
    yield store
    store.close()


def test_words_are_kept_apart_for_each_owner_and_dictionary(store: WordStore) -> None:
    assert store.add(ANNA, ["sentense", "Їжакевич", "😀"])
    assert not store.add(ANNA, ["sentense"])
    assert store.add(ANNA, ["sentense", "Kalinouski"], "names")
    assert store.words(ANNA) == ["Kalinouski", "sentense", "Їжакевич", "😀"]
    assert store.words(ANNA, ["names"]) == ["Kalinouski", "sentense"]
    assert store.words(ANNA, offset=1, limit=2) == ["sentense", "Їжакевич"]
    assert store.words(OTHER) == []
    assert not store.delete(OTHER, ["sentense"])
    assert store.delete(ANNA, ["sentense", "absent"])
    assert store.words(ANNA, ["default"]) == ["Їжакевич", "😀"]
    assert store.words(ANNA, ["names"]) == ["Kalinouski", "sentense"]


def test_words_outlive_the_connection(store: WordStore, address: str) -> None:
    store.add(ANNA, ["sentense"])
    store.close()
    assert store.words(ANNA) == ["sentense"]
    again = WordStore(address)
    assert again.words(ANNA) == ["sentense"]
    again.close()


def test_letters_and_marks_are_told_apart(store: WordStore) -> None:
    """Neither case nor accents are folded, whatever the database's collation is."""
    words = ["Kiev", "kiev", "Kíev", "Ki'ev", 'Ki"ev', "%", "_"]
    assert store.add(ANNA, words)
    assert store.words(ANNA) == sorted(words)


def test_a_user_has_a_most_of_words(store: WordStore) -> None:
    assert store.add(ANNA, [f"w{n}" for n in range(20_000)])
    with pytest.raises(InputError):
        store.add(ANNA, ["one"])
    with pytest.raises(InputError):
        store.add(ANNA, ["one"], "names")
    assert store.add(OTHER, ["one"])
    assert store.delete(ANNA, [f"w{n}" for n in range(20_000)])
    assert store.words(ANNA) == []


def test_workers_that_begin_at_once_add_the_same_words(address: str) -> None:
    """Each makes the tables where they are not there, and one of them is the first to have each word."""

    at_once = Barrier(WORKERS, timeout=60)

    def begin(number: int) -> bool:
        worker = WordStore(address)
        at_once.wait()
        try:
            return worker.add(ANNA, ["shared", f"own{number}"])
        finally:
            worker.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        assert all(pool.map(begin, range(WORKERS)))
    store = WordStore(address)
    assert store.words(ANNA) == [*(f"own{n}" for n in range(WORKERS)), "shared"]
    store.close()


def test_a_server_that_is_not_there_is_told_without_its_address() -> None:
    pytest.importorskip("psycopg", reason="the extra “postgres” is not installed")
    store = WordStore("postgresql+psycopg://anna:secret@127.0.0.1:9/words")
    with pytest.raises(StoreError, match=r"^the database of users' words cannot be used \(OperationalError\)$"):
        store.words(ANNA)
