"""`POST /v1/clean`: one text in; out comes the clean text, with every change at its place in what was sent."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import request
from pydantic import BaseModel, ConfigDict, Field

from copydesk.api.answered import FindingAnswer, NoticeAnswer
from copydesk.api.asked import ReviewRequest
from copydesk.api.body import read_review
from copydesk.api.metrics import count
from copydesk.api.service import service
from copydesk.cleaning import FAMILIES, clean, only_cleaning
from copydesk.errors import FieldsError
from copydesk.model import Family
from copydesk.pipeline import SAFE, UNSAFE
from copydesk.render.cleaned import answer

views = APIBlueprint("clean", __name__, tag="Clean")
_CLOSED = ConfigDict(extra="forbid", frozen=True)


class ChangeAnswer(BaseModel):
    """What became of the code points from `start` to `end` of the text as it was sent. Lines and columns are from 1."""

    model_config = _CLOSED

    path: str | None
    rule: str
    family: Family
    start: int
    end: int
    line: int
    column: int
    removed: str
    replaced_by: str = Field(description="empty for a removal")
    why: str
    also: list[str] = Field(description="further rules that changed the same words afterwards")


class CleanDocumentAnswer(BaseModel):
    """The clean text; `changes` lead to it from the text that was sent."""

    model_config = _CLOSED

    path: str | None
    format: str
    language: str
    text: str
    changes: list[ChangeAnswer]
    kept: list[FindingAnswer] = Field(description="found and left as it is: a person decides")
    notices: list[NoticeAnswer]


class CleanSummaryAnswer(BaseModel):
    """Counts over all documents; `by_family` counts changes."""

    model_config = _CLOSED

    documents: int
    changes: int
    kept: int
    by_family: dict[Family, int]


class CleanAnswer(BaseModel):
    """The answer to a cleaning request."""

    model_config = _CLOSED

    documents: list[CleanDocumentAnswer]
    summary: CleanSummaryAnswer
    version: str


@views.post("/v1/clean")
@views.output(CleanAnswer, description="the clean text, every change, and what was found and left")
@views.doc(
    operation_id="clean",
    responses={
        400: "not UTF-8, or not JSON",
        413: "the text or the request is over a limit",
        415: "neither application/json nor text/plain in UTF-8",
        422: "a field is missing, unknown or wrong; the answer names it",
        503: "there is too much to do: `Retry-After` says when to come back, in seconds",
    },
)
def clean_text() -> dict[str, Any]:
    """Clean a text

    The request is that of a review, for the families captions, duplicates, debris, encoding and seams. Safe fixes are
    applied; with `apply` `unsafe`, those that are only probably right too. No grammar engine is asked.
    """
    desk = service()
    asked = read_review(request, desk.settings.max_text)
    _check(asked)
    options = only_cleaning(desk.options(asked.options))
    found = desk.desk.review(asked.text, options, format=asked.format, language=asked.language, source=asked.path)
    count(found.findings, found.notices)
    levels = UNSAFE if asked.options.apply == "unsafe" else SAFE
    return answer([clean(desk.desk, found, options, levels)])


def _check(request: ReviewRequest) -> None:
    """Raises FieldsError for what a review takes and a cleaning does not."""
    asked = request.options
    faults = [
        (f"options.families.{i}", f"“{family}” is no cleaning family; known are {', '.join(FAMILIES)}")
        for i, family in enumerate(asked.families or ())
        if family not in FAMILIES
    ]
    if request.source is not None:
        faults.append(("source", "a cleaning does not look at a source; for that, ask for a review"))
    if asked.apply == "none":
        faults.append(("options.apply", "a cleaning applies “safe” or “unsafe” fixes; for none, ask for a review"))
    if faults:
        raise FieldsError(faults)
