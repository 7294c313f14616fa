"""What a trade costs (pure): the seam through which brokers' fee tables reach the engines."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from newsbt.errors import SettingsError
from newsbt.universe import Listing

__all__ = ["CostModel", "Execution", "PercentCosts", "Side"]

Side: TypeAlias = Literal["buy", "sell"]


@dataclass(frozen=True, slots=True)
class Execution:
    """One order as it comes to be filled.

    Parameters
    ----------
    listing : Listing
        What is traded.
    side : {"buy", "sell"}
        Short sales are sells.
    size : int
        Shares, positive.
    price : float
        Before slippage (for :meth:`CostModel.slip`) or after it (for :meth:`CostModel.fees`), local currency.
    day : date
        Session of the listing's venue.
    average_volume : float
        Mean daily volume of the listing's last 20 sessions before `day`, shares; 0 without history.
    volatility : float
        Sample deviation of the listing's last 20 daily returns before `day`; nan without history.
    """

    listing: Listing
    side: Side
    size: int
    price: float
    day: dt.date
    average_volume: float = 0.0
    volatility: float = math.nan


class CostModel(Protocol):
    """Fees and slippage of one broker. Money is in the listing's own currency."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the fees, in the order of their columns in ``fills.csv``."""

    def fees(self, order: Execution) -> Mapping[str, float]:
        """Fees of one order, charged once, one for each column."""

    def slip(self, order: Execution) -> float:
        """Price after slippage of an order that takes its price from the market; never better than that."""


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

    def fees(self, order: Execution) -> Mapping[str, float]:
        """Commission on the value traded."""
        return {"commission": self.commission * order.size * order.price}

    def slip(self, order: Execution) -> float:
        """Price moved by the fraction, up for a buyer and down for a seller."""
        return order.price * (1.0 + self.slippage if order.side == "buy" else 1.0 - self.slippage)
