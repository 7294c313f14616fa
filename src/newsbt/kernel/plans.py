"""The random baseline's dates and scores (pure)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

__all__ = ["draw_plan"]

Day = TypeVar("Day")


def draw_plan(scores: Sequence[float], days: Sequence[Day], seed: int, symbol: str) -> dict[Day, float]:
    """Put `scores` on as many random `days`, in random order; the draw belongs to the seed and the symbol."""
    draw = np.random.default_rng([seed, zlib.crc32(symbol.encode())])
    count = min(len(scores), len(days))
    chosen = draw.permutation(len(days))[:count]
    order = draw.permutation(len(scores))[:count]
    return {days[int(place)]: scores[int(which)] for place, which in zip(chosen, order, strict=True)}
