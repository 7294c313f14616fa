"""Normal returns before each event, and abnormal returns around it (pure).

Market model (Brown and Warner 1985; MacKinlay 1997), mean-adjusted and market-adjusted returns (Brown and
Warner 1980). All returns are logarithmic, so that they add over sessions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

import numpy as np

from newsbt.records import BoolArray, FloatArray, IntArray

__all__ = ["MODELS", "Abnormal", "Model", "abnormal_returns"]

Model: TypeAlias = Literal["market", "mean", "market-adjusted"]
#: Number of parameters each model estimates.
MODELS: Final[dict[str, int]] = {"market": 2, "mean": 1, "market-adjusted": 0}


@dataclass(frozen=True)
class Abnormal:
    """Abnormal returns of n events; leading axes ``...`` are worlds.

    Parameters
    ----------
    ar : array of float64, shape (..., n, L)
        Abnormal log return on each session of the event window.
    residuals : array of float64, shape (..., n, T)
        Of the estimation window, oldest first; nan where a session is left out.
    count : array of float64, shape (..., n)
        Sessions used for estimation.
    sigma : array of float64, shape (..., n)
        Standard deviation of the residuals with ``count`` less the number of parameters (at least one).
    df : array of float64, shape (..., n)
        Degrees of freedom of `sigma`.
    alpha, beta : arrays of float64, shape (..., n)
        Zero and one for market-adjusted, the mean and zero for mean-adjusted returns.
    deviation : array of float64, shape (..., n, L)
        Benchmark's return less its mean over the estimation window; zero without an estimated slope.
    spread : array of float64, shape (..., n)
        Sum of its squared deviations over the estimation window; infinite without an estimated slope.
    level : float
        1 where a mean or intercept is estimated, else 0.
    """

    ar: FloatArray
    residuals: FloatArray
    count: FloatArray
    sigma: FloatArray
    df: FloatArray
    alpha: FloatArray
    beta: FloatArray
    deviation: FloatArray
    spread: FloatArray
    level: float

    def car(self, columns: slice) -> FloatArray:
        """Cumulative abnormal return over `columns` of the event window, shape (..., n)."""
        return np.asarray(self.ar[..., columns].sum(axis=-1))

    def sar(self) -> FloatArray:
        """Abnormal returns over their forecast error (Patell 1976), shape (..., n, L)."""
        error = 1.0 + self.level / self.count[..., None] + self.deviation**2 / self.spread[..., None]
        return np.asarray(self.ar / (self.sigma[..., None] * np.sqrt(error)))

    def scar(self, columns: slice) -> FloatArray:
        """Cumulative abnormal return over its forecast error (Mikkelson and Partch 1988), shape (..., n).

        For one session this is the standardised abnormal return of Patell (1976); over several it counts the
        estimation error that they share.
        """
        shift = self.deviation[..., columns]
        length = float(shift.shape[-1])
        error = length + self.level * length**2 / self.count + shift.sum(axis=-1) ** 2 / self.spread
        return np.asarray(self.car(columns) / (self.sigma * np.sqrt(error)))

    def signed(self, signs: FloatArray) -> Abnormal:
        """The same with the returns of each event multiplied by its sign, shape (n,)."""
        return replace(self, ar=self.ar * signs[:, None], residuals=self.residuals * signs[:, None])

    def take(self, rows: IntArray | BoolArray) -> Abnormal:
        """Some of the events."""
        return replace(
            self,
            ar=self.ar[..., rows, :],
            residuals=self.residuals[..., rows, :],
            count=self.count[..., rows],
            sigma=self.sigma[..., rows],
            df=self.df[..., rows],
            alpha=self.alpha[..., rows],
            beta=self.beta[..., rows],
            deviation=self.deviation[..., rows, :],
            spread=self.spread[..., rows],
        )


def abnormal_returns(
    model: Model, returns: FloatArray, market: FloatArray, event_returns: FloatArray, event_market: FloatArray
) -> Abnormal:
    """Fit `model` on the estimation window and take what it expects from the returns of the event window.

    Parameters
    ----------
    model : {"market", "mean", "market-adjusted"}
    returns, market : arrays of float64, shape (..., n, T)
        Of listing and benchmark over the estimation window; a session where either is nan is left out
        (the benchmark does not matter for ``"mean"``).
    event_returns, event_market : arrays of float64, shape (..., n, L)
        Of the event window.

    Returns
    -------
    Abnormal
        An event whose benchmark does not move has nan.
    """
    parameters = MODELS[model]
    if model == "mean":
        market, event_market = np.zeros_like(returns), np.zeros_like(event_returns)
    used = np.isfinite(returns) & np.isfinite(market)
    y, x = np.where(used, returns, 0.0), np.where(used, market, 0.0)
    count = used.sum(axis=-1).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        y_mean, x_mean = y.sum(axis=-1) / count, x.sum(axis=-1) / count
        x_off = np.where(used, x - x_mean[..., None], 0.0)
        y_off = np.where(used, y - y_mean[..., None], 0.0)
        spread = (x_off**2).sum(axis=-1)
        if model == "market":
            beta = (x_off * y_off).sum(axis=-1) / np.where(spread > 0.0, spread, np.nan)
            alpha = y_mean - beta * x_mean
            deviation = event_market - x_mean[..., None]
        else:
            beta = np.full_like(y_mean, 1.0 if model == "market-adjusted" else 0.0)
            alpha = np.zeros_like(y_mean) if model == "market-adjusted" else y_mean
            deviation, spread = np.zeros_like(event_returns), np.full_like(y_mean, np.inf)
        residuals = np.where(used, y - alpha[..., None] - beta[..., None] * x, np.nan)
        centred = y_off - beta[..., None] * x_off
        df = count - max(parameters, 1)
        sigma = np.sqrt((centred**2).sum(axis=-1) / np.where(df > 0.0, df, np.nan))
    ar = event_returns - alpha[..., None] - beta[..., None] * event_market
    return Abnormal(
        ar, residuals, count, sigma, df, alpha, beta, deviation, spread, float(min(parameters, 1))
    )
