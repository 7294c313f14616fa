"""Which trial of a search to take: the best one, or a plateau beside a peak (pure)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from newsbt.records import FloatArray
from newsbt.tuning.axes import Axis
from newsbt.tuning.neighbours import stability

__all__ = ["Ranking", "chosen_row", "stable_ranking"]

#: Ranks the rows of a trials table: larger is better, nan is never chosen.
Ranking: TypeAlias = Callable[[pd.DataFrame], FloatArray]

#: Trials among which the most stable one is looked for: this share of all, and at least so many.
STABLE_SHARE: Final = 0.1
STABLE_LEAST: Final = 5


def chosen_row(trials: pd.DataFrame, ranking: Ranking | None) -> int | None:
    """Row of the trial to take.

    Parameters
    ----------
    trials : DataFrame
        The trials table.
    ranking : callable, optional
        What to choose by instead of the objective.

    Returns
    -------
    int or None
        The largest rank, the first of equals, of the trials that have an objective; None where none has.
    """
    defined = np.isfinite(trials["objective"].to_numpy(dtype=np.float64))
    if not defined.any():
        return None
    rank = trials["objective"].to_numpy(dtype=np.float64) if ranking is None else ranking(trials)
    rank = np.where(defined & np.isfinite(rank), rank, -np.inf)
    # Nothing is ranked where every trial stands alone: the objective decides then.
    rank = rank if np.isfinite(rank).any() else np.where(defined, trials["objective"], -np.inf)
    return int(np.argmax(rank))


def stable_ranking(trials: pd.DataFrame, axes: Sequence[Axis]) -> FloatArray:
    """Rank trials for a choice of a plateau instead of a peak.

    Parameters
    ----------
    trials : DataFrame
        The trials table.
    axes : sequence of Axis

    Returns
    -------
    array, shape (P,)
        Larger is better: the tenth with the best objectives (five trials at least) by their stability (see
        :func:`newsbt.tuning.neighbours.stability`), equal ones by objective; nan for all others. A trial that
        stands alone is the least stable.
    """
    objective = trials["objective"].to_numpy(dtype=np.float64)
    rank = np.full(len(trials), np.nan)
    defined = np.flatnonzero(np.isfinite(objective))
    count = max(STABLE_LEAST, math.ceil(STABLE_SHARE * len(defined)))
    top = defined[np.argsort(-objective[defined], kind="stable")[:count]]
    lasting = np.nan_to_num(stability(trials, axes)[top])
    # Of equal ones the earliest trial is first, as everywhere.
    order = np.lexsort((-top, objective[top], lasting))
    rank[top[order]] = np.arange(len(top), dtype=np.float64)
    return rank
