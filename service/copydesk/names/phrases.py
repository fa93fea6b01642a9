"""Phrases in which a place keeps another name: clubs, dishes, battles, treaties, newspapers, titles of works."""

from __future__ import annotations

import re

from copydesk.model import Span

_BEFORE = re.compile(
    r"\b(?:chicken|dynamo|dinamo|spartak|lokomotiv|torpedo|zorya|cska|arsenal|cutlets? à la"
    r"|(?:battle|siege|sack|treaty|peace|pact|union|synod|principality|prince|princes|princess|metropolitan|duchy"
    r"|duke|governorate|pogroms?|gate) (?:of|at|in))[ \u00a0]$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[ \u00a0-](?:Rus['’]?|Post|Times|Independent|Tribune|Herald|Gazette|Journal|Courier|Telegraph|Offensive|Arsenal"
    r"|Governorate|Voivodeship|Eparchy|Street|Avenue|Road|Boulevard|Lane|Square|Prospekt|Highway|cake|cutlets?"
    r"|Pogroms?|Steps|Catacombs|Soviet|SSR|Uprising|Agreements?|Accords?|Protocols?|Treaty)\b"
)
_OPEN, _CLOSE = '“«„"‘', '”»“"’'
_REACH = 30  # code points before a name in which such a phrase begins
_LONGEST_TITLE = 80  # code points
_LEAST_TITLE = 3  # words; “Alexander Lukashenko” in marks is no title of a work
_WORD = re.compile(r"[^\W\d_]{4,}")


def is_fixed(text: str, span: Span) -> bool:
    """Whether the name at `span` stands in a phrase that keeps its form: Dynamo Kiev, the Kiev Offensive, Kyiv Post."""
    return bool(_AFTER.match(text, span.end) or _BEFORE.search(text[max(0, span.start - _REACH) : span.start]))


def is_in_title(text: str, span: Span) -> bool:
    """Whether the name at `span` is inside the title of a work: some words in quotation marks, all with capitals."""
    line = text[max(0, span.start - _LONGEST_TITLE) : span.start].rsplit("\n", 1)[-1]
    opening = max(line.rfind(mark) for mark in _OPEN)
    if opening < 0:
        return False
    rest = text[span.end : span.end + _LONGEST_TITLE].split("\n", 1)[0]
    closing = min((at for mark in _CLOSE if (at := rest.find(mark)) >= 0), default=-1)
    if closing < 0:
        return False
    quoted = line[opening + 1 :] + span.of(text) + rest[:closing]
    longer = _WORD.findall(quoted)
    return len(quoted.split()) >= _LEAST_TITLE and all(word[0].isupper() for word in longer)
