"""The log: JSON, a line an event, on standard error. Never a text, a query, a key or an address of a caller.

A request that was answered is one line. Its path is the template of the route (`/v1/rules/<path:rule_id>`), since
people put texts into paths too; one that no route has is not told. An error is told by its type and by the place in
the code, without its message, which could quote a text.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
import uuid
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, has_request_context, request
from gunicorn.glogging import Logger

from copydesk.api.keys import key_of_request

log = logging.getLogger(__name__)

REQUEST_ID = "X-Request-ID"
UNKNOWN = "unknown"
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FRAMES = 5  # of an error's traceback, the innermost


class JsonLines(logging.Formatter):
    """A record as one line of JSON, in ASCII: nothing in it can begin another line or change a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, Any] = {"time": when, "level": record.levelname.lower(), "logger": record.name}
        told |= {"process": record.process, "message": record.getMessage()}
        if has_request_context():
            told["request_id"] = request_id()
        told |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0] is not None:
            told |= _fault(record.exc_info[0], traceback.extract_tb(record.exc_info[2]))
        return json.dumps(told)


class GunicornLog(Logger):  # type: ignore[misc] # gunicorn has no types
    """gunicorn's own messages as lines of the log, without what they quote of a request: its line, or a header."""

    def setup(self, cfg: Any) -> None:
        """Leaves the records to the handler of `configure`."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """A request that cannot be read is told by the kind of fault."""
        if msg.startswith("Invalid request"):
            kind = sys.exc_info()[0]
            msg, args = "a request could not be read: %s", (kind.__name__ if kind else UNKNOWN,)
        self.error_log.warning(msg, *args, **kwargs)

    def exception(self, msg: object, *_args: Any, **_kwargs: Any) -> None:
        """The error with its place; the arguments may be an address with a text in its query."""
        said = msg.replace("%s", "…") if isinstance(msg, str) else type(msg).__name__
        self.error_log.error(said, exc_info=True)


def configure() -> None:
    """Has this process, and what it forks, log in lines of JSON: warnings, and a line a request."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(True)
    log.setLevel(logging.INFO)


def register(app: Flask) -> None:
    """Gives each request to `app` an id and a line. Before all that can refuse one, so that refusals are told too."""
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The id of the current request: what the caller or a proxy sent, if it is one, else a new one."""
    if "request_id" not in g:
        given = request.headers.get(REQUEST_ID, "")
        g.request_id = given if _SANE_ID.fullmatch(given) else uuid.uuid4().hex
    found: str = g.request_id
    return found


def seconds() -> float:
    """For how long the current request has been in hand."""
    began: float = g.setdefault("began", time.perf_counter())
    return time.perf_counter() - began


def route() -> str:
    """The template of the current request's path; `unknown` for one that no route has."""
    return UNKNOWN if request.url_rule is None else request.url_rule.rule


def method() -> str:
    """The method of the current request; `unknown` for one that HTTP does not have, which may be any word."""
    return request.method if request.method in _METHODS else UNKNOWN


def _begin() -> None:
    seconds()
    request_id()


def _end(response: Response) -> Response:
    response.headers[REQUEST_ID] = request_id()
    key = key_of_request()
    fields = {
        "method": method(),
        "path": route(),
        "status": response.status_code,
        "ms": round(1000 * seconds(), 1),
        "bytes_in": request.content_length,
        "bytes_out": response.content_length,
        "key": None if key is None else key.id,
    }
    log.info("request", extra={"fields": fields})
    return response


def _fault(kind: type[BaseException], frames: traceback.StackSummary) -> dict[str, Any]:
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-_FRAMES:]]
    return {"error": kind.__name__, "at": places}
