"""A name for a finding that survives edits elsewhere in the text."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from copydesk.model import Finding

_WORD = re.compile(r"\w+")
_CONTEXT = 60  # code points searched on each side for neighbouring words
_NEIGHBOURS = 3  # words on each side
# Past these, words are another sentence's or paragraph's, which can be moved or rewritten by itself: the end of a
# sentence; a tag, a cell, the value of an attribute; an empty line, and a line end before a list item, a heading or a
# quotation. A line end within a sentence is none: such lines are broken anew whenever a word changes.
_EDGE = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’»)*_\]]))\s|[<>|]|=[\"']"
    r"|(?:\r\n|\r|\n)[ \t]*(?=[\r\n]|(?:[-*+#>•–—]|\d{1,3}[.)])[ \t])"
)


def fingerprints(findings: Iterable[Finding], text: str) -> list[str]:
    """A 16-digit hexadecimal name for each finding, from rule, matched text and neighbouring words; no offsets.

    Neighbouring words are those of the same sentence. Findings that are alike in all three are told apart by their
    order, so `findings` are all those of the text.
    """
    seen: Counter[str] = Counter()
    names = []
    for finding in findings:
        start, end = finding.span.start, finding.span.end
        matched = " ".join(finding.span.of(text).split())
        key = "\x1f".join([finding.rule, matched, *_before(text, start), "\x1e", *_after(text, end)])
        seen[key] += 1
        names.append(hashlib.sha256(f"{key}\x1d{seen[key]}".encode()).hexdigest()[:16])
    return names


def _before(text: str, start: int) -> list[str]:
    first = max(0, start - _CONTEXT)
    for edge in _EDGE.finditer(text, first, start):
        first = edge.end()
    return _WORD.findall(text[first:start])[-_NEIGHBOURS:]


def _after(text: str, end: int) -> list[str]:
    edge = _EDGE.search(text, end, end + _CONTEXT)
    return _WORD.findall(text[end : edge.start() if edge else end + _CONTEXT])[:_NEIGHBOURS]
