"""Reporting verbs that leave the tense of their story: “He said … He adds …” in one paragraph.

English news reports in the past, features in the present; a paragraph that goes to and fro was put together from two
texts, or follows a Slavic source, whose narration may change tense within a paragraph.
"""

from __future__ import annotations

import re

from copydesk.checkers._narration import Use
from copydesk.model import Span

PAST, PRESENT = "past", "present"
_VERBS = {
    "said": "says", "added": "adds", "noted": "notes", "stressed": "stresses", "explained": "explains",
    "claimed": "claims", "argued": "argues", "emphasized": "emphasizes", "emphasised": "emphasises",
    "stated": "states", "recalled": "recalls", "admitted": "admits", "told": "tells", "warned": "warns",
    "insisted": "insists", "announced": "announces",
    "replied": "replies", "asserted": "asserts", "complained": "complains", "declared": "declares",
}  # fmt: skip
_TWINS = _VERBS | {present: past for past, present in _VERBS.items()}
_NOBODY = r"(?:It|This|That|These|Those|There|What|Which|Who|Nobody|Everyone|Someone|Anyone|Everybody)\b"
_SPEAKS = re.compile(
    rf"(?:^|(?<=[.!?] )|(?<=\u0000 )|(?<=\u0000, ))(?:[Hh]e|[Ss]he|(?!{_NOBODY})(?:[A-Z][\w’'-]+ ){{0,2}}[A-Z][\w’'-]+)"
    rf" (?P<verb>{'|'.join(_TWINS)})\b",
    re.MULTILINE,
)


def reporting_verbs(words: str) -> list[Use]:
    """The reporting verbs of a paragraph, with a person before them, in the order of the text. `words` are the
    narrator's."""
    return [_use(match) for match in _SPEAKS.finditer(words)]


def _use(match: re.Match[str]) -> Use:
    style, other = (PAST, PRESENT) if match["verb"] in _VERBS else (PRESENT, PAST)
    return Use(style, Span(*match.span("verb")), {other: _TWINS[match["verb"]]})
