"""The table of issuers and listings, ``data/universe.toml``: checked, and made into a universe (pure)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final, get_args

from newsbt.errors import SettingsError
from newsbt.schedule import VERIFIED, known_keys
from newsbt.universe import VENUES, Kind, Listing, Universe

__all__ = ["parse_universe"]

#: Depositary's fee on each dividend of an ADS, USD a share: implied by JD's listed net payouts of 2022 to
#: 2024 against its declared ones; BABA's own was not found.
ADR_FEE: Final = 0.02
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
KEYS: Final = (
    "issuer",
    "venue",
    "currency",
    "kind",
    "lots",
    "traded",
    "shares_per_ads",
    "yahoo",
    "verified",
    "adr_fee",
)
EXAMPLE: Final = "write lots = [{ from = 2019-01-01, size = 1 }]"


def parse_universe(table: Mapping[str, Any], where: str) -> Universe:
    """Build a universe from the parsed TOML `table`.

    Parameters
    ----------
    table : mapping
        Tables ``listing.SYMBOL``, ``group.NAME``, ``peers.ISSUER`` and ``outside``.
    where : str
        Path for error messages.

    Raises
    ------
    SettingsError
        For an unknown venue, kind or currency, a missing issuer, lots that are missing, not positive, out of
        order or two for one day, another value of the wrong type, a group or peer that is not an issuer of
        the table.
    UnknownNameError
        For a misspelt key of a listing.
    """
    known_keys(table, ("listing", "group", "peers", "outside"), where)
    listings = {symbol: _listing(symbol, row, where) for symbol, row in _tables(table, "listing", where)}
    if not listings:
        raise SettingsError(f"{where}: no [listing.SYMBOL] table; add at least one")
    issuers = {listing.issuer for listing in listings.values()}
    groups = {name: _members(name, row, where) for name, row in _tables(table, "group", where)}
    peers = {issuer: _weights(issuer, row, where) for issuer, row in _tables(table, "peers", where)}
    named = [(f"group.{name}", issuer) for name, members in groups.items() for issuer in members]
    named += [(f"peers.{name}", issuer) for name, row in peers.items() for issuer in (name, *row)]
    for place, issuer in named:
        if issuer not in issuers:
            raise SettingsError(f"{where}: [{place}] names {issuer!r}, which no listing has as its issuer")
    return Universe(listings, groups, peers, _outside(table, where))


def _tables(table: Mapping[str, Any], name: str, where: str) -> list[tuple[str, Mapping[str, Any]]]:
    rows = table.get(name, {})
    if not isinstance(rows, Mapping) or not all(isinstance(row, Mapping) for row in rows.values()):
        raise SettingsError(f"{where}: {name} is no table of tables; write [{name}.NAME]")
    return list(rows.items())


def _members(name: str, row: Mapping[str, Any], where: str) -> tuple[str, ...]:
    members = row.get("issuers", ())
    if isinstance(members, str) or not all(isinstance(member, str) for member in members):
        raise SettingsError(f"{where}: [group.{name}] has issuers = {members!r}; write a list of names")
    return tuple(members)


def _outside(table: Mapping[str, Any], where: str) -> dict[str, str]:
    outside = table.get("outside", {})
    if not isinstance(outside, Mapping):
        raise SettingsError(f'{where}: outside is no table; write [outside] and below it NAME = "VENUE"')
    for name, venue in outside.items():
        if venue not in ("", *VENUES):
            choice = ", ".join(VENUES)
            raise SettingsError(f'{where}: [outside] has {name} = {venue!r}; write "" or one of {choice}')
    return dict(outside)


def _weights(issuer: str, row: Mapping[str, Any], where: str) -> dict[str, float]:
    place = f"{where}: [peers.{issuer}]"
    return {peer: _number(row, peer, 0.0, place, most=1.0) for peer in row}


def _listing(symbol: str, row: Mapping[str, Any], where: str) -> Listing:
    place = f"{where}: [listing.{symbol}]"
    known_keys(row, KEYS, place)
    if "issuer" not in row or "venue" not in row:
        raise SettingsError(f"{place} needs both issuer and venue")
    issuer, venue = _word(row, "issuer", "", place), _word(row, "venue", "", place, tuple(VENUES))
    kind = next(kind for kind in KINDS if kind == _word(row, "kind", "equity", place, KINDS))
    traded = row.get("traded", kind in ("equity", "adr"))
    if not isinstance(traded, bool):
        raise SettingsError(f"{place} has traded = {traded!r}; write true or false, without quotes")
    return Listing(
        symbol=symbol,
        issuer=issuer,
        venue=venue,
        currency=_word(row, "currency", VENUES[venue], place, (VENUES[venue],)),
        kind=kind,
        lots=_lots(row, venue, kind, place),
        traded=traded,
        shares_per_ads=_number(row, "shares_per_ads", 1.0, place, above=0.0),
        yahoo=_word(row, "yahoo", symbol, place),
        verified=_word(row, "verified", "yes", place, VERIFIED),
        adr_fee=_number(row, "adr_fee", ADR_FEE if kind == "adr" else 0.0, place),
    )


def _lots(row: Mapping[str, Any], venue: str, kind: Kind, place: str) -> tuple[tuple[dt.date, int], ...]:
    rows = row.get("lots", ())
    if isinstance(rows, str | Mapping) or not isinstance(rows, list | tuple):
        raise SettingsError(f"{place} has lots = {rows!r}; {EXAMPLE}")
    lots = tuple(_lot(lot, place) for lot in rows)
    if not lots:
        if venue == "XHKG" and kind != "index":
            raise SettingsError(f"{place} has no board lot; {EXAMPLE}")
        return ((dt.date.min, 1),)
    days = [day for day, _ in lots]
    if days != sorted(days):
        raise SettingsError(f"{place} has board lots out of date order; sort them by from")
    twice = next((day for day, after in pairwise(days) if day == after), None)
    if twice:
        raise SettingsError(f"{place} has two board lots from {twice} on; keep one")
    return lots


def _lot(lot: object, place: str) -> tuple[dt.date, int]:
    if not isinstance(lot, Mapping) or set(lot) != {"from", "size"}:
        raise SettingsError(f"{place} has a board lot {lot!r}, which needs from and size; {EXAMPLE}")
    day, size = lot["from"], lot["size"]
    if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
        raise SettingsError(f"{place} has from = {day!r}; write a date such as 2019-11-26, without quotes")
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise SettingsError(f"{place} has a board lot of size = {size!r}; write a positive whole number")
    return day, size


def _word(
    row: Mapping[str, Any], key: str, default: str, place: str, allowed: tuple[str, ...] | None = None
) -> str:
    value = row.get(key, default)
    if not isinstance(value, str) or not value.strip() or (allowed and value not in allowed):
        choice = (
            f"one of {', '.join(allowed)}" if allowed and len(allowed) > 1 else (allowed or ("a name",))[0]
        )
        raise SettingsError(f"{place} has {key} = {value!r}; write {choice}, in quotes")
    return value


def _number(
    row: Mapping[str, Any],
    key: str,
    default: float,
    place: str,
    *,
    above: float | None = None,
    most: float = math.inf,
) -> float:
    """A number from 0, or more than `above`, up to `most`."""
    value = row.get(key, default)
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not good or value < 0 or value > most or (above is not None and value <= above):
        least = f"above {above:g}" if above is not None else "from 0 up"
        bounds = f"from 0 to {most:g}" if math.isfinite(most) else least
        raise SettingsError(f"{place} has {key} = {value!r}; write a number {bounds}")
    return float(value)
