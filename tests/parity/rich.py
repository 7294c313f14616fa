"""Generated worlds with everything that money can do to a run, and parameters of every compiled strategy."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from newsbt.costs import CostModel, PercentCosts
from newsbt.engine.world import World
from newsbt.fees.model import DatedCosts
from newsbt.fees.tables import FeeBook, parse_fees
from newsbt.schedule import Period, Schedule
from newsbt.shorting import Margin, ShortBook
from newsbt.slippage import Fixed, HalfSpread, Percentage, SlippedCosts, SquareRootImpact
from newsbt.ticks import TickBook, parse_ticks
from parity.markets import coupled, in_hong_kong_dollars, rounded, shaken, suspended
from siblings import with_siblings
from worlds import worlds

DATA = Path(__file__).parents[2] / "data"
SIDES = st.sampled_from(["both", "long", "short"])


@cache
def fee_book() -> FeeBook:
    return parse_fees(tomllib.loads((DATA / "fees.toml").read_text(encoding="utf-8")), "fees.toml")


@cache
def tick_book() -> TickBook:
    return parse_ticks(tomllib.loads((DATA / "ticks.toml").read_text(encoding="utf-8")), "ticks.toml")


#: Brokers that trade on both venues.
BROKERS = sorted(
    name for name, broker in fee_book().brokers.items() if {"XNYS", "XHKG"} <= broker.fees.keys()
)


def borrow(*rates: float) -> dict[str, Schedule[float]]:
    """Rates from 1900 on, each later one from a day of the generated worlds on."""
    days = [dt.date(1900, 1, 1), dt.date(2024, 1, 9)]
    periods = tuple(Period(day, None, rate, "test", "no") for day, rate in zip(days, rates, strict=False))
    return {venue: Schedule(venue, "test", periods) for venue in ("XNYS", "XHKG")}


fees = st.sampled_from([*BROKERS, "percent", "percent"])
slips = st.lists(
    st.sampled_from([Percentage(0.002), Fixed(0.01), HalfSpread(0.5, tick_book()), SquareRootImpact(1.0)]),
    unique_by=type,
    max_size=2,
)


LISTINGS = st.sampled_from([1, 2, 3, 4, 5, 5])
MISSING = st.sampled_from([0.0, 0.0, 0.03, 0.15])
LENGTHS = st.integers(4, 45).flatmap(lambda least: st.integers(least, 60))
MARGINS = [Margin(), Margin(0.5, 0.3), Margin(0.4, 0.4), Margin(0.35, 0.34)]


books = st.builds(
    ShortBook,
    margin=st.sampled_from(MARGINS),
    drop=st.sampled_from([0.0, 0.1]),
    drop_venues=st.just(("XNYS",)),
    permission=st.sampled_from([{}, {}, {}, {"XHKG": "never"}, {"XNYS": "etf-only"}]),
    borrow=st.sampled_from([{}, borrow(0.003), borrow(9.0, 0.5)]),
)


@st.composite
def rich_worlds(draw: st.DrawFn) -> World:
    """Worlds of two venues with siblings, real fee tables, ticks, shorts, margin, an ETF, announced dates."""
    world = with_siblings(draw(worlds(LISTINGS, MISSING, LENGTHS)))
    noise = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    funds = draw(st.sampled_from([(), (), (0,), (1,)]))
    ratio = draw(st.sampled_from([1.0, 8.0]))
    tapes = []
    for place, tape in enumerate(world.tapes):
        changes: dict[str, Any] = {"adr_fee": draw(st.sampled_from([0.0, 0.02]))}
        if tape.listing.venue == "XNYS":
            changes["shares_per_ads"] = ratio
        if place in funds:
            changes["kind"] = "etf"
        if draw(st.booleans()):
            changes["lots"] = ((dt.date(2020, 1, 1), 10), (dt.date(2024, 1, 12), 7))
        tapes.append(dataclasses.replace(tape, listing=dataclasses.replace(tape.listing, **changes)))
    if draw(st.booleans()):
        tapes = [shaken(tape, noise) for tape in tapes]
    if draw(st.sampled_from([True, True, False])):
        tapes = coupled(tapes, noise)
    if draw(st.sampled_from([True, False, False])):
        tapes = [suspended(tape, noise) for tape in tapes]
    exact = draw(st.sampled_from([True, False, False, False]))
    world = dataclasses.replace(world, tapes=tuple(map(rounded, tapes) if exact else tapes))
    if exact:
        world = dataclasses.replace(world, costs=PercentCosts(0.0, 0.0))
    elif draw(st.booleans()):
        world = in_hong_kong_dollars(world, noise)
    name = "percent" if exact else draw(fees)
    costs: CostModel = world.costs if name == "percent" else DatedCosts(fee_book(), name)
    more = () if exact else draw(slips)
    if more and isinstance(costs, DatedCosts | PercentCosts):
        costs = SlippedCosts(costs, tuple(more))
    return dataclasses.replace(
        world,
        costs=costs,
        cash=draw(st.sampled_from([300.0, 10_000.0, 10_000.0, 200_000.0, 1e9])),
        shorting=draw(books),
        ticks=draw(st.sampled_from([None, tick_book()])),
        limits=dataclasses.replace(
            world.limits,
            gross=draw(st.sampled_from([0.5, 1.0, 3.0, 3.0])),
            weight=draw(st.sampled_from([0.2, 1.0, 3.0])),
            shares=draw(st.sampled_from([0, 0, 0, 60])),
        ),
    )


LEVELS = {
    "stop": st.sampled_from([0.0, 0.01, 0.05]),
    "take": st.sampled_from([0.0, 0.02, 0.06]),
    "trail": st.sampled_from([0.0, 0.03]),
    "weight": st.sampled_from([0.1, 0.5, 1.5, 4.0]),
}
HELD = LEVELS | {"hold": st.integers(1, 6), "side": SIDES}
NEWS = HELD | {"min_score": st.sampled_from([0.0, 0.3])}
DELAYED = NEWS | {"delay": st.integers(0, 3)}
PARAMS: dict[str, dict[str, Any]] = {
    "drift": DELAYED,
    "fade": DELAYED | {"sigmas": st.sampled_from([0.0, 0.5, 1.0]), "window": st.integers(5, 12)},
    "decay": {
        "half_life": st.sampled_from([0.5, 3.0, 8.0]),
        "weight": LEVELS["weight"],
        "min_score": st.sampled_from([0.0, 0.2]),
        "side": SIDES,
        "delay": st.integers(0, 2),
        "band": st.sampled_from([0.0, 0.05]),
    },
    "hold": {"weight": st.sampled_from([0.5, 1.0, 3.0])},
    "random": NEWS,
    "runup": LEVELS
    | {
        "before": st.integers(2, 6),
        "notice": st.integers(2, 6),
        "direction": st.sampled_from(["long", "short", "last"]),
    },
    "lead_lag": NEWS
    | {
        "threshold": st.sampled_from([0.0, 0.01]),
        "direction": st.sampled_from(["score", "sibling"]),
    },
    "pair": DELAYED | {"hedge": st.sampled_from(["auto", "etf", "peers"]), "window": st.integers(2, 6)},
    "parity": HELD
    | {
        "measure": st.sampled_from(["deviations", "fraction"]),
        "enter": st.sampled_from([0.0, 0.05, 0.5, 1.0]),
        "leave": st.sampled_from([0.0, 0.01, 0.5]),
        "window": st.integers(5, 8),
        "legs": st.sampled_from(["one", "both"]),
    },
    "cash": {},
}
"""Parameters small enough for worlds of a few dozen bars."""


def params(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Parameters of one strategy."""
    return st.fixed_dictionaries(PARAMS[name])
