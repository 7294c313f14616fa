"""What all tuning pictures share: the colour scale, ticks of cells, a figure that says what is missing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from newsbt.plots import style
from newsbt.plots.axes import Plain
from newsbt.plots.tuning_data import Cells
from newsbt.plots.tuning_text import Measure, cut, shorten
from newsbt.records import FloatArray

__all__ = [
    "CHARACTER",
    "NOTE_LENGTH",
    "SHADES",
    "below",
    "cell_ticks",
    "message_figure",
    "scatter_scale",
    "thinned",
    "value_scale",
]

#: Pale to dark blue, luminance falling all the way: dark is better, in grey and for every colour blindness.
SHADES = LinearSegmentedColormap.from_list(
    "newsbt-rank", ["#EDF3F7", "#A9D6F0", "#56A0D3", "#0B5A94", "#06223C"]
)
#: Characters of a note or subtitle that fit into a line.
NOTE_LENGTH = 124
#: Inches that a character of a tick label takes.
CHARACTER = 0.083


def message_figure(title: str, subtitle: str, missing: str) -> Figure:
    """A picture that has nothing to show, and says why."""
    with style.applied():
        figure = style.new_figure(1.9)
        style.header(figure, title, cut(subtitle, NOTE_LENGTH))
        ax = style.place(figure, 0.35, 1.3, left=0.2)
        ax.set_axis_off()
        ax.text(0.0, 0.65, missing, transform=ax.transAxes, va="center", color=style.INK)
        return figure


def value_scale(values: FloatArray) -> Normalize:
    """Colours up to the largest finite value; one colour in the middle where all are equal.

    They begin with the smallest, but not farther below the median than twice as far as the largest is above
    it: a few ruined trials would otherwise leave one colour to all the rest. What is below has the palest.
    """
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    if high > low:
        middle = float(np.median(finite))
        low = max(low, middle - max(2.0 * (high - middle), 0.1 * (high - low)))
    room = 0.0 if high > low else max(abs(low), 1.0)
    return Normalize(low - room, high + room)


def below(values: FloatArray) -> bool:
    """Whether some of `values` lie below the colours of :func:`value_scale`."""
    low = value_scale(values).vmin
    return low is not None and bool((values[np.isfinite(values)] < low).any())


def cell_ticks(ax: Axes, cells: Cells, which: str, inches: float, labelled: bool = True) -> None:
    """Ticks of the cells along `which` ("x" or "y") of axes that are `inches` long, cell k at k.

    Words are all written, slanted where they are too long; of numbers as many as fit.
    """
    texts = list(cells.edges or cells.labels)
    places = np.arange(len(texts)) - (0.5 if cells.edges else 0.0)
    longest = max(len(text) for text in texts)
    each = longest * CHARACTER + 0.14 if which == "x" else 0.185
    options: dict[str, Any] = {}
    if not cells.ordered and which == "x" and each * len(texts) > inches:
        texts = [shorten(text, 12) for text in texts]
        options, each = (
            {"rotation": 40, "ha": "right", "rotation_mode": "anchor", "size": style.NOTE - 0.5},
            0.21,
        )
    keep = thinned(len(texts), each, inches)
    texts = [texts[at] for at in keep]
    if not labelled:
        texts = [""] * len(texts)
    if which == "x":
        ax.set_xticks(places[keep], texts, **options)
        ax.set_xlim(-0.5, len(cells.labels) - 0.5)
    else:
        ax.set_yticks(places[keep], [shorten(text, 13) for text in texts])
        ax.set_ylim(-0.5, len(cells.labels) - 0.5)


def thinned(count: int, each: float, inches: float) -> list[int]:
    """Which of `count` labels to write, evenly spaced from the first, where `inches` hold one per `each`."""
    step = max(1, math.ceil(count * each / max(inches, 1e-9)))
    return list(range(0, count, step))


def scatter_scale(ax: Axes, which: str, values: FloatArray, what: Measure) -> None:
    """Limits, ticks and label of one axis ("x" or "y") of a scatter of `values`, at least one."""
    low, high = float(values.min()), float(values.max())
    room = (high - low) * 0.05 if high > low else abs(high) * 0.1 or 1.0
    axis: Any = ax.xaxis if which == "x" else ax.yaxis
    (ax.set_xlim if which == "x" else ax.set_ylim)(low - room, high + room)
    axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(Plain(what.divisor))
    (ax.set_xlabel if which == "x" else ax.set_ylabel)(shorten(what.label, 44))
