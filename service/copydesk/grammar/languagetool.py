"""The engine that is LanguageTool's own server, over its HTTP interface."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from copydesk.errors import EngineError, OffsetError
from copydesk.grammar.contract import Detail, Match
from copydesk.grammar.jars import VERSION
from copydesk.grammar.state import StateFile
from copydesk.model import Engine, Span
from copydesk.offsets import Offsets

_CONNECTIONS = 32  # kept open to the server
_CONNECT = 2.0  # seconds
_LANGUAGES_TIMEOUT = 5.0  # seconds
_LANGUAGES_EVERY = 5.0  # seconds between two tries to have the languages of a server that does not tell them
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class LanguageToolEngine:
    """A client of one server: ours, found through its state file, or another one at a fixed address."""

    def __init__(
        self, *, state: StateFile | None = None, url: str | None = None, asked: Mapping[str, str] | None = None
    ) -> None:
        """`state` or `url` (up to and with `/v2`) is given. Connects to nothing yet.

        `asked` are more parameters of its `check`: a level, a mother tongue, rules to switch on.
        """
        self._asked = {"level": "default", **(asked or {})}
        self._state, self._fixed = state, url.rstrip("/") if url else None
        self._version = "unknown" if url else VERSION
        self._languages: frozenset[str] | None = None
        self._languages_again = 0.0  # when they may be asked for, in `time.monotonic()`
        self._session = requests.Session()
        self._session.trust_env = url is not None  # a proxy must not get between us and our own machine
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=4, pool_maxsize=_CONNECTIONS))
        self._asking = threading.Lock()

    @property
    def info(self) -> Engine:
        """Name and version; of a server elsewhere the version is known once it has answered."""
        return Engine("languagetool", self._version)

    def speaks(self, language: str) -> bool:
        """Whether the server lists the language; True while it does not say, since `check` tells why.

        One caller asks it, and no other waits for that: a server that hangs would keep them all, one after the other.
        """
        if self._languages is None and self._asking.acquire(blocking=False):
            try:
                if time.monotonic() > self._languages_again:
                    rows = self._ask("GET", "languages", {}, _LANGUAGES_TIMEOUT)
                    self._languages = frozenset(code for row in rows for code in (row["code"], row["longCode"]))
            except (EngineError, KeyError, TypeError):
                self._languages_again = time.monotonic() + _LANGUAGES_EVERY
            finally:
                self._asking.release()
        return self._languages is None or language in self._languages

    def check(self, text: str, language: str, timeout: float) -> list[Match]:
        """The server's matches on `text` in code points, in order. `timeout` is in seconds.

        Raises EngineError when the server is absent, starting, dead or late, refuses, or gives up half way.
        """
        # A lone surrogate is no text and cannot be sent; its stand-in counts as much in every unit.
        sent = _LONE_SURROGATE.sub("\ufffd", text)
        data = {**self._asked, "text": sent, "language": language}
        answer = self._ask("POST", "check", data, timeout)
        try:
            if answer.get("warnings", {}).get("incompleteResults"):
                raise EngineError("LanguageTool gave up half way")
            self._version = str(answer["software"]["version"])
            offsets = Offsets(sent)
            found = [_match(row, offsets) for row in answer["matches"]]
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise EngineError(f"LanguageTool's answer cannot be read ({type(error).__name__})") from None
        return sorted((m for m in found if m is not None), key=lambda m: m.span)

    def _url(self) -> str:
        """The server's address. Raises EngineError with the reason when it has none or is not ready."""
        if self._fixed is not None:
            return self._fixed
        now = self._state.read() if self._state is not None else None
        if now is None or self._state is None:
            raise EngineError("LanguageTool is not running")
        if not now.ready:
            raise EngineError(now.reason or "LanguageTool is starting")
        self._state.touch()
        return now.url

    def _ask(self, method: str, path: str, data: dict[str, str], timeout: float) -> Any:
        """The server's answer, read from JSON. Error messages never hold what was sent."""
        url = f"{self._url()}/{path}"
        limits = (min(_CONNECT, timeout), timeout)
        try:
            with self._session.request(method, url, data=data, timeout=limits) as response:
                if response.status_code != requests.codes.ok:
                    raise EngineError(f"LanguageTool answered with HTTP status {response.status_code}")
                return response.json()
        except requests.Timeout:
            raise EngineError(f"LanguageTool did not answer within {timeout:.2g} s") from None
        except requests.JSONDecodeError:
            raise EngineError("LanguageTool's answer cannot be read (no JSON)") from None
        except requests.RequestException as error:
            raise EngineError(f"LanguageTool broke off the connection ({type(error).__name__})") from None


def _match(row: dict[str, Any], offsets: Offsets) -> Match | None:
    """One match; None when its ends are inside a character, so that it cannot be shown."""
    start, end = row["offset"], row["offset"] + row["length"]
    try:
        span = Span(offsets.from_utf16(start), offsets.from_utf16(end))
    except OffsetError:
        return None
    rule = row["rule"]
    urls = rule.get("urls") or [{"value": ""}]
    return Match(
        span=span,
        rule=rule["id"],
        message=row["message"],
        category=rule["category"]["id"],
        issue_type=rule.get("issueType", "uncategorized").lower(),
        replacements=tuple(r["value"] for r in row["replacements"]),
        detail=Detail(
            short_message=row.get("shortMessage") or "",
            description=rule.get("description") or "",
            category_name=rule["category"].get("name") or "",
            url=urls[0]["value"],
            sub_id=rule.get("subId") or "",
            context=row.get("contextForSureMatch", 0),
        ),
    )
