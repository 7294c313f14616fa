"""A small line of one or two series as inline SVG (pure)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsbt.notebook.html import text
from newsbt.records import FloatArray

__all__ = ["line_svg", "thinned"]

WIDTH, HEIGHT, EDGE = 420.0, 90.0, 3.0
#: More points than this are not told apart at that width.
MOST = 300
#: Colours that hold on light and dark; the second line is dashed, for those who cannot tell colours apart.
STROKES = (
    'stroke="#0f766e" stroke-width="1.8"',
    'stroke="#9a6700" stroke-width="1.3" stroke-dasharray="5 4"',
)


def thinned(values: FloatArray, most: int) -> FloatArray:
    """At most `most` of `values`, evenly spread, first and last among them, without nan and infinite ones."""
    finite = np.asarray(values, dtype=np.float64)
    finite = finite[np.isfinite(finite)]
    if len(finite) <= most:
        return finite
    return np.asarray(finite[np.linspace(0, len(finite) - 1, most).round().astype(np.int64)])


def line_svg(series: Sequence[FloatArray], title: str) -> str:
    """One or two lines on one scale from left to right, with `title` below and for screen readers.

    Parameters
    ----------
    series : sequence of array, each of shape (n,)
        In one unit; they may differ in length and each takes the whole width. Those with fewer than two
        finite values are left out.

    Returns
    -------
    str
        ``<svg>...</svg>`` and the caption; empty where there is nothing to draw.
    """
    lines = [kept for values in series[: len(STROKES)] if len(kept := thinned(values, MOST)) > 1]
    if not lines:
        return ""
    low, high = min(float(line.min()) for line in lines), max(float(line.max()) for line in lines)
    span = high - low or 1.0
    drawn = []
    for line, stroke in zip(lines, STROKES, strict=False):
        across = np.linspace(EDGE, WIDTH - EDGE, len(line))
        down = HEIGHT - EDGE - (line - low) / span * (HEIGHT - 2 * EDGE)
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down, strict=True))
        drawn.append(f'<polyline fill="none" {stroke} points="{points}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}"'
        f' width="{WIDTH:.0f}" height="{HEIGHT:.0f}" style="max-width:100%;"><title>{text(title)}</title>'
        f"{''.join(drawn)}</svg>"
        f'<div style="opacity:0.75;font-size:0.9em;">{text(title)}</div>'
    )
