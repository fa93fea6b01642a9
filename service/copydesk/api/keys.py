"""Who asks: the key of a request, whether it lets in, and for what."""

from __future__ import annotations

from flask import Flask, current_app, g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from copydesk.api.form import arguments
from copydesk.api.service import service
from copydesk.settings import Settings
from copydesk.store import Key, KeyStore, Scope

_STORE = "copydesk.keys"
_LANGUAGETOOL = "languagetool"
# Open to everybody: what says nothing of anybody's texts, and what tells a stranger how to ask.
_OPEN = frozenset(
    {
        *("page.page", "docs.page", "openapi.spec", "static", "health.alive", "health.ready"),
        *(f"{_LANGUAGETOOL}.{name}" for name in ("languages", "info", "maxtextlength", "healthcheck")),
    }
)
_WORDS = frozenset(f"{_LANGUAGETOOL}.{name}" for name in ("words", "add", "remove"))
_REALM = "copydesk"


def register(app: Flask, settings: Settings) -> None:
    """Every request to `app` is asked whose it is, before anything else reads it; `admit` then judges it."""
    app.extensions[_STORE] = KeyStore(settings.store)
    if settings.require_key:
        app.before_request(_identify)


def key_of_request() -> Key | None:
    """The key that the current request came with; None where none is needed, or it was wrong."""
    found: Key | None = g.get("key")
    return found


def has_wrong_key() -> bool:
    """Whether the current request came with a key that does not let in."""
    return bool(g.get("wrong_key"))


def is_open() -> bool:
    """Whether the current request is for what needs no key: also an unknown path, and what browsers ask beforehand."""
    return request.endpoint is None or request.endpoint in _OPEN or request.method == "OPTIONS"


def admit() -> None:
    """Raises Unauthorized for a request without a key that lets in, Forbidden for one whose key's scopes lack it."""
    if not service().settings.require_key or is_open():
        return
    key, needed = key_of_request(), _needed()
    if key is None:
        said = "the key is wrong, revoked or has expired" if has_wrong_key() else "a key is needed"
        error = "invalid_token" if has_wrong_key() else None
        raise Unauthorized(said, www_authenticate=_challenge(error))
    if needed not in key.scopes:
        raise Forbidden(f"this key may not do that: it lacks the scope “{needed}”")


def _identify() -> None:
    """Looks up the key of a request that needs one. Raises StoreError, and what reading a form raises."""
    if is_open():
        return
    given = _given()
    if given:
        g.key = _keys().find(given)
        g.wrong_key = g.key is None


def _given() -> str | None:
    """The key as it was sent: in the header, or in `/v2` where LanguageTool's clients put it, in query or form."""
    if request.authorization is not None:
        return request.authorization.token if request.authorization.type == "bearer" else None
    return arguments().get("apiKey") if request.blueprint == _LANGUAGETOOL else None


def _needed() -> Scope:
    if request.endpoint in _WORDS:
        return Scope.WORDS
    return Scope.METRICS if request.blueprint == "metrics" else Scope.REVIEW


def _challenge(error: str | None) -> WWWAuthenticate:
    """What a client is told of how to ask (RFC 6750, section 3)."""
    return WWWAuthenticate("bearer", {"realm": _REALM, **({"error": error} if error else {})})


def _keys() -> KeyStore:
    found: KeyStore = current_app.extensions[_STORE]
    return found
