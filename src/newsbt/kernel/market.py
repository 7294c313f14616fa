"""What the points of a sweep share in the compiled engine: the records of a market (pure).

Every record is a numpy structured type, so that compiled and plain code read and write the same names.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsbt.records import FloatArray, IntArray

__all__ = [
    "BAR",
    "DETAIL",
    "FEE",
    "LANES",
    "LISTING",
    "NEWS",
    "RULES",
    "TERMS",
    "TIME",
    "TOTAL",
    "Market",
    "Records",
]

Records = NDArray[Any]

#: One bar of one listing: what decisions and fills need, one line of the processor's cache.
BAR: Final = np.dtype(
    [
        ("open", "f8"),
        ("close", "f8"),
        ("fx", "f8"),
        ("average_volume", "f8"),
        ("paid_short", "f8"),  # dividends up to it that a share sold short owes, base currency
        ("borrowed", "f8"),  # borrow fees up to it of a share sold short, base currency
        ("number", "i4"),  # of the session
        ("lot", "i4"),
        ("fees", "i2"),  # row of the fee table
        ("ticks", "i2"),  # row of the table of price steps; -1 is none
        ("tradable", "?"),  # no placeholder
        ("live", "?"),  # the run has begun and there is an earlier price
        ("no_short_open", "?"),
        ("no_short_close", "?"),
    ],
    align=True,
)

#: When a bar is: what is read of bars that nothing happens on.
TIME: Final = np.dtype([("number", "i4"), ("step", "i4")], align=True)

#: What a position pays or is paid at a bar, and what slippage needs.
DETAIL: Final = np.dtype(
    [
        ("borrow", "f8"),  # yearly rate
        ("paid_long", "f8"),  # dividend a share, local, net of the depositary's fee
        ("paid_short", "f8"),
        ("volatility", "f8"),
        ("gap", "i4"),  # calendar days since the bar before
        ("spread", "i4"),  # row of the steps that slippage is counted in; -1 is none
        ("pays", "?"),  # a dividend
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

#: What is known of a fee that is rounded or has bounds: an amount is the sum of the first four times value,
#: shares, 1 and commission, within bounds, rounded to steps of so many cents.
TERMS: Final = (
    "rate", "per_share", "amount", "of_commission", "minimum", "maximum", "max_rate",
    "rest", "per_step", "step",
)  # fmt: skip
#: Fees that are worked out side by side: every term has a column for each of them.
LANES: Final = 8

#: The fees of one side of an order as one sum.
TOTAL: Final = np.dtype(
    [
        # A commission that is not rounded.
        ("rate", "f8"),
        ("per_share", "f8"),
        ("amount", "f8"),
        ("minimum", "f8"),
        ("maximum", "f8"),
        ("max_rate", "f8"),
        # All that are neither rounded nor bounded.
        ("rest_rate", "f8"),
        ("rest_per_share", "f8"),
        ("rest_amount", "f8"),
        ("rest_of_commission", "f8"),
        # All others, range of Market.blocks; a commission that is rounded is the first.
        ("first", "i4"),
        ("end", "i4"),
        ("asks", "?"),  # a fee depends on a commission that is rounded
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


class Market(NamedTuple):
    """Everything that the points of a sweep share.

    Parameters
    ----------
    bar_at : array of int32, shape (steps, listings)
        Flat bar of each listing that is fresh at a step; -1 for the others.
    values : array, shape (listings, steps)
        Of a share at its last close, base currency; 0 before the first one.
    worths : array, shape (2, listings, steps)
        The same with what a share has brought until then: dividends of one that is held; dividends and borrow
        fees of one that is sold short.
    closes, lows, highs, closes_at : array, shape (bars,)
        Flat; local currency and UTC nanoseconds.
    bars, details, listings, news, fees, rules : records
        Fees have shape (entries, most fees of an entry), rules (1,).
    totals : records, shape (2 * entries,)
        Of a buyer (``2 * entry``) and of a seller (the next one).
    blocks : array, shape (blocks, terms * lanes)
        :data:`TERMS` of so many fees; a column of nothing adds nothing.
    times : records, shape (bars,)
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
    worths: FloatArray
    closes: FloatArray
    lows: FloatArray
    highs: FloatArray
    closes_at: IntArray
    bars: Records
    details: Records
    listings: Records
    news: Records
    fees: Records
    totals: Records
    blocks: FloatArray
    rules: Records
    times: Records
    known: IntArray
    events: IntArray
    bounds: IntArray
    grid: IntArray
    series: FloatArray
