"""Charts as inline SVG, with their numbers beside them as a table: for eyes and for screen readers alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from copydesk.model import Severity
from copydesk.repository.history import History

_BAR = 1000  # units of the longest bar
_WIDTH, _HEIGHT, _BASE = 960, 200, 170  # of the chart of months; the base line's place from the top
_LABEL_EVERY, _HALF_LABEL = 80, 26  # units between labels of months at least, and half of one

Counts = Mapping[Severity, int]


def bars(caption: str, label: str, rows: Sequence[tuple[str, Counts]]) -> str:
    """A table with a stacked bar a row, the longest as long as its column, and the number of each severity."""
    most = max((sum(counts.values()) for _, counts in rows), default=0)
    heads = "".join(f'<th scope="col" class="number">{severity}s</th>' for severity in Severity)
    body = "".join(_row(name, counts, most) for name, counts in rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table aria-label="{escape(caption)}"><thead><tr>'
        f'<th scope="col" class="name">{escape(label)}</th><td></td>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>\n"
    )


def _row(name: str, counts: Counts, most: int) -> str:
    rects, at = "", 0.0
    for severity in Severity:
        width = _BAR * counts.get(severity, 0) / most
        rects += f'<rect class="{severity}" x="{at:.1f}" y="0" width="{width:.1f}" height="10"/>' if width else ""
        at += width
    svg = f'<svg class="bar" viewBox="0 0 {_BAR} 10" preserveAspectRatio="none" aria-hidden="true">{rects}</svg>'
    numbers = "".join(f'<td class="number">{counts.get(severity, 0):,}</td>' for severity in Severity)
    return f'<tr><th scope="row" class="name"><bdi>{escape(name)}</bdi></th><td>{svg}</td>{numbers}</tr>'


def months(history: History) -> str:
    """A column a month, and the same as a table to unfold."""
    table = "".join(
        f'<tr><th scope="row">{month}</th><td class="number">{count:,}</td></tr>' for month, count in history.months
    )
    return (
        f'<svg class="months" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{_spoken(history)}">'
        f'<line class="base" x1="0" y1="{_BASE}.5" x2="{_WIDTH}" y2="{_BASE}.5"/>{_columns(history.months)}</svg>\n'
        "<details><summary>The numbers</summary><table><thead><tr>"
        '<th scope="col">month</th><th scope="col" class="number">findings</th></tr></thead>'
        f"<tbody>{table}</tbody></table></details>\n"
    )


def _spoken(history: History) -> str:
    month, count = max(history.months, key=lambda row: row[1])
    return (
        f"Findings by the month of their line's last change, from {history.months[0][0]} to {history.months[-1][0]};"
        f" the most, {count}, in {month}"
    )


def _columns(rows: Sequence[tuple[str, int]]) -> str:
    """The columns, the labels under those that have room for one, and the number over the highest."""
    most, step = max(count for _, count in rows), _WIDTH / len(rows)
    every = max(1, round(_LABEL_EVERY / step))
    width = min(max(step - 2, 0.5), 48)
    parts = []
    for at, (month, count) in enumerate(rows):
        middle, height = (at + 0.5) * step, 140 * count / most
        if count:
            box = f'x="{middle - width / 2:.1f}" y="{_BASE - height:.1f}" width="{width:.1f}" height="{height:.1f}"'
            parts.append(f'<rect class="suggestion" {box}><title>{month}: {count:,}</title></rect>')
        if at % every == 0:
            centre = min(max(middle, _HALF_LABEL), _WIDTH - _HALF_LABEL)
            parts.append(f'<text x="{centre:.1f}" y="{_BASE + 18}" text-anchor="middle">{month}</text>')
        if count == most:
            parts.append(f'<text x="{middle:.1f}" y="{_BASE - 146}" text-anchor="middle">{count:,}</text>')
    return "".join(parts)
