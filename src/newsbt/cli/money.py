"""Where a run's profit came from and what costs took of it, as lines (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import pandas as pd

from newsbt.attribution import breakdown
from newsbt.cli import layout
from newsbt.metrics.formats import count, money, percent, plain, signed_percent
from newsbt.runs import RunResult

__all__ = ["capacity_lines", "cost_lines", "split_lines"]

MOST_ISSUERS, MOST_LISTINGS, MOST_CATEGORIES, MOST_FEES = 6, 9, 6, 4
PROFITS = {"price": "price", "fx": "FX", "dividends": "dividends"}

Row: TypeAlias = tuple[str, str, str]


def split_lines(result: RunResult, width: int = 80) -> list[str]:
    """Profit by issuer, listing, category, side and holding age; nothing for a run without trades."""
    table = result.attribution
    if table.empty:
        return []
    left = [
        *_part("by issuer", breakdown(table, "issuer"), MOST_ISSUERS),
        *_part("by listing", breakdown(table, "listing"), MOST_LISTINGS),
    ]
    right = [
        *_part("by category", breakdown(table, "category"), MOST_CATEGORIES),
        *_part("by side", breakdown(table, "side")),
        *_part("by sessions held", breakdown(table, "age")),
    ]
    return layout.beside(_aligned(left), _aligned(right), width)


def cost_lines(result: RunResult) -> list[str]:
    """Profit before and after costs, and every cost; nothing for a run without trades.

    Profits come with their fraction of the capital, costs with their fraction of the value bought and sold.
    """
    if result.attribution.empty:
        return []
    parts = breakdown(result.attribution, "cost")
    return _aligned(
        [*_profits(parts, result.spec.cash), *_costs(parts, float(result.fills["value_base"].sum()))]
    )


def capacity_lines(result: RunResult) -> list[str]:
    """The run at other sizes of capital; nothing where it was not asked for."""
    if result.capacity.empty:
        return []
    columns = {
        "capital": count,
        "total_return": signed_percent,
        "sharpe": plain,
        "costs_of_traded": percent,
        "cut_by_volume": percent,
    }
    header = ("with capital of", "return", "Sharpe", "costs of traded", "orders cut by volume")
    rows = [
        [write(None if row[name] != row[name] else row[name]) for name, write in columns.items()]
        for row in result.capacity.to_dict("records")
    ]
    return layout.table(header, rows, right=header)


def _part(title: str, rows: pd.DataFrame, most: int | None = None) -> list[Row]:
    """A title and its rows in their order; beyond `most`, those that matter least become one."""
    shown, rest = _largest(rows, "pnl", most or len(rows))
    cells = list(zip(shown["name"], shown["trades"], shown["pnl"], strict=True))
    if len(rest):
        cells.append((f"{len(rest)} others", rest["trades"].sum(), rest["pnl"].sum()))
    return [
        (title, "trades", "after costs"),
        *((f"  {name}", _count(trades), money(profit)) for name, trades, profit in cells),
    ]


def _largest(rows: pd.DataFrame, column: str, most: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows with the `most` largest amounts, and the rest: none or at least two."""
    count = most if len(rows) > most + 1 else len(rows)
    shown = rows.loc[rows[column].abs().nlargest(count).index.sort_values()]
    return shown, rows.drop(index=shown.index)


def _count(trades: float) -> str:
    """Trades, to a tenth where several catalysts share one."""
    return f"{trades:,.1f}".removesuffix(".0")


def _profits(parts: pd.DataFrame, cash: float) -> list[Row]:
    amounts = dict(zip(parts["name"], parts["pnl"], strict=True))
    rows = [(f"  {label}", amounts[name]) for name, label in PROFITS.items() if amounts[name]]
    rows += [("before costs", parts["pnl_before_costs"].sum()), ("after costs", parts["pnl"].sum())]
    return [
        ("profit", "amount", "of capital"),
        *((name, money(amount), signed_percent(amount / cash)) for name, amount in rows),
    ]


def _costs(parts: pd.DataFrame, traded: float) -> list[Row]:
    """The largest costs, the others as one, and all together."""
    paid = parts.loc[parts["costs"] != 0.0].sort_values("costs", ascending=False, kind="stable")
    shown, rest = _largest(paid.reset_index(drop=True), "costs", MOST_FEES)
    names = [f"  {name.replace('_', ' ')}" for name in shown["name"]]
    rows = list(zip(names, shown["costs"], strict=True))
    if len(rest):
        rows.append((f"  {len(rest)} others", rest["costs"].sum()))
    rows.append(("all costs", parts["costs"].sum()))
    return [
        ("costs", "amount", "of traded"),
        *((name, money(amount), f"{amount / traded * 100:.3f} %") for name, amount in rows),
    ]


def _aligned(rows: Sequence[Row]) -> list[str]:
    """One column under the other; the names of the columns are in the rows."""
    names = ("name", "second", "third")
    return layout.table(names, rows, right=names[1:])[1:]
