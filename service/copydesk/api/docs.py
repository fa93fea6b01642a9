"""The OpenAPI document and a page that shows it, with nothing from outside."""

from __future__ import annotations

import json
import re
from collections.abc import Set as AbstractSet
from typing import Any

from apiflask import APIBlueprint, APIFlask
from flask import current_app, render_template
from markupsafe import Markup, escape
from pydantic import BaseModel

from copydesk.api.answered import ProblemAnswer
from copydesk.api.asked import BitextRequest, ReviewOptions, ReviewRequest, RulesQuery
from copydesk.api.body import FORMATS, LISTS, NOT_IN_QUERY
from copydesk.api.problems import MEDIA_TYPE, TITLES

views = APIBlueprint("docs", __name__, enable_openapi=False)
_REFERENCE = "#/components/schemas/{model}"
_BITEXT = {
    "source": "Цены выросли на рынке в Минске.",
    "target": "Prices rose on the market market in Minsk.",
    "source_language": "ru",
    "target_language": "en-US",
}
_EXAMPLES: dict[str, dict[str, Any]] = {
    "/v1/review": {
        "text": "Talks were held in the frames of a joint project.",
        "language": "en-GB",
        "options": {"apply": "unsafe"},
    },
    "/v1/clean": {"text": "Ships wait off Odesa.\n\nShips wait off Odesa.\n\nThe port is closed.", "language": "en-GB"},
}


@views.get("/docs")
def page() -> str:
    """The reference of the service as one static page."""
    app = current_app
    assert isinstance(app, APIFlask)  # noqa: S101 (for the type checker: the factory makes no other)
    return render_template("docs.html", spec=app.spec, problems=TITLES)


def complete(spec: dict[str, Any] | str) -> dict[str, Any]:
    """`spec` with what the framework cannot know: bodies and queries read by hand, and problem documents."""
    short = _shorten(spec)
    schemas = short["components"]["schemas"]
    for name in ("HTTPError", "ValidationError"):
        schemas.pop(name, None)
    for model in (ReviewRequest, BitextRequest, ProblemAnswer):
        schemas |= _schemas(model)
    for path, example in _EXAMPLES.items():
        _describe_body(short["paths"][path]["post"], example)
    schema = {"$ref": _REFERENCE.format(model="BitextRequest")}
    content = {"application/json": {"schema": schema, "example": _BITEXT}}
    short["paths"]["/v1/bitext"]["post"]["requestBody"] = {"required": True, "content": content}
    short["paths"]["/v1/rules"]["get"]["parameters"] = _parameters(RulesQuery, set())
    for operations in short["paths"].values():
        for operation in operations.values():
            _describe_errors(operation["responses"])
    order = sorted(short["paths"], key=lambda path: (not path.startswith("/v1/"), path))
    return {**short, "paths": {path: short["paths"][path] for path in order}}


def _describe_body(operation: dict[str, Any], example: dict[str, Any]) -> None:
    """A text as JSON, or as it is with the options in the query."""
    operation["requestBody"] = {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": _REFERENCE.format(model="ReviewRequest")},
                "example": example,
            },
            **{kind: {"schema": {"type": "string"}, "example": example["text"]} for kind in FORMATS},
        },
    }
    operation["parameters"] = _parameters(ReviewRequest, NOT_IN_QUERY) + _parameters(ReviewOptions, NOT_IN_QUERY)
    for parameter in operation["parameters"]:
        parameter["description"] = f"not with JSON: {parameter['description']}"


def _shorten(spec: dict[str, Any] | str) -> dict[str, Any]:
    """The framework names a nested schema after each one that holds it; ours are the same everywhere."""
    text = re.sub(r"(#/components/schemas/)\w+\.", r"\1", json.dumps(spec))
    short: dict[str, Any] = json.loads(text)
    schemas = short["components"]["schemas"]
    short["components"]["schemas"] = {name.rpartition(".")[2]: schema for name, schema in schemas.items()}
    return short


def ticks(text: str) -> Markup:
    """`text` as HTML, with what stands in backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 (escaped one line earlier)


def _schemas(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(ref_template=_REFERENCE)
    return {**schema.pop("$defs", {}), model.__name__: schema}


def _parameters(model: type[BaseModel], without: AbstractSet[str]) -> list[dict[str, Any]]:
    """The fields of `model` as query parameters; lists go into one, separated by commas."""
    properties = model.model_json_schema(ref_template=_REFERENCE)["properties"]
    parameters = []
    for name, schema in properties.items():
        if name in without:
            continue
        parameter = {"name": name, "in": "query", "required": False, "description": schema.pop("description")}
        if "anyOf" in schema:  # or null, which a query has no word for
            schema = schema["anyOf"][0]
        if name in LISTS:
            parameter |= {"style": "form", "explode": False}
        parameters.append({**parameter, "schema": schema})
    return parameters


def _describe_errors(responses: dict[str, Any]) -> None:
    """Errors that the web framework would answer in its own way are problem documents here."""
    foreign = [{"$ref": _REFERENCE.format(model=name)} for name in ("HTTPError", "ValidationError")]
    for response in responses.values():
        if response["content"].get("application/json", {}).get("schema") in foreign:
            response["content"] = {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE.format(model="ProblemAnswer")}}}
