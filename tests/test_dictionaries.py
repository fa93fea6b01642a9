"""Dictionaries in the user's cache folder hold the same words, whoever made them and whatever became of them."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from simplemma.strategies.dictionaries.dictionary_factory import (
    DefaultDictionaryFactory,
    _load_dictionary_from_disk,
)

from copydesk.checkers.bitext._dictionaries import KeptDictionaries
from copydesk.limits import ends_at

LANGUAGE = "ms"  # the smallest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where dictionaries will be kept; none is there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return KeptDictionaries(1)._folder


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages whose dictionary the library has decoded for a trie."""
    languages: list[str] = []

    def told(language: str) -> dict[bytes, bytes]:
        languages.append(language)
        return _load_dictionary_from_disk(language)

    place = "simplemma.strategies.dictionaries.trie_dictionary_factory"
    monkeypatch.setattr(f"{place}._load_dictionary_from_disk", told)
    return languages


def words() -> dict[str, str]:
    return dict(KeptDictionaries(1).get_dictionary(LANGUAGE))


@pytest.fixture(scope="module")
def wanted() -> dict[str, str]:
    return dict(DefaultDictionaryFactory(1).get_dictionary(LANGUAGE))


def test_decoded_once_and_then_read(folder: Path, decoded: list[str], wanted: dict[str, str]) -> None:
    assert [words() == wanted, words() == wanted] == [True, True]
    assert decoded == [LANGUAGE]
    assert [path.name for path in folder.iterdir()] == [f"{LANGUAGE}.dic"]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_damaged_file_is_made_anew(folder: Path, decoded: list[str], wanted: dict[str, str]) -> None:
    words()
    kept = folder / f"{LANGUAGE}.dic"
    whole = kept.read_bytes()
    for damaged in (b"", b"no trie", whole[: len(whole) // 2]):
        kept.write_bytes(damaged)
        assert words() == wanted
        assert kept.read_bytes() == whole
    assert decoded == [LANGUAGE] * 4


def test_several_at_once(folder: Path, wanted: dict[str, str]) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: words() == wanted, range(8)))
    assert [path.name for path in folder.iterdir()] == [f"{LANGUAGE}.dic"]


def test_no_request_makes_one(folder: Path, decoded: list[str], wanted: dict[str, str]) -> None:
    with ends_at(time.monotonic() + 3600):
        assert words() == wanted
        assert (decoded, list(folder.iterdir())) == ([], [])
    words()
    with ends_at(time.monotonic() + 3600):
        assert words() == wanted
    assert decoded == [LANGUAGE]


def test_where_others_may_write_nothing_is_read(folder: Path, decoded: list[str], wanted: dict[str, str]) -> None:
    words()
    (folder / f"{LANGUAGE}.dic").write_bytes(b"somebody else's")
    folder.chmod(0o777)
    assert words() == wanted
    assert decoded == [LANGUAGE]  # not again: what is read here is the library's own
    assert (folder / f"{LANGUAGE}.dic").read_bytes() == b"somebody else's"


def test_where_nothing_can_be_kept(folder: Path, wanted: dict[str, str]) -> None:
    folder.parent.mkdir()
    folder.write_bytes(b"")  # no folder can be made there
    assert words() == wanted
