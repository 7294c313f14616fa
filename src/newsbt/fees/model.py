"""The cost model of a broker in ``data/fees.toml``: every fee of the day, each in its own column (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from newsbt.costs import Execution
from newsbt.errors import SettingsError
from newsbt.fees.charge import Charge, Fee, decimal
from newsbt.fees.tables import Broker, FeeBook
from newsbt.schedule import Period

__all__ = ["DatedCosts"]


@dataclass(frozen=True, slots=True)
class DatedCosts:
    """Fees by venue, side, kind of listing and day; implements :class:`newsbt.costs.CostModel`.

    Without slippage; :class:`newsbt.slippage.SlippedCosts` adds it.

    Parameters
    ----------
    book : FeeBook
        The table.
    name : str
        Of the broker in it.

    Raises
    ------
    UnknownNameError
        If the book has no such broker.
    """

    book: FeeBook
    name: str

    def __post_init__(self) -> None:
        """Refuse an unknown broker now rather than at the first order."""
        self.book.broker(self.name)

    @property
    def broker(self) -> Broker:
        """Whose fees these are."""
        return self.book.broker(self.name)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the fees of all venues; those of the other venue are 0."""
        return self.broker.columns

    def due(self, order: Execution) -> Iterator[tuple[Fee, Period[Charge]]]:
        """Fees that `order` pays, with the entry in force, the commission first.

        Raises
        ------
        SettingsError
            For a venue that the broker does not trade on, or a day without an entry.
        """
        listing, broker = order.listing, self.broker
        if listing.venue not in broker.fees:
            raise SettingsError(
                f"{self.book.where}: [broker.{broker.name}] has no fees for {listing.venue}, where"
                f" {listing.symbol} trades; add [broker.{broker.name}.{listing.venue}]"
            )
        for fee in broker.fees[listing.venue]:
            if fee.due(order.side, listing.kind):
                yield fee, fee.schedule.at(order.day)

    def fees(self, order: Execution) -> Mapping[str, float]:
        """Every fee of one order, charged once, as rounded by the rule of each."""
        charged = dict.fromkeys(self.columns, 0.0)
        value = order.size * decimal(float(order.price))
        commission = Decimal(0)
        for fee, period in self.due(order):
            amount = fee.rounded(period.value.of(value, order.size, commission))
            if fee.name == "commission":
                commission = amount
            charged[fee.name] = float(amount)
        return charged

    def slip(self, order: Execution) -> float:
        """The price as it is."""
        return order.price
