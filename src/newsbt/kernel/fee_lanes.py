"""The fees of one order worked out side by side, in one vector of the processor (compiled).

Numba does not vectorise a loop over so few. In plain Python it is the same arithmetic on arrays.
"""

from __future__ import annotations

from typing import Any, Final

import numba
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.extending import intrinsic
from numba.np import arrayobj

from newsbt.kernel.market import LANES, TERMS
from newsbt.kernel.vectors import add_up, spread
from newsbt.records import FloatArray

__all__ = ["NUDGE", "first_cents", "sum_cents"]

#: What is whole in decimals may lie a few units in the last place below it in floats.
NUDGE: Final = 1.0 + 2e-15
NUDGED_MILLION: Final = 1e6 * NUDGE
#: Numba's own helpers have no types.
llvm: Any = cgutils
numpy_arrays: Any = arrayobj


def _cents(terms: FloatArray, value: float, shares: float, commission: float) -> FloatArray:
    term = dict(zip(TERMS, terms.reshape(len(TERMS), LANES), strict=True))
    amount = term["rate"] * value + term["per_share"] * shares
    amount = amount + (term["amount"] + term["of_commission"] * commission)
    capped = np.isfinite(term["max_rate"])
    cap = np.where(capped, np.where(capped, term["max_rate"], 0.0) * value, np.inf)
    amount = np.minimum(np.maximum(amount, term["minimum"]), np.minimum(term["maximum"], cap))
    # As in costs.cents(), in floats: half a millionth in `rest` keeps quotients away from whole numbers.
    millionths = np.floor(amount * NUDGED_MILLION + 0.5)
    charged = np.floor((millionths + term["rest"]) * term["per_step"]) * term["step"]
    return np.where(term["step"] > 0.0, charged, amount * 100.0)


def first_cents(terms: FloatArray, value: float, shares: float) -> float:
    """Give the first fee of a block of :attr:`newsbt.kernel.market.Market.blocks`, in cents.

    Parameters
    ----------
    terms : array, shape (terms * lanes,)
    value, shares : float
        Of the order; local currency.
    """
    return float(_cents(terms, value, shares, 0.0)[0])


def sum_cents(terms: FloatArray, value: float, shares: float, commission: float) -> float:
    """Add up the fees of a block, as :func:`first_cents` takes it, of which some depend on the commission."""
    sums = _cents(terms, value, shares, commission)
    while len(sums) > 1:
        sums = sums[: len(sums) // 2] + sums[len(sums) // 2 :]
    return float(sums[0])


def _build(context: Any, builder: Any, signature: Any, arguments: Any, commission: Any) -> Any:
    """Instructions for what :func:`_cents` does."""
    lanes = ir.VectorType(ir.DoubleType(), LANES)
    array = numpy_arrays.make_array(signature.args[0])(context, builder, arguments[0])
    rows = builder.bitcast(array.data, lanes.as_pointer())
    kind = ir.FunctionType(lanes, [lanes])
    floor = llvm.get_or_insert_function(builder.module, kind, f"llvm.floor.v{LANES}f64")

    def constant(number: float) -> Any:
        return ir.Constant(lanes, [number] * LANES)

    def limited(amount: Any, way: str, bound: Any) -> Any:
        # A bound that is no number, infinity times an order of 0, holds nothing back.
        return builder.select(builder.fcmp_ordered(way, bound, amount), bound, amount)

    term = {
        name: builder.load(builder.gep(rows, [ir.IntType(64)(place)]), align=8)
        for place, name in enumerate(TERMS)
    }
    value, shares = spread(builder, arguments[1], LANES), spread(builder, arguments[2], LANES)
    amount = builder.fmul(term["rate"], value)
    amount = builder.fadd(amount, builder.fmul(term["per_share"], shares))
    fixed = builder.fadd(
        term["amount"], builder.fmul(term["of_commission"], spread(builder, commission, LANES))
    )
    amount = limited(builder.fadd(amount, fixed), ">", term["minimum"])
    cap = limited(term["maximum"], "<", builder.fmul(term["max_rate"], value))
    amount = limited(amount, "<", cap)
    exact = builder.fmul(amount, constant(NUDGED_MILLION))
    millionths = builder.call(floor, [builder.fadd(exact, constant(0.5))])
    steps = builder.fmul(builder.fadd(millionths, term["rest"]), term["per_step"])
    charged = builder.fmul(builder.call(floor, [steps]), term["step"])
    rounds = builder.fcmp_ordered(">", term["step"], constant(0.0))
    return builder.select(rounds, charged, builder.fmul(amount, constant(100.0)))


@intrinsic
def _first(typingctx: Any, terms: Any, value: Any, shares: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        charged = _build(context, builder, signature, arguments, ir.DoubleType()(0.0))
        return builder.extract_element(charged, ir.IntType(32)(0))

    return types.float64(terms, types.float64, types.float64), build


@intrinsic
def _sum(typingctx: Any, terms: Any, value: Any, shares: Any, commission: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        charged = _build(context, builder, signature, arguments, arguments[3])
        return add_up(builder, charged)

    return types.float64(terms, types.float64, types.float64, types.float64), build


if not numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
    first_cents = _first  # type: ignore[assignment]
    sum_cents = _sum  # type: ignore[assignment]
