"""Evidence on the winner of a search: what its Sharpe ratio owes to the number of settings tried (pure)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from newsbt.errors import InputError
from newsbt.evidence.of_run import FEWEST
from newsbt.evidence.overfitting import Overfitting, overfitting
from newsbt.evidence.sharpe_inference import (
    Deflated,
    SharpeSample,
    deflated_sharpe,
    moving_days,
    sharpe_sample,
)
from newsbt.evidence.superior import Superior, superior
from newsbt.evidence.trials import EffectiveTrials, effective_trials
from newsbt.evidence.words import few_days_words
from newsbt.records import FloatArray, IntArray

__all__ = ["SearchEvidence", "sample_trials", "search_evidence"]

MOST_BLOCKS, DRAWS = 16, 1000
#: Rows that a block of the cross-validation holds at least.
BLOCK_ROWS = 4


@dataclass(frozen=True)
class SearchEvidence:
    """What can be said of the best of many settings.

    Parameters
    ----------
    trials : int
        Settings tried, those of earlier searches that were counted included.
    settings : int
        Those of this search.
    sampled : int
        Settings whose daily returns were looked at.
    per_year : float
        Daily returns a year.
    winner : SharpeSample or None
        Of the best setting; None if it does not trade, or moves on fewer than twenty days.
    deflated : Deflated or None
        Against all trials: the careful figure.
    independent : Deflated or None
        Against the estimate of independent trials, scaled from the sample to all of them: the lenient figure.
    effective : EffectiveTrials
        Of the sample.
    overfitting : Overfitting or None
        Over the sample.
    superior : Superior or None
        Over the sample, against holding cash.
    missing : tuple of str
        What could not be told, and why.
    """

    trials: int
    settings: int
    sampled: int
    per_year: float
    winner: SharpeSample | None
    deflated: Deflated | None
    independent: Deflated | None
    effective: EffectiveTrials
    overfitting: Overfitting | None
    superior: Superior | None
    missing: tuple[str, ...]


def sample_trials(count: int, best: int, most: int, seed: int = 0) -> IntArray:
    """Rows of up to `most` of `count` trials, ascending, `best` among them; the others drawn without regard.

    All of them where there are no more than `most`.
    """
    if count <= most:
        return np.arange(count, dtype=np.int64)
    others = np.delete(np.arange(count, dtype=np.int64), best)
    drawn = np.random.default_rng(seed).choice(others, size=most - 1, replace=False)
    return np.sort(np.append(drawn, best))


def search_evidence(
    returns: FloatArray,
    best: int,
    sharpes: FloatArray,
    per_year: float,
    *,
    winner: SharpeSample | None = None,
    trials: int | None = None,
    variance: float | None = None,
    seed: int = 0,
) -> SearchEvidence:
    """Judge the best setting by all that were tried.

    Parameters
    ----------
    returns : array, shape (T, N)
        Daily returns of a sample of the settings, one column each, the best one among them. Columns with a
        return that is not finite (an emptied account, other days) are left out. N may be 0: too slow to
        recompute.
    best : int
        Column of the best setting.
    sharpes : array, shape (P,)
        Sharpe ratio a year of every setting tried; NaN where undefined.
    per_year : float
        Daily returns a year.
    winner : SharpeSample, optional
        Of the best setting, where it is known without its returns.
    trials : int, optional
        Settings tried in all, if more than those of `sharpes` are on record.
    variance : float, optional
        Of the Sharpe ratios of all those, **per period** as the ledger gives it; that of `sharpes` unless it
        is given and finite.
    seed : int
        Of the resampling.
    """
    whole = np.asarray(np.isfinite(returns).all(axis=0), dtype=np.bool_)
    kept = returns[:, whole]
    reason = "the best setting does not trade, lost its whole account, or ran on other days"
    if len(whole) and whole[best]:
        winner = winner or sharpe_sample(returns[:, best])
        moving = moving_days(returns[:, best])
        if 0 < moving < FEWEST:
            winner, reason = None, few_days_words(moving, len(returns), FEWEST)
    count = max(trials or 0, len(sharpes))
    known = sharpes[np.isfinite(sharpes)]
    spread = float(known.var(ddof=1)) / per_year if len(known) > 1 else 0.0
    if variance is not None and math.isfinite(variance):
        spread = variance
    effective = effective_trials(kept)
    deflated = independent = None
    if winner is not None:
        deflated = deflated_sharpe(winner, count, spread)
    if winner is not None and effective.counted:
        alike = effective.by_correlation / effective.counted
        independent = deflated_sharpe(winner, max(count * alike, 1.0), spread)
    judged, tested, missing = _judged(kept, seed)
    if winner is None:
        missing = (f"no deflated Sharpe ratio: {reason}", *missing)
    return SearchEvidence(
        trials=count,
        settings=len(sharpes),
        sampled=kept.shape[1],
        per_year=per_year,
        winner=winner,
        deflated=deflated,
        independent=independent,
        effective=effective,
        overfitting=judged,
        superior=tested,
        missing=missing,
    )


def _judged(returns: FloatArray, seed: int) -> tuple[Overfitting | None, Superior | None, tuple[str, ...]]:
    """The two views of the choice itself, and why one of them is not there."""
    if returns.shape[1] == 0:
        return (
            None,
            None,
            ("the choice itself was not tested: daily returns would take too long to run again",),
        )
    judged, tested, missing = None, None, []
    try:
        judged = overfitting(returns, _blocks(len(returns)))
    except InputError as error:
        missing.append(f"no probability of overfitting: {error}")
    try:
        tested = superior(returns, draws=DRAWS, seed=seed)
    except InputError as error:
        missing.append(f"no test of the best against holding cash: {error}")
    return judged, tested, tuple(missing)


def _blocks(periods: int) -> int:
    """Sixteen, or the even number that leaves each block enough rows; four at least."""
    return max(min(MOST_BLOCKS, 2 * math.floor(periods / BLOCK_ROWS / 2)), 4)
