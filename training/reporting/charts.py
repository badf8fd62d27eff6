"""Line charts as inline SVG: no library, no script, readable in a light and a dark page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _HEIGHT = 460, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 10, 12, 26
_COLOURS = ("#3b7dd8", "#d9822b", "#2e9e6b", "#c0448f", "#7a5fd0", "#8a8a2a", "#2aa0a8", "#b8503c")
_MOST_LINES = 12

Point = tuple[float, float]


def line_chart(
    title: str,
    lines: Mapping[str, Sequence[Point]],
    marks: Sequence[tuple[float, str]] = (),
    is_logarithmic: bool = False,
) -> str:
    """A chart with its legend, as an HTML figure; "" when there is nothing to draw.

    Args:
        title: what the lines show.
        lines: by name (x, y) points, x rising; points that are not finite are left out.
        marks: (x, name) of vertical lines: where a stage begins.
        is_logarithmic: the y axis; points at zero and below are left out.
    """
    kept: dict[str, list[Point]] = {}
    for name, points in lines.items():
        good = [
            (x, math.log10(y) if is_logarithmic else y)
            for x, y in points
            if math.isfinite(y) and (y > 0 or not is_logarithmic)
        ]
        if good:
            kept[name] = good
    if not kept:
        return ""
    hidden = len(kept) - _MOST_LINES
    kept = dict(list(kept.items())[:_MOST_LINES])
    xs = [x for points in kept.values() for x, _ in points] + [x for x, _ in marks]
    ys = [y for points in kept.values() for _, y in points]
    axis_x, axis_y = _Axis(min(xs), max(xs), _LEFT, _WIDTH - _RIGHT), _padded(min(ys), max(ys))
    drawn = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">',
        *_grid(axis_y, is_logarithmic),
        *_marks(axis_x, marks),
    ]
    for number, points in enumerate(kept.values()):
        colour = _COLOURS[number % len(_COLOURS)]
        dash = ' stroke-dasharray="5 3"' if number >= len(_COLOURS) else ""
        path = " ".join(f"{axis_x(x):.1f},{axis_y(y):.1f}" for x, y in points)
        if len(points) == 1:
            x, y = points[0]
            drawn.append(
                f'<circle cx="{axis_x(x):.1f}" cy="{axis_y(y):.1f}" r="3" fill="{colour}"/>'
            )
        else:
            drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}"{dash}/>')
    drawn.append(f'<text x="{_LEFT}" y="{_HEIGHT - 6}">epoch {min(xs):g}</text>')
    drawn.append(
        f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 6}" text-anchor="end">{max(xs):g}</text></svg>'
    )
    legend = "".join(
        f'<span><i style="background:{_COLOURS[n % len(_COLOURS)]}"></i>{escape(name)}</span>'
        for n, name in enumerate(kept)
    )
    more = f"<span>and {hidden} more in metrics.jsonl</span>" if hidden > 0 else ""
    return (
        f"<figure><figcaption>{escape(title)}</figcaption>{''.join(drawn)}"
        f'<div class="legend">{legend}{more}</div></figure>'
    )


class _Axis:
    """Values of [low, high] -> pixels of [start, end]."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high = low, high if high > low else low + 1
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self._start + share * (self._end - self._start)


def _padded(low: float, high: float) -> _Axis:
    room = (high - low) * 0.06 or abs(high) * 0.1 or 0.5
    return _Axis(low - room, high + room, _HEIGHT - _BOTTOM, _TOP)


def _grid(axis: _Axis, is_logarithmic: bool) -> list[str]:
    step = _round_step((axis.high - axis.low) / 4)
    lines = []
    value = math.ceil(axis.low / step) * step
    while value <= axis.high:
        y = axis(value)
        label = f"{10**value:.1e}" if is_logarithmic else f"{value + 0.0:.4g}"
        lines.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
        )
        value += step
    return lines


def _round_step(step: float) -> float:
    power: float = 10 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step)


def _marks(axis: _Axis, marks: Sequence[tuple[float, str]]) -> list[str]:
    drawn = []
    for value, name in marks:
        x = axis(value)
        # near the right edge the name stands left of its line
        place = 3 if x < _WIDTH - 80 else -3
        anchor = "start" if place > 0 else "end"
        drawn.append(
            f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}"/>'
            f'<text x="{x + place:.1f}" y="{_TOP + 8}" text-anchor="{anchor}">{escape(name)}</text>'
        )
    return drawn
