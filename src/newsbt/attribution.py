"""Where the money of a run went: profit by listing, side, kind of news, holding age and cost (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from newsbt.universe import Universe

__all__ = ["ATTRIBUTION_COLUMNS", "GROUPS", "NO_CATALYST", "attribute", "breakdown", "empty_attribution"]

ATTRIBUTION_COLUMNS: Final = ("by", "name", "trades", "pnl_before_costs", "costs", "pnl")
#: What profit is split by, each split summing to the run's profit.
GROUPS: Final = ("issuer", "listing", "venue", "side", "category", "age", "exit", "cost")
#: Category of a trade, or of the part of it, that no catalyst of the catalogue stands behind.
NO_CATALYST: Final = "none"
#: Last holding age of each bucket, sessions, with its name.
AGES: Final = ((0, "0"), (1, "1"), (5, "2-5"), (10, "6-10"), (20, "11-20"))
OLDEST: Final = "21+"
SIDES: Final = ("long", "short")
FIGURES: Final = ATTRIBUTION_COLUMNS[2:]


def attribute(
    trades: pd.DataFrame, fills: pd.DataFrame, signals: pd.DataFrame, universe: Universe
) -> pd.DataFrame:
    """Split the profit of a run in eight ways.

    Parameters
    ----------
    trades : DataFrame
        symbol, side, sessions_held, pnl_base, pnl_price, pnl_fx, fees_base, borrow_base, dividends_base,
        exit_reason, catalyst_ids, in the order in which trades were opened; open trades are marked.
    fills : DataFrame
        symbol, side, size, fx, in the order of filling, and a column for each fee (local currency) between
        value_base and fees_base.
    signals : DataFrame
        catalyst_id, category.
    universe : Universe
        Issuer and venue of each symbol.

    Returns
    -------
    DataFrame
        Columns :data:`ATTRIBUTION_COLUMNS`, a row for each name of each of :data:`GROUPS`. Figures are
        float64, money in base currency. ``pnl`` is ``pnl_before_costs - costs``, and the rows of one group
        sum to the run's profit. ``costs`` are fees and borrow; slippage is in the prices. A trade with
        several catalysts counts in equal parts for each. In group ``cost``, ``trades`` says how many trades
        a part touched. No trades give no rows.
    """
    if trades.empty:
        return empty_attribution()
    costs = trades["fees_base"] + trades["borrow_base"]
    money = pd.DataFrame(
        {
            "trades": 1.0,
            "pnl_before_costs": trades["pnl_base"] + costs,
            "costs": costs,
            "pnl": trades["pnl_base"],
        }
    ).reset_index(drop=True)
    listings = [universe.listings[symbol] for symbol in trades["symbol"]]
    names: dict[str, list[str]] = {
        "issuer": [listing.issuer for listing in listings],
        "listing": [listing.symbol for listing in listings],
        "venue": [listing.venue for listing in listings],
        "side": list(trades["side"]),
        "age": [_age(held) for held in trades["sessions_held"]],
        "exit": list(trades["exit_reason"]),
    }
    rows, categories, parts = _categories(trades["catalyst_ids"], signals)
    tables = {by: _grouped(by, found, money) for by, found in names.items()}
    tables["category"] = _grouped("category", categories, money.iloc[rows].mul(parts, axis=0))
    tables["cost"] = _by_cost(trades, fills)
    return pd.concat([tables[by] for by in GROUPS], ignore_index=True)


def breakdown(attribution: pd.DataFrame, by: str) -> pd.DataFrame:
    """One group of :func:`attribute` with each row's share of the run's profit.

    Returns
    -------
    DataFrame
        name, trades, pnl_before_costs, costs, pnl, share (a decimal; nan where the profit is exactly 0). A
        share is negative where a loss stands against a profit, and may exceed 1.
    """
    table = attribution.loc[attribution["by"] == by].drop(columns="by").reset_index(drop=True)
    total = float(table["pnl"].sum())
    table["share"] = table["pnl"] / total if total else np.nan
    return table


def empty_attribution() -> pd.DataFrame:
    """The table of a run without trades: no rows, all columns, their types."""
    return _frame([])


def _frame(rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(ATTRIBUTION_COLUMNS))
    return frame.astype({"by": "str", "name": "str", **dict.fromkeys(FIGURES, "float64")})


def _grouped(by: str, names: Sequence[str], money: pd.DataFrame) -> pd.DataFrame:
    """Sum `money` by name: ages and sides in their own order, all else from most profit to most loss."""
    sums = money.groupby(np.array(names, dtype=object), sort=True).sum()
    own = {"age": [*(name for _, name in AGES), OLDEST], "side": list(SIDES)}.get(by)
    if own:
        sums = sums.reindex([name for name in own if name in sums.index])
    else:
        sums = sums.sort_values("pnl", ascending=False, kind="stable")
    return _frame([(by, *row) for row in sums[list(FIGURES)].itertuples()])


def _age(sessions: int) -> str:
    return next((name for last, name in AGES if sessions <= last), OLDEST)


def _categories(
    catalyst_ids: Iterable[str], signals: pd.DataFrame
) -> tuple[list[int], list[str], list[float]]:
    """For each part of a trade: position of the trade, category, size of the part."""
    known: Mapping[str, str] = dict(zip(signals["catalyst_id"], signals["category"], strict=True))
    rows: list[int] = []
    categories: list[str] = []
    parts: list[float] = []
    for row, text in enumerate(catalyst_ids):
        ids = text.split(";") if text else [""]
        rows += [row] * len(ids)
        categories += [known.get(name, NO_CATALYST) for name in ids]
        parts += [1.0 / len(ids)] * len(ids)
    return rows, categories, parts


def _by_cost(trades: pd.DataFrame, fills: pd.DataFrame) -> pd.DataFrame:
    """Profit by price, exchange rate and dividends, and what each fee and borrowing took from it."""
    rows: list[tuple[str, str, float, float, float, float]] = []
    for name, column in (("price", "pnl_price"), ("fx", "pnl_fx"), ("dividends", "dividends_base")):
        amount = float(trades[column].sum())
        rows.append(("cost", name, float((trades[column] != 0.0).sum()), amount, 0.0, amount))
    behind = _trades_behind(fills)
    for name in _fee_columns(fills):
        paid = fills[name].to_numpy(dtype=np.float64) * fills["fx"].to_numpy(dtype=np.float64)
        touched = {trade for found, amount in zip(behind, paid, strict=True) if amount for trade in found}
        rows.append(("cost", name, float(len(touched)), 0.0, float(paid.sum()), 0.0 - float(paid.sum())))
    borrow = float(trades["borrow_base"].sum())
    rows.append(("cost", "borrow", float((trades["borrow_base"] != 0.0).sum()), 0.0, borrow, 0.0 - borrow))
    return _frame(rows)


def _fee_columns(fills: pd.DataFrame) -> list[str]:
    names = list(fills.columns)
    return names[names.index("value_base") + 1 : names.index("fees_base")]


def _trades_behind(fills: pd.DataFrame) -> list[tuple[int, ...]]:
    """Positions of the trades that each fill belongs to: two where it turns a position around."""
    held: dict[str, int] = {}
    current: dict[str, int] = {}
    found: list[tuple[int, ...]] = []
    opened = 0
    for symbol, side, size in zip(fills["symbol"], fills["side"], fills["size"], strict=True):
        before = held.get(symbol, 0)
        held[symbol] = after = before + (int(size) if side == "buy" else -int(size))
        mine: tuple[int, ...] = (current[symbol],) if before else ()
        if after and before * after <= 0:
            current[symbol], opened = opened, opened + 1
            mine += (current[symbol],)
        found.append(mine)
    return found
