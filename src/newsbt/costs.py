"""What a trade costs (pure): the seam through which brokers' fee tables reach the engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from newsbt.errors import SettingsError
from newsbt.universe import Listing

__all__ = ["CostModel", "PercentCosts", "Side"]

Side: TypeAlias = Literal["buy", "sell"]


class CostModel(Protocol):
    """Fees and slippage of one broker. Money is in the listing's own currency."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the fees, in the order of their columns in ``fills.csv``."""

    def fees(
        self, listing: Listing, side: Side, size: float, price: float, day: dt.date
    ) -> Mapping[str, float]:
        """Fees of one order of `size` shares (positive) filled at `price` on `day`, one for each column."""

    def slip(self, listing: Listing, side: Side, price: float, day: dt.date) -> float:
        """Price after slippage of an order that takes `price` from the market; never better than `price`."""


@dataclass(frozen=True, slots=True)
class PercentCosts:
    """Commission and slippage as fractions of the price, whatever the venue and the day.

    Parameters
    ----------
    commission : float
        Fraction of the value traded, each side: 0.001 = 0.1 %.
    slippage : float
        Fraction of the price, against the trader.

    Raises
    ------
    SettingsError
        For a negative fraction, or one of 10 % and more.
    """

    commission: float = 0.0
    slippage: float = 0.0

    def __post_init__(self) -> None:
        """Refuse fractions that can only be percentages by mistake."""
        for name in ("commission", "slippage"):
            value = getattr(self, name)
            if not 0.0 <= value < 0.1:
                raise SettingsError(
                    f"{name} = {value} is out of bounds; write a fraction from 0 to 0.1 (0.001 is 0.1 %)"
                )

    @property
    def columns(self) -> tuple[str, ...]:
        """One column: ``commission``."""
        return ("commission",)

    def fees(
        self, listing: Listing, side: Side, size: float, price: float, day: dt.date
    ) -> Mapping[str, float]:
        """Commission on the value traded."""
        return {"commission": self.commission * size * price}

    def slip(self, listing: Listing, side: Side, price: float, day: dt.date) -> float:
        """Price moved by the fraction, up for a buyer and down for a seller."""
        return price * (1.0 + self.slippage if side == "buy" else 1.0 - self.slippage)
