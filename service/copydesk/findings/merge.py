"""One finding for one fault: overlapping findings of several checkers are decided by priority."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.model import Family, Finding

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

    A finding gives way to an overlapping one of higher priority, with one exception: a name may stand inside a
    seam or a translation fault, since its edit is another. Time is linear in `length` and in the spans.
    """
    paint = bytearray(length + 1)
    kept = []
    for finding in sorted(set(findings), key=_rank):
        start, end = finding.span.start, max(finding.span.end, finding.span.start + 1)
        highest = max(paint[start:end], default=_FREE)
        if highest >= _blocked_from(finding.family):
            continue
        kept.append(finding)
        paint[start:end] = bytes([max(highest, _claim(finding))]) * (min(end, length + 1) - start)
    return tuple(sorted(kept, key=lambda f: (f.span, PRIORITY[f.family], f.rule)))


def _rank(finding: Finding) -> tuple[int, bool, int, int, int, str, str]:
    span = finding.span
    return (
        PRIORITY[finding.family],
        not finding.removes(),
        -finding.severity.rank,
        -len(span),
        span.start,
        finding.rule,
        repr((finding.message, finding.fixes)),  # whatever the checkers' order, the same one stands
    )


def _blocked_from(family: Family) -> int:
    if family is Family.NAMES:
        return _GONE
    return _NAME if family is Family.GRAMMAR else _TAKEN


def _claim(finding: Finding) -> int:
    if finding.removes() or finding.family is Family.ENCODING:
        return _GONE
    return _NAME if finding.family is Family.NAMES else _TAKEN
