"""What the endpoints of `/v2` share: routes, answers, errors as LanguageTool's server gives them, and CORS."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from apiflask import APIBlueprint
from flask import Response, request
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge, Unauthorized

from copydesk.api import problems
from copydesk.api.service import service
from copydesk.errors import CopydeskError, InputError, OverloadedError, TooLargeError

log = logging.getLogger(__name__)

views = APIBlueprint("languagetool", __name__, url_prefix="/v2", enable_openapi=False)
View = TypeVar("View", bound=Callable[[], Response])
_METHODS = ["GET", "POST"]
_SHOWN = 60  # characters of an unknown path that the error repeats


def endpoint(path: str) -> Callable[[View], View]:
    """A route below `/v2` by GET and POST, with and without a slash at the end."""
    return views.route(path, methods=_METHODS, strict_slashes=False)


def as_json(body: Any) -> Response:
    """`body` with the content type exactly as clients compare it."""
    return Response(json.dumps(body, ensure_ascii=False), content_type="application/json")


def as_text(body: str) -> Response:
    """`body` as plain text."""
    return Response(body, content_type="text/plain")


@views.errorhandler(Exception)
def _told(error: Exception) -> Response:
    """An error as a line of text. A request that is wrong is a 400; what is too long is a 413."""
    if isinstance(error, TooLargeError | RequestEntityTooLarge):
        status = 413
    elif isinstance(error, InputError):
        status = 400
    elif isinstance(error, CopydeskError):
        status = error.status
        log.warning("%s: %s", error.code, error)
    elif isinstance(error, HTTPException):
        status = error.code or 500
    else:
        problems.of_fault(error)
        status = 500
    if status == 500:
        said = "the request could not be answered; the log has the place"
    elif isinstance(error, HTTPException):
        said = error.description or error.name
    else:
        said = str(error)
    response = Response(f"Error: {said}", status, content_type="text/plain; charset=utf-8")
    if isinstance(error, OverloadedError):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Unauthorized):
        response.headers.extend(header for header in error.get_headers() if header[0] == "WWW-Authenticate")
    return response


@views.route("/", defaults={"action": ""}, methods=[*_METHODS, "PUT", "PATCH", "DELETE"], strict_slashes=False)
@views.route("/<path:action>", methods=[*_METHODS, "PUT", "PATCH", "DELETE"])
def unknown(action: str) -> Response:
    """Everything else below `/v2`."""
    shown = action.encode("utf-8", "backslashreplace").decode()[:_SHOWN]
    raise NotFound(f"Unsupported action: '{shown}'")


@views.after_request
def _share(response: Response) -> Response:
    """Lets pages of those that the settings name read the answer."""
    allowed = service().settings.allow_origin
    if not allowed:
        return response
    asking = request.headers.get("Origin", "")
    everybody = "*" in allowed
    if not everybody:
        response.vary.add("Origin")  # the answer says who may read it: a cache must not give it to another
    if everybody or asking in allowed or f"{asking.partition('://')[0]}://*" in allowed:
        response.headers["Access-Control-Allow-Origin"] = "*" if everybody else asking
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
    return response
