"""What a run of either engine leaves behind (pure)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from newsbt.engine.journal import Journal
from newsbt.engine.world import World
from newsbt.records import Finding

__all__ = ["Outcome", "margin_findings"]


@dataclass(frozen=True)
class Outcome:
    """What a run left behind: the journal, and what the user should know."""

    journal: Journal
    findings: tuple[Finding, ...]


def margin_findings(journal: Journal, world: World) -> tuple[Finding, ...]:
    """Say when the account was below maintenance margin; the orders that followed have the reason margin."""
    return tuple(
        Finding(
            "margin-call",
            "warning",
            f"{dt.datetime.fromtimestamp(call.at / 1e9, dt.UTC):%Y-%m-%d}",
            f"equity of {call.equity:,.2f} {world.base} is below {world.shorting.margin.maintenance:.0%}"
            f" of an exposure of {call.gross:,.2f}",
            f"positions cut to {call.kept:.0%} at their next opens",
        )
        for call in journal.margin_calls
    )
