"""Instructions on vectors of the processor that more than one kernel writes (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from llvmlite import ir  # type: ignore[import-untyped]

__all__ = ["add_up", "spread"]

INDEX: Final = ir.IntType(32)


def spread(builder: Any, number: Any, lanes: int) -> Any:
    """A vector of so many times the same number."""
    nothing = ir.Constant(ir.VectorType(number.type, lanes), ir.Undefined)
    first = builder.insert_element(nothing, number, INDEX(0))
    return builder.shuffle_vector(first, nothing, _places([0] * lanes))


def add_up(builder: Any, vector: Any) -> Any:
    """Sum of the elements of a vector, a power of two of them: its halves are added until one is left."""
    while vector.type.count > 1:
        half = vector.type.count // 2
        nothing = ir.Constant(vector.type, ir.Undefined)
        low = builder.shuffle_vector(vector, nothing, _places(range(half)))
        high = builder.shuffle_vector(vector, nothing, _places(range(half, 2 * half)))
        vector = builder.fadd(low, high)
    return builder.extract_element(vector, INDEX(0))


def _places(places: Iterable[int]) -> Any:
    numbers = list(places)
    return ir.Constant(ir.VectorType(INDEX, len(numbers)), numbers)
