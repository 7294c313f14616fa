"""Changes to generated worlds: jumps, runs of flat days, siblings at one price, round prices, base."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from engine_tools import make_signal, make_tape, make_world
from newsbt.engine.world import Limits, Tape, World
from newsbt.records import BoolArray, FloatArray
from newsbt.shorting import Margin, ShortBook
from worlds import FIRST

#: Rate of the Hong Kong dollar that worlds are made with.
HKD = 0.128


def shaken(tape: Tape, noise: Generator) -> Tape:
    """The tape with jumps from some opens on, and with a run of bars without prices."""
    count = len(tape)
    factor = np.ones(count)
    for place in np.flatnonzero(noise.random(count) < 0.08):
        factor[place:] *= noise.choice([0.5, 0.8, 0.92, 1.08, 1.25, 2.0, 3.5])
    flat = tape.placeholder.copy()
    if noise.random() < 0.4:
        first = int(noise.integers(count))
        flat[first : first + int(noise.integers(2, 7))] = True
    return _redrawn(tape, tape.open * factor, tape.close * factor, flat, noise)


def suspended(tape: Tape, noise: Generator) -> Tape:
    """The tape without some of its bars; news of their sessions has none to act in."""
    keep = noise.random(len(tape)) > 0.05
    first = int(noise.integers(len(tape)))
    keep[first : first + int(noise.integers(8))] = False
    keep[0] |= not keep.any()
    columns = (field.name for field in dataclasses.fields(tape) if field.name != "listing")
    return dataclasses.replace(tape, **{name: getattr(tape, name)[keep] for name in columns})


def coupled(tapes: Sequence[Tape], noise: Generator) -> list[Tape]:
    """Ordinary shares at the price of the first ADS of their issuer, but for a premium that moves."""
    ads = {tape.listing.issuer: tape for tape in reversed(tapes) if tape.listing.venue == "XNYS"}
    return [
        _beside(tape, ads[tape.listing.issuer], noise)
        if tape.listing.venue == "XHKG" and tape.listing.issuer in ads
        else tape
        for tape in tapes
    ]


def in_hong_kong_dollars(world: World, noise: Generator) -> World:
    """The world with an account in Hong Kong dollars: now it is New York's rate that moves."""
    tapes = []
    for tape in world.tapes:
        here = tape.listing.venue == "XHKG"
        fx = np.ones(len(tape)) if here else np.exp(noise.normal(0.0, 0.002, len(tape))) / HKD
        tapes.append(dataclasses.replace(tape, fx=fx))
    return dataclasses.replace(world, tapes=tuple(tapes), base="HKD")


def rounded(tape: Tape) -> Tape:
    """The tape with prices in steps of 5 and a rate of 1/8: sums are exact, and some orders just fit."""
    columns = {
        name: np.maximum(np.round(getattr(tape, name) / 5.0) * 5.0, 5.0)
        for name in ("open", "high", "low", "close")
    }
    rate = np.where(tape.fx == 1.0, 1.0, 0.125)
    return dataclasses.replace(tape, fx=rate, usd=rate, **columns)


def halted() -> World:
    """Four shorts that cannot be bought back for weeks: a margin call after each step in between."""
    days = [FIRST + dt.timedelta(days=day) for day in (0, 1, 2, 40)]
    prices = (100.0, 100.0, 126.0, 126.0)
    shorts = [
        make_tape([(price,) * 4 for price in prices], days, f"S{place}", "XHKG", numbers=[0, 1, 2, 40])
        for place in range(4)
    ]
    clock = make_tape([(50.0,) * 4] * 42, symbol="CLOCK")
    signals = [make_signal(tape, 1, -1.0) for tape in shorts]
    return make_world(
        [*shorts, clock],
        signals,
        limits=Limits(gross=3.0, weight=1.0, volume=0.0),
        shorting=ShortBook(Margin(0.5, 0.3)),
    )


def long_suspended() -> World:
    """An ADS that did not trade for sixty sessions while its ordinary share did."""
    noise = np.random.default_rng(3)
    days = [FIRST + dt.timedelta(days=day) for day in range(120)]
    traded = [day for day in range(120) if not 30 <= day < 90]
    ads = make_tape(
        [(price,) * 4 for price in 80.0 * np.exp(np.cumsum(noise.normal(0.0, 0.02, len(traded))))],
        [days[day] for day in traded],
        "ADS",
        numbers=traded,
        issuer="I",
    )
    share = make_tape([(80.0,) * 4] * 120, days, "SHARE", "XHKG", fx=0.125, issuer="I")
    return make_world(coupled([ads, share], noise))


def _beside(tape: Tape, ads: Tape, noise: Generator) -> Tape:
    last = np.maximum(np.searchsorted(ads.closes_at, tape.closes_at) - 1, 0)
    premium = np.empty(len(tape))
    level = 0.0
    for place in range(len(tape)):
        level = premium[place] = 0.6 * level + noise.normal(0.0, 0.05)
    ratio = ads.listing.shares_per_ads / tape.listing.shares_per_ads
    close = (ads.close * ads.fx)[last] / ratio / tape.fx / np.exp(premium)
    start = np.append(close[:1], close[:-1]) * np.exp(noise.normal(0.0, 0.01, len(tape)))
    return _redrawn(tape, start, close, tape.placeholder, noise)


def _redrawn(tape: Tape, start: FloatArray, close: FloatArray, flat: BoolArray, noise: Generator) -> Tape:
    """The tape with other prices: those of a `flat` bar are all its close."""
    start = np.where(flat, close, start)
    reach = np.where(flat, 0.0, np.abs(noise.normal(0.0, 0.02, (2, len(tape)))))
    return dataclasses.replace(
        tape,
        open=start,
        high=np.maximum(start, close) * np.exp(reach[0]),
        low=np.minimum(start, close) * np.exp(-reach[1]),
        close=close,
        placeholder=flat,
        volume=np.where(flat, 0.0, tape.volume),
    )
