"""Findings on a view become findings on its source, and their edits such that they break no markup.

An edit of words goes where the words stand, escaped. Where a whole line goes, the element around it goes. Where words
go across inline markup, the elements that are wholly among them go too, and no tag loses its fellow. New words across
inline markup stand where the first of the old ones stood, and such a fix is never safe. A fix that cannot be made so,
or after which Markdown would read differently than meant, is left out; the finding stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from copydesk.errors import TimeOverError
from copydesk.findings.correct import apply_edits
from copydesk.model import Edit, Finding, Fix, Related, Safety, Span
from copydesk.read import CODE_MARK, read
from copydesk.read.projection import Block, Projection, Reading, joined, onward

# What stands between two paragraphs that can be made one: white space; in HTML the end of one and the next's beginning.
_SEAM = re.compile(r"\s*(?:</p\s*>\s*<p(?:\s[^<>]*)?>\s*)?")
_CHECKED = frozenset({"markdown"})  # formats in which a removal alone can make markup of what stays
_REREAD_ALWAYS, _REREAD_TIMES = 500_000, 4  # code points; a million take a second or two, four where all are marks


def project(findings: Sequence[Finding], reading: Reading) -> tuple[Finding, ...]:
    """`findings`, whose places are in the view, with places in the source. In the order given."""
    projection = reading.projection
    if projection is None:
        return tuple(findings)
    again = _Rereading(reading, projection)
    return tuple(_moved(finding, reading, projection, again) for finding in findings)


def _moved(finding: Finding, reading: Reading, projection: Projection, again: _Rereading) -> Finding:
    fixes = [_fix(fix, reading, projection, again) for fix in finding.fixes]
    related = (Related(source_span(place.span, projection), place.message) for place in finding.related)
    return replace(
        finding,
        span=source_span(finding.span, projection),
        fixes=tuple(fix for fix in fixes if fix is not None),
        related=tuple(related),
    )


def source_span(span: Span, projection: Projection) -> Span:
    """The stretch of the source from the first to the last code point that `span` of the view stands for."""
    blocks = projection.touched(span)
    if not blocks:  # between two segments: at the end of the one before
        before = projection.touched(Span(max(span.start - 2, 0), span.end)) or projection.blocks[:1]
        at = before[-1].source.end if before else 0
        return Span(at, at)
    first = next((behind for block in blocks if (behind := block.behind(span))), None)
    if first is None:
        at = blocks[0].place(span.start)
        return Span(at, at)
    last = blocks[-1].behind(span) or first
    return Span(first.start, last.end if last.end > first.start else first.end)


def _fix(fix: Fix, reading: Reading, projection: Projection, again: _Rereading) -> Fix | None:
    edits: list[Edit] = []
    safety = fix.safety
    for edit in fix.edits:
        made = list(_edits(edit, reading, projection))
        if None in made:
            return None
        edits += [edit for edit in made if edit is not None]
        if edit.text and len(made) > 1 and safety is Safety.SAFE:
            safety = Safety.UNSAFE
    edits = _together(edits)
    if not edits:  # all that it removes stands for nothing in the source
        return None
    if reading.document.format in _CHECKED and not again.reads_as_meant(fix, edits):
        return None
    return Fix(tuple(edits), safety)


def _together(edits: Sequence[Edit]) -> list[Edit]:
    """Removals that meet (of two lines and the break between them) as one; those of nothing left out."""
    written = [edit for edit in edits if edit.text]
    gone = joined(edit.span for edit in edits if not edit.text and len(edit.span))
    return sorted([*written, *(Edit(span, "") for span in gone)], key=lambda edit: edit.span)


def _edits(edit: Edit, reading: Reading, projection: Projection) -> Iterator[Edit | None]:
    """The edits of the source for one of the view; None among them where there is no way."""
    span, blocks = edit.span, projection.touched(edit.span)
    if not edit.text and len(span):
        parts = [(block, _common(span, block.segment.span)) for block in blocks]
        inner = len(parts) > 1 and parts[0][1].start > parts[0][0].segment.span.start
        if parts and not (inner and parts[-1][1].end < parts[-1][0].segment.span.end):
            for block, part in parts:
                yield from _removed(block, part)
            return
    if len(blocks) == 1 and blocks[0].segment.span.contains(span):
        yield from _replaced(blocks[0], edit, reading)
    else:
        yield _sewn(edit, reading, projection)


def _removed(block: Block, part: Span) -> list[Edit]:
    """Takes `part` of a block away, with the inline elements that are wholly in it; all of it goes with its element."""
    gone = block.pieces(part)
    first = bisect_left(block.inlines, part.start, key=lambda inline: inline.view.start)
    for inline in takewhile(lambda inline: inline.view.start <= part.end, onward(block.inlines, first)):
        within = part.contains(inline.view) and (len(inline.view) or part.start < inline.view.start < part.end)
        if within and _holds_no_more(block, inline.source, part):
            gone.append(inline.source)
    if part == block.segment.span:
        gone += block.removal
    return [Edit(span, "") for span in joined(iter(gone))]


def _holds_no_more(block: Block, inline: Span, part: Span) -> bool:
    """Whether nothing of an element is seen outside of `part`: the space of `a<b>b </b>c` stands between two words."""
    first = bisect_left(block.runs, inline.start, key=lambda run: run.source)
    runs = takewhile(lambda run: run.source < inline.end, onward(block.runs, first))
    return all(part.contains(Span(run.view, run.view_end)) for run in runs)


def _replaced(block: Block, edit: Edit, reading: Reading) -> Iterator[Edit | None]:
    view, span, text = reading.view.text, edit.span, edit.text
    if len(block.pieces(span)) > 1 or any(not run.exact for run in block.within(span)):
        span, text = _narrowed(view, span, text)
    if not len(span):
        at = block.place(span.start)
        yield from _written(block, Span(at, at), text, reading)
        return
    runs = list(block.within(span))
    whole = Span(min(runs[0].view, span.start), max(runs[-1].view_end, span.end))
    text = view[whole.start : span.start] + text + view[span.end : whole.end]
    pieces = [Span(run.source, run.source_end) for run in runs]
    first = pieces[0]
    at = runs[0].view_end
    for run, piece in zip(runs[1:], pieces[1:], strict=True):
        if piece.start != first.end:
            break
        first, at = Span(first.start, piece.end), run.view_end
    yield from _written(block, first, text, reading)
    if at < whole.end:
        yield from _removed(block, Span(at, whole.end))


def _written(block: Block, place: Span, text: str, reading: Reading) -> Iterator[Edit | None]:
    """`text` at a place of the source, escaped; None where the format cannot hold it, or it holds what was left out."""
    source = reading.document.text
    line = max(source.rfind("\n", 0, place.start), source.rfind("\r", 0, place.start)) + 1
    escaped = None if CODE_MARK in text else block.escape(text, source[line : place.start])
    yield None if escaped is None else Edit(place, escaped)


def _sewn(edit: Edit, reading: Reading, projection: Projection) -> Edit | None:
    """An edit over the edge of two neighbouring paragraphs, which makes them one; None where markup stands between."""
    source, span = reading.document.text, edit.span
    ends = [projection.touched(Span(at, at)) for at in (span.start, span.end)]
    if not ends[0] or not ends[1]:
        return None
    first, second = ends[0][0], ends[1][-1]
    own = (first.segment.span, second.segment.span)
    before, after = first.pieces(Span(span.start, own[0].end)), second.pieces(Span(own[1].start, span.end))
    gap = Span(first.source.end, max(second.source.start, first.source.end))
    if own[0] == own[1] or len(before) > 1 or len(after) > 1 or not _SEAM.fullmatch(gap.of(source)):
        return None
    start = before[0].start if before else gap.start
    end = after[0].end if after else gap.end
    escaped = first.escape(edit.text, "x")
    return None if escaped is None or CODE_MARK in edit.text else Edit(Span(start, end), escaped)


class _Rereading:
    """Reads paragraphs again as fixes would leave them.

    Taking words away can make a list or a heading of what stays, or leave stars that no longer mark emphasis. Each fix
    costs a reading of its paragraph, so that thousands in one paragraph would take minutes: past a bound that grows
    with the source, and when the time is over, nothing is read again, and no fix is made.
    """

    def __init__(self, reading: Reading, projection: Projection) -> None:
        self._reading, self._projection = reading, projection
        self._left = _REREAD_ALWAYS + _REREAD_TIMES * len(reading.document.text)  # code points

    def reads_as_meant(self, fix: Fix, edits: Sequence[Edit]) -> bool:
        """Whether the paragraphs around, after `edits`, are known to be read as the view after `fix`."""
        blocks = [block for edit in fix.edits for block in self._projection.touched(edit.span)]
        if not blocks:
            return False
        if not all(len(block.around) for block in blocks):  # front matter, which is no Markdown
            return True
        stretches = joined(iter([*(block.around for block in blocks), *(edit.span for edit in edits)]))
        self._left -= sum(map(len, stretches))
        try:
            return self._left >= 0 and all(self._stretch(stretch, fix, edits) for stretch in stretches)
        except TimeOverError:
            return False

    def _stretch(self, stretch: Span, fix: Fix, edits: Sequence[Edit]) -> bool:
        blocks, document = self._projection.blocks, self._reading.document
        here = [block for block in blocks if len(block.around) and stretch.contains(block.around)]
        shown = Span(here[0].segment.span.start, here[-1].segment.span.end)
        meant = [
            Edit(_common(edit.span, shown).shift(-shown.start), edit.text)
            for edit in fix.edits
            if edit.span.start <= shown.end and shown.start <= edit.span.end
        ]
        made = [Edit(edit.span.shift(-stretch.start), edit.text) for edit in edits if stretch.contains(edit.span)]
        after = apply_edits(stretch.of(document.text), made)
        again, _ = read(f"{after}\n\n{self._projection.definitions}", format=document.format, language="en")
        return _lines(apply_edits(shown.of(self._reading.view.text), meant)) == _lines(again.text)


def _lines(view: str) -> list[str]:
    return [" ".join(line.split()) for line in view.splitlines() if line.strip()]


def _common(a: Span, b: Span) -> Span:
    start = max(a.start, b.start)
    return Span(start, max(min(a.end, b.end), start))


def _narrowed(view: str, span: Span, text: str) -> tuple[Span, str]:
    """The edit without what the old words and the new ones begin and end with alike."""
    old = span.of(view)
    shorter = min(len(old), len(text))
    head = next((i for i in range(shorter) if old[i] != text[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if old[len(old) - 1 - i] != text[len(text) - 1 - i]), rest)
    return Span(span.start + head, span.end - tail), text[head : len(text) - tail]
