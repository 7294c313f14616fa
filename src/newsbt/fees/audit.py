"""Which figures that a run was charged by are not verified (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from newsbt.costs import CostModel, Execution
from newsbt.fees.model import DatedCosts
from newsbt.records import Finding, Severity
from newsbt.slippage import HalfSpread, SlippedCosts

__all__ = ["cost_findings"]

SEVERITY: Final[dict[str, Severity]] = {"partial": "info", "no": "warning"}
STATE: Final = {"partial": "is confirmed by secondary sources only", "no": "is not confirmed by any source"}


@dataclass(frozen=True, slots=True)
class _Use:
    """One entry of a table that an order met."""

    code: str
    name: str
    days: str
    source: str
    verified: str
    where: str


def cost_findings(costs: CostModel, orders: Iterable[Execution]) -> list[Finding]:
    """One finding for every entry not verified that an order of a run met, in table order of first use.

    Parameters
    ----------
    costs : CostModel
        What the run was charged by.
    orders : iterable of Execution
        Its fills.

    Returns
    -------
    list of Finding
        Code ``unverified-fee`` or ``unverified-tick``; a warning where nothing confirms the figure, info
        where secondary sources do.
    """
    counts: dict[_Use, int] = {}
    for order in orders:
        for use in _uses(costs, order):
            counts[use] = counts.get(use, 0) + 1
    return [
        Finding(
            use.code,
            SEVERITY[use.verified],
            f"{PurePath(use.where).name} [{use.name}]",
            f"the figure in force {use.days} {STATE[use.verified]} (source: {use.source}) and was used for"
            f" {count} order{'s' if count > 1 else ''}",
            "look it up and correct the entry, or know that it is not certain",
        )
        for use, count in counts.items()
        if use.verified in SEVERITY
    ]


def _uses(costs: CostModel, order: Execution) -> Iterable[_Use]:
    if isinstance(costs, SlippedCosts):
        yield from _uses(costs.costs, order)
        for model in costs.slippage:
            if isinstance(model, HalfSpread):
                listing = order.listing
                schedule = model.book.schedule(listing.kind, listing.venue)
                step = schedule.at(order.day)
                yield _Use(
                    "unverified-tick", schedule.name, str(step), step.source, step.verified, schedule.where
                )
    elif isinstance(costs, DatedCosts):
        for fee, period in costs.due(order):
            yield _Use(
                "unverified-fee",
                fee.schedule.name,
                str(period),
                period.source,
                period.verified,
                fee.schedule.where,
            )
