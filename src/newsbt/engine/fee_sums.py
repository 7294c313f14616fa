"""The fees of one side of an order as one sum, for the compiled engine (pure)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from newsbt.kernel.codes import NEAREST_CENT, UNROUNDED, UP_TO_CENT, UP_TO_UNIT
from newsbt.kernel.market import LANES, TERMS, TOTAL, Records
from newsbt.records import FloatArray

__all__ = ["fee_sums"]

#: Roundings as cents of a step, steps in a millionth, and millionths to add before the rest is cut off.
STEPS: Final = {
    UNROUNDED: (0.0, 0.0, 0.0),
    NEAREST_CENT: (1.0, 1e-4, 5_000.5),
    UP_TO_CENT: (1.0, 1e-4, 9_999.5),
    UP_TO_UNIT: (100.0, 1e-6, 999_999.5),
}
COEFFICIENTS: Final = ("rate", "per_share", "amount", "of_commission")
BOUNDS: Final = ("minimum", "maximum", "max_rate")


class Sum(NamedTuple):
    """The fees of one side.

    Parameters
    ----------
    commission : dict
        One that is not rounded; of nothing if there is none.
    rest : dict
        All that are neither rounded nor bounded, added up.
    others : list of dict
        All others; a commission that is rounded is the first.
    asks : bool
        Whether a fee depends on a commission that is rounded.
    """

    commission: dict[str, float]
    rest: dict[str, float]
    others: list[dict[str, float]]
    asks: bool


def fee_sums(fees: Records) -> tuple[Records, FloatArray]:
    """Sums of the fees of each entry for a buyer and for a seller.

    Parameters
    ----------
    fees : records, shape (entries, columns)
        As :func:`newsbt.engine.cost_tables.fee_table` gives them.

    Returns
    -------
    totals, blocks
        As :class:`newsbt.kernel.market.Market` has them.
    """
    sums = []
    for row in fees:
        used = row[: int(np.argmax(row["last"])) + 1]
        sums += [_sum([fee for fee in used if fee[side]]) for side in ("buy", "sell")]
    ends = np.cumsum([0, *(-(-len(one.others) // LANES) for one in sums)])
    totals = np.zeros(len(sums), dtype=TOTAL).view(np.recarray)
    blocks = np.zeros((max(int(ends[-1]), 1), len(TERMS), LANES))
    for number, one in enumerate(sums):
        for name in ("rate", "per_share", "amount", *BOUNDS):
            totals[number][name] = one.commission[name]
        for name in COEFFICIENTS:
            totals[number][f"rest_{name}"] = one.rest[name]
        totals[number]["first"], totals[number]["end"] = ends[number], ends[number + 1]
        totals[number]["asks"] = one.asks
        for place, fee in enumerate(one.others):
            blocks[ends[number] + place // LANES, :, place % LANES] = [fee[name] for name in TERMS]
    return totals, blocks.reshape(len(blocks), -1)


def _sum(fees: Sequence[Any]) -> Sum:
    commission, rest, others = _nothing(), _nothing(), list[dict[str, float]]()
    charged = rounded = False
    for fee in fees:
        terms = _terms(fee)
        bounded = terms["minimum"] != -math.inf
        # What is charged before the commission has no part of it.
        terms["of_commission"] *= charged
        if fee["is_commission"]:
            charged, rounded = True, terms["step"] > 0.0
            if rounded:
                others.insert(0, terms)
            else:
                commission = terms
        elif terms["step"] == 0.0 and not bounded:
            for name in COEFFICIENTS:
                rest[name] += terms[name]
        elif bounded or any(terms[name] for name in COEFFICIENTS):
            others.append(terms)
    asks = rounded and any(terms["of_commission"] for terms in (rest, *others))
    return Sum(commission, rest, others, asks)


def _nothing() -> dict[str, float]:
    """Terms of a fee of nothing without bounds."""
    return dict.fromkeys(TERMS, 0.0) | {"minimum": -math.inf, "maximum": math.inf, "max_rate": math.inf}


def _terms(fee: Any) -> dict[str, float]:
    """Terms of one fee; bounds that hold nothing back are left out."""
    terms = _nothing() | {name: float(fee[name]) for name in COEFFICIENTS}
    least = min(terms[name] for name in COEFFICIENTS)
    free = fee["maximum"] == math.inf and fee["max_rate"] == math.inf
    if not free or fee["minimum"] != 0.0 or least < 0.0:
        terms |= {name: float(fee[name]) for name in BOUNDS}
    terms["step"], terms["per_step"], terms["rest"] = STEPS[int(fee["rounding"])]
    return terms
