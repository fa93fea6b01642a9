"""`POST /v1/bitext`: translations with their sources in, what is wrong with them out."""

from __future__ import annotations

from itertools import chain
from typing import Any

from apiflask import APIBlueprint
from flask import request

from copydesk.api.answered import BitextAnswer
from copydesk.api.asked import BitextRequest
from copydesk.api.body import check_length, read_json
from copydesk.api.metrics import count
from copydesk.api.service import service
from copydesk.bitext.rows import Bitext, Row, bitext_of
from copydesk.errors import InputError
from copydesk.model import Comparison
from copydesk.render.bilingual import answer

views = APIBlueprint("bitext", __name__, tag="Bitext")


@views.post("/v1/bitext")
@views.output(BitextAnswer, description="the findings of each pair, in their order")
@views.doc(
    operation_id="bitext",
    responses={
        400: "not UTF-8, or not JSON",
        413: "the texts or the request are over a limit",
        415: "not application/json in UTF-8",
        422: "a field is missing, unknown or wrong; the answer names it",
        503: "there is too much to do: `Retry-After` says when to come back, in seconds",
    },
)
def bitext() -> dict[str, Any]:
    """Hold translations against their sources

    A pair of texts, two lists of as many segments, or with `align` two documents, whose sentences are aligned by their
    lengths (Gale and Church 1993). Offsets are Unicode code points into the target, those of `source` into the source.
    """
    desk = service()
    asked = read_json(request, BitextRequest)
    for field, texts in (("source", asked.source), ("target", asked.target)):
        check_length(texts if isinstance(texts, str) else "".join(texts), desk.settings.max_text, field)
    options = desk.bitext_options(asked.options)
    if asked.align:
        source, target = _texts(asked)
        given, said = desk.document(source, asked.source_language), desk.document(target, asked.target_language)
        return _counted(desk.desk.compare_documents(given, said, options))
    pairs = _segments(asked)
    found = desk.desk.compare(pairs.pairs, options)
    return _counted(Comparison(found.pairs, found.findings, (*pairs.notices, *found.notices), found.engines))


def _counted(found: Comparison) -> dict[str, Any]:
    count(chain.from_iterable(found.findings), found.notices)
    return answer(found)


def _texts(asked: BitextRequest) -> tuple[str, str]:
    """The two documents. Raises InputError where there are lists."""
    if not isinstance(asked.source, str) or not isinstance(asked.target, str):
        raise InputError("only two texts can be aligned, not lists of segments", field="align")
    return asked.source, asked.target


def _segments(asked: BitextRequest) -> Bitext:
    """The pairs asked about. Raises InputError where the sides do not match, UnknownNameError for a language."""
    if isinstance(asked.source, str) != isinstance(asked.target, str):
        raise InputError("`source` and `target` are two texts or two lists", field="target")
    if isinstance(asked.source, str) and isinstance(asked.target, str):
        rows = [Row(asked.source, asked.target, None, None, None)]
    elif len(asked.source) != len(asked.target):
        counts = f"{len(asked.source)} segments and {len(asked.target)} translations"
        raise InputError(f"{counts}: there must be as many; for two documents, say `align`", field="target")
    else:
        sides = enumerate(zip(asked.source, asked.target, strict=True))
        rows = [Row(source, target, None, None, str(index)) for index, (source, target) in sides]
    return bitext_of(rows, None, asked.source_language, asked.target_language)
