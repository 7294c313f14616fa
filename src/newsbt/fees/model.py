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
from newsbt.universe import Listing

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

    def charged(self, listing: Listing) -> tuple[Fee, ...]:
        """Fees of the broker on the venue of `listing`, in the order they are charged.

        Raises
        ------
        SettingsError
            For a venue that the broker does not trade on.
        """
        broker = self.broker
        if listing.venue not in broker.fees:
            raise SettingsError(
                f"{self.book.where}: [broker.{broker.name}] has no fees for {listing.venue}, where"
                f" {listing.symbol} trades; add [broker.{broker.name}.{listing.venue}]"
            )
        return broker.fees[listing.venue]

    def due(self, order: Execution) -> Iterator[tuple[Fee, Period[Charge]]]:
        """Fees that `order` pays, with the entry in force, the commission first.

        Raises
        ------
        SettingsError
            For a venue that the broker does not trade on, or a day without an entry.
        """
        for fee in self.charged(order.listing):
            if fee.due(order.side, order.listing.kind):
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
