"""What strategies of several listings need to act on generated worlds: siblings, times of news, an agenda."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from newsbt.engine.world import Tape, World

#: Parameters small enough for worlds of a few dozen bars.
OWN: dict[str, dict[str, Any]] = {
    "lead_lag": {"threshold": 0.005, "direction": "sibling"},
    "pair": {"window": 2},
    "parity": {"window": 5, "enter": 0.5, "leave": 0.2, "legs": "both"},
    "runup": {"before": 3, "notice": 4, "direction": "last"},
}


def with_siblings(world: World) -> World:
    """Issuers with a listing on each venue where there are two; news known 12 hours early; events to come."""
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
    agenda = {tape.listing.symbol: tuple(range(4 + place, 60, 7)) for place, tape in enumerate(tapes)}
    return dataclasses.replace(world, tapes=tuple(tapes), known_at=known, agenda=agenda)


def announced(world: World, tapes: Sequence[Tape], notice: int) -> dict[str, tuple[int, ...]]:
    """Events of the agenda that were public by the last bar of `tapes`, `notice` sessions before."""
    return {
        tape.listing.symbol: tuple(
            event for event in world.agenda[tape.listing.symbol] if event <= tape.numbers[-1] + notice
        )
        for tape in tapes
    }
