"""One finding for one fault of a translation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from copydesk.model import Edit, Finding, Span
from copydesk.secondreader.contract import PREFIX


def merge_pair(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one pair that stand, in the order of the target.

    The graver one stands, then the longer one, then the one that came first: in a sentence in another language nothing
    else counts. What a model says gives way to any. What is missing in the target has no words there to overlap with:
    two omissions are one only where they are of the same source words. Quadratic in the findings of a pair, a few.
    """
    kept: list[Finding] = []
    for finding in sorted(dict.fromkeys(findings), key=_rank):
        if not any(_same_fault(finding, other) for other in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda f: (f.span, f.source or Span(0, 0), f.rule)))


def moved(finding: Finding, target: int, source: int) -> Finding:
    """A finding of a part of two documents in their own coordinates: code points before it in each."""
    fixes = tuple(
        replace(fix, edits=tuple(Edit(edit.span.shift(target), edit.text) for edit in fix.edits))
        for fix in finding.fixes
    )
    place = None if finding.source is None else finding.source.shift(source)
    return replace(finding, span=finding.span.shift(target), fixes=fixes, source=place)


def _rank(finding: Finding) -> tuple[bool, int, int]:
    return finding.rule.startswith(PREFIX), -finding.severity.rank, -len(finding.span)


def _same_fault(finding: Finding, other: Finding) -> bool:
    if len(finding.span) and len(other.span):
        return finding.span.overlaps(other.span)
    if finding.source is None or other.source is None:
        return finding.span == other.span
    return finding.source.overlaps(other.source)
