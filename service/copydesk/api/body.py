"""Bytes in, a checked request out. Whatever is wrong is told by field, never with the document's text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, TypeVar

from flask import Request
from gunicorn.http.errors import ParseException
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from copydesk.api.asked import ReviewOptions, ReviewRequest, TermRequest
from copydesk.errors import EncodingError, FieldsError, InputError, MalformedError, TooLargeError, nearest
from copydesk.names.lexicon import Entry
from copydesk.read import decode

JSON = "application/json"
FORMATS = {"text/plain": "text", "text/html": "html", "text/markdown": "markdown"}  # of a body that is the text itself
LISTS = frozenset({"families", "enable", "disable", "accept"})  # options that a query may give several times
NOT_IN_QUERY = frozenset({"text", "source", "source_language", "options", "lexicon", "glossary"})
_KINDS = {"families": "family"}  # where the name of a field is not the name of its values
_REPEATED_MOST = 60  # characters of a wrong name that an error repeats
_FAULTS_MOST = 100  # faults that an error tells; a body can have a million, and for each the nearest name is looked for
_BROKEN = (ParseException, OSError)  # the server's, when a body is not what its headers say, or the client goes
M = TypeVar("M", bound=BaseModel)


def read_review(request: Request, most: int) -> ReviewRequest:
    """The review that the request asks for. `most` is the longest text, in code points.

    Raises UnsupportedMediaType, EncodingError, MalformedError, TooLargeError, FieldsError or InputError.
    """
    if request.mimetype != JSON and request.mimetype not in FORMATS:
        got = request.mimetype or "nothing"
        known = ", ".join(FORMATS)
        raise UnsupportedMediaType(f"send {JSON}, or {known} with charset=utf-8, not {_shown(got)}")
    _check_charset(request)
    if request.mimetype == JSON:
        asked = _from_json(request, ReviewRequest)
    else:
        body, form = _text(request), FORMATS[request.mimetype]
        asked = validate(ReviewRequest, {"format": form, **_from_query(request), "text": body})
    check_length(asked.text, most, "text")
    check_length(asked.source or "", most, "source")
    return asked


def read_json(request: Request, schema: type[M]) -> M:
    """The `schema` object that the body is, which must be JSON. Raises as `read_review`."""
    if request.mimetype != JSON:
        raise UnsupportedMediaType(f"send {JSON}, not {_shown(request.mimetype or 'nothing')}")
    _check_charset(request)
    return _from_json(request, schema)


def check_length(text: str, most: int, field: str) -> None:
    """Raises TooLargeError for a text of more than `most` code points."""
    if len(text) > most:
        raise TooLargeError(f"the {field} has {len(text)} characters; the limit is {most}", field=field)


def received(request: Request) -> bytes:
    """The body, kept for who asks again. Raises RequestEntityTooLarge, and BadRequest where it breaks off."""
    try:
        data = request.get_data()
    except _BROKEN:
        raise BadRequest("the body cannot be read to its end") from None
    if request.content_length is None and len(data) == request.max_content_length:  # without a length, it is cut off
        raise RequestEntityTooLarge
    return data


def _check_charset(request: Request) -> None:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"the charset must be utf-8, not {_shown(charset)}")


def _from_json(request: Request, schema: type[M]) -> M:
    body = _text(request)
    reject_unknown(request.args, (), "options of a JSON request are in its body: unknown query parameter")
    return validate(schema, parse(body))


def parse(body: str) -> dict[str, Any]:
    """A JSON object. Raises MalformedError for what is not JSON, repeated keys, NaN and endless numbers."""
    try:
        value = json.loads(body.removeprefix("\ufeff"), object_pairs_hook=_unique, parse_constant=_no_constant)
        if isinstance(value, dict):
            _reject_surrogates(value)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise MalformedError(f"not valid JSON at {place}: {error.msg}", field="body") from None
    except RecursionError:
        raise MalformedError("the JSON is nested too deeply", field="body") from None
    except InputError:
        raise
    except ValueError:  # the interpreter's limit on the digits of an integer
        raise MalformedError("the JSON has a number of too many digits", field="body") from None
    if not isinstance(value, dict):
        raise InputError("the body must be a JSON object", field="body")
    return value


def validate(schema: type[M], values: dict[str, Any]) -> M:
    """`values` as a `schema` object. Raises FieldsError with every fault, or the first hundred."""
    try:
        return schema.model_validate(values)
    except ValidationError as error:
        faults = error.errors(include_url=False)[:_FAULTS_MOST]
        raise FieldsError([_fault(schema, fault) for fault in faults]) from None


def reject_unknown(given: Iterable[str], known: Iterable[str], what: str = "unknown query parameter") -> None:
    """Raises FieldsError for query parameters that are not known, the first hundred, with the nearest that is."""
    strange = [name for name in given if name not in set(known)][:_FAULTS_MOST]
    if strange:
        raise FieldsError([(_shown(n), f"{what} “{_shown(n)}”{nearest(n[:100], known)}") for n in strange])


def _text(request: Request) -> str:
    limit = request.max_content_length
    try:
        return decode(received(request))
    except RequestEntityTooLarge:
        raise TooLargeError(f"the request is over the limit of {limit} bytes", field="body") from None
    except EncodingError as error:
        raise EncodingError(str(error), field="body") from None


def _from_query(request: Request) -> dict[str, Any]:
    """The query of a request whose body is the text as the object that a JSON request would send."""
    plain = [name for name in ReviewRequest.model_fields if name not in NOT_IN_QUERY]
    optional = [name for name in ReviewOptions.model_fields if name not in NOT_IN_QUERY]
    reject_unknown(request.args, [*plain, *optional])
    options: dict[str, Any] = {name: request.args[name] for name in optional if name in request.args}
    for name in LISTS & options.keys():
        options[name] = [part.strip() for value in request.args.getlist(name) for part in value.split(",")]
    return {**{name: request.args[name] for name in plain if name in request.args}, "options": options}


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        name = next(name for i, name in enumerate(names) if name in names[:i])
        raise MalformedError(f"the key “{_shown(name)}” stands twice", field=_shown(name))
    return values


def _reject_surrogates(values: dict[str, Any]) -> None:
    """Escapes can bring what UTF-8 cannot: half of a surrogate pair."""
    for name, part in values.items():
        try:
            json.dumps([name, part], ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise InputError("a lone surrogate is not text", field=_shown(name)) from None


def _no_constant(name: str) -> None:
    raise MalformedError(f"{name} is not JSON", field="body")


def _fault(schema: type[BaseModel], error: ErrorDetails) -> tuple[str, str]:
    """The field as a dotted path, and what is wrong with it, in our words where pydantic's say too little."""
    where = [_shown(str(part)) for part in error["loc"]]
    field, kind, last = ".".join(where), error["type"], where[-1]
    if kind == "extra_forbidden":
        return field, f"unknown key “{last}”{nearest(last, _siblings(schema, error['loc']))}"
    if kind == "missing":
        return field, "must be given"
    if kind in ("enum", "literal_error"):
        name = next(part for part in reversed(error["loc"]) if isinstance(part, str))
        known = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        return (
            field,
            f"unknown {_KINDS.get(name, name)} {_quoted(error['input'])}{_hint(error['input'], known)}",
        )
    if kind == "model_type":
        return field, "must be an object"
    return field, error["msg"]


def _siblings(schema: type[BaseModel], loc: tuple[int | str, ...]) -> Iterable[str]:
    """The keys that are known beside the one at `loc`."""
    if len(loc) == 1:
        return schema.model_fields
    if len(loc) == 2:
        options: BaseModel = schema.model_fields["options"].default
        return type(options).model_fields
    return TermRequest.model_fields if "glossary" in loc else Entry.model_fields


def _quoted(value: Any) -> str:
    return f"“{_shown(value)}”" if isinstance(value, str) else f"value of type {type(value).__name__}"


def _hint(value: Any, known: list[str]) -> str:
    close = nearest(value[:100], known) if isinstance(value, str) else ""
    return close or f"; known are {', '.join(known)}"


def _shown(name: str) -> str:
    """A name as an error may repeat it: short, and free of surrogates, which JSON in UTF-8 cannot carry."""
    name = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return name if len(name) <= _REPEATED_MOST else f"{name[: _REPEATED_MOST - 1]}…"
