"""The one style sheet: colours, fonts, sizes, and the frame that every picture shares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = [
    "BENCHMARK",
    "DOWN",
    "FAINT",
    "INK",
    "LONG",
    "MUTED",
    "SHORT",
    "UP",
    "WIDTH",
    "applied",
    "header",
    "key_above",
    "new_figure",
    "place",
]

# Okabe and Ito (2008), Color Universal Design: told apart with every common colour blindness.
ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILION, PURPLE, BLACK = "#0072B2", "#D55E00", "#CC79A7", "#000000"

INK, MUTED, FAINT = "#222222", "#595959", "#D9D9D9"
UP, DOWN = BLUE, VERMILION
LONG, SHORT = GREEN, PURPLE
BENCHMARK = ORANGE

#: Inches.
WIDTH = 10.0
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM = 0.95, 0.2, 1.15, 0.85
TITLE, TEXT, NOTE = 15.0, 11.5, 10.0

RC: dict[str, Any] = {
    # Comes with matplotlib. An SVG also names what a reader without it has: Verdana is as wide.
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans", "Verdana"],
    "font.size": TEXT,
    "axes.labelsize": TEXT,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.7,
    "xtick.color": MUTED,
    "xtick.major.pad": 6.5,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
    "legend.fontsize": TEXT - 0.5,
    "legend.frameon": False,
    "legend.borderaxespad": 0.0,
    "legend.handlelength": 2.2,
    "legend.columnspacing": 1.6,
    "legend.handletextpad": 0.6,
    "lines.linewidth": 1.6,
    "lines.solid_capstyle": "round",
    "hatch.linewidth": 0.6,
    # Names come from users: a dollar sign in one starts no formula.
    "text.parse_math": False,
    "figure.facecolor": "white",
    "figure.dpi": 100,
    "savefig.facecolor": "white",
    # Text stays text: smaller, searchable, and read aloud by a screen reader.
    "svg.fonttype": "none",
    # Element ids depend on the content alone, so that equal pictures are equal files.
    "svg.hashsalt": "newsbt",
}
#: Families of settings in which a user's own matplotlibrc would show through.
OURS = {"axes", "figure", "font", "legend", "lines", "path", "patch", "savefig", "scatter", "svg", "text"}
OURS |= {"xaxis", "xtick", "yaxis", "ytick", "grid", "hatch", "markers"}
SHEET: Any = {key: value for key, value in mpl.rcParamsDefault.items() if key.split(".")[0] in OURS} | RC


@contextmanager
def applied() -> Iterator[None]:
    """Build or save figures in this style, whatever the user's own settings are; restored afterwards."""
    with mpl.rc_context(SHEET):
        yield


def new_figure(height: float = 6.0, width: float = WIDTH) -> Figure:
    """An empty figure, size in inches, tied to no window and to no global state."""
    return Figure(figsize=(width, height))


def place(
    figure: Figure, bottom: float, top: float, left: float = MARGIN_LEFT, right: float = MARGIN_RIGHT
) -> Axes:
    """Add axes with edges in inches: `left`, `right` from their own side, `bottom` and `top` from below."""
    width, height = figure.get_size_inches()
    box = (left / width, bottom / height, 1 - (left + right) / width, (top - bottom) / height)
    return figure.add_axes(box)


def header(figure: Figure, title: str, subtitle: str = "", note: str = "") -> None:
    """Title and subtitle at the top left, a note at the bottom left."""
    width, height = figure.get_size_inches()
    x = 0.2 / width
    figure.text(x, 1 - 0.14 / height, title, size=TITLE, weight="bold", color=INK, va="top")
    figure.text(x, 1 - 0.46 / height, subtitle, size=TEXT - 0.5, color=MUTED, va="top")
    figure.text(x, 0.1 / height, note, size=NOTE, color=MUTED, va="bottom")


def key_above(ax: Axes, **options: Any) -> None:
    """A legend in one row above the axes, where it covers no data; none where nothing has a label."""
    handles, labels = ax.get_legend_handles_labels()
    handles, labels = options.pop("handles", handles), options.pop("labels", labels)
    if handles:
        ax.legend(
            handles, labels, loc="lower left", bbox_to_anchor=(0.0, 1.01), ncols=len(handles), **options
        )
