"""Cleaning: what scrapers left behind is taken out, and every change is told at its place in the text as sent."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from copydesk.findings.correct import apply_edits, first_fix
from copydesk.model import Edit, Family, Finding, Review, Safety, Span
from copydesk.pipeline import SAFE, Desk, Options

FAMILIES = (Family.CAPTIONS, Family.DUPLICATES, Family.DEBRIS, Family.ENCODING, Family.SEAMS)


@dataclass(frozen=True, slots=True)
class Change:
    """`span` of the text as sent became `text`. `findings` are why, the earliest first; never empty.

    The spans of the findings of later rounds are into the text of their round: of those only rule and message hold.
    """

    span: Span
    text: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The clean text, the changes that lead to it in the order of the text, and what was found and left as it is."""

    review: Review
    text: str
    changes: tuple[Change, ...]
    kept: tuple[Finding, ...]


def clean(desk: Desk, review: Review, options: Options, levels: frozenset[Safety] = SAFE) -> Cleaned:
    """The text of `review` after the fixes of `levels`, and after the safe ones of what they lay bare.

    Each round is a review of the round before. Its edits are carried back through those of the earlier rounds, so that
    the changes are edits of the text as sent: `apply_edits` with them gives the clean text, and two that touch the same
    words are one change with both reasons. `kept` are the findings of the first round that nothing has changed;
    what else cannot be fixed unseen in the clean text is found by reviewing that.
    """
    document = review.document
    text = document.text
    changes: tuple[Change, ...] = ()
    allowed = levels
    for applied in desk.rounds(review, options, levels):
        changes = carried_back(text, changes, list(_changes(applied.findings, allowed)))
        text, allowed = applied.text, SAFE
    changes = tuple(change for change in changes if change.text != change.span.of(document.text))
    fixed = {finding for change in changes for finding in change.findings}
    starts = [change.span.start for change in changes]
    kept = tuple(f for f in review.findings if f not in fixed and not _changed(f.span, changes, starts))
    return Cleaned(review, text, changes, kept)


def only_cleaning(options: Options) -> Options:
    """`options` for the cleaning families, or those of them that were asked for."""
    asked = options.filter.families
    families = frozenset(FAMILIES) if asked is None else asked & frozenset(FAMILIES)
    return replace(options, filter=replace(options.filter, families=families))


def _changed(span: Span, changes: Sequence[Change], starts: Sequence[int]) -> bool:
    last = bisect_left(starts, span.end) - 1  # of those that begin before the span ends
    return last >= 0 and changes[last].span.overlaps(span)


def _changes(findings: Sequence[Finding], levels: frozenset[Safety]) -> Iterator[Change]:
    for finding in findings:
        fix = first_fix(finding, levels)
        for edit in fix.edits if fix else ():
            yield Change(edit.span, edit.text, (finding,))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A change and where it lies in the text of the round: an earlier one by what it left, a later one by its span."""

    span: Span
    change: Change
    earlier: bool


def carried_back(text: str, earlier: Sequence[Change], later: Sequence[Change]) -> tuple[Change, ...]:
    """`later`, changes of `text`, as changes of the source from which `earlier` made `text`; all of them, in order.

    Those that overlap in `text` become one. Linear but for the sorting.
    """
    placed: list[_Placed] = []
    grown = 0  # by how much the changes so far lengthen the text
    for change in earlier:
        start = change.span.start + grown
        placed.append(_Placed(Span(start, start + len(change.text)), change, earlier=True))
        grown += len(change.text) - len(change.span)
    placed += [_Placed(change.span, change, earlier=False) for change in later]
    placed.sort(key=lambda p: (p.span, not p.earlier))
    out: list[Change] = []
    grown = 0
    for group in _overlapping(placed):
        change, grown = _joined(text, group, grown)
        out.append(change)
    return tuple(out)


def _overlapping(placed: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    group: list[_Placed] = []
    end = 0
    for item in placed:
        if group and item.span.start >= end:
            yield group
            group = []
        end = max(end, item.span.end) if group else item.span.end
        group.append(item)
    if group:
        yield group


def _joined(text: str, group: Sequence[_Placed], grown: int) -> tuple[Change, int]:
    """One change of the source for changes that overlap in `text`, and by how much the text has grown after it."""
    start, end = group[0].span.start, max(item.span.end for item in group)
    edits = [Edit(item.span.shift(-start), item.change.text) for item in group if not item.earlier]
    after = grown + sum(len(item.change.text) - len(item.change.span) for item in group if item.earlier)
    findings = tuple(
        dict.fromkeys(f for item in sorted(group, key=lambda i: not i.earlier) for f in item.change.findings)
    )
    return Change(Span(start - grown, end - after), apply_edits(text[start:end], edits), findings), after
