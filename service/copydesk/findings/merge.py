"""One finding for one fault: overlapping findings of several checkers are decided by priority."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.model import Family, Finding
from copydesk.secondreader.contract import PREFIX

# The graver the damage to the text, the earlier: a repeated caption makes the names in it moot, a homoglyph makes the
# spelling alarm on its word moot. Grammar engines come last: they see the symptom of every other fault.
PRIORITY = {
    Family.ENCODING: 0,
    Family.CAPTIONS: 1,
    Family.DUPLICATES: 2,
    Family.DEBRIS: 3,
    Family.SEAMS: 4,
    Family.NAMES: 5,
    Family.TRANSLATION: 6,
    Family.BITEXT: 7,
    Family.GRAMMAR: 8,
}
_FREE, _NAME, _TAKEN, _GONE = range(4)


def merge(findings: Iterable[Finding], length: int) -> tuple[Finding, ...]:
    """The findings that stand, in the order of the text. `length` is that of the text, in code points.

    A finding gives way to an overlapping one of higher priority, and a model's to any, with one exception: a name may
    stand inside a seam or a translation fault, since its edit is another. Time is linear in `length` and in the spans.
    """
    paint = bytearray(length + 1)
    leaving = bytearray(length + 1)  # what a finding takes out of the text: no other copy goes because it stands there
    kept = []
    for finding in sorted(set(findings), key=_rank):
        if finding.source is not None and not len(finding.span):  # missing in a translation: it has no words to share
            kept.append(finding)
            continue
        start, end = finding.span.start, max(finding.span.end, finding.span.start + 1)
        highest = max(paint[start:end], default=_FREE)
        if highest >= _blocked_from(finding.family) or _counts_on(leaving, finding):
            continue
        kept.append(finding)
        paint[start:end] = bytes([max(highest, _claim(finding))]) * (min(end, length + 1) - start)
        if finding.removes():
            leaving[start:end] = b"\1" * (min(end, length + 1) - start)
    return tuple(sorted(kept, key=lambda f: (f.span, PRIORITY[f.family], f.rule)))


def _rank(finding: Finding) -> tuple[bool, int, bool, int, int, int, str, str]:
    span = finding.span
    return (
        finding.rule.startswith(PREFIX),  # what a model says comes after what is known
        PRIORITY[finding.family],
        not finding.removes(),
        -finding.severity.rank,
        -len(span),
        span.start,
        finding.rule,
        repr((finding.message, finding.fixes)),  # whatever the checkers' order, the same one stands
    )


def _counts_on(leaving: bytearray, finding: Finding) -> bool:
    """Whether a copy would go because another stands, which is to go itself: both would be lost."""
    return finding.removes() and any(any(leaving[r.span.start : r.span.end]) for r in finding.related)


def _blocked_from(family: Family) -> int:
    if family is Family.NAMES:
        return _GONE
    return _NAME if family is Family.GRAMMAR else _TAKEN


def _claim(finding: Finding) -> int:
    if finding.removes() or finding.family is Family.ENCODING:
        return _GONE
    return _NAME if finding.family is Family.NAMES else _TAKEN
