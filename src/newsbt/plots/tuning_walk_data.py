"""What the picture of a walk-forward shows, as plain numbers (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from newsbt.plots.data import days_of
from newsbt.plots.tuning_text import readable
from newsbt.records import FloatArray, IntArray

__all__ = ["Stretch", "WalkData", "walk_data"]


class Stretch(NamedTuple):
    """Consecutive folds with one value of a parameter: places `first` to `last`, both included.

    `height` is the value between the smallest (0) and the largest (1) of all folds; nan for a word.
    """

    first: int
    last: int
    label: str
    height: float


class WalkData(NamedTuple):
    """A walk-forward as plain numbers, n folds.

    Parameters
    ----------
    folds : array of int, shape (n,)
        Their numbers.
    train, test : array, shape (n, 2)
        First day and the day after the last one, since 1970-01-01.
    inside, outside : array, shape (n,)
        Objective in and out of sample; nan where undefined.
    names : tuple of str, length k
    stretches : tuple of tuple of Stretch, length k
        Of each parameter.
    moments, equity : array, shape (m,)
        Days since 1970-01-01, and the stitched equity.
    """

    folds: IntArray
    train: FloatArray
    test: FloatArray
    inside: FloatArray
    outside: FloatArray
    names: tuple[str, ...]
    stretches: tuple[tuple[Stretch, ...], ...]
    moments: FloatArray
    equity: FloatArray


def walk_data(folds: pd.DataFrame, equity: pd.DataFrame, axes: Sequence[str]) -> WalkData:
    """Plain numbers of a walk-forward; see :func:`newsbt.plots.tuning_walk.walk_forward_figure`."""

    def window(name: str) -> FloatArray:
        return np.column_stack([days_of(folds[f"{name}_start"]), days_of(folds[f"{name}_end"]) + 1.0])

    return WalkData(
        folds["fold"].to_numpy(dtype=np.int64),
        window("train"),
        window("test"),
        folds["is_objective"].to_numpy(dtype=np.float64),
        folds["oos_objective"].to_numpy(dtype=np.float64),
        tuple(readable(name, 16) for name in axes),
        tuple(_stretches(folds[name]) for name in axes),
        days_of(equity["at"]),
        equity["equity"].to_numpy(dtype=np.float64),
    )


def _stretches(column: pd.Series[Any]) -> tuple[Stretch, ...]:
    values = column.tolist()
    number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    low, high = (min(values), max(values)) if number and values else (0.0, 0.0)
    found: list[Stretch] = []
    for place, value in enumerate(values):
        if place and value == values[place - 1]:
            found[-1] = found[-1]._replace(last=place)
            continue
        height = np.nan if not number else (value - low) / (high - low) if high > low else 0.5
        found.append(Stretch(place, place, readable(value, digits=4), float(height)))
    return tuple(found)
