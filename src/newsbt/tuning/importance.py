"""How much of the results each axis explains, and what they are along one axis (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from newsbt.records import IntArray
from newsbt.tuning.axes import Axis

__all__ = ["importance", "slices"]

BINS: Final = 10
PER_GROUP: Final = 5


def importance(trials: pd.DataFrame, axes: Sequence[Axis], column: str = "objective") -> pd.Series[float]:
    """Share of the variance of the results that each axis explains by itself.

    Main effects of the functional analysis of variance: the variance of the mean result by value of the axis,
    over the variance of all results.

    Parameters
    ----------
    trials : DataFrame
        A column an axis, and `column`; rows with an undefined result are left out.
    axes : sequence of Axis
    column : str

    Returns
    -------
    Series
        By axis name, largest first, 0 to 1; all nan with fewer than two results or no variance. On a full
        grid they add up to at most 1, and the rest belongs to interactions. Constraints tie axes together:
        the sum may then pass 1.

    Notes
    -----
    Hutter, Hoos and Leyton-Brown, An Efficient Approach for Assessing Hyperparameter Importance (2014),
    computed on the trials themselves instead of a forest fitted to them. Values of an axis are grouped by
    deciles if it has more than ten and is continuous, or has fewer than five trials a value. An axis of g
    groups that does nothing shows about (g - 1) / (trials - 1) by chance. A search that learns (TPE) visits
    good regions more often; its shares are those of the visited region.
    """
    used = trials[np.isfinite(trials[column].to_numpy(dtype=np.float64))]
    results = used[column].to_numpy(dtype=np.float64)
    shares = pd.Series(np.nan, index=[axis.name for axis in axes], name="importance", dtype="float64")
    if len(results) < 2 or np.ptp(results) == 0:
        return shares
    results = (results - results.mean()) / np.abs(results - results.mean()).max()
    for axis in axes:
        groups = _groups(axis, used)
        count = np.bincount(groups)
        mean = np.bincount(groups, weights=results) / np.maximum(count, 1)
        shares[axis.name] = min(1.0, float((count * mean**2).sum() / (results**2).sum()))
    return shares.sort_values(ascending=False, kind="stable")


def slices(trials: pd.DataFrame, axis: Axis, column: str = "objective") -> pd.DataFrame:
    """Results by value of one axis, whatever the others are.

    Parameters
    ----------
    trials : DataFrame
        A column named as `axis`, and `column`.
    axis : Axis
    column : str

    Returns
    -------
    DataFrame
        One row a value that was tried, ascending (words in the order of the axis): `value` (of a group: the
        median of its trials), `low` and `high` (ends of the group; equal to `value` for a single value or
        word), `trials`, `undefined` (trials without a result), and `worst`, `lower` (quartile), `median`,
        `upper`, `best` of the others, nan where there are none. Values are grouped by deciles as in
        :func:`importance`.
    """
    groups = _groups(axis, trials)
    rows = []
    for group in np.unique(groups):
        members = trials[groups == group]
        results = members[column].to_numpy(dtype=np.float64)
        results = results[np.isfinite(results)]
        values = members[axis.name]
        middle = values.iloc[0] if (values == values.iloc[0]).all() else float(values.median())
        spread = np.quantile(results, [0, 0.25, 0.5, 0.75, 1]) if len(results) else np.full(5, np.nan)
        ends = (values.min(), values.max()) if axis.ordered else (middle, middle)
        rows.append((middle, *ends, len(members), len(members) - len(results), *spread.tolist()))
    names = ["value", "low", "high", "trials", "undefined", "worst", "lower", "median", "upper", "best"]
    return pd.DataFrame(rows, columns=names)


def _groups(axis: Axis, trials: pd.DataFrame) -> IntArray:
    """Group of each trial on one axis, ascending from 0; see :func:`importance`."""
    values = trials[axis.name]
    if not axis.ordered:
        return axis.positions(values)
    numbers = values.to_numpy(dtype=np.float64)
    distinct, level = np.unique(numbers, return_inverse=True)
    if len(distinct) <= BINS or (not axis.continuous and len(distinct) * PER_GROUP <= len(numbers)):
        return level.astype(np.int64)
    edges = np.unique(np.quantile(numbers, np.linspace(0, 1, BINS + 1)[1:-1]))
    return np.searchsorted(edges, numbers, side="left").astype(np.int64)
