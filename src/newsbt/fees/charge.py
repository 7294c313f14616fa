"""One fee of one order: formula, bounds and rounding, in exact decimals (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Final

from newsbt.costs import Side
from newsbt.schedule import Schedule
from newsbt.universe import Kind

__all__ = ["ROUNDINGS", "Charge", "Fee", "decimal"]

ZERO: Final = Decimal(0)
MILLION: Final = Decimal(1_000_000)
#: Prices are binary fractions; what they add beyond this is no money and must not round a fee up.
NOISE: Final = Decimal("0.000001")

ROUNDINGS: Final[dict[str, tuple[Decimal, str] | None]] = {
    "none": None,
    "nearest_cent": (Decimal("0.01"), ROUND_HALF_UP),
    "up_to_cent": (Decimal("0.01"), ROUND_CEILING),
    "up_to_unit": (Decimal(1), ROUND_CEILING),
}
"""Names a table may use, with the unit and the way; half a cent rounds up."""


def decimal(value: float) -> Decimal:
    """The decimal that a person would write for `value`."""
    return Decimal(repr(value))


@dataclass(frozen=True, slots=True)
class Charge:
    """What a fee amounts to while one entry is in force.

    The parts add up; then the minimum, the maximum and the cap by value apply, in this order, so the cap
    wins over the minimum. All are >= 0 and in the venue's currency.

    Parameters
    ----------
    rate : Decimal
        Fraction of the value traded.
    per_million : Decimal
        For each million of the value traded.
    per_share : Decimal
        For each share.
    amount : Decimal
        For each order.
    of_commission : Decimal
        Fraction of the commission.
    minimum : Decimal
        For each order.
    maximum : Decimal or None
        For each order; None is none.
    max_rate : Decimal or None
        Cap as a fraction of the value traded; None is none.
    """

    rate: Decimal = ZERO
    per_million: Decimal = ZERO
    per_share: Decimal = ZERO
    amount: Decimal = ZERO
    of_commission: Decimal = ZERO
    minimum: Decimal = ZERO
    maximum: Decimal | None = None
    max_rate: Decimal | None = None

    def of(self, value: Decimal, size: int, commission: Decimal) -> Decimal:
        """Unrounded fee of an order of `size` shares for `value`."""
        fee = self.rate * value + self.per_million * value / MILLION
        fee += self.per_share * size + self.amount + self.of_commission * commission
        fee = max(fee, self.minimum)
        if self.maximum is not None:
            fee = min(fee, self.maximum)
        return fee if self.max_rate is None else min(fee, self.max_rate * value)


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee, whatever the day.

    Parameters
    ----------
    name : str
        Column in ``fills.csv``.
    side : {"buy", "sell"} or None
        Who pays; None is both.
    rounding : str
        A name of :data:`ROUNDINGS`.
    exempt : tuple of str
        Kinds of listings that do not pay.
    schedule : Schedule of Charge
        What it amounts to, by date.
    """

    name: str
    side: Side | None
    rounding: str
    exempt: tuple[Kind, ...]
    schedule: Schedule[Charge]

    def due(self, side: Side, kind: Kind) -> bool:
        """Whether an order pays it."""
        return self.side in (None, side) and kind not in self.exempt

    def rounded(self, fee: Decimal) -> Decimal:
        """`fee` as it is charged."""
        how = ROUNDINGS[self.rounding]
        if how is None:
            return fee
        unit, way = how
        return fee.quantize(NOISE, ROUND_HALF_UP).quantize(unit, way)
