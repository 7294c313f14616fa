"""Words and numbers of the tuning pictures: short, legible in the font that is there, with units."""

from __future__ import annotations

import functools
import math
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from newsbt.metrics.table import METRICS
from newsbt.plots.axes import MINUS, money_unit
from newsbt.tuning.objective import MINIMISED

__all__ = [
    "Measure",
    "cut",
    "decimals",
    "is_are",
    "measure",
    "number",
    "point_text",
    "readable",
    "shorten",
    "trial_count",
]

LABELS = {metric.key: (metric.label, metric.unit) for metric in METRICS}
#: What stands for a character that the font does not have.
MISSING = "□"
PERCENT = 0.01


class Measure(NamedTuple):
    """How an objective is named and in which unit it is written.

    Parameters
    ----------
    label : str
        With the unit in brackets.
    divisor : float
        0.01 where fractions are written as percent, 1e6 where values are written in millions.
    unit : str
        After a number: a percent sign, ``million``.
    """

    label: str
    divisor: float = 1.0
    unit: str = ""

    def write(self, value: float) -> str:
        """`value` with three significant digits and its unit; a dash where it is undefined."""
        return f"{number(value / self.divisor, 3)}{self.unit}" if math.isfinite(value) else "–"


def measure(text: str, largest: float = 0.0) -> Measure:
    """Name and unit of the objective `text`: of a metric its own, of anything else the text itself.

    Values are those of an objective, larger is better: a minimised metric is shown negated, and says so.
    Where their `largest` size has five digits or more they are written in thousands, millions and so forth.
    """
    label, unit = LABELS.get(text, (readable(text, 60), "ratio"))
    if unit.startswith("fraction"):
        return Measure(_named(text, label, unit.replace("fraction", "%")), PERCENT, " %")
    divisor, word = _power(largest)
    unit = "" if unit in ("ratio", "count") else unit
    shown = f"{word} {unit.removesuffix(' currency')}".strip() if word else unit
    return Measure(_named(text, label, shown), divisor, f" {word}" if word else "")


def _named(text: str, label: str, unit: str) -> str:
    return f"{label}{f' ({unit})' if unit else ''}{', negated' if text in MINIMISED else ''}"


def _power(largest: float) -> tuple[float, str]:
    if not 1e13 <= largest < math.inf:
        divisor, word = money_unit(largest if math.isfinite(largest) else 0.0)
        return divisor, word.strip()
    power = math.floor(math.log10(largest))
    return 10.0**power, f"10^{power}"


def number(value: Any, digits: int = 6) -> str:
    """A number with at most so many significant digits and a true minus sign; never in powers of ten."""
    if not math.isfinite(value):
        return "–"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value)))) if value else 0
    text = f"{value + 0.0:,.{min(decimals, 12)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "0") else text.replace("-", MINUS)


def decimals(value: float, digits: int) -> str:
    """A number with so many digits after the point and a true minus sign; no minus zero."""
    text = f"{value:,.{digits}f}"
    return text.replace("-", "" if float(text.replace(",", "")) == 0.0 else MINUS)


def readable(value: Any, longest: int = 24, digits: int = 6) -> str:
    """A value or name as one short line that can be drawn: numbers rounded, what has no glyph as a box."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        glyphs = _glyphs()
        kept = "".join(" " if char.isspace() else char for char in str(value))
        kept = "".join(char for char in kept if unicodedata.category(char)[0] != "C")
        text = "".join(char if ord(char) in glyphs else MISSING for char in kept)
        return shorten(" ".join(text.split()) or "(empty)", longest)
    return number(value, digits)


def shorten(text: str, longest: int) -> str:
    """`text` with its middle left out where it is longer than `longest` characters."""
    if len(text) <= longest:
        return text
    head = longest // 2
    return f"{text[:head]}…{text[len(text) - (longest - 1 - head) :]}"


def cut(text: str, longest: int) -> str:
    """`text` with its end left out where it is longer than `longest` characters."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip(' ,')}…"


def point_text(point: Mapping[str, Any], longest: int = 200) -> str:
    """A combination as ``hold 3, stop 0.04``, numbers with four significant digits."""
    said = [f"{readable(name)} {readable(value, digits=4)}" for name, value in point.items()]
    return cut(", ".join(said), longest)


def trial_count(count: int) -> str:
    """``1 trial``, ``2,000 trials``."""
    return f"{count:,} trial{'' if count == 1 else 's'}"


def is_are(count: int, what: str) -> str:
    """``1 trial is``, ``2 trials are``."""
    return f"{count:,} {what} is" if count == 1 else f"{count:,} {what}s are"


@functools.cache
def _glyphs() -> frozenset[int]:
    """Code points that the font of the pictures has."""
    from matplotlib.font_manager import findfont, get_font

    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())
