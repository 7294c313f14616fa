"""Stretches of a path that a position or cash is added to, in vectors of the processor (compiled).

They are short, and in the loops that Numba makes most of their steps would be the rest that no vector holds.
In plain Python it is the same arithmetic on slices.
"""

from __future__ import annotations

from typing import Any, Final

import numba
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.extending import intrinsic
from numba.np import arrayobj

from newsbt.kernel.compile import compiled
from newsbt.kernel.vectors import spread
from newsbt.records import FloatArray

__all__ = ["LANES", "add_cash", "add_position"]

#: Steps at a time.
LANES: Final = 8
NUMBERS: Final = ir.VectorType(ir.DoubleType(), LANES)
#: Numba's own helpers have no types.
llvm: Any = cgutils
numpy_arrays: Any = arrayobj


@compiled
def add_position(
    path: FloatArray, exposure: FloatArray, worths: FloatArray, begin: int, end: int, size: float, base: float
) -> None:
    """Add what a position is worth after each step from `begin` to before `end`.

    Parameters
    ----------
    path, exposure : array, shape (steps,)
        The worth goes into the first, and without its sign into the second.
    worths : array, shape (steps,)
        Of a share, finite.
    begin, end : int
    size : float
        Signed shares.
    base : float
        What is taken off the worth of each.
    """
    first = _first(begin, end)
    if first < 0:
        for step in range(begin, end):
            own = size * (worths[step] - base)
            path[step] += own
            exposure[step] += abs(own)
    else:
        for at in range(first, end, LANES):
            _add_position(path, exposure, worths, at, begin, size, base)


@compiled
def add_cash(path: FloatArray, begin: int, end: int, cash: float) -> None:
    """Add cash to a path after each step from `begin` to before `end`."""
    first = _first(begin, end)
    if first < 0:
        for step in range(begin, end):
            path[step] += cash
    else:
        for at in range(first, end, LANES):
            _add_cash(path, at, begin, cash)


@compiled
def _first(begin: int, end: int) -> int:
    """Where the first of the vectors that hold the steps up to `end` begins; 0 is added before `begin`."""
    return end - ((end - begin + LANES - 1) & -LANES)


def _add_position(
    path: FloatArray, exposure: FloatArray, worths: FloatArray, at: int, begin: int, size: float, base: float
) -> None:
    steps = slice(max(at, begin), at + LANES)
    own = size * (worths[steps] - base)
    path[steps] += own
    exposure[steps] += np.abs(own)


def _add_cash(path: FloatArray, at: int, begin: int, cash: float) -> None:
    path[max(at, begin) : at + LANES] += cash


def _in_one_piece(signature: Any) -> Any:
    """The signature, unless an array in it has gaps between its elements."""
    gaps = any(kind.layout != "C" for kind in signature.args if isinstance(kind, types.Array))
    return None if gaps else signature


def _place(context: Any, builder: Any, kind: Any, array: Any, at: Any) -> Any:
    """Where the vector of an array that begins with the element `at` lies."""
    data = numpy_arrays.make_array(kind)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [at]), NUMBERS.as_pointer())


def _from(builder: Any, at: Any, begin: Any, numbers: Any) -> Any:
    """Those of the numbers for the steps after `at` that are not before `begin`, and 0 for the others."""
    steps = builder.add(
        spread(builder, at, LANES), ir.Constant(ir.VectorType(at.type, LANES), list(range(LANES)))
    )
    counts = builder.icmp_signed(">=", steps, spread(builder, begin, LANES))
    return builder.select(counts, numbers, ir.Constant(NUMBERS, [0.0] * LANES))


@intrinsic
def _position(
    typingctx: Any, path: Any, exposure: Any, worths: Any, at: Any, begin: Any, size: Any, base: Any
) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        at, begin, size, base = arguments[3:]
        to, held, read = (
            _place(context, builder, kind, array, at)
            for kind, array in zip(signature.args[:3], arguments[:3], strict=True)
        )
        each = builder.fsub(builder.load(read, align=8), spread(builder, base, LANES))
        own = _from(builder, at, begin, builder.fmul(spread(builder, size, LANES), each))
        kind = ir.FunctionType(NUMBERS, [NUMBERS])
        unsigned = llvm.get_or_insert_function(builder.module, kind, f"llvm.fabs.v{LANES}f64")
        worth = builder.fadd(builder.load(to, align=8), own)
        gross = builder.fadd(builder.load(held, align=8), builder.call(unsigned, [own]))
        builder.store(worth, to, align=8)
        builder.store(gross, held, align=8)
        return context.get_dummy_value()

    given = path, exposure, worths, types.intp, types.intp, types.float64, types.float64
    return _in_one_piece(types.none(*given)), build


@intrinsic
def _cash(typingctx: Any, path: Any, at: Any, begin: Any, cash: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, at, begin, cash = arguments
        to = _place(context, builder, signature.args[0], array, at)
        own = _from(builder, at, begin, spread(builder, cash, LANES))
        builder.store(builder.fadd(builder.load(to, align=8), own), to, align=8)
        return context.get_dummy_value()

    return _in_one_piece(types.none(path, types.intp, types.intp, types.float64)), build


if not numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
    _add_position = _position  # type: ignore[assignment]
    _add_cash = _cash  # type: ignore[assignment]
