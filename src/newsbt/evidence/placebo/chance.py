"""How often chance does as well as the run: a p-value, and how far it is known (pure)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from newsbt.records import FloatArray

__all__ = ["Chance", "chance_of"]

LEVEL = 0.95


@dataclass(frozen=True)
class Chance:
    """A run's figure among those of its placebo worlds.

    Parameters
    ----------
    value : float
        The run's own; nan where it is undefined.
    worlds : int
    as_good : int
        Worlds at least as good; those without a figure are counted as such. Two-sided: on the nearer side.
    undefined : int
        Worlds in which the figure is undefined.
    p_value : float
        ``(1 + as_good) / (1 + worlds)``; nan where the run's figure is undefined. Two-sided: twice that, at
        most 1.
    low, high : float
        Clopper and Pearson's 95 % interval of the share that more and more worlds would come to.
    percentile : float
        Share of the worlds' figures that are worse, ties as half, 0 to 1.
    median, spread : tuple of float
        Median of the worlds, and their 5 % and 95 % quantiles; nan for none.
    """

    value: float
    worlds: int
    as_good: int
    undefined: int
    p_value: float
    low: float
    high: float
    percentile: float
    median: float
    spread: tuple[float, float]


def chance_of(value: float, null: FloatArray, *, less: bool = False, two_sided: bool = False) -> Chance:
    """Place `value` among the figures of the placebo worlds.

    Parameters
    ----------
    value : float
    null : array, shape (worlds,)
        nan where a world has none.
    less : bool
        A smaller figure is better, as of a drawdown.
    two_sided : bool
        Ask whether it is unusual either way, rather than better.

    Notes
    -----
    The run counts as one of its own worlds (Davison and Hinkley 1997, section 4.2; Phipson and Smyth 2010,
    Statistical Applications in Genetics and Molecular Biology 9, 39), so that the p-value is never 0 and the
    test is exact when the run is drawn like its worlds. The interval is of Clopper and Pearson (1934),
    Biometrika 26, 404-413, for ``as_good`` of ``worlds``, doubled with the p-value.
    """
    from scipy.special import betaincinv  # type: ignore[import-untyped, unused-ignore]

    worlds, missing = len(null), np.isnan(null)
    defined = null[~missing]
    quantiles = np.quantile(defined, [0.05, 0.5, 0.95]) if len(defined) else np.full(3, math.nan)
    if math.isnan(value):
        nothing = math.nan
        return Chance(
            value, worlds, worlds, int(missing.sum()), nothing, nothing, nothing, nothing,
            float(quantiles[1]), (float(quantiles[0]), float(quantiles[2])),
        )  # fmt: skip
    # Worlds that trade alike differ by the order of their sums only.
    near = 1e-9 * max(abs(value), 1e-9)
    above = int((defined >= value - near).sum()) + int(missing.sum())
    below = int((defined <= value + near).sum()) + int(missing.sum())
    as_good = min(above, below) if two_sided else (below if less else above)
    sides = 2.0 if two_sided else 1.0
    tail = (1.0 - LEVEL) / 2.0
    low = float(betaincinv(as_good, worlds - as_good + 1, tail)) if as_good else 0.0
    high = float(betaincinv(as_good + 1, worlds - as_good, 1.0 - tail)) if as_good < worlds else 1.0
    ties = above + below - 2 * int(missing.sum()) - len(defined)
    worse = (above if less else below) - int(missing.sum()) - ties / 2.0
    return Chance(
        value=value,
        worlds=worlds,
        as_good=as_good,
        undefined=int(missing.sum()),
        p_value=min(1.0, sides * (1 + as_good) / (1 + worlds)),
        low=min(1.0, sides * low),
        high=min(1.0, sides * high),
        percentile=worse / len(defined) if len(defined) else math.nan,
        median=float(quantiles[1]),
        spread=(float(quantiles[0]), float(quantiles[2])),
    )
