"""What strategies of several listings need to act on generated worlds: siblings, times of news, an agenda."""

from __future__ import annotations

import dataclasses
from typing import Any

from newsbt.engine.world import World

#: Parameters small enough for worlds of a few dozen bars.
OWN: dict[str, dict[str, Any]] = {
    "lead_lag": {"threshold": 0.005, "direction": "sibling"},
}


def with_siblings(world: World) -> World:
    """Issuers with a listing on each venue where there are two; news is known 12 hours before it is due."""
    before: dict[str, int] = {}
    tapes = []
    for tape in world.tapes:
        place = before[tape.listing.venue] = before.get(tape.listing.venue, 0) + 1
        tapes.append(dataclasses.replace(tape, listing=dataclasses.replace(tape.listing, issuer=f"I{place}")))
    known = {
        name: int((signal.tradable_at.timestamp() - 12 * 3600) * 1e9)
        for signal in world.signals
        for name in signal.catalyst_ids
    }
    return dataclasses.replace(world, tapes=tuple(tapes), known_at=known)
