"""Records and codes of the compiled engine: one row of memory for a bar, a signal, an order, a point (pure).

Every record is a numpy structured type, so that compiled and plain code read and write the same names.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsbt.records import FloatArray, IntArray

__all__ = [
    "ACCOUNT",
    "BAR",
    "CARRY",
    "DESK",
    "DETAIL",
    "FEE",
    "FILL",
    "KINDS",
    "LISTING",
    "NEWS",
    "PAYMENT",
    "POINT",
    "REASONS",
    "RULES",
    "Log",
    "Market",
    "Records",
    "Run",
]

Records = NDArray[Any]

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

#: One bar of one listing: what every session with a position needs, in one line of the processor's cache.
BAR: Final = np.dtype(
    [
        ("open", "f8"),
        ("high", "f8"),
        ("low", "f8"),
        ("close", "f8"),
        ("fx", "f8"),
        ("value", "f8"),  # of a share at the close, base currency
        ("number", "i4"),  # of the session
        ("lot", "i4"),
        ("tradable", "?"),  # no placeholder
        ("live", "?"),  # the run has begun and there is an earlier price
        ("no_short_open", "?"),
        ("no_short_close", "?"),
    ],
    align=True,
)

#: What a position pays or is paid at a bar; several in a line of the cache, as held positions read them all.
CARRY: Final = np.dtype(
    [
        ("borrow", "f8"),  # yearly rate
        ("gap", "i4"),  # calendar days since the bar before
        ("pays", "?"),  # a dividend
    ],
    align=True,
)

#: The rest of it: what fills and dividends need, and what was known of the listing before.
DETAIL: Final = np.dtype(
    [
        ("average_volume", "f8"),
        ("volatility", "f8"),
        ("paid_long", "f8"),  # dividend a share, local, net of the depositary's fee
        ("paid_short", "f8"),
        ("fees", "i4"),  # row of the fee table
        ("ticks", "i4"),  # row of the table of price steps; -1 is none
        ("spread", "i4"),  # row of the steps that slippage is counted in; -1 is none
    ],
    align=True,
)

#: One listing: its bars, news and dates of events as ranges of the flat arrays, and its relations.
LISTING: Final = np.dtype(
    [
        ("first", "i8"),
        ("end", "i8"),
        ("first_news", "i8"),
        ("end_news", "i8"),
        ("first_event", "i8"),
        ("end_event", "i8"),
        ("issuer", "i4"),
        ("venue", "i4"),
        ("other", "i4"),  # line of the same share on the other venue, for parity; -1 is none
        ("is_ads", "?"),
        ("is_fund", "?"),
    ],
    align=True,
)

#: One netted signal of one listing.
NEWS: Final = np.dtype(
    [
        ("number", "i8"),  # of its session
        ("bar", "i8"),  # of its session, flat
        ("score", "f8"),
        ("first_known", "i8"),  # range of Market.known
        ("end_known", "i8"),
        ("source", "i8"),  # place in World.signals
    ],
    align=True,
)

#: One fee in one entry of its table.
FEE: Final = np.dtype(
    [
        ("rate", "f8"),
        ("per_share", "f8"),
        ("amount", "f8"),
        ("of_commission", "f8"),
        ("minimum", "f8"),
        ("maximum", "f8"),
        ("max_rate", "f8"),
        ("rounding", "i4"),
        ("buy", "?"),
        ("sell", "?"),
        ("is_commission", "?"),
        ("last", "?"),  # none follows in the entry
        ("column", "i4"),  # of fills.csv
    ],
    align=True,
)

#: What a whole run shares: limits, margin, slippage.
RULES: Final = np.dtype(
    [
        ("cash", "f8"),
        ("gross", "f8"),
        ("weight", "f8"),
        ("volume", "f8"),
        ("shares", "i8"),
        ("initial", "f8"),
        ("maintenance", "f8"),
        ("slip", "f8"),  # fraction, of the cost model itself
        ("slip_fraction", "f8"),
        ("slip_fixed", "f8"),
        ("slip_ticks", "f8"),
        ("impact", "f8"),
        ("at_close", "?"),
    ],
    align=True,
)

#: One point: strategy parameters under the names that all strategies share, 0 where one has none.
POINT: Final = np.dtype(
    [
        ("hold", "i8"),
        ("stop", "f8"),
        ("gain", "f8"),
        ("trail", "f8"),
        ("weight", "f8"),
        ("min_score", "f8"),
        ("side", "i8"),  # 1 long only, -1 short only, 0 both
        ("delay", "i8"),
        ("half_life", "f8"),
        ("band", "f8"),
        ("sigmas", "f8"),
        ("window", "i8"),
        ("before", "i8"),
        ("notice", "i8"),
        ("way", "i8"),  # runup: 1 long, -1 short, 0 the last score's
        ("threshold", "f8"),
        ("by_score", "?"),
        ("hedge", "i8"),  # pair: 0 auto, 1 etf, 2 peers
        ("enter", "f8"),
        ("leave", "f8"),
        ("both_legs", "?"),
        ("series", "i8"),  # row of Market.series: the plan of random, the premiums of parity
    ],
    align=True,
)

#: One listing in the course of a run: position, levels, waiting orders, and what its strategy remembers.
DESK: Final = np.dtype(
    [
        ("position", "i8"),
        ("mark", "f8"),
        ("floor", "f8"),  # a low at or below it, or a high at or above the ceiling, reaches a level
        ("ceiling", "f8"),
        ("bar", "i8"),  # flat, of this step's session
        ("alarm", "i8"),  # session at whose number the time is over
        ("guarded", "?"),
        ("waiting", "?"),  # the strategy's order waits for a session
        ("forced", "?"),  # the order of a margin call does
        ("watched", "?"),  # its strategy looks at every session
        ("wanted", "?"),  # a decision of this step
        ("in_active", "?"),
        ("mark_price", "f8"),
        ("mark_fx", "f8"),
        ("average", "f8"),
        ("entered", "i8"),
        ("renewed", "i8"),
        ("ids", "i8"),
        ("next_news", "i8"),
        # Levels around the position.
        ("stop_price", "f8"),
        ("stop_reason", "i8"),
        ("gain_price", "f8"),
        ("entry", "f8"),
        ("stop", "f8"),
        ("gain", "f8"),
        ("trail", "f8"),
        ("best", "f8"),
        ("grid", "i8"),
        ("guard_ids", "i8"),
        # The strategy's order that waits for a session.
        ("order_size", "i8"),
        ("order_target", "i8"),
        ("order_group", "i8"),
        ("order_weight", "f8"),
        ("order_reason", "i8"),
        ("order_ids", "i8"),
        ("order_guarded", "?"),
        # The order of a margin call that waits for an open.
        ("forced_size", "i8"),
        ("forced_target", "i8"),
        ("forced_turn", "i8"),
        ("forced_bar", "i8"),  # bar that the last margin call asked to look at, flat
        # The decision of this step.
        ("want_weight", "f8"),
        ("want_group", "i8"),
        ("want_reason", "i8"),
        ("want_ids", "i8"),
        ("want_guarded", "?"),
        # What strategies remember.
        ("flag", "?"),
        ("level", "f8"),
        ("level_at", "i8"),
        ("weight", "f8"),
        ("pending", "i8"),  # news whose first reaction is awaited; -1 is none
        ("pending_price", "f8"),
        ("pending_sigma", "f8"),
        ("event", "i8"),
        ("next_event", "i8"),
        ("last_score", "f8"),
        ("leg", "?"),
        ("opening", "?"),
        ("leg_weight", "f8"),
        ("leg_beta", "f8"),
        ("leg_since", "i8"),
        ("ended", "?"),
        ("news", "i8"),
        ("hedge", "f8"),
        ("hedge_before", "f8"),
        ("premium", "f8"),
        ("leader", "i8"),  # listing that opened the pair; -1 is none
        ("sign", "f8"),
        ("hedged", "?"),
        # The trade that is open, as newsbt.trades keeps it.
        ("trade_held", "i8"),
        ("trade_entry", "f8"),
        ("trade_fx", "f8"),
        ("trade_invested", "f8"),
        ("trade_fees", "f8"),
        ("trade_paid", "f8"),  # dividends less borrow
        ("trade_profit", "f8"),
        ("trade_number", "i8"),
    ],
    align=True,
)

#: The account and running sums of one run.
ACCOUNT: Final = np.dtype(
    [
        ("cash", "f8"),
        ("held", "f8"),  # worth of positions at their marks, since the step began
        ("gross", "f8"),
        ("planned", "f8"),  # gross exposure when the orders of the step are filled
        ("fees", "f8"),
        ("borrow", "f8"),
        ("dividends", "f8"),
        ("traded", "f8"),
        ("price", "f8"),
        ("fx", "f8"),
        ("step", "i8"),
        ("turn", "i8"),
        ("fills", "i8"),
        ("payments", "i8"),
        ("calls", "i8"),
        ("entries", "i8"),  # of the chains of what is due
        ("trades", "i8"),
        ("wins", "i8"),
        ("gained", "f8"),
        ("lost", "f8"),
        ("returns", "f8"),
        ("best", "f8"),
        ("worst", "f8"),
        ("sessions", "i8"),
        ("active", "i8"),  # listings in Run.active
        ("changed", "?"),  # so that Run.active must be made again
    ],
    align=True,
)

#: One fill of a run that is written down.
FILL: Final = np.dtype(
    [
        ("listing", "i8"),
        ("bar", "i8"),
        ("shares", "i8"),
        ("price", "f8"),
        ("fees", "f8"),
        ("reason", "i8"),
        ("ids", "i8"),
        ("inside", "?"),
    ],
    align=True,
)

#: One dividend (positive rate) or borrow fee of a run that is written down, base currency.
PAYMENT: Final = np.dtype(
    [("listing", "i8"), ("bar", "i8"), ("shares", "i8"), ("amount", "f8"), ("borrow", "?")], align=True
)


class Market(NamedTuple):
    """Everything that the points of a sweep share.

    Parameters
    ----------
    bar_at : array of int32, shape (steps, listings)
        Flat bar of each listing that is fresh at a step; -1 for the others.
    values : array, shape (steps, listings)
        Of a share at its last close, base currency; 0 before the first one.
    closes, lows, highs, closes_at : array, shape (bars,)
        Flat; local currency and UTC nanoseconds.
    numbers : array of int32, shape (bars,)
        Of the session of each bar.
    bars, carries, details, listings, news, fees, rules : records
        Fees have shape (entries, most fees of an entry), rules (1,).
    step_of : array of int32, shape (bars,)
        Step of each bar.
    known : array of int64
        When the catalysts behind each signal were public, UTC nanoseconds.
    events : array of int64
        Session numbers of announced dates, ascending by listing.
    bounds, grid : array of int64, shape (tables, rows)
        Price steps in units of 1e-9: prices up to and including a bound have its step.
    series : array, shape (rows, bars)
        Numbers that depend on a parameter but not on the account; see ``POINT.series``.
    """

    bar_at: NDArray[np.int32]
    values: FloatArray
    closes: FloatArray
    lows: FloatArray
    highs: FloatArray
    closes_at: IntArray
    numbers: NDArray[np.int32]
    bars: Records
    carries: Records
    details: Records
    listings: Records
    news: Records
    fees: Records
    rules: Records
    step_of: NDArray[np.int32]
    known: IntArray
    events: IntArray
    bounds: IntArray
    grid: IntArray
    series: FloatArray


class Log(NamedTuple):
    """What a run writes down; arrays of length 0 write nothing.

    Parameters
    ----------
    fills, payments : records
    fees : array, shape (fills, fee columns)
        Local currency; (0, columns) when nothing is written.
    blank : array, shape (0,)
        Where fees go that nobody wants to see.
    steps : array, shape (steps, 9)
        Equity, cash, gross and net exposure, and the five parts of profit; base currency.
    calls : array, shape (calls, 4)
        Margin calls: step, equity, gross exposure, fraction kept.
    """

    fills: Records
    payments: Records
    fees: FloatArray
    blank: FloatArray
    steps: FloatArray
    calls: FloatArray


class Run(NamedTuple):
    """One run of one point.

    Parameters
    ----------
    market : Market
    point, account : records, shape (1,)
    desks : records, shape (listings,)
    active : array of int64, shape (listings,)
        Listings that hold, wait or are watched, ascending; the first ``account.active`` count.
    work : array of int64, shape (listings,)
        Listings that the step is about.
    due_head, due_next : array of int32
        Listings to look at besides, as chains by step: shapes (steps,) and (entries,).
    due_listing : array of int32
        Listing of each entry.
    basket : array of int64, shape (listings,)
        Room for the members of a hedge.
    rooms : array, shape (3, sessions)
        Room for returns over a window.
    log : Log
    """

    market: Market
    point: Records
    account: Records
    desks: Records
    active: IntArray
    work: IntArray
    due_head: NDArray[np.int32]
    due_next: NDArray[np.int32]
    due_listing: NDArray[np.int32]
    basket: IntArray
    rooms: FloatArray
    log: Log
