"""Errors as application/problem+json (RFC 9457). The one table of error handlers."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from copydesk.errors import CopydeskError, FieldsError, InputError, OverloadedError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
# Every kind of problem, by the fragment of its `type`; the page at /docs lists them.
TITLES = {
    "invalid-input": "Part of the request is not valid",
    "wrong-encoding": "The body is not UTF-8",
    "malformed": "The body is not JSON",
    "too-large": "The request is over a limit",
    "unreadable": "The text is not in the format that it is said to be in",
    "unknown-name": "A name is not known",
    "bad-offset": "A position is outside the text",
    "bad-rule": "A rule or lexicon cannot be used",
    "engine-unavailable": "The grammar engine cannot answer",
    "overloaded": "There is too much to do at the moment",
    "store-unavailable": "The database of users' words cannot answer",
    "store-full": "The disk of the database of users' words is full",
    "bad-request": "The request cannot be read",
    "not-found": "There is nothing here",
    "method-not-allowed": "The method is not allowed here",
    "unauthorized": "A key is needed",
    "forbidden": "The key does not allow this",
    "too-many-requests": "Too many requests",
    "unsupported-media-type": "The content type is not one that is read",
    "internal-error": "copydesk is at fault",
}
_FIELDS = {415: "Content-Type"}  # the part of the request that an error without a field of its own is about


def problem(
    code: str, status: int, detail: str, faults: Sequence[tuple[str, str]] = (), title: str | None = None
) -> Response:
    """One problem document. `faults` are (field, message)."""
    body: dict[str, Any] = {
        "type": f"/docs#{code}",
        "title": title or TITLES[code],
        "status": status,
        "detail": detail,
        "errors": [{"field": field, "message": message} for field, message in faults],
    }
    return Response(json.dumps(body, ensure_ascii=False), status, content_type=MEDIA_TYPE)


def of_copydesk(error: CopydeskError) -> Response:
    """An error of copydesk's own, with its own status."""
    if error.status >= 500:
        log.warning("%s: %s", error.code, error)
    faults: Sequence[tuple[str, str]] = ()
    if isinstance(error, FieldsError):
        faults = error.faults
    elif isinstance(error, InputError) and error.field:
        faults = [(error.field, str(error))]
    response = problem(error.code, error.status, str(error), faults)
    if isinstance(error, OverloadedError):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def of_http(error: HTTPException) -> Response:
    """An error of the web framework: no such path, wrong method, wrong content type …"""
    status = error.code or 500
    code = error.name.lower().replace(" ", "-")
    title = TITLES.get(code, error.name)
    said = error.description != type(error).description  # else it is the framework's general remark
    detail = error.description if said and error.description else title
    faults = [(_FIELDS[status], detail)] if status in _FIELDS else []
    response = problem(code, status, detail, faults, title)
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    return response


def of_fault(error: Exception) -> Response:
    """A fault in the code. The log has its type and place, not its message: that could quote a document."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("%s at %s:%s", type(error).__name__, place.filename, place.lineno)
    return problem("internal-error", 500, "the request could not be answered; the log has the place")


HANDLERS: dict[type[Exception], Callable[[Any], Response]] = {
    CopydeskError: of_copydesk,
    HTTPException: of_http,
    Exception: of_fault,
}


def register(app: Flask) -> None:
    """Every error of `app` is answered through the table."""
    for kind, handler in HANDLERS.items():
        app.register_error_handler(kind, handler)
