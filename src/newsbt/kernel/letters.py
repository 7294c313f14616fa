"""Letters, digits and words in UTF-8 bytes of lower-case text (compiled)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsbt.kernel.compile import compiled

__all__ = [
    "BASIS",
    "PRIME",
    "figure_end",
    "hash_bytes",
    "is_digit",
    "is_letter",
    "slot_of",
    "table_of",
    "word_end",
]

#: Start and factor of the FNV-1a hash.
BASIS: Final = np.uint64(14695981039346656037)
PRIME: Final = np.uint64(1099511628211)


@compiled
def hash_bytes(buffer: NDArray[np.uint8], start: int, stop: int) -> np.uint64:
    """FNV-1a of some bytes."""
    value = BASIS
    for at in range(start, stop):
        value = (value ^ np.uint64(buffer[at])) * PRIME
    return value


@compiled
def is_letter(byte: int) -> bool:
    """Whether a byte is a letter of the Latin alphabet or part of a longer character."""
    return 97 <= byte <= 122 or byte >= 128


@compiled
def is_digit(byte: int) -> bool:
    """Whether a byte is one of 0 to 9."""
    return 48 <= byte <= 57


@compiled
def word_end(buffer: NDArray[np.uint8], at: int, stop: int) -> int:
    """End of the word that begins `at`: letters, joined by one of ``& ' .`` between letters."""
    while at < stop:
        byte = buffer[at]
        joins = byte in (38, 39, 46) and at + 1 < stop and is_letter(buffer[at + 1])
        if not (is_letter(byte) or joins):
            break
        at += 1
    return at


@compiled
def figure_end(buffer: NDArray[np.uint8], at: int, stop: int) -> int:
    """End of the figure that begins `at`: digits, joined by one of ``, .`` between digits."""
    while at < stop:
        byte = buffer[at]
        joins = byte in (44, 46) and at + 1 < stop and is_digit(buffer[at + 1])
        if not (is_digit(byte) or joins):
            break
        at += 1
    return at


@compiled
def slot_of(slots: NDArray[np.int64], keys: NDArray[np.uint64], key: np.uint64) -> int:
    """Position of `key` in `keys`, by their table `slots`; -1 where it is not there."""
    mask = slots.shape[0] - 1
    slot = np.int64(key >> np.uint64(8)) & mask
    while slots[slot] >= 0:
        if keys[slots[slot]] == key:
            return int(slots[slot])
        slot = (slot + 1) & mask
    return -1


def table_of(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Open-addressing table of positions of distinct `keys`, at most a quarter full; see :func:`slot_of`."""
    size = 1 << max((4 * len(keys)).bit_length(), 2)
    slots = np.full(size, -1, np.int64)
    for at, key in enumerate(keys.tolist()):
        slot = (key >> 8) & (size - 1)
        while slots[slot] >= 0:
            slot = (slot + 1) & (size - 1)
        slots[slot] = at
    return slots
