"""Ticks and limits of date and value axes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator, Formatter, MaxNLocator, NullFormatter, NullLocator

from newsbt.records import FloatArray

__all__ = ["date_axis", "date_ticks", "log_ticks", "money_unit", "percent_axis", "value_axis"]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EPOCH = dt.date(1970, 1, 1)
#: Of the largest to the smallest value, from which on an axis is logarithmic.
WIDE = 5.0
MINUS = "−"


class Plain(Formatter):
    """Numbers with one common count of decimals, as few as tell the ticks apart, and a true minus sign.

    Parameters
    ----------
    divisor : float
        The unit of the axis: 1e6 writes millions, 0.01 writes fractions as percent.
    even : bool
        Give every tick the same decimals; otherwise each its own.
    """

    def __init__(self, divisor: float = 1.0, even: bool = True) -> None:
        self.divisor, self.even = divisor, even

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Write one value by itself."""
        return self._write(x, self._decimals([x]))

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Write all ticks of an axis."""
        common = self._decimals(values) if self.even else None
        return [self._write(x, self._decimals([x]) if common is None else common) for x in values]

    def _decimals(self, values: Sequence[float]) -> int:
        scaled = [float(value) / self.divisor for value in values]
        for decimals in range(5):
            if all(abs(value - round(value, decimals)) < 1e-9 * max(1.0, abs(value)) for value in scaled):
                return decimals
        return 5

    def _write(self, x: float, decimals: int) -> str:
        return f"{x / self.divisor + 0.0:,.{decimals}f}".replace("-", MINUS)


def date_ticks(first: float, last: float, most: int = 9) -> tuple[list[int], list[str]]:
    """At most `most` round dates between two moments, and their labels.

    Parameters
    ----------
    first, last : float
        Days since 1970-01-01.
    most : int
        At least 2.

    Returns
    -------
    days : list of int
        Ascending, from the day of `first` to the day of `last`; never empty.
    labels : list of str
        ``2024``; or month, or day and month, with the year below the first label of each year.
    """
    start, end = EPOCH + dt.timedelta(int(np.ceil(first))), EPOCH + dt.timedelta(int(np.floor(last)))
    if end < start:
        start = end
    short = (end - start).days <= 45
    for months in (1, 2, 3, 6, 12, 24, 60, 120):
        found = _days(start, end, most) if short else _month_starts(start, end, months)
        if len(found) <= most:
            break
    return [(day - EPOCH).days for day in found], _labels(found, yearly=not short and months >= 12)


def _days(start: dt.date, end: dt.date, most: int) -> list[dt.date]:
    count = (end - start).days + 1
    step = next((step for step in (1, 2, 7) if -(-count // step) <= most), 14)
    return [start + dt.timedelta(offset) for offset in range(0, count, step)]


def _month_starts(start: dt.date, end: dt.date, months: int) -> list[dt.date]:
    numbers = range(start.year * 12, end.year * 12 + 12)
    days = [dt.date(n // 12, n % 12 + 1, 1) for n in numbers if n % months == 0]
    return [day for day in days if start <= day <= end]


def _labels(days: Sequence[dt.date], yearly: bool) -> list[str]:
    if yearly:
        return [str(day.year) for day in days]
    labels, year = [], 0
    months = all(day.day == 1 for day in days) and len(days) > 1
    for day in days:
        text = MONTHS[day.month - 1] if months else f"{day.day} {MONTHS[day.month - 1]}"
        labels.append(text if day.year == year else f"{text}\n{day.year}")
        year = day.year
    return labels


def date_axis(ax: Axes, first: float, last: float) -> None:
    """Give `ax` round date ticks and a little room left and right; at least four days wide.

    The first of a month or year shortly before `first` still gets its tick; none comes after `last`.
    """
    room = max((last - first) * 0.012, 2.0 - (last - first) / 2, 1.0)
    ax.set_xlim(first - room, last + room)
    before = 0.9 * room if last - first > 45 else first % 1.0
    days, labels = date_ticks(first - before, last)
    ax.xaxis.set_major_locator(FixedLocator(days))
    ax.xaxis.set_major_formatter(FixedFormatter(labels))


def value_axis(ax: Axes, label: str, *values: FloatArray, room: float = 0.05, divisor: float = 1.0) -> None:
    """Scale the value axis of `ax` to the finite `values`.

    At least 2 % of the middle high, with `room` above and below. Logarithmic, and labelled so, where the
    largest value is more than 5 times the smallest and all are positive. Ticks are written in units of
    `divisor`.
    """
    every = np.concatenate([np.ravel(value) for value in values])
    every = every[np.isfinite(every)]
    low, high = (float(every.min()), float(every.max())) if len(every) else (0.0, 1.0)
    if low > 0 and high / low > WIDE:
        ax.set_yscale("log")
        ax.set_ylim(low / (high / low) ** room, high * (high / low) ** room)
        ax.yaxis.set_major_locator(FixedLocator(log_ticks(low, high)))
        ax.yaxis.set_minor_locator(NullLocator())
        ax.yaxis.set_minor_formatter(NullFormatter())
        ax.yaxis.set_major_formatter(Plain(divisor, even=False))
        ax.set_ylabel(f"{label}, log scale")
        return
    middle = (low + high) / 2
    span = max(high - low, abs(middle) * 0.02, 1e-9)
    ax.set_ylim(middle - span * (0.5 + room), middle + span * (0.5 + room))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(Plain(divisor))
    ax.set_ylabel(label)


def log_ticks(low: float, high: float) -> list[float]:
    """Round values between two positive ones, at most 9: 1, 2, 5 and ten times, or more closely if few."""
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    for steps in ((1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0), (1.0, 2.0, 5.0), (1.0, 3.0), (1.0,)):
        found = [step * 10.0**power for power in powers for step in steps]
        found = [value for value in found if low <= value <= high]
        if len(found) <= 9:
            break
    return found


def money_unit(largest: float) -> tuple[float, str]:
    """Divisor and word for money of this size: (1e6, ``million``) from a million on, and so forth."""
    for divisor, word in ((1e9, "billion "), (1e6, "million "), (1e3, "thousand ")):
        if abs(largest) >= divisor * (10 if divisor == 1e3 else 1):
            return divisor, word
    return 1.0, ""


def percent_axis(ax: Axes, label: str, deepest: float) -> None:
    """Scale the value axis of `ax` from `deepest`, a negative fraction, up to 0, written in percent."""
    ax.set_ylim(min(deepest * 1.08, -0.01), 0.0)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(Plain(0.01))
    ax.set_ylabel(label)
