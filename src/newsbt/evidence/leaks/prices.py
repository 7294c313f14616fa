"""Other futures for prices: the same bars up to a moment, and something else after it (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from newsbt.evidence.leaks.parts import Cut, Parts
from newsbt.records import BoolArray

__all__ = ["FIELDS", "cut_bars", "delay_bars", "end_listings", "poison_bars", "replace_bar", "scramble_bars"]

FIELDS = ("open", "high", "low", "close", "volume")
#: What a bar's figures are multiplied by: to make a fall of it, and a rise.
FACTORS = {
    "open": (0.9, 1.12),
    "high": (0.8, 1.6),
    "low": (0.6, 1.25),
    "close": (0.71, 1.37),
    "volume": (0.1, 9.0),
}
Bars = Mapping[str, pd.DataFrame]


def cut_bars(parts: Parts, cut: Cut, only: Collection[str] | None = None) -> dict[str, pd.DataFrame]:
    """End after the session of the cut; that one stays, since orders for it must be made.

    A listing without a bar by then keeps its first one, so that the listings of the run stay the same.

    Parameters
    ----------
    parts, cut : Parts, Cut
    only : collection of str, optional
        Symbols that end; all if None.
    """
    bars = dict(parts.bars)
    for symbol, frame in parts.bars.items():
        if only is None or symbol in only:
            kept = max(int((parts.opens[symbol] <= cut.at).sum()), 1)
            bars[symbol] = frame.iloc[:kept]
    return bars


def end_listings(parts: Parts, cut: Cut, odd: bool) -> dict[str, pd.DataFrame]:
    """Every second listing is taken off its venue after the session of the cut: the odd ones or the even."""
    return cut_bars(parts, cut, list(parts.bars)[int(odd) :: 2])


def delay_bars(parts: Parts, cut: Cut) -> dict[str, pd.DataFrame]:
    """Every bar from the cut on comes a session late, after a copy of the last one known."""
    return {symbol: _reorder(frame, _later(parts, symbol, cut), None) for symbol, frame in parts.bars.items()}


def scramble_bars(parts: Parts, cut: Cut, seed: int) -> dict[str, pd.DataFrame]:
    """Bars from the cut on in random order."""
    noise = np.random.default_rng(seed)
    return {
        symbol: _reorder(frame, _later(parts, symbol, cut), noise) for symbol, frame in parts.bars.items()
    }


def poison_bars(parts: Parts, cut: Cut, seed: int) -> dict[str, pd.DataFrame]:
    """From the cut on a wild walk at another level, with other volumes; no dividends if `seed` is even."""
    return {
        symbol: _walk(frame, _later(parts, symbol, cut), np.random.default_rng([seed, place]), paid=seed % 2)
        for place, (symbol, frame) in enumerate(parts.bars.items())
    }


def replace_bar(
    parts: Parts,
    cut: Cut,
    fields: Collection[str] = FIELDS,
    only: Collection[str] | None = None,
    *,
    turn: bool = True,
) -> dict[str, pd.DataFrame]:
    """Other figures in the bars of the cut's own session; what came before and comes after stays.

    Parameters
    ----------
    parts, cut : Parts, Cut
    fields : collection of str
        Which of :data:`FIELDS`. High and low are not moved along with the others.
    only : collection of str, optional
        Symbols; all whose bar opens at the cut if None.
    turn : bool
        A rise becomes a fall and a fall a rise, of prices and of volume; otherwise both grow.
    """
    bars = dict(parts.bars)
    for symbol, frame in parts.bars.items():
        at = int(np.searchsorted(parts.opens[symbol], cut.at))
        here = at < len(frame) and int(parts.opens[symbol][at]) == cut.at
        if here and (only is None or symbol in only):
            changed = frame.copy()
            for name in fields:
                values = frame[name].to_numpy(dtype=np.float64, copy=True)
                rose = values[at] >= values[at - 1] if name == "volume" else _rose(frame, at)
                down, up = FACTORS[name]
                values[at] = round(values[at] * (down if rose == turn else up) + 0.01, 4)
                changed[name] = values
            bars[symbol] = changed
    return bars


def _rose(frame: pd.DataFrame, at: int) -> bool:
    return bool(frame["close"].iloc[at] >= frame["close"].iloc[max(at - 1, 0)])


def _later(parts: Parts, symbol: str, cut: Cut) -> BoolArray:
    later: BoolArray = parts.opens[symbol] >= cut.at
    return later


def _reorder(frame: pd.DataFrame, later: BoolArray, noise: np.random.Generator | None) -> pd.DataFrame:
    """The later rows in random order, or a place late; dividends of the first one stay where they are."""
    count = int(later.sum())
    if count < 2:
        return frame
    first = len(frame) - count
    places = (
        first + noise.permutation(count)
        if noise is not None
        else np.arange(max(first - 1, 0), len(frame))[:count]
    )
    changed = frame.copy()
    for name in (*FIELDS, "dividend", "placeholder"):
        changed.iloc[first:, changed.columns.get_loc(name)] = frame[name].to_numpy()[places]  # type: ignore[index]
    return _keep_dividend(changed, frame, first)


def _walk(frame: pd.DataFrame, later: BoolArray, noise: np.random.Generator, paid: int) -> pd.DataFrame:
    count = int(later.sum())
    if not count:
        return frame
    first = len(frame) - count
    level = float(frame["close"].iloc[max(first - 1, 0)]) * float(noise.choice([0.2, 0.5, 2.5, 6.0]))
    close = level * np.exp(np.cumsum(noise.normal(0.0, 0.05, count)))
    open_ = close * np.exp(noise.normal(0.0, 0.03, count))
    changed = frame.copy()
    columns = {
        "open": open_,
        "high": np.maximum(open_, close) * 1.03,
        "low": np.minimum(open_, close) * 0.97,
        "close": close,
        "volume": np.floor(1e6 * np.exp(noise.normal(0.0, 2.0, count)) + 1.0),
        "dividend": np.where(noise.random(count) < 0.05 * paid, 0.02 * level, 0.0),
    }
    for name, values in columns.items():
        whole = frame[name].to_numpy(dtype=np.float64, copy=True)
        whole[first:] = np.round(values, 4)
        changed[name] = whole
    flat = frame["placeholder"].to_numpy(dtype=np.bool_, copy=True)
    flat[first:] = False
    changed["placeholder"] = flat
    return _keep_dividend(changed, frame, first)


def _keep_dividend(changed: pd.DataFrame, frame: pd.DataFrame, first: int) -> pd.DataFrame:
    """The dividend of the cut's own session is no secret at its open: it was announced."""
    changed.iloc[first, changed.columns.get_loc("dividend")] = frame["dividend"].iloc[first]  # type: ignore[index]
    return changed
