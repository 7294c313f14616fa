"""Codes of the compiled engine: strategies, reasons of orders, roundings of fees (pure)."""

from __future__ import annotations

from typing import Final

__all__ = ["KINDS", "REASONS"]

#: Strategies with a compiled rule; the place in the tuple is the code.
KINDS: Final = (
    "drift", "fade", "decay", "hold", "random", "runup", "lead_lag", "pair", "parity", "cash",
)  # fmt: skip
DRIFT, FADE, DECAY, HOLD, RANDOM, RUNUP, LEAD_LAG, PAIR, PARITY, CASH = range(len(KINDS))

#: Why an order was sent; the place in the tuple is the code.
REASONS: Final = (
    "signal", "reversal", "time", "opposite", "stop", "trail", "take", "margin", "rebalance", "hold",
    "random", "runup", "event", "hedge", "parity", "other leg",
)  # fmt: skip
(
    SIGNAL, REVERSAL, TIME, OPPOSITE, STOP, TRAIL, TAKE, MARGIN, REBALANCE, BUY_AND_HOLD, DRAWN,
    AHEAD, EVENT, HEDGE, PREMIUM, OTHER_LEG,
) = range(len(REASONS))  # fmt: skip

#: How a fee is rounded.
UNROUNDED, NEAREST_CENT, UP_TO_CENT, UP_TO_UNIT = range(4)
