"""What one run of one point has of its own in the compiled engine, and what it writes down (pure).

Records are numpy structured types, as in :mod:`newsbt.kernel.market`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsbt.kernel.market import Market, Records
from newsbt.records import FloatArray, IntArray

__all__ = ["ACCOUNT", "FILL", "PAYMENT", "POINT", "Log", "Run", "Space"]

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

#: The account and running sums of one run.
ACCOUNT: Final = np.dtype(
    [
        ("cash", "f8"),
        ("held", "f8"),  # worth of positions at their marks, since the step began
        ("gross", "f8"),
        (
            "accrued",
            "f8",
        ),  # dividends less borrow not yet in cash: through the step before, and through this one
        ("carried", "f8"),
        ("booked", "f8"),  # cash since the step `since`, which is not in Run.path yet
        ("since", "i8"),
        ("careful", "?"),  # every step is settled and valued as it comes
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


class Space(NamedTuple):
    """What every one of several runs has of its own: the first axis of an array is the run's.

    Parameters
    ----------
    account : records, shape (runs,)
    desks : records, shape (runs, listings)
    active, path, exposure, due_head, due_marks, due : array
        As :class:`Run` has them.
    """

    account: Records
    desks: Records
    active: IntArray
    path: FloatArray
    exposure: FloatArray
    due_head: NDArray[np.int32]
    due_marks: IntArray
    due: NDArray[np.int32]


class Run(NamedTuple):
    """One run of one point.

    Parameters
    ----------
    market : Market
    point, account : records, shape (1 or more,)
        The first of them are this run's.
    desks : records, shape (listings,)
    active : array of int64, shape (listings,)
        Listings that hold, wait or are watched, in no order; the first ``account.active`` count.
    work : array of int64, shape (listings,)
        Listings that the step is about.
    ranked, groups : array of int64, shape (listings,)
        Listings in the order of their turn, and the group of each.
    weights : array, shape (listings,)
        The weight that orders them within a group.
    path, exposure : array, shape (steps,)
        Equity and gross exposure after each step, base currency; exposure may hold what a position has
        brought, too.
    due_head : array of int32, shape (steps,)
        First entry of each step's chain of listings to look at; -1 is none.
    due_marks : array of int64, shape (blocks,)
        The steps with such a chain, as :mod:`newsbt.kernel.marks` keeps them.
    due : array of int32, shape (entries, 4)
        A listing, the flat bar on which to look at it, the next entry of the same step, and the number of the
        bar's session.
    first_head, first_marks, first : array
        The same of listings that neither hold nor wait, for all runs with the same parameters.
    first_key : array of int64, shape (5,)
        Entries of them, and the parameters they were made for; the entries are -1 where nothing is noted yet.
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
    ranked: IntArray
    groups: IntArray
    weights: FloatArray
    path: FloatArray
    exposure: FloatArray
    due_head: NDArray[np.int32]
    due_marks: IntArray
    due: NDArray[np.int32]
    first_head: NDArray[np.int32]
    first_marks: IntArray
    first: NDArray[np.int32]
    first_key: IntArray
    basket: IntArray
    rooms: FloatArray
    log: Log
