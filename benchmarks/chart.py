"""A line chart with logarithmic axes as SVG: measured points, and the straight line that would be linear growth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 420, 300  # pixels of one chart
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 36, 36, 44


@dataclass(frozen=True, slots=True)
class Chart:
    """`points` are (x, y), all above 0, in the order of x; `linear` draws y growing as x does from the first."""

    title: str
    x_label: str
    points: Sequence[tuple[float, float]]
    linear: bool = True


def svg(charts: Sequence[Chart]) -> str:
    """The charts side by side. Readable on light and dark pages: it paints its own background."""
    width = _WIDTH * len(charts)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{_HEIGHT}" fill="#fff"/>',
    ]
    for index, chart in enumerate(charts):
        parts += [f'<g transform="translate({index * _WIDTH} 0)">', *_chart(chart), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def _chart(chart: Chart) -> list[str]:
    xs, ys = [x for x, _ in chart.points], [y for _, y in chart.points]
    ideal = [ys[0] * x / xs[0] for x in xs] if chart.linear else ys
    left, right = math.log10(xs[0]), math.log10(xs[-1])
    low, high = math.floor(math.log10(min(ys + ideal))), math.ceil(math.log10(max(ys + ideal)))

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - left) / (right - left)
        up = (math.log10(y) - low) / (high - low)
        return (
            _LEFT + across * (_WIDTH - _LEFT - _RIGHT),
            _HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM),
        )

    parts = [_text(_WIDTH / 2, 18, chart.title, "middle", 'font-weight="bold"')]
    for power in range(low, high + 1):
        _, y = place(xs[0], 10.0**power)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        parts.append(_text(_LEFT - 6, y + 4, f"{10.0**power:,g}", "end"))
    for x in xs:
        at, _ = place(x, 10.0**low)
        parts.append(_text(at, _HEIGHT - _BOTTOM + 16, f"{x:,.0f}", "middle"))
    parts.append(_text(_WIDTH / 2, _HEIGHT - 10, chart.x_label, "middle"))
    if chart.linear:
        parts.append(_line([place(x, y) for x, y in zip(xs, ideal, strict=True)], "#999", 'stroke-dasharray="4 4"'))
    dots = [place(x, y) for x, y in chart.points]
    parts.append(_line(dots, "#06c", 'stroke-width="2"'))
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#06c"/>' for x, y in dots]
    return parts


def _line(places: Sequence[tuple[float, float]], colour: str, more: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" {more}/>'


def _text(x: float, y: float, text: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(text)}</text>'
