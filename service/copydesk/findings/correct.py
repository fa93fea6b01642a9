"""Fixes become edits, edits become the corrected text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from copydesk.findings.merge import PRIORITY
from copydesk.model import Edit, Finding, Fix, Safety


@dataclass(frozen=True, slots=True)
class Applied:
    """The text after the fixes, and the findings whose fix is in it, in the order of the text."""

    text: str
    findings: tuple[Finding, ...]


def correct(text: str, findings: Sequence[Finding], levels: frozenset[Safety]) -> Applied:
    """`text` with the first fix of each finding whose safety is in `levels`.

    A fix is applied whole or not at all; of two that overlap, the one of the family of higher priority wins.
    """
    chosen: list[Edit] = []
    done: list[Finding] = []
    occupied = bytearray(len(text) + 1)
    for finding in sorted(findings, key=lambda f: (PRIORITY[f.family], f.span)):
        fix = first_fix(finding, levels)
        if fix is None or any(_taken(occupied, edit) for edit in fix.edits):
            continue
        for edit in fix.edits:
            occupied[edit.span.start : max(edit.span.end, edit.span.start + 1)] = b"\1" * max(len(edit.span), 1)
        chosen += fix.edits
        done.append(finding)
    return Applied(apply_edits(text, chosen), tuple(sorted(done, key=lambda f: f.span)))


def first_fix(finding: Finding, levels: frozenset[Safety]) -> Fix | None:
    """The fix that `correct` would apply: the finding's first, if its safety is among `levels`."""
    return finding.fixes[0] if finding.fixes and finding.fixes[0].safety in levels else None


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` after edits that do not overlap, in any order."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda e: e.span):
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*parts, text[at:]])


def _taken(occupied: bytearray, edit: Edit) -> bool:
    return any(occupied[edit.span.start : max(edit.span.end, edit.span.start + 1)])
