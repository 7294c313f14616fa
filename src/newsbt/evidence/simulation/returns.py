"""Returns of listings from gap to gap: factors, own noise, what was planted (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newsbt.evidence.simulation.settings import Market
from newsbt.evidence.simulation.timeline import Timeline
from newsbt.records import FloatArray
from newsbt.universe import Listing

__all__ = ["BENCHMARK_NOISE", "ListingReturns", "draw_noise", "factor_count", "listing_returns"]

#: Share of a benchmark's variance that is its own.
BENCHMARK_NOISE = 0.05
#: What is left of a listing's noise after half a session.
NOISE_KEPT = 0.85


@dataclass(frozen=True)
class ListingReturns:
    """Log returns of one listing in n sessions, in the currency of its issuer's value.

    Parameters
    ----------
    gap, session : arrays of float64, shape (..., n)
        From the last close (in the first session: the world's beginning) to the open, and on to the close.
    variance : array of float64, shape (..., n)
        Of `session`, given the volatility of its day.
    """

    gap: FloatArray
    session: FloatArray
    variance: FloatArray


def factor_count(listings: Sequence[Listing]) -> int:
    """Number of factors: the market, the sector, and one for each issuer."""
    return 2 + len({item.issuer for item in listings})


def draw_noise(rng: np.random.Generator, sessions: int) -> FloatArray:
    """A listing's own deviation at its opens and closes, variance 1, shape (2 * sessions,)."""
    drawn = rng.standard_normal(2 * sessions)
    drawn[1:] *= np.sqrt(1.0 - NOISE_KEPT**2)
    # An autoregression of order 1 as a weighted sum: what is left of a draw after 100 steps is nothing.
    kernel = NOISE_KEPT ** np.arange(100)
    return np.asarray(np.convolve(drawn, kernel)[: 2 * sessions])


def listing_returns(
    listing: Listing,
    issuers: Sequence[str],
    steps: FloatArray,
    variance: FloatArray,
    noise: FloatArray,
    timeline: Timeline,
    market: Market,
) -> ListingReturns:
    """Read a listing's prices off its issuer's value at the opens and closes of its venue.

    Parameters
    ----------
    listing : Listing
        An ETF or index is a benchmark: the market factor and a little noise of its own.
    issuers : sequence of str
        In the order of the factors, after market and sector.
    steps, variance : arrays of float64, shape (..., F, K)
        Of :func:`newsbt.evidence.simulation.factors.factor_steps`.
    noise : array of float64, shape (..., 2n)
        Of :func:`draw_noise`; a benchmark has none.
    """
    opens, closes = timeline.opens[listing.venue], timeline.closes[listing.venue]
    loads, own = _loadings(listing, market)
    used = [0, 1, 2 + issuers.index(listing.issuer)]
    moves = np.tensordot(loads, steps[..., used, :], axes=(0, -2))
    spread = np.tensordot(loads**2, variance[..., used, :], axes=(0, -2))
    # No drift in the price itself, so that holding earns nothing.
    value = np.cumsum(moves - 0.5 * float(loads @ loads) * timeline.weight, axis=-1)
    at_open = value[..., opens] + own * noise[..., 0::2]
    at_close = value[..., closes] + own * noise[..., 1::2]
    gap = at_open.copy()
    gap[..., 1:] -= at_close[..., :-1]
    total = np.cumsum(spread, axis=-1)
    return ListingReturns(gap, at_close - at_open, total[..., closes] - total[..., opens])


def _loadings(listing: Listing, market: Market) -> tuple[FloatArray, float]:
    """On market, sector and issuer, and the deviation of the listing's own noise."""
    variance = market.deviation**2
    common = variance * (market.correlation - market.sector)
    if listing.kind in ("etf", "index"):
        common = max(common, 0.1 * variance)
        return np.sqrt([common, 0.0, common * BENCHMARK_NOISE]), 0.0
    # A session has two steps of noise, which add the variance of their difference.
    lost = 2.0 * market.noise**2 * (1.0 - NOISE_KEPT**2)
    issuer = variance * (1.0 - market.correlation) - lost
    return np.sqrt([common, variance * market.sector, max(issuer, 0.0)]), market.noise
