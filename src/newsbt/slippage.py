"""How far an order moves the price against itself: models that add up (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from newsbt.costs import CostModel, Execution
from newsbt.ticks import TickBook

__all__ = [
    "PARTICIPATION_CAP",
    "Fixed",
    "HalfSpread",
    "Percentage",
    "Slippage",
    "SlippedCosts",
    "SquareRootImpact",
]

#: Share of the average daily volume beyond which the square-root law says nothing any more: an order of a
#: whole day's volume. Sizes are kept far below by ``max_volume``.
PARTICIPATION_CAP: Final = 1.0


class Slippage(Protocol):
    """One reason for which a price taken from the market is worse than the one seen."""

    def move(self, order: Execution) -> float:
        """Local currency a share, >= 0, against the trader."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same `amount` a share, in the listing's currency."""

    amount: float

    def move(self, order: Execution) -> float:
        """The amount."""
        return self.amount


@dataclass(frozen=True, slots=True)
class Percentage:
    """A `fraction` of the price: 0.0005 is 0.05 %."""

    fraction: float

    def move(self, order: Execution) -> float:
        """The fraction of the price before slippage."""
        return self.fraction * order.price


@dataclass(frozen=True, slots=True)
class HalfSpread:
    """Half of a bid-ask spread, as a number of price steps.

    Parameters
    ----------
    ticks : float
        0.5 for a spread of one step, the narrowest there is.
    book : TickBook
        Steps by venue, kind and date.
    """

    ticks: float
    book: TickBook

    def move(self, order: Execution) -> float:
        """The step at the price before slippage, so many times."""
        listing = order.listing
        return self.ticks * self.book.tick(listing.kind, listing.venue, order.price, order.day)


@dataclass(frozen=True, slots=True)
class SquareRootImpact:
    """``k * volatility * sqrt(size / average_volume)`` of the price.

    The square-root law of market impact: Toth and others, "Anomalous price impact and the critical nature of
    liquidity in financial markets", Physical Review X 1, 021006 (2011), with `k` of the order of 1 and the
    daily volatility and volume of the stock, as here. Almgren, Thum, Hauptmann and Li, "Direct estimation of
    equity market impact", Risk (2005), find a power of 0.6. Participation counts up to
    :data:`PARTICIPATION_CAP`.

    Parameters
    ----------
    k : float
        Scale, no unit.
    """

    k: float

    def move(self, order: Execution) -> float:
        """Impact at the price before slippage; 0 while there is no history of volume or volatility."""
        if not order.average_volume > 0.0 or not math.isfinite(order.volatility):
            return 0.0
        participation = min(order.size / order.average_volume, PARTICIPATION_CAP)
        return self.k * order.volatility * math.sqrt(participation) * order.price


@dataclass(frozen=True, slots=True)
class SlippedCosts:
    """The fees of one cost model with slippage on top of its own; a :class:`newsbt.costs.CostModel` too.

    Parameters
    ----------
    costs : CostModel
        Fees.
    slippage : tuple of Slippage
        Each looks at the price before slippage; they add up.
    """

    costs: CostModel
    slippage: tuple[Slippage, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Those of the fees."""
        return self.costs.columns

    def fees(self, order: Execution) -> Mapping[str, float]:
        """Fees at the order's price."""
        return self.costs.fees(order)

    def slip(self, order: Execution) -> float:
        """Price moved against the trader, not rounded to a price step; a sale fetches no less than 0."""
        move = sum(model.move(order) for model in self.slippage)
        price = self.costs.slip(order)
        return price + move if order.side == "buy" else max(price - move, 0.0)
