"""From a broker's settings to the cost model of a run, and what to say of it afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pandas as pd

from newsbt.adapters.settings_tables import Broker
from newsbt.adapters.workspace import Workspace
from newsbt.costs import CostModel, Execution, PercentCosts
from newsbt.fees.audit import cost_findings
from newsbt.fees.model import DatedCosts
from newsbt.records import Finding
from newsbt.shorting import ShortBook
from newsbt.slippage import Fixed, HalfSpread, Percentage, Slippage, SlippedCosts, SquareRootImpact
from newsbt.universe import Listing

__all__ = ["build_costs", "check_fills", "check_shorts"]


def build_costs(broker: Broker, workspace: Workspace) -> CostModel:
    """Fees and slippage of `broker`.

    Raises
    ------
    SettingsError
        If ``data/fees.toml`` or ``data/ticks.toml`` is needed and missing or wrong.
    """
    others: list[Slippage] = []
    if broker.slippage_fixed:
        others.append(Fixed(broker.slippage_fixed))
    if broker.slippage_ticks:
        others.append(HalfSpread(broker.slippage_ticks, workspace.ticks()))
    if broker.impact:
        others.append(SquareRootImpact(broker.impact))
    costs: CostModel
    if isinstance(broker.commission, str):
        costs = DatedCosts(workspace.fees(), broker.commission)
        if broker.slippage:
            others.insert(0, Percentage(broker.slippage))
    else:
        costs = PercentCosts(broker.commission, broker.slippage)
    return SlippedCosts(costs, tuple(others)) if others else costs


def check_fills(costs: CostModel, fills: pd.DataFrame, listings: Iterable[Listing]) -> list[Finding]:
    """Findings on the figures that the `fills` of a run were charged by."""
    known = {listing.symbol: listing for listing in listings}
    rows: Iterable[Any] = fills[["symbol", "side", "size", "price", "session"]].itertuples(index=False)
    return cost_findings(
        costs,
        (
            Execution(known[row.symbol], row.side, int(row.size), float(row.price), row.session)
            for row in rows
        ),
    )


def check_shorts(
    rules: ShortBook,
    borrowed: Iterable[tuple[str, dt.date]],
    fills: pd.DataFrame,
    listings: Iterable[Listing],
) -> list[Finding]:
    """Findings on borrow rates and board lots that a run used and that nothing confirms.

    Parameters
    ----------
    rules : ShortBook
    borrowed : iterable of (symbol, session)
        Each charge of a borrow fee.
    fills : DataFrame
        Of the run.
    listings : iterable of Listing
    """
    known = {listing.symbol: listing for listing in listings}
    found: dict[str, Finding] = {}
    for symbol, day in borrowed:
        schedule = rules.schedule(known[symbol])
        period = schedule.at(day) if schedule else None
        if schedule is not None and period is not None and period.verified == "no":
            found[f"{schedule.name} {period}"] = Finding(
                "unverified-borrow",
                "warning",
                f"shorting.toml [{schedule.name}]",
                f"the rate of {period.value:.2%} in force {period} is not confirmed by any source"
                f" ({period.source}) and was charged",
                "look it up and correct the entry, or know that it is not certain",
            )
    lots = [
        Finding(
            "unverified-lot",
            "warning",
            symbol,
            "its board lot is not confirmed by any source, and sizes were rounded to it",
            "look it up and correct data/universe.toml, or know that it is not certain",
        )
        for symbol in dict.fromkeys(fills["symbol"])
        if known[symbol].verified == "no"
    ]
    return [*found.values(), *lots]
