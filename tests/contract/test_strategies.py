"""What every file in ``strategies/`` must do, whatever its idea."""

from __future__ import annotations

import copy
import dataclasses
from pathlib import Path
from typing import Any

import backtrader as bt
import numpy as np
import pytest

from engine_tools import DAY, HOUR, make_signal, make_tape, make_world, ours
from newsbt.adapters.plugins import PluginRef, describe, discover, load
from newsbt.engine import NewsStrategy
from newsbt.engine.frames import equity_frame, fills_frame, trades_frame
from newsbt.engine.world import World
from newsbt.metrics.table import compute

ROOT = Path(__file__).parents[2]
REFS = discover(ROOT / "strategies")
BASELINES = {"hold", "random", "cash"}
#: News makes no difference to these at all.
PRICES_ONLY = {"hold", "cash", "parity"}


def world(entry: str = "open", news: bool = True) -> World:
    """Two listings of one issuer, eight shares of B in an A, and C beside A; B trades the news first."""
    noise = np.random.default_rng(7)
    tapes = []
    for symbol, issuer, venue, fx, ratio in (
        ("A", "I", "XNYS", 1.0, 8.0),
        ("B", "I", "XHKG", 0.128, 1.0),
        ("C", "C", "XNYS", 1.0, 1.0),
    ):
        close = 80.0 * np.exp(np.cumsum(noise.normal(0, 0.02, 90)))
        open_ = close * np.exp(noise.normal(0, 0.01, 90))
        high, low = np.maximum(open_, close) * 1.01, np.minimum(open_, close) * 0.99
        bars = list(zip(open_, high, low, close, strict=True))
        tapes.append(make_tape(bars, None, symbol, venue, fx=fx, issuer=issuer, shares_per_ads=ratio))
    signals = [
        make_signal(tape, bar, score)
        for tape in tapes[:2]
        for bar, score in ((25, 0.9), (30, -0.7), (31, -0.5), (45, 0.3), (70, -1.0), (89, 1.0))
        if news
    ]
    first = int(tapes[0].opens_at[0]) - 14 * HOUR
    return make_world(
        tapes,
        signals,
        commission=0.001,
        slippage=0.0005,
        cash=1e6,
        entry=entry,
        agenda={"A": (45, 70), "B": (46, 88)} if news else {},
        known_at={f"c{bar}": first + bar * DAY for bar in range(90)},
    )


@pytest.fixture(params=REFS, ids=lambda ref: ref.name)
def ref(request: pytest.FixtureRequest) -> PluginRef:
    found: PluginRef = request.param
    return found


def loaded(ref: PluginRef) -> type[Any]:
    return load(ref, bt.Strategy)


def test_the_shipped_strategies_are_there() -> None:
    news = {"drift", "fade", "decay", "lead_lag", "parity", "pair", "runup"}
    assert news | BASELINES <= {ref.name for ref in REFS}


def test_it_is_described_without_being_run(ref: PluginRef) -> None:
    info = describe(ref)
    assert info.description
    for param in info.params:
        assert param.description
        assert param.choices or (param.low is not None and param.high is not None)


@pytest.mark.parametrize("entry", ["open", "close"])
def test_it_runs_and_its_books_close(ref: PluginRef, entry: str) -> None:
    place = world(entry)
    journal = ours(place, loaded(ref)).journal
    trades, equity = trades_frame(journal, place), equity_frame(journal, place)
    assert trades["pnl_base"].sum() == pytest.approx(equity["equity"].iloc[-1] - 1e6, abs=1e-3)
    assert np.isfinite(equity["equity"]).all()
    assert ref.name == "cash" or ref.name == "fade" or len(trades)


def test_no_news_no_trades_and_still_a_run(ref: PluginRef) -> None:
    place = world(news=False)
    journal = ours(place, loaded(ref)).journal
    assert ref.name in PRICES_ONLY or not journal.fills
    equity = equity_frame(journal, place)
    assert len(equity) == 180
    metrics = compute(equity, 1e6, fills_frame(journal, ("commission",)), trades_frame(journal, place))
    assert metrics["total_return"] is not None


def test_strategies_of_prices_only_trade_the_same_without_news(ref: PluginRef) -> None:
    if ref.name in PRICES_ONLY:
        fills = [ours(world(news=news), loaded(ref)).journal.fills for news in (True, False)]
        assert fills[0] == fills[1]


def test_it_is_deterministic_and_leaves_its_input_alone(ref: PluginRef) -> None:
    place = world()
    before = copy.deepcopy(place)
    first, second = (ours(place, loaded(ref)).journal for _ in range(2))
    assert first.fills == second.fills
    for tape, kept in zip(place.tapes, before.tapes, strict=True):
        for field in dataclasses.fields(tape):
            if field.name != "listing":
                np.testing.assert_array_equal(getattr(tape, field.name), getattr(kept, field.name))
    assert place.signals == before.signals


def test_every_signal_is_accounted_for(ref: PluginRef) -> None:
    place = world()
    outcomes = ours(place, loaded(ref)).journal.outcomes
    for signal in place.signals:
        status, why = outcomes[signal.symbol, signal.session]
        assert status in ("traded", "renewed", "not-traded")
        assert why


def test_nothing_trades_on_a_signal_before_its_session(ref: PluginRef) -> None:
    place = world()
    if not issubclass(loaded(ref), NewsStrategy) or ref.name in BASELINES:
        return
    first = min(signal.session for signal in place.signals)
    assert all(fill.session >= first for fill in ours(place, loaded(ref)).journal.fills)


def test_it_runs_at_every_bound_of_its_parameters(ref: PluginRef) -> None:
    for param in describe(ref).params:
        for value in param.choices or (param.low, param.high):
            journal = ours(world(), loaded(ref), **{param.name: type(param.default)(value)}).journal
            assert journal.steps
