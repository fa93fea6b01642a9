"""`/v2/words`: what a user says is right, told once and held in every check of that user."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, current_app, request

from copydesk.api.form import arguments
from copydesk.api.service import service
from copydesk.api.v2.asked import listed, owner_of
from copydesk.api.v2.blueprint import as_json, endpoint
from copydesk.errors import InputError
from copydesk.store import Owner, WordStore
from copydesk.store.words import DEFAULT

_KEY = "copydesk.words"
_PAGE = 10  # words of an answer, unless the client says how many


def store() -> WordStore:
    """The store of the settings, one for each process."""
    found: WordStore = current_app.extensions.setdefault(_KEY, WordStore(service().settings.store))
    return found


@endpoint("/words")
def words() -> Response:
    """A page of the user's words, in the order of the alphabet."""
    _called_with("GET", "/words")
    given = arguments()
    if "dict" in given:
        raise InputError("Use parameter 'dicts', not 'dict' in GET /words API method.")
    offset, limit = _number(given, "offset", 0), _number(given, "limit", _PAGE)
    return as_json({"words": store().words(_owner(given), listed(given, "dicts"), offset, limit)})


@endpoint("/words/add")
def add() -> Response:
    """Adds a word, or with `mode=batch` the `words`, which white space parts; whether one was new."""
    _called_with("POST", "/words/add")
    given = arguments()
    owner = _owner(given)
    return as_json({"added": store().add(owner, _words(given), given.get("dict") or DEFAULT)})


@endpoint("/words/delete")
def remove() -> Response:
    """Takes a word back, or several as in `add`; whether one was there."""
    _called_with("POST", "/words/delete")
    given = arguments()
    owner = _owner(given)
    return as_json({"deleted": store().delete(owner, _words(given), given.get("dict") or DEFAULT)})


def _called_with(method: str, path: str) -> None:
    if request.method != method and not (method == "GET" and request.method == "HEAD"):
        raise InputError(f"{path} needs to be called with {method}")


def _owner(given: Mapping[str, str]) -> Owner:
    owner = owner_of(given)
    if owner is None:
        raise InputError("This end point needs a user id: parameters 'username' and 'apiKey'")
    return owner


def _words(given: Mapping[str, str]) -> list[str]:
    if given.get("mode") == "batch":
        return given.get("words", "").split()
    return [given.get("word", "")]


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    value = given.get(name, "")
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise InputError(f"'{name}' must be a number")
    return int(value)
