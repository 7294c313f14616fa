"""All tests of one group of events over one window (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from newsbt.evidence.events.correlation import Pairs, mean_correlation
from newsbt.evidence.events.models import Abnormal
from newsbt.evidence.events.overlap import Overlap, overlap_t
from newsbt.evidence.events.parametric import clustered_t, cross_sectional_t, portfolio_t
from newsbt.evidence.events.ranks import corrado, corrado_zivney, generalised_rank
from newsbt.evidence.events.signs import generalised_sign
from newsbt.evidence.events.standardized import adjusted_bmp, adjusted_patell, bmp, patell
from newsbt.evidence.events.wild import wild_bootstrap
from newsbt.records import FloatArray, IntArray

__all__ = ["MEAN_TESTS", "TESTS", "Test", "run_mean_tests", "run_tests"]


@dataclass(frozen=True, slots=True)
class Test:
    """What a test is.

    Parameters
    ----------
    key, label : str
    paper : str
    clustered : bool
        Meant for events that share dates.
    """

    __test__ = False

    key: str
    label: str
    paper: str
    clustered: bool


TESTS: Final[dict[str, Test]] = {
    item.key: item
    for item in (
        Test("t", "cross-sectional t", "Brown and Warner (1980)", False),
        Test("clustered", "t clustered by date", "Liang and Zeger (1986)", True),
        Test("portfolio", "t of date portfolios", "Jaffe (1974)", True),
        Test("wild", "wild bootstrap", "Cameron, Gelbach and Miller (2008)", True),
        Test("overlap", "t across shared sessions", "Hansen and Hodrick (1980)", True),
        Test("patell", "Patell", "Patell (1976)", False),
        Test("bmp", "BMP", "Boehmer, Musumeci and Poulsen (1991)", False),
        Test("patell_kp", "Patell, adjusted", "Kolari and Pynnonen (2010)", True),
        Test("bmp_kp", "BMP, adjusted", "Kolari and Pynnonen (2010)", True),
        Test("corrado", "Corrado rank", "Corrado (1989)", True),
        Test("corrado_zivney", "Corrado-Zivney rank", "Corrado and Zivney (1992)", True),
        Test("sign", "generalised sign", "Cowan (1992)", False),
        Test("grank", "generalised rank", "Kolari and Pynnonen (2011)", True),
    )
}
#: Tests that need no estimation window: for parts of a session and buy-and-hold returns.
MEAN_TESTS: Final = ("t", "clustered", "portfolio", "wild", "overlap")

Result = dict[str, tuple[FloatArray, FloatArray]]


def run_mean_tests(
    values: FloatArray, cluster: IntArray, weights: FloatArray, overlap: Overlap | None = None
) -> Result:
    """Statistic and p-value of each of :data:`MEAN_TESTS`.

    Parameters
    ----------
    values : array of float64, shape (..., n)
    cluster : array of int64, shape (n,)
        Number of each event's date, from 0 without gaps.
    weights : array of float64, shape (B, G)
        Of the wild bootstrap.
    overlap : Overlap, optional
        What the dates' windows have in common; nothing if not given.
    """
    if overlap is None:
        overlap = Overlap.none(int(cluster.max(initial=-1)) + 1)
    return {
        "t": cross_sectional_t(values),
        "clustered": clustered_t(values, cluster),
        "portfolio": portfolio_t(values, cluster),
        "wild": wild_bootstrap(values, cluster, weights),
        "overlap": overlap_t(values, cluster, overlap),
    }


def run_tests(
    abnormal: Abnormal,
    columns: slice,
    cluster: IntArray,
    weights: FloatArray,
    pairs: Pairs,
    overlap: Overlap | None = None,
) -> Result:
    """Statistic and p-value, shape (...), of each of :data:`TESTS`.

    Parameters
    ----------
    abnormal : Abnormal
        Signed by direction where directions are mixed.
    columns : slice
        Tested sessions of the event window.
    cluster, weights, overlap
        As for :func:`run_mean_tests`.
    pairs : Pairs
        What each pair of events has in common over `columns`.
    """
    car, scar = abnormal.car(columns), abnormal.scar(columns)
    r = mean_correlation(pairs.returns, pairs.shares)
    q = mean_correlation(pairs.ranks, pairs.shares)
    found = run_mean_tests(car, cluster, weights, overlap)
    found |= {
        "patell": patell(scar, abnormal.df),
        "bmp": bmp(scar),
        "patell_kp": adjusted_patell(scar, abnormal.df, r),
        "bmp_kp": adjusted_bmp(scar, r),
        "corrado": corrado(abnormal, columns, q),
        "corrado_zivney": corrado_zivney(abnormal, columns, r, q),
        "sign": generalised_sign(car, abnormal.residuals),
        "grank": generalised_rank(abnormal, columns, r, q),
    }
    return {key: (np.asarray(found[key][0]), np.asarray(found[key][1])) for key in TESTS}
