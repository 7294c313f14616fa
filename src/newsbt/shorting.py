"""Margin, borrow fees and permission to sell short (pure; the table is ``data/shorting.toml``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from newsbt.errors import SettingsError
from newsbt.schedule import Schedule, known_keys, parse_schedule
from newsbt.universe import VENUES, Listing

__all__ = ["Margin", "ShortBook", "parse_shorting"]

PERMISSIONS = ("allowed", "etf-only", "never")
VERIFIED = ("yes", "partial", "no")
DAYS_A_YEAR = 360.0


@dataclass(frozen=True, slots=True)
class Margin:
    """Equity that gross exposure needs, as fractions of it; 0 is off.

    Parameters
    ----------
    initial : float
        To open a position, and where a forced reduction ends.
    maintenance : float
        To keep what is held; not above `initial`.
    """

    initial: float = 0.0
    maintenance: float = 0.0

    def breached(self, equity: float, gross: float) -> bool:
        """Whether an account of `equity` may not keep a `gross` exposure."""
        return self.maintenance > 0.0 and gross > 0.0 and equity < self.maintenance * gross

    def kept(self, equity: float, gross: float) -> float:
        """Fraction of every position that a breached account keeps."""
        return max(0.0, min(1.0, equity / (self.initial * gross)))


@dataclass(frozen=True)
class ShortBook:
    """Rules for shorts of all listings.

    Parameters
    ----------
    margin : Margin
        Of the account.
    drop : float
        Fall from the close before that forbids new shorts (Rule 201); 0 is off.
    drop_venues : tuple of str
        Where that rule holds.
    permission : mapping of venue or symbol to str
        ``allowed``, ``etf-only`` or ``never``; a symbol wins over its venue. Others are allowed.
    borrow : mapping of venue or symbol to Schedule of float
        Yearly rate on market value; a symbol wins over its venue. Others borrow for nothing.
    """

    margin: Margin = Margin()
    drop: float = 0.0
    drop_venues: tuple[str, ...] = ()
    permission: Mapping[str, str] = field(default_factory=dict)
    borrow: Mapping[str, Schedule[float]] = field(default_factory=dict)

    def borrow_rate(self, listing: Listing, day: dt.date) -> float:
        """Yearly rate on the market value of a short on `day`, decimal.

        Raises
        ------
        SettingsError
            For a day that the table says nothing of.
        """
        schedule = self.schedule(listing)
        return schedule.at(day).value if schedule else 0.0

    def schedule(self, listing: Listing) -> Schedule[float] | None:
        """Rates of `listing`: its own, or its venue's; None where it borrows for nothing."""
        return self.borrow.get(listing.symbol) or self.borrow.get(listing.venue)

    def borrow_fee(self, listing: Listing, day: dt.date, value: float, calendar_days: int) -> float:
        """Fee for a short worth `value` (positive) over `calendar_days` up to `day`, same currency."""
        return value * self.borrow_rate(listing, day) * calendar_days / DAYS_A_YEAR

    def refusal(self, listing: Listing) -> str:
        """Say why `listing` may never be sold short; empty if it may."""
        rule = self.permission.get(listing.symbol, self.permission.get(listing.venue, "allowed"))
        if rule == "never":
            return f"{listing.symbol} may not be sold short (permission: never)"
        if rule == "etf-only" and listing.kind != "etf":
            return f"{listing.symbol} may not be sold short (permission: etf-only)"
        return ""

    def triggered(self, listing: Listing, low: float, close_before: float) -> bool:
        """Whether a session with this `low` forbids new shorts for its rest and for the next one."""
        falls = self.drop and listing.venue in self.drop_venues
        return bool(falls and low <= (1.0 - self.drop) * close_before)


def parse_shorting(table: Mapping[str, Any], where: str) -> ShortBook:
    """Build the rules from the parsed TOML `table`.

    Raises
    ------
    SettingsError
        For an unknown key, a fraction out of bounds, an unknown permission, dates that overlap or leave a
        gap.
    """
    known_keys(table, ("margin", "rule201", "permission", "borrow"), where)
    margin = _section(table, "margin", ("initial", "maintenance"), where)
    initial = _fraction(margin, "initial", f"{where}: [margin]")
    maintenance = _fraction(margin, "maintenance", f"{where}: [margin]")
    if maintenance > initial:
        raise SettingsError(f"{where}: [margin] has maintenance = {maintenance} above initial = {initial}")
    rule = _section(table, "rule201", ("drop", "venues"), where)
    venues = rule.get("venues", [])
    if not isinstance(venues, list) or any(venue not in VENUES for venue in venues):
        raise SettingsError(f"{where}: [rule201] has venues = {venues!r}; write some of {', '.join(VENUES)}")
    permission = dict(table.get("permission", {}))
    for name, value in permission.items():
        if value not in PERMISSIONS:
            raise SettingsError(
                f"{where}: [permission] {name} is {value!r}; write one of {', '.join(PERMISSIONS)}"
            )
    borrow = {
        name: parse_schedule(_entries(rows), f"borrow.{name}", where, _rate)
        for name, rows in table.get("borrow", {}).items()
    }
    drop = _fraction(rule, "drop", f"{where}: [rule201]") if rule else 0.0
    return ShortBook(Margin(initial, maintenance), drop, tuple(venues), permission, borrow)


def _section(table: Mapping[str, Any], name: str, keys: tuple[str, ...], where: str) -> Mapping[str, Any]:
    section = table.get(name, {})
    if not isinstance(section, Mapping):
        raise SettingsError(f"{where}: {name} is no table; write [{name}]")
    known_keys(section, (*keys, "source", "verified"), f"{where}: [{name}]")
    if section and section.get("verified") not in VERIFIED:
        raise SettingsError(f"{where}: [{name}] has no verified; write yes, partial or no, in quotes")
    return section


def _entries(rows: object) -> object:
    return rows.get("schedule") if isinstance(rows, Mapping) else rows


def _fraction(row: Mapping[str, Any], name: str, place: str) -> float:
    value = row.get(name, 0.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value <= 1.0:
        raise SettingsError(f"{place} has {name} = {value!r}; write a fraction from 0 to 1")
    return float(value)


def _rate(row: Mapping[str, Any], place: str) -> float:
    known_keys(row, ("rate",), place)
    value = row.get("rate")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value <= 10.0:
        raise SettingsError(
            f"{place} has rate = {value!r}; write a yearly fraction from 0 to 10 (0.003 is 0.3 %)"
        )
    return float(value)
