"""When and at what price an order meets a bar (pure).

The rules are Backtrader's own for its order types, without its price caps: a fill that takes the price from
the market slips, a resting limit never does. They are tried only on a bar of the order's own listing that is
new at this step; the broker sees to that.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

__all__ = ["Bar", "Fill", "Kind", "match"]

Kind: TypeAlias = Literal["market", "close", "limit", "stop", "stop_limit"]


class Bar(NamedTuple):
    """Prices of one session, local currency."""

    open: float
    high: float
    low: float
    close: float


class Fill(NamedTuple):
    """A price, and whether the order took it from the market (and so slips)."""

    price: float
    slips: bool


def match(kind: Kind, buy: bool, bar: Bar, stop: float = 0.0, limit: float = 0.0) -> tuple[Fill | None, bool]:
    """Match one order against one bar.

    Parameters
    ----------
    kind : {"market", "close", "limit", "stop", "stop_limit"}
        A stop-limit whose stop was touched on an earlier bar is a ``"limit"``.
    buy : bool
        Side.
    bar : Bar
        The session.
    stop, limit : float
        Levels, where the kind has them.

    Returns
    -------
    fill : Fill or None
        None: no fill on this bar.
    triggered : bool
        The stop was touched (only for ``"stop_limit"``).
    """
    if kind == "market":
        return Fill(bar.open, True), False
    if kind == "close":
        return Fill(bar.close, True), False
    if kind == "limit":
        return _limit(buy, bar, limit), False
    if kind == "stop":
        return _stop(buy, bar, stop), False
    return _stop_limit(buy, bar, stop, limit)


def _limit(buy: bool, bar: Bar, limit: float) -> Fill | None:
    if (limit >= bar.open) if buy else (limit <= bar.open):
        return Fill(bar.open, False)
    if (limit >= bar.low) if buy else (limit <= bar.high):
        return Fill(limit, False)
    return None


def _stop(buy: bool, bar: Bar, stop: float) -> Fill | None:
    if (bar.open >= stop) if buy else (bar.open <= stop):
        return Fill(bar.open, True)
    if (bar.high >= stop) if buy else (bar.low <= stop):
        return Fill(stop, True)
    return None


def _stop_limit(buy: bool, bar: Bar, stop: float, limit: float) -> tuple[Fill | None, bool]:
    touched = _stop(buy, bar, stop)
    if touched is None:
        return None, False
    if touched.price == bar.open:
        return _limit(buy, bar, limit), True
    # Touched inside the bar: the price went from the open to the stop and ended at the close, so beyond the
    # stop only the way back to the close is known to have been traded.
    if (limit >= stop) if buy else (limit <= stop):
        return Fill(stop, False), True
    returned = (
        (bar.open > bar.close and limit >= bar.close)
        if buy
        else (bar.open <= bar.close and limit <= bar.close)
    )
    return (Fill(limit, False) if returned else None), True
