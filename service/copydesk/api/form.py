"""The arguments of a request as LanguageTool's server reads them: of the query and of a form in the body."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import g, request

from copydesk.api.body import received
from copydesk.errors import InputError

_MOST_FIELDS = 1000


def arguments() -> dict[str, str]:
    """The arguments of the request, of its query and its body; the body's win.

    A body is read as a form whatever its content type says, as LanguageTool reads it; only multipart is told apart.
    Read once, for who looks for the key of the request and for its view. Raises RequestEntityTooLarge, BadRequest for
    a body that breaks off, and InputError for too many arguments.
    """
    if "arguments" not in g:
        g.arguments = _read()
    given: dict[str, str] = g.arguments
    return given


def _read() -> dict[str, str]:
    found = {name: values[-1] for name, values in request.args.lists()}
    body = received(request)
    if request.mimetype == "multipart/form-data":
        request.max_form_memory_size = request.max_content_length
        return {**found, **{name: values[-1] for name, values in request.form.lists()}}
    try:
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise InputError(f"a request may have {_MOST_FIELDS} arguments") from None
    return {**found, **dict(fields)}
