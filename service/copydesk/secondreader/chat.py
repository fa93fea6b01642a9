"""A client of one server that speaks the OpenAI chat protocol (`POST /chat/completions`).

Source: https://platform.openai.com/docs/api-reference/chat; llama.cpp, vLLM, Ollama and others answer the same.
"""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import requests
from pydantic import SecretStr
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, InvalidHeader, NewConnectionError
from urllib3.exceptions import TimeoutError as LateError
from urllib3.util.retry import Retry

from copydesk.secondreader.contract import Passage, ReaderError
from copydesk.secondreader.prompt import request

_CONNECT = 5.0  # seconds
_PAUSE = 1.0  # seconds before the second try, where the server does not say
_CHUNK = 65_536  # bytes
_MOST_BYTES = 1_000_000  # of an answer; twenty errors take 10,000
_REFUSES_FORM = frozenset({400, 422, 501})  # what servers say to a response_format that they do not know
_BUSY = 429
_SERVER_FAULT = 500


class _Bearer(requests.auth.AuthBase):
    """The key, only here. An object of its own also keeps a .netrc from answering in its place."""

    def __init__(self, key: SecretStr | None) -> None:
        self._key = key

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._key is not None:
            prepared.headers["Authorization"] = f"Bearer {self._key.get_secret_value()}"
        return prepared


class Chat:
    """One model on one server. Any number of threads may use it."""

    def __init__(self, url: str, model: str, key: SecretStr | None, timeout: float, connections: int) -> None:
        """`url` up to and with `/v1`; `timeout`: seconds for one request. Connects to nothing yet."""
        parts = urlsplit(url)
        self.model = model
        self.host = parts.hostname or ""
        if parts.port is not None:
            self.host += f":{parts.port}"
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._auth, self._timeout = _Bearer(key), timeout
        self._knows_schemas = True
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=connections))

    def ask(self, passage: Passage, until: float) -> bytes:
        """The body of the model's answer; `until` on the monotonic clock. Raises ReaderError.

        A server that refuses the JSON schema is asked for any JSON object, from then on at once.
        """
        if self._knows_schemas:
            status, body = self._ask_twice(passage, until, schema=True)
            if status not in _REFUSES_FORM:
                return _checked(status, body)
        status, body = self._ask_twice(passage, until, schema=False)
        body = _checked(status, body)
        self._knows_schemas = False
        return body

    def _ask_twice(self, passage: Passage, until: float, *, schema: bool) -> tuple[int, bytes]:
        """Once more where the server is busy or fails, after as long as it asks for, if there is as much time."""
        status, body, pause = self._post(passage, until, schema=schema)
        if (status == _BUSY or status >= _SERVER_FAULT) and status not in _REFUSES_FORM:
            if time.monotonic() + pause >= until:
                raise ReaderError(f"the model’s server answered with HTTP status {status}")
            time.sleep(pause)
            status, body, _ = self._post(passage, until, schema=schema)
        return status, body

    def _post(self, passage: Passage, until: float, *, schema: bool) -> tuple[int, bytes, float]:
        """Status, body, and the seconds to wait before another try. A redirection is not followed: the answer names
        the host that texts go to."""
        until = min(until, time.monotonic() + self._timeout)
        body = request(self.model, passage, schema=schema)
        try:
            with self._session.post(
                self._url,
                json=body,
                auth=self._auth,
                headers={"Accept-Encoding": "identity"},
                timeout=(min(_CONNECT, _left(until)), _left(until)),
                allow_redirects=False,
                stream=True,
            ) as response:
                return response.status_code, _read(response, until), _pause(response)
        except (requests.Timeout, LateError):
            raise ReaderError("the model did not answer in time") from None
        except (requests.RequestException, HTTPError, OSError) as error:
            told = f"the connection to the model’s server failed ({type(error).__name__})"
            raise ReaderError(told, sent=not _is_unconnected(error)) from None


def _checked(status: int, body: bytes) -> bytes:
    if status != requests.codes.ok:
        raise ReaderError(f"the model’s server answered with HTTP status {status}")
    return body


def _read(response: requests.Response, until: float) -> bytes:
    """The whole body. A limit between bytes alone would let a server that drips hold a review for ever."""
    body = bytearray()
    while part := response.raw.read1(_CHUNK):
        body += part
        if len(body) > _MOST_BYTES:
            raise ReaderError(f"the model’s answer is over {_MOST_BYTES} bytes")
        _left(until)
    return bytes(body)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise ReaderError("the model did not answer in time")
    return left


def _pause(response: requests.Response) -> float:
    """The seconds that `Retry-After` asks for, as a number or as a date (RFC 9110, 10.2.3)."""
    asked = response.headers.get("Retry-After")
    try:
        return Retry().parse_retry_after(asked) if asked is not None else _PAUSE
    except InvalidHeader:
        return _PAUSE


def _is_unconnected(error: Exception) -> bool:
    """Whether no connection came about, so that nothing was sent."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NewConnectionError)
