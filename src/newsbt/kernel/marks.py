"""Which steps of a block have something due, as the bits of one number (compiled)."""

from __future__ import annotations

from typing import Any, Final

import numba
import numpy as np
from numba.cpython.unsafe.numbers import trailing_zeros

from newsbt.kernel.compile import compiled
from newsbt.records import IntArray

__all__ = ["BLOCK", "SHIFT", "first_mark", "later", "mark", "marked"]

#: Steps of a block, the bits of a number.
SHIFT: Final = 6
BLOCK: Final = 1 << SHIFT


@compiled
def mark(marks: IntArray, step: int) -> None:
    """Set the bit of a step."""
    marks[step >> SHIFT] |= np.int64(1) << np.int64(step & (BLOCK - 1))


@compiled
def marked(bits: int, place: int) -> bool:
    """Whether the bit of a step of the block is set."""
    return bool((bits >> np.int64(place)) & 1)


@compiled
def later(bits: int, place: int) -> int:
    """The bits of a block that come after one of its steps."""
    return int(bits & (np.int64(-2) << np.int64(place)))


def _lowest(bits: int) -> int:
    return (int(bits) & -int(bits)).bit_length() - 1


#: Place of the first bit that is set; some bit must be.
first_mark: Any = _lowest if numba.config.DISABLE_JIT else trailing_zeros  # type: ignore[attr-defined]
