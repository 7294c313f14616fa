"""One run in both engines, compared: every fill, every step, every payment, every metric."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from newsbt.engine.compiled import CompiledWorld
from newsbt.engine.frames import equity_frame, fills_frame, trades_frame
from newsbt.engine.journal import CashEntry, Journal, MarginCall
from newsbt.engine.reference import run_reference
from newsbt.engine.world import EPOCH, World
from newsbt.metrics.daily import daily_equity, daily_returns
from newsbt.metrics.table import METRICS, compute
from newsbt.records import FloatArray
from strategy_tools import shipped

#: Largest relative difference of prices and fees, and of everything that is a sum of many of them.
ONE_FILL, SUMS = 1e-12, 1e-9
#: Figures that are quotients of small differences or high powers of returns.
LOOSE = dict.fromkeys(
    ("skew", "kurtosis", "sharpe", "sortino", "calmar", "alpha", "beta", "correlation"), 1e-7
)

strategy = cache(shipped)


def complete(name: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Defaults of a strategy under `params`."""
    return {**dict(strategy(name).params._getitems()), **params}


def benchmark_of(world: World) -> pd.Series[float]:
    """Closes of the first listing in base currency."""
    tape = world.tapes[0]
    index = pd.DatetimeIndex(tape.closes_at.astype("datetime64[ns]")).tz_localize("UTC")
    return pd.Series(tape.close * tape.fx, index=index)


def agree(world: World, name: str, params: Mapping[str, Any]) -> Journal:
    """Run both engines, fail on the first difference, and give the reference engine's journal."""
    full, benchmark = complete(name, params), benchmark_of(world)
    wanted = run_reference(world, strategy(name), params).journal
    compiled = CompiledWorld(world, name, benchmark)
    found = compiled.journal(full)
    same_fills(wanted, found)
    same_steps(wanted, found, world.cash)
    same_payments(wanted.dividends, found.dividends, world.cash)
    same_payments(wanted.borrows, found.borrows, world.cash)
    same_calls(wanted.margin_calls, found.margin_calls)
    # A run that is written down looks at every session of what it holds, one that is measured just at some.
    same_metrics(reference_metrics(wanted, world, benchmark), compiled.metrics([full])[0], world.cash)
    same_returns(wanted, world, compiled.daily_returns([full])[0])
    return wanted


def reference_metrics(journal: Journal, world: World, benchmark: pd.Series[float] | None) -> FloatArray:
    """Every metric by :mod:`newsbt.metrics`, nan for None."""
    fills, trades = fills_frame(journal, world.costs.columns), trades_frame(journal, world)
    found = compute(equity_frame(journal, world), world.cash, fills, trades, benchmark)
    return np.array([math.nan if found[m.key] is None else found[m.key] for m in METRICS], dtype=np.float64)


def same_fills(wanted: Journal, found: Journal) -> None:
    """Everything but prices and fees exactly."""
    one, other = ([exact(fill) for fill in journal.fills] for journal in (wanted, found))
    differs = next((pair for pair in itertools.zip_longest(one, other) if pair[0] != pair[1]), None)
    assert differs is None, f"reference and compiled: {differs}"
    for left, right in zip(wanted.fills, found.fills, strict=True):
        assert tuple(left.fees) == tuple(right.fees)
        figures = [
            [fill.price, fill.fx, fill.fees_base, *map(float, fill.fees.values())] for fill in (left, right)
        ]
        near(figures[0], figures[1], ONE_FILL, 1e-12, f"figures of {left}")


def exact(fill: Any) -> tuple[Any, ...]:
    """What must be the same to the last bit."""
    return (
        fill.at, fill.session, fill.symbol, fill.size, fill.reason, fill.catalyst_ids, fill.currency,
        fill.bar, fill.number, fill.inside,
    )  # fmt: skip


def same_steps(wanted: Journal, found: Journal, cash: float) -> None:
    """Equity, cash, gross and net exposure and the parts of profit, step by step."""
    assert [step.at for step in wanted.steps] == [step.at for step in found.steps]
    one, other = (
        [[s.equity, s.cash, s.gross, s.net, *astuple(s.parts)] for s in journal.steps]
        for journal in (wanted, found)
    )
    near(one, other, SUMS, SUMS * cash, "the account")


def same_payments(wanted: Sequence[CashEntry], found: Sequence[CashEntry], cash: float) -> None:
    assert [astuple(entry)[:-1] for entry in wanted] == [astuple(entry)[:-1] for entry in found]
    near([entry.amount for entry in wanted], [entry.amount for entry in found], SUMS, SUMS * cash, "payments")


def same_calls(wanted: Sequence[MarginCall], found: Sequence[MarginCall]) -> None:
    assert [call.at for call in wanted] == [call.at for call in found]
    near([astuple(c)[1:] for c in wanted], [astuple(c)[1:] for c in found], SUMS, SUMS, "margin calls")


def same_metrics(wanted: FloatArray, found: FloatArray, cash: float) -> None:
    last_bit = rounding(dict(zip((metric.key for metric in METRICS), wanted, strict=True)))
    for metric, one, other in zip(METRICS, wanted, found, strict=True):
        scale = cash if metric.unit == "base currency" else 1.0
        bound = max(SUMS, last_bit) if metric.key in LOOSE else SUMS * scale
        near(one, other, LOOSE.get(metric.key, SUMS), bound, metric.key)


def rounding(metrics: Mapping[str, float]) -> float:
    """What the last bits of equity make of a ratio a year, 1e-3 at most: much if a fortune hardly trades."""
    moved = metrics["volatility"]
    noise = 8.0 * np.finfo(np.float64).eps * metrics["dates_per_year"] / moved if moved > 0.0 else 0.0
    return float(min(noise, 1e-3))


def same_returns(journal: Journal, world: World, found: FloatArray) -> None:
    """Daily returns of the measured run, as what they come to in money."""
    daily = daily_equity(equity_frame(journal, world))
    before = np.append(world.cash, daily.to_numpy()[:-1])
    wanted = np.asarray(daily_returns(daily, world.cash), dtype=np.float64)
    near(wanted * before, found * before, 0.0, SUMS * world.cash, "daily returns")


def near(one: Any, other: Any, relative: float, absolute: float, what: str) -> None:
    np.testing.assert_allclose(
        np.asarray(other, dtype=np.float64), np.asarray(one, dtype=np.float64),
        rtol=relative, atol=absolute, equal_nan=True, err_msg=what,
    )  # fmt: skip


#: What the worlds must do to the engines, by words in the reasons of orders.
WORDS = {
    "less than a lot": "less than one lot",
    "capped by weight": "capped at",
    "cut by exposure at the decision": "of exposure is free",
    "cut by exposure at the fill": "is free at the fill",
    "cut by volume": "of the average daily volume",
    "rounded to lots": "board lots",
    "rule 201, next session": "in the session before",
    "rule 201, at the close": "in this session",
    "short never": "permission: never",
    "short etf-only": "permission: etf-only",
    "already there": "already there",
    "margin call replaced": "a later margin call",
    "renewed": "was renewed",
    "replaced": "a new decision",
}


def features(world: World, params: Mapping[str, Any], journal: Journal) -> Counter[str]:
    """How often each thing that can happen to a run happened in this one."""
    seen: Counter[str] = Counter({"worlds": 1, "fills": len(journal.fills)})
    for fill in journal.fills:
        seen[f"fill: {fill.reason}"] += 1
        seen["fill: buy" if fill.size > 0 else "fill: sell"] += 1
        tape = next(tape for tape in world.tapes if tape.listing.symbol == fill.symbol)
        seen[f"fill: {tape.listing.venue}"] += 1
        lots = [tape.listing.lot(tape.day(bar)) for bar in (0, fill.bar)]
        seen["fill: after a change of lots"] += lots[0] != lots[1]
        seen["fill: first session after a missing bar"] += fill.bar > 0 and (
            tape.numbers[fill.bar] - tape.numbers[fill.bar - 1] > 1
        )
        seen["fill: after waiting for a price"] += fill.bar > 0 and bool(tape.placeholder[fill.bar - 1])
        gap = fill.reason in ("stop", "trail", "take") and abs(fill.price / tape.open[fill.bar] - 1.0) < 0.003
        seen["fill: gap through a level"] += gap
    for order in journal.orders:
        seen[f"order: {order.status}"] += 1
        for name, words in WORDS.items():
            seen[f"order: {name}"] += words in order.why
    seen["dividends to longs"] += sum(entry.size > 0 for entry in journal.dividends)
    seen["dividends owed by shorts"] += sum(entry.size < 0 for entry in journal.dividends)
    seen["borrow fees"] += len(journal.borrows)
    seen["margin calls"] += len(journal.margin_calls)
    seen["runs that end in debt"] += bool(journal.steps) and journal.steps[-1].equity <= 0.0
    if journal.fills:
        seen[f"traded: entry {world.entry}"] += 1
        seen[f"traded: base {world.base}"] += 1
        seen[f"traded: cash {world.cash:g}"] += 1
        seen["traded: history before the start"] += world.first_day > min(t.day(0) for t in world.tapes)
        seen["traded: late listing"] += len({int(tape.days[0]) for tape in world.tapes}) > 1
        seen["traded: round prices"] += all((tape.close % 5.0 == 0.0).all() for tape in world.tapes)
        sessions = {(tape.listing.symbol, int(day)) for tape in world.tapes for day in tape.days}
        seen["traded: news without a bar"] += any(
            (signal.symbol, (signal.session - EPOCH).days) not in sessions for signal in world.signals
        )
        seen["traded: delay"] += bool(params.get("delay"))
        seen["traded: fixed shares"] += world.limits.shares > 0
        seen[f"traded: costs {getattr(getattr(world.costs, 'costs', world.costs), 'name', 'percent')}"] += 1
        for item in getattr(world.costs, "slippage", ()) if hasattr(world.costs, "costs") else ():
            seen[f"traded: slippage {type(item).__name__}"] += 1
    return seen
