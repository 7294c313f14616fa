"""A journal as the frames of a run (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any, Final

import numpy as np
import pandas as pd

from newsbt.engine.journal import Journal
from newsbt.engine.world import Tape, World
from newsbt.trades import Leg, Payment, Trade, build_trades

__all__ = ["equity_frame", "fills_frame", "orders_frame", "settle_signals", "trades_frame"]

UTC: Final = "datetime64[ns, UTC]"
TEXTS = (
    "session",
    "symbol",
    "side",
    "currency",
    "kind",
    "status",
    "reason",
    "exit_reason",
    "why",
    "catalyst_ids",
)
PARTS = ("pnl_price", "pnl_fx", "fees", "borrow", "dividends")
COUNTS = ("number", "size", "filled", "sessions_held")


def equity_frame(journal: Journal, world: World) -> pd.DataFrame:
    """Account by step from the run's first day on; exposures are fractions of equity.

    ``equity`` is the initial capital plus ``pnl_price + pnl_fx - fees - borrow + dividends``, each since the
    start of the run.
    """
    frame = pd.DataFrame(
        [
            (step.at, step.equity, step.cash, step.gross, step.net, *astuple(step.parts))
            for step in journal.steps
        ],
        columns=["at", "equity", "cash", "gross_exposure", "net_exposure", *PARTS],
    )
    frame["at"] = pd.to_datetime(frame["at"].astype("int64"), unit="ns", utc=True).astype(UTC)
    first = pd.Timestamp(world.first_day, tz="UTC") if world.first_day.year > 1 else None
    if first is not None:
        frame = frame.loc[frame["at"] >= first].reset_index(drop=True)
    positive = frame["equity"].where(frame["equity"] > 0.0)
    for name in ("gross_exposure", "net_exposure"):
        frame[name] = frame[name] / positive
    peak = np.maximum.accumulate(np.concatenate([[world.cash], frame["equity"].to_numpy()]))[1:]
    frame["drawdown"] = 1.0 - frame["equity"] / peak
    return frame


def fills_frame(journal: Journal, fees: Sequence[str]) -> pd.DataFrame:
    """One row a fill; each fee in its own column, local currency."""
    rows = [
        {
            "at": fill.at,
            "session": fill.session,
            "symbol": fill.symbol,
            "side": "buy" if fill.size > 0 else "sell",
            "size": abs(fill.size),
            "price": fill.price,
            "currency": fill.currency,
            "fx": fill.fx,
            "value_base": abs(fill.size) * fill.price * fill.fx,
            **{name: fill.fees[name] for name in fees},
            "fees_base": fill.fees_base,
            "reason": fill.reason,
            "catalyst_ids": ";".join(fill.catalyst_ids),
        }
        for fill in journal.fills
    ]
    columns = ["at", "session", "symbol", "side", "size", "price", "currency", "fx", "value_base"]
    return _timed(rows, [*columns, *fees, "fees_base", "reason", "catalyst_ids"], ("at",))


def orders_frame(journal: Journal) -> pd.DataFrame:
    """One row an order, with what became of it and why."""
    rows = [
        {
            "number": entry.number,
            "accepted_after": entry.accepted_after or None,
            "symbol": entry.symbol,
            "kind": entry.kind.lower(),
            "side": "buy" if entry.size > 0 else "sell" if entry.size < 0 else "",
            "size": abs(entry.size),
            "filled": abs(entry.filled),
            "status": entry.status,
            "reason": entry.reason,
            "why": entry.why,
            "catalyst_ids": ";".join(entry.catalyst_ids),
        }
        for entry in journal.orders
    ]
    columns = ["number", "accepted_after", "symbol", "kind", "side", "size", "filled", "status", "reason"]
    return _timed(rows, [*columns, "why", "catalyst_ids"], ("accepted_after",))


def trades_frame(journal: Journal, world: World) -> pd.DataFrame:
    """One row a round trip; `return`, `mae` and `mfe` are decimals."""
    tapes = {tape.listing.symbol: tape for tape in world.tapes}
    legs = [
        Leg(
            fill.at,
            fill.symbol,
            fill.number,
            fill.bar,
            fill.size,
            fill.price,
            fill.fx,
            fill.fees_base,
            fill.inside,
            fill.reason,
            fill.catalyst_ids,
        )
        for fill in journal.fills
    ]
    payments = [Payment(entry.symbol, entry.bar, entry.amount) for entry in journal.dividends]
    payments += [Payment(entry.symbol, entry.bar, entry.amount, borrow=True) for entry in journal.borrows]
    last = {symbol: _last(tape) for symbol, tape in tapes.items()}

    def extremes(symbol: str, first: int, end: int) -> tuple[float, float]:
        tape = tapes[symbol]
        return float(tape.low[first:end].min()), float(tape.high[first:end].max())

    rows = [_trade_row(trade) for trade in build_trades(legs, payments, last, extremes)]
    return _timed(rows, list(TRADE_COLUMNS), ("opened_at", "closed_at"))


TRADE_COLUMNS = (
    "symbol",
    "side",
    "opened_at",
    "closed_at",
    "sessions_held",
    "size",
    "entry_price",
    "exit_price",
    "pnl_base",
    "pnl_price",
    "pnl_fx",
    "fees_base",
    "borrow_base",
    "dividends_base",
    "return",
    "mae",
    "mfe",
    "exit_reason",
    "catalyst_ids",
)


def _last(tape: Tape) -> tuple[int, int, float, float]:
    return len(tape) - 1, int(tape.numbers[-1]), float(tape.close[-1]), float(tape.fx[-1])


def _trade_row(trade: Trade) -> dict[str, Any]:
    return {
        "symbol": trade.symbol,
        "side": trade.side,
        "opened_at": trade.opened_at,
        "closed_at": trade.closed_at,
        "sessions_held": trade.last_number - trade.first_number,
        "size": trade.size,
        "entry_price": trade.entry_price,
        "exit_price": trade.exit_price,
        "pnl_base": trade.pnl_base,
        "pnl_price": trade.pnl_price,
        "pnl_fx": trade.pnl_fx,
        "fees_base": trade.fees_base,
        "borrow_base": trade.borrow_base,
        "dividends_base": trade.dividends_base,
        "return": trade.profit,
        "mae": trade.mae,
        "mfe": trade.mfe,
        "exit_reason": trade.exit_reason,
        "catalyst_ids": ";".join(trade.catalyst_ids),
    }


def settle_signals(audit: pd.DataFrame, outcomes: Mapping[tuple[str, Any], tuple[str, str]]) -> pd.DataFrame:
    """Write into the audit what became of each signal; rows that never became one stay as they are."""
    settled = audit.copy()
    statuses, reasons = list(audit["status"]), list(audit["why"])
    for place, key in enumerate(zip(audit["symbol"], audit["session"], strict=True)):
        if statuses[place] == "signal":
            statuses[place], why = outcomes.get(key, ("not-traded", "the run ended before it came due"))
            reasons[place] = "; ".join(part for part in (reasons[place], why) if part)
    settled["status"], settled["why"] = statuses, reasons
    return settled


def _timed(rows: list[dict[str, Any]], columns: list[str], times: Sequence[str]) -> pd.DataFrame:
    """Make a frame whose columns have the same types with and without rows."""
    frame = pd.DataFrame(rows, columns=columns)
    for name in times:
        frame[name] = pd.to_datetime(frame[name].astype("Int64"), unit="ns", utc=True).astype(UTC)
    if not rows:
        figures = [name for name in columns if name not in TEXTS and name not in times]
        frame = frame.astype({name: "int64" if name in COUNTS else "float64" for name in figures})
    return frame
