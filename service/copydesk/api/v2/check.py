"""`/v2/check`: a text in, matches out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Response

from copydesk.api.form import arguments
from copydesk.api.metrics import count
from copydesk.api.service import service
from copydesk.api.v2 import grammar
from copydesk.api.v2.annotated import Part, read_annotated
from copydesk.api.v2.asked import CheckRequest, read_check
from copydesk.api.v2.blueprint import as_json, endpoint
from copydesk.api.v2.matches import Matches
from copydesk.api.v2.names import language_name, software
from copydesk.api.v2.words import store
from copydesk.errors import TimeOverError
from copydesk.findings.suppress import Filter
from copydesk.limits import ends_at, lines_in
from copydesk.model import Review
from copydesk.read import Reading, unread
from copydesk.read.language import canonical_or_none, identify, likeliest

# Notices that something lacks.
_INCOMPLETE = frozenset(
    {"checker-failed", "deadline", "findings-limit", "grammar-off", "grammar-unavailable", "pattern-time"}
)


@endpoint("/check")
def check() -> Response:
    """What is wrong with a text, in UTF-16 units of the text as it was sent, markup and all."""
    here = service()
    asked = read_check(arguments(), here.settings.max_text)
    bounds = here.bounds()
    text = "".join(part.read for part in asked.parts)
    bounds.limits.admit(lines_in(text))
    reading = _reading(asked.parts, asked.language or _identified(text, asked.variants), bounds.deadline)
    bounds.limits.admit_view(reading.view)
    answered = grammar.ask(reading.view, asked, bounds.deadline)
    options = replace(
        bounds,
        filter=Filter(disabled=asked.choice.unwanted(here.desk.rules), accepted=_accepted(asked)),
        enabled=grammar.enabled(answered, asked),
        grammar=answered,
        source=None if asked.source is None else here.document(asked.source, asked.source_language),
    )
    review = here.desk.check(reading, options)
    count(review.findings, review.notices)
    alarms = () if answered is None else answered.answer.matches
    told = Matches(reading, alarms, here.desk.rules)
    ranges = told.sentence_ranges()
    base = reading.view.language.split("-", 1)[0]
    return as_json(
        {
            "software": software(),
            "warnings": _warnings(review),
            "language": _language_section(reading),
            "matches": told.of(review.findings),
            "sentenceRanges": ranges,
            "extendedSentenceRanges": [
                {"from": start, "to": end, "detectedLanguages": [{"language": base, "rate": 1.0}]}
                for start, end in ranges
            ],
        }
    )


def _identified(text: str, variants: Sequence[str]) -> str:
    """The language of `text`, in the variant that the user prefers."""
    found, _ = identify(text)
    base = found.split("-", 1)[0]
    return next((tag for tag in variants if tag.split("-", 1)[0] == base), found)


def _reading(parts: Sequence[Part], language: str, deadline: float | None) -> Reading:
    """The reading of `parts`, or that of an unread text when there is no time for it."""
    try:
        with ends_at(deadline):
            return read_annotated(parts, language)
    except TimeOverError:
        reading, _ = unread("".join(part.sent for part in parts), language=language)
        return reading


def _accepted(asked: CheckRequest) -> frozenset[str]:
    """The user's words. One in small letters may also begin a sentence."""
    if asked.owner is None:
        return frozenset()
    words = store().words(asked.owner, asked.dictionaries)
    return frozenset(words) | {word[:1].upper() + word[1:] for word in words}


def _warnings(review: Review) -> dict[str, object]:
    lacking = [notice.message for notice in review.notices if notice.code in _INCOMPLETE]
    if not lacking:
        return {"incompleteResults": False}
    return {"incompleteResults": True, "incompleteResultsReason": "; ".join(lacking)}


def _language_section(reading: Reading) -> dict[str, object]:
    used = reading.view.language
    code, confidence = likeliest(reading.view.text)
    detected = used if code == used.split("-", 1)[0] else canonical_or_none(code) or used
    return {
        "name": language_name(used),
        "code": used,
        "detectedLanguage": {
            "name": language_name(detected),
            "code": detected,
            "confidence": round(confidence, 4),
            "source": "fasttext",
        },
    }
