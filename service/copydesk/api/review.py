"""`POST /v1/review`: one text in, its findings, its corrected form and its marked form out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apiflask import APIBlueprint
from flask import request

from copydesk.api.answered import Answer
from copydesk.api.body import read_review
from copydesk.api.metrics import count
from copydesk.api.service import service
from copydesk.model import Review
from copydesk.pipeline import SAFE, UNSAFE, Options
from copydesk.render.annotated import annotated
from copydesk.render.json import answer

LEVELS = {"safe": SAFE, "unsafe": UNSAFE, "none": None}
views = APIBlueprint("review", __name__, tag="Review")


@views.post("/v1/review")
@views.output(Answer, description="the findings, the corrected text and the text with its findings marked")
@views.doc(
    operation_id="review",
    responses={
        400: "not UTF-8, or not JSON",
        413: "the text or the request is over a limit",
        415: "neither application/json nor text/plain, text/html or text/markdown in UTF-8",
        422: "a field is missing, unknown or wrong; the answer names it",
        503: "there is too much to do: `Retry-After` says when to come back, in seconds; or the engine that was asked "
        "for by name cannot answer",
    },
)
def review() -> dict[str, Any]:
    """Review a text

    As `application/json`, or as `text/plain`, `text/html` or `text/markdown` in UTF-8 with the options as query
    parameters (lists repeated or separated by commas). Offsets are Unicode code points into the text as it was sent,
    markup and all; edits leave its markup whole. With `source`, the text is also read as the translation of that.
    """
    desk = service()
    asked = read_review(request, desk.settings.max_text)
    source = None if asked.source is None else desk.document(asked.source, asked.source_language)
    options = replace(desk.options(asked.options), source=source)
    found = desk.desk.review(asked.text, options, format=asked.format, language=asked.language, source=asked.path)
    count(found.findings, found.notices)
    result = answer([found])
    result["documents"][0]["corrected"] = _corrected(found, options, asked.options.apply)
    result["documents"][0]["annotated"] = annotated(found)
    return result


def _corrected(found: Review, options: Options, apply: str) -> dict[str, Any] | None:
    levels = LEVELS[apply]
    if levels is None:
        return None
    applied = service().desk.correct(found, options, levels)
    return {"text": applied.text, "applied": len(applied.findings)}
