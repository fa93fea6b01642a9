"""What the endpoints of `/v2` share: arguments, answers, errors as LanguageTool's server gives them, and CORS."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from apiflask import APIBlueprint
from flask import Response, request
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge

from copydesk.api import problems
from copydesk.api.service import service
from copydesk.errors import CopydeskError, InputError, TooLargeError

log = logging.getLogger(__name__)

views = APIBlueprint("languagetool", __name__, url_prefix="/v2", enable_openapi=False)
View = TypeVar("View", bound=Callable[[], Response])
_METHODS = ["GET", "POST"]
_MOST_FIELDS = 1000
_SHOWN = 60  # characters of an unknown path that the error repeats


def endpoint(path: str) -> Callable[[View], View]:
    """A route below `/v2` by GET and POST, with and without a slash at the end."""
    return views.route(path, methods=_METHODS, strict_slashes=False)


def arguments() -> dict[str, str]:
    """The arguments of the request, of its query and its body; the body's win.

    A body is read as a form whatever its content type says, as LanguageTool reads it; only multipart is told apart.
    Raises RequestEntityTooLarge, and InputError for too many arguments.
    """
    found = {name: values[-1] for name, values in request.args.lists()}
    if request.mimetype == "multipart/form-data":
        request.max_form_memory_size = request.max_content_length
        return {**found, **{name: values[-1] for name, values in request.form.lists()}}
    body = request.get_data(cache=False)
    if request.content_length is None and len(body) == request.max_content_length:  # cut off there
        raise RequestEntityTooLarge
    try:
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise InputError(f"a request may have {_MOST_FIELDS} arguments") from None
    return {**found, **dict(fields)}


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
    return Response(f"Error: {said}", status, content_type="text/plain; charset=utf-8")


@views.route("/", defaults={"action": ""}, methods=[*_METHODS, "PUT", "PATCH", "DELETE"], strict_slashes=False)
@views.route("/<path:action>", methods=[*_METHODS, "PUT", "PATCH", "DELETE"])
def unknown(action: str) -> Response:
    """Everything else below `/v2`."""
    shown = action.encode("utf-8", "backslashreplace").decode()[:_SHOWN]
    raise NotFound(f"Unsupported action: '{shown}'")


@views.after_request
def _share(response: Response) -> Response:
    """Lets pages of the site that the settings name read the answer."""
    origin = service().settings.allow_origin
    if origin is not None:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
    return response
