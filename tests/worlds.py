"""Generated worlds for laws and parity: two venues, missing bars, placeholders, dense news."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
from hypothesis import strategies as st

from engine_tools import make_signal, make_tape, make_world
from newsbt.engine.world import Limits, World

FIRST = dt.date(2024, 1, 1)
FEW, SOME, SHORT = st.integers(1, 4), st.just(0.15), st.integers(4, 45)


@st.composite
def worlds(
    draw: st.DrawFn,
    listings: st.SearchStrategy[int] = FEW,
    missing: st.SearchStrategy[float] = SOME,
    lengths: st.SearchStrategy[int] = SHORT,
) -> World:
    """Prices from a seeded walk, everything else drawn; a share of the bars is `missing`."""
    noise = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    length, gone = draw(lengths), draw(missing)
    tapes = []
    for number in range(draw(listings)):
        venue = draw(st.sampled_from(["XNYS", "XHKG"]))
        late = draw(st.integers(0, length // 2))
        days = [FIRST + dt.timedelta(days=day) for day in range(late, length) if noise.random() > gone]
        days = days or [FIRST]
        close = 50.0 * np.exp(
            np.cumsum(noise.normal(0, draw(st.sampled_from([0.005, 0.03, 0.12])), len(days)))
        )
        open_ = np.concatenate([[close[0]], close[:-1]]) * np.exp(noise.normal(0, 0.02, len(days)))
        high = np.maximum(open_, close) * np.exp(np.abs(noise.normal(0, 0.02, len(days))))
        low = np.minimum(open_, close) * np.exp(-np.abs(noise.normal(0, 0.02, len(days))))
        still = draw(st.sampled_from([0.05, 0.05, 0.3]))
        flat = [place for place in range(len(days)) if noise.random() < still]
        for place in flat:
            open_[place] = high[place] = low[place] = close[place]
        fx = 0.128 * np.exp(noise.normal(0, 0.002, len(days))) if venue == "XHKG" else np.ones(len(days))
        volume = np.floor(1e6 * np.exp(noise.normal(0, 0.5, len(days))))
        volume[flat] = 0.0
        tape = make_tape(
            list(zip(open_, high, low, close, strict=True)),
            days,
            f"S{number}",
            venue,
            lot=draw(st.sampled_from([1, 20, 100])),
            fx=fx.tolist(),
            placeholder=flat,
            dividend={place: 0.4 for place in range(len(days)) if noise.random() < 0.03},
            numbers=[(day - FIRST).days for day in days],
        )
        tapes.append(dataclasses.replace(tape, volume=volume))
    last = max(tape.day(len(tape) - 1) for tape in tapes)
    first_day = min(FIRST + dt.timedelta(days=draw(st.sampled_from([0, 0, 5]))), last)
    news = [draw(st.sampled_from([0.05, 0.3, 0.9])) for _ in tapes]
    signals = [
        make_signal(tape, bar, float(np.round(noise.uniform(-1, 1), 2)), name=f"{tape.listing.symbol}-{bar}")
        for tape, often in zip(tapes, news, strict=True)
        for bar in range(len(tape))
        if tape.day(bar) >= first_day and noise.random() < often
    ]
    return make_world(
        tapes, signals,
        commission=draw(st.sampled_from([0.0, 0.002])), slippage=draw(st.sampled_from([0.0, 0.001])),
        cash=draw(st.sampled_from([300.0, 10_000.0, 1e9])), entry=draw(st.sampled_from(["open", "close"])),
        limits=Limits(
            draw(st.sampled_from([0.5, 1.0, 2.0])),
            draw(st.sampled_from([0.2, 1.0])),
            draw(st.sampled_from([0.0, 0.1])),
        ),
        first_day=first_day,
        seed=draw(st.integers(0, 5)),
    )  # fmt: skip
