"""Builds the fee book from the parsed TOML of ``data/fees.toml`` and says what is wrong with it (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from newsbt.costs import Side
from newsbt.errors import SettingsError, UnknownNameError
from newsbt.fees.charge import ROUNDINGS, Charge, Fee, decimal
from newsbt.schedule import known_keys, parse_schedule
from newsbt.universe import VENUES, Kind

__all__ = ["Broker", "FeeBook", "parse_fees"]

PARTS = ("rate", "per_million", "per_share", "amount", "of_commission")
BOUNDS = {"min": "minimum", "max": "maximum", "max_rate": "max_rate"}
FEE_KEYS = ("side", "rounding", "exempt", "schedule")


@dataclass(frozen=True, slots=True)
class Broker:
    """What one broker charges.

    Parameters
    ----------
    name, description : str
        For readers.
    fees : mapping of venue to tuple of Fee
        In the order they are charged, the commission first.
    """

    name: str
    description: str
    fees: Mapping[str, tuple[Fee, ...]]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all its fees, each once, commission first."""
        return tuple(dict.fromkeys(fee.name for fees in self.fees.values() for fee in fees))


@dataclass(frozen=True, slots=True)
class FeeBook:
    """The fees of markets and brokers.

    Parameters
    ----------
    market : mapping of venue to (mapping of name to Fee)
        What a market, its regulators and the state charge.
    brokers : mapping of name to Broker
        Their own charges and what they pass on of `market`.
    where : str
        File, for messages.
    """

    market: Mapping[str, Mapping[str, Fee]] = field(default_factory=dict)
    brokers: Mapping[str, Broker] = field(default_factory=dict)
    where: str = "data/fees.toml"

    def broker(self, name: str) -> Broker:
        """Broker `name`; UnknownNameError with the nearest name if there is none."""
        if name not in self.brokers:
            raise UnknownNameError("commission", name, self.brokers, where=self.where)
        return self.brokers[name]


def parse_fees(table: Mapping[str, Any], where: str) -> FeeBook:
    """Check and read a table of fees.

    Parameters
    ----------
    table : mapping
        ``[fee.VENUE]`` with currency, ``[fee.VENUE.NAME]`` with side, rounding, exempt and
        ``[[fee.VENUE.NAME.schedule]]``; ``[broker.NAME]`` with description, ``[broker.NAME.VENUE]`` with
        currency and passes_on, and fees of its own in the same form, of which ``commission`` is one.
    where : str
        Path for error messages.

    Raises
    ------
    SettingsError
        For an unknown venue, currency, rounding, side or kind, a negative figure, a fee that a broker passes
        on and the venue does not have, or dates that overlap or leave a gap.
    UnknownNameError
        For a misspelt key.
    """
    known_keys(table, ("fee", "broker"), where)
    market = {
        venue: _venue(rows, f"fee.{venue}", venue, where)
        for venue, rows in _tables(table.get("fee", {}), "fee", where).items()
    }
    brokers = {
        name: _broker(name, rows, market, where)
        for name, rows in _tables(table.get("broker", {}), "broker", where).items()
    }
    return FeeBook(market, brokers, where)


def _broker(
    name: str, rows: Mapping[str, Any], market: Mapping[str, Mapping[str, Fee]], where: str
) -> Broker:
    place = f"{where}: [broker.{name}]"
    if not isinstance(rows.get("description", ""), str):
        raise SettingsError(f"{place} has description = {rows['description']!r}; write it in quotes")
    fees: dict[str, tuple[Fee, ...]] = {}
    for venue, own in rows.items():
        if venue == "description":
            continue
        label = f"broker.{name}.{venue}"
        if not isinstance(own, Mapping):
            raise SettingsError(f"{place} has {venue} = {own!r}; write venues as tables, [{label}]")
        charged = _venue({k: v for k, v in own.items() if k != "passes_on"}, label, venue, where)
        if "commission" not in charged:
            raise SettingsError(f"{where}: [{label}] has no commission; write [{label}.commission]")
        passed = _passed(own.get("passes_on", []), market.get(venue, {}), f"{where}: [{label}]")
        both = [fee.name for fee in passed if fee.name in charged]
        if both:
            raise SettingsError(f"{where}: [{label}] charges {both[0]} and passes it on; keep one of the two")
        commission = charged.pop("commission")
        fees[venue] = (commission, *passed, *charged.values())
    if not fees:
        raise SettingsError(f"{place} has no venue; write [broker.{name}.XNYS] or [broker.{name}.XHKG]")
    return Broker(name, rows.get("description", ""), fees)


def _passed(names: object, market: Mapping[str, Fee], place: str) -> tuple[Fee, ...]:
    if not isinstance(names, list):
        raise SettingsError(f"{place} has passes_on = {names!r}; write a list of fees in quotes")
    for name in names:
        if name not in market:
            raise UnknownNameError("market fee", str(name), market, where=place)
    return tuple(market[name] for name in dict.fromkeys(names))


def _venue(rows: Mapping[str, Any], label: str, venue: str, where: str) -> dict[str, Fee]:
    """Fees of one venue, whose table also says the currency they are in."""
    if venue not in VENUES:
        raise UnknownNameError("venue", venue, VENUES, where=f"{where}: [{label}]")
    if rows.get("currency") != VENUES[venue]:
        raise SettingsError(
            f"{where}: [{label}] has currency = {rows.get('currency')!r}; {venue} trades in"
            f" {VENUES[venue]}, write that"
        )
    fees = _tables({k: v for k, v in rows.items() if k != "currency"}, label, where)
    return {name: _fee(name, row, f"{label}.{name}", where) for name, row in fees.items()}


def _fee(name: str, row: Mapping[str, Any], label: str, where: str) -> Fee:
    place = f"{where}: [{label}]"
    known_keys(row, FEE_KEYS, place)
    side, rounding = row.get("side", "both"), row.get("rounding")
    if side != "both" and side not in get_args(Side):
        raise SettingsError(f"{place} has side = {side!r}; write both, buy or sell, in quotes")
    if not isinstance(rounding, str) or rounding not in ROUNDINGS:
        raise SettingsError(f"{place} has rounding = {rounding!r}; write one of {', '.join(ROUNDINGS)}")
    exempt = row.get("exempt", [])
    if not isinstance(exempt, list) or not set(exempt) <= set(get_args(Kind)):
        raise SettingsError(
            f"{place} has exempt = {exempt!r}; write a list of kinds: {', '.join(get_args(Kind))}"
        )
    schedule = parse_schedule(row.get("schedule"), label, where, _charge)
    return Fee(name, None if side == "both" else side, rounding, tuple(exempt), schedule)


def _charge(row: Mapping[str, Any], place: str) -> Charge:
    known_keys(row, (*PARTS, *BOUNDS), place)
    if not any(part in row for part in PARTS):
        raise SettingsError(f"{place} has no figure; write at least one of {', '.join(PARTS)}")
    for key, value in row.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value < math.inf:
            raise SettingsError(f"{place} has {key} = {value!r}; write a number from 0 up")
    for key in ("rate", "max_rate", "of_commission"):
        if row.get(key, 0) >= 1:
            raise SettingsError(f"{place} has {key} = {row[key]}; write a fraction below 1 (0.001 is 0.1 %)")
    if row.get("max", math.inf) < row.get("min", 0):
        raise SettingsError(f"{place} has max = {row['max']} below min = {row['min']}; swap them")
    return Charge(**{BOUNDS.get(key, key): decimal(value) for key, value in row.items()})


def _tables(rows: object, label: str, where: str) -> dict[str, Mapping[str, Any]]:
    if not isinstance(rows, Mapping):
        raise SettingsError(f"{where}: [{label}] is {rows!r}; write it as a table, in [brackets]")
    for name, row in rows.items():
        if not isinstance(row, Mapping):
            raise SettingsError(
                f"{where}: [{label}] has {name} = {row!r}; write it as a table, [{label}.{name}]"
            )
    return dict(rows)
