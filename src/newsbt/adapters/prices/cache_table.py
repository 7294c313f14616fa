"""Tables of the cache: from raw bars and back, joined, compared (pure)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from newsbt.adapters.prices.source import RawBars, RawFx, empty_dividends, empty_splits

__all__ = ["COLUMNS", "PRICES", "from_table", "fx_to_table", "joined", "rebased", "to_table"]

PRICES = ["open", "high", "low", "close", "volume"]
COLUMNS = [*PRICES, "dividend", "dividend_currency", "split"]
#: A close that differs by more than this from the one cached for the same session is on another basis.
_SAME_BASIS = 0.002


def to_table(raw: RawBars) -> pd.DataFrame:
    """Bars with columns :data:`COLUMNS`, one row a date, ascending; no dividend and no split is 0."""
    table = raw.frame[PRICES].astype(np.float64)
    table = table[~table.index.duplicated(keep="last")].sort_index()
    paid = raw.dividends.groupby("ex_date").agg({"amount": "sum", "currency": "first"})
    splits = raw.splits[~raw.splits.index.duplicated(keep="last")]
    table["dividend"] = paid["amount"].reindex(table.index).fillna(0.0)
    table["dividend_currency"] = paid["currency"].astype(object).reindex(table.index).fillna("")
    table["split"] = splits.reindex(table.index).fillna(0.0)
    return table


def fx_to_table(raw: RawFx) -> pd.DataFrame:
    """Rates as closes of such a table."""
    dates = pd.DatetimeIndex(raw.days.astype("datetime64[D]").astype("datetime64[ns]"))
    prices = {name: raw.usdhkd if name == "close" else np.full(len(dates), np.nan) for name in PRICES}
    bars = RawBars(pd.DataFrame(prices, index=dates), empty_dividends(), empty_splits())
    return to_table(bars)


def from_table(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Bars, dividends and splits, as :class:`RawBars` has them."""
    paid = table[table["dividend"] != 0.0]
    dividends = empty_dividends()
    if len(paid):
        columns = {"amount": paid["dividend"].to_numpy(), "currency": paid["dividend_currency"].to_numpy()}
        dividends = pd.DataFrame({"ex_date": paid.index, **columns})
    splits = table["split"][table["split"] != 0.0].astype(np.float64)
    return table[PRICES].astype(np.float64), dividends, splits


def joined(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Both, the second's row where they share a date."""
    if not len(first) or not len(second):
        return first if len(first) else second
    table = pd.concat([first, second])
    return table[~table.index.duplicated(keep="last")].sort_index()


def rebased(old: pd.DataFrame, new: pd.DataFrame) -> bool:
    """Whether `new` is on another basis than `old`: a split after it, or other closes on shared dates."""
    if bool((new["split"][new.index > old.index.max()] != 0.0).any()):
        return True
    shared = old.index.intersection(new.index)
    before, after = (table.loc[shared, "close"].to_numpy(np.float64) for table in (old, new))
    return bool((np.abs(after - before) > _SAME_BASIS * np.abs(before)).any())
