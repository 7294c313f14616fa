"""How many of the settings tried were different trials (pure).

Settings that trade almost alike are hardly more than one trial. Both measures look at the correlation of the
trials' daily returns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsbt.records import FloatArray

__all__ = ["EffectiveTrials", "effective_trials"]


@dataclass(frozen=True, slots=True)
class EffectiveTrials:
    """Estimates of the number of independent trials among `counted` ones.

    Parameters
    ----------
    counted : int
        Trials with any deviation of their returns; the others cannot be told apart and are one trial at most.
    mean_correlation : float
        Mean of the off-diagonal correlations; 1 for a single trial.
    by_correlation : float
        r + (1 - r) N with that mean r (0 at least), Bailey and Lopez de Prado (2014), appendix 3.
    by_participation : float
        Participation ratio of the correlation's eigenvalues, (sum)^2 / sum of squares = N^2 / (N + sum of
        squared off-diagonal correlations), each square less what T returns show by chance: ((T - 1) r^2 - 1)
        / (T - 2).
    """

    counted: int
    mean_correlation: float
    by_correlation: float
    by_participation: float


def effective_trials(returns: FloatArray) -> EffectiveTrials:
    """Estimate the number of independent trials from their returns.

    Parameters
    ----------
    returns : array, shape (T, N)
        One column a trial, all over the same periods.

    Returns
    -------
    EffectiveTrials
        Both estimates are in [1, N]; all zero without a trial that deviates. T is 3 at least.

    Notes
    -----
    The participation ratio is mostly the smaller estimate, the other the more careful one. With equal
    correlations r the expected maximum of N Sharpe ratios is that of N independent ones with their variance
    times 1 - r: as the deflated Sharpe uses the variance among the trials, which is already less by 1 - r,
    the full count is right then and an effective one is lenient.
    """
    if not returns.size:
        return EffectiveTrials(0, float("nan"), 0.0, 0.0)
    away = returns - returns.mean(axis=0)
    size = np.sqrt((away**2).sum(axis=0))
    moves = size > 1e-14 * np.sqrt(len(returns))
    unit = away[:, moves] / size[moves]
    counted = int(moves.sum())
    if counted == 0:
        return EffectiveTrials(0, float("nan"), 0.0, 0.0)
    # Sums over the correlation matrix C: 1'C1 = |sum of columns|^2, and |C|^2 from the thinner side.
    total = float((unit.sum(axis=1) ** 2).sum())
    thin = unit.T @ unit if counted <= len(unit) else unit @ unit.T
    pairs, periods = counted * (counted - 1), len(returns)
    squares = ((periods - 1) * (float((thin**2).sum()) - counted) - pairs) / (periods - 2)
    mean = min((total - counted) / pairs, 1.0) if pairs else 1.0
    raised = max(mean, 0.0)
    participation = max(counted**2 / (counted + max(squares, 0.0)), 1.0)
    return EffectiveTrials(counted, mean, raised + (1.0 - raised) * counted, participation)
