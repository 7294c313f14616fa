"""The numbers 0 to n - 1 in a random order, by position, without holding them (pure)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsbt.records import IntArray

__all__ = ["Permutation"]

#: Up to here the order is drawn as a whole.
SHUFFLED: Final = 65_536
LARGEST: Final = 1 << 62
ROUNDS: Final = 8


class Permutation:
    """A permutation of 0 to `size` - 1 that depends on `seed` only.

    Up to 65,536 numbers are shuffled. More go through a Feistel network over the next power of four, walked
    until the result is below `size` (Black and Rogaway, Ciphers with Arbitrary Finite Domains, 2002): on
    average at most four steps a number, and no memory.

    Parameters
    ----------
    size : int
        1 to 2**62.
    seed : int
    """

    def __init__(self, size: int, seed: int) -> None:
        self.size = size
        rng = np.random.default_rng([seed, 0x5EED])
        self._order = rng.permutation(size) if size <= SHUFFLED else None
        half = ((size - 1).bit_length() + 1) // 2
        self._shift = np.uint64(half)
        self._mask = np.uint64((1 << half) - 1)
        self._keys = rng.integers(0, 2**64, ROUNDS, dtype=np.uint64)

    def at(self, positions: IntArray) -> IntArray:
        """The numbers at `positions`, each 0 to `size` - 1, shape (n,)."""
        if self._order is not None:
            small: IntArray = self._order[positions].astype(np.int64)
            return small
        numbers = self._mix(positions.astype(np.uint64))
        outside = numbers >= self.size
        while outside.any():
            numbers[outside] = self._mix(numbers[outside])
            outside = numbers >= self.size
        return numbers.astype(np.int64)

    def _mix(self, numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
        left, right = numbers >> self._shift, numbers & self._mask
        for key in self._keys:
            left, right = right, left ^ (_hash(right ^ key) & self._mask)
        mixed: NDArray[np.uint64] = (left << self._shift) | right
        return mixed


def _hash(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mix 64 bits (the finaliser of SplitMix64; Steele, Lea and Flood, 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
