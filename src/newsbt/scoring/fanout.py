"""Which listings a catalyst reaches, and with what share of its score (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from newsbt.records import BoolArray, Catalyst, FloatArray, IntArray, Scope
from newsbt.universe import Universe

__all__ = ["NOT_SELECTED", "NOWHERE", "NO_LISTING", "PEER", "FanOut", "Reach", "fan_out", "reach_of"]

NAMED, GROUP, PEER = "named", "group", "peer:"
NO_LISTING, NOT_SELECTED = "no-listing", "not-selected"

#: Listing index of the one row of a catalyst that reaches none of the listings of the run.
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Reach:
    """One listing that a catalyst reaches.

    Parameters
    ----------
    symbol : str
        The listing.
    weight : float
        Share of the catalyst's score that arrives, in (0, 1].
    relation : str
        ``"named"`` in the row, itself or by its issuer; ``"group"``, through the scope; ``"peer:ISSUER"``,
        passed on from a named issuer.
    """

    symbol: str
    weight: float
    relation: str


@dataclass(frozen=True)
class FanOut:
    """Rows of a fan-out, catalyst by catalyst; row arrays have shape (rows,).

    Parameters
    ----------
    catalyst : array of int64
        Position of the row's catalyst in the sequence that was fanned out; ascending, each at least once.
    listing : array of int64
        Position of the row's listing among the symbols of the run, or :data:`NOWHERE`.
    weight : array of float64
        Share of the score; 0 where nowhere.
    relation : array of int64
        Index into `relations`.
    relations : tuple of str
        As in :class:`Reach`; for a row that is nowhere the reason: ``"no-listing"`` or ``"not-selected"``.
    """

    catalyst: IntArray
    listing: IntArray
    weight: FloatArray
    relation: IntArray
    relations: tuple[str, ...]

    def has_relation(self, name: str) -> BoolArray:
        """Which rows have the relation (or reason) `name`."""
        at = self.relations.index(name) if name in self.relations else -1
        return np.equal(self.relation, at)


def reach_of(scope: Scope, symbols: Sequence[str], universe: Universe, spillover: float) -> tuple[Reach, ...]:
    """Listings that a row of this `scope` naming these `symbols` reaches, of the whole universe.

    An issuer's name stands for all its listings, a listing's symbol for itself alone. Scope ``sector`` and
    ``market`` add every listing of the groups that the named issuers belong to. Scope ``company`` with a
    `spillover` above 0 adds the peers' listings at ``spillover * weight``; of several ways to a peer the
    heaviest counts, and what the row names is never a peer.

    Returns
    -------
    tuple of Reach
        Named listings first; empty where every symbol lies outside the universe.
    """
    named = [listing for name in symbols for listing in universe.resolve(name)]
    found = {listing.symbol: Reach(listing.symbol, 1.0, NAMED) for listing in named}
    issuers = tuple(dict.fromkeys(listing.issuer for listing in named))
    if scope != "company":
        members = dict.fromkeys(member for issuer in issuers for member in universe.group_of(issuer))
        for listing in (listing for member in members for listing in universe.of_issuer(member)):
            found.setdefault(listing.symbol, Reach(listing.symbol, 1.0, GROUP))
        return tuple(found.values())
    ways = [
        (share * spillover, issuer, peer)
        for issuer in issuers
        for peer, share in universe.peers.get(issuer, {}).items()
    ]
    for weight, issuer, peer in sorted(ways, key=lambda way: -way[0]):
        if weight > 0.0 and peer not in issuers:
            for listing in universe.of_issuer(peer):
                found.setdefault(listing.symbol, Reach(listing.symbol, weight, f"{PEER}{issuer}"))
    return tuple(found.values())


def fan_out(
    catalysts: Sequence[Catalyst], universe: Universe, symbols: Collection[str], spillover: float
) -> FanOut:
    """Fan every catalyst out to those of its listings that are among the `symbols` of the run.

    Rows are few kinds: each distinct (scope, symbols) is worked out once and copied.
    """
    place = {symbol: index for index, symbol in enumerate(symbols)}
    relations: dict[str, int] = {}
    kinds: dict[tuple[Scope, tuple[str, ...]], int] = {}
    kind = np.fromiter(
        (kinds.setdefault((item.scope, item.symbols), len(kinds)) for item in catalysts),
        dtype=np.int64,
        count=len(catalysts),
    )
    columns: tuple[list[int], list[float], list[int]] = ([], [], [])
    starts = [0]
    for scope, names in kinds:
        everything = reach_of(scope, names, universe, spillover)
        mine = sorted(
            (place[item.symbol], item.weight, item.relation) for item in everything if item.symbol in place
        )
        for at, weight, relation in mine or [(NOWHERE, 0.0, NOT_SELECTED if everything else NO_LISTING)]:
            columns[0].append(at)
            columns[1].append(weight)
            columns[2].append(relations.setdefault(relation, len(relations)))
        starts.append(len(columns[0]))
    bounds = np.asarray(starts, dtype=np.int64)
    copies = np.diff(bounds)[kind]
    catalyst = np.repeat(np.arange(len(catalysts)), copies)
    source = np.arange(len(catalyst)) + np.repeat(bounds[kind] - (np.cumsum(copies) - copies), copies)
    return FanOut(
        catalyst=catalyst,
        listing=np.asarray(columns[0], dtype=np.int64)[source],
        weight=np.asarray(columns[1], dtype=np.float64)[source],
        relation=np.asarray(columns[2], dtype=np.int64)[source],
        relations=tuple(relations),
    )
