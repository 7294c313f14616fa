"""Splits texts into the words of a lexicon: Latin words, Chinese characters, names, clauses (compiled)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsbt.kernel.compile import compiled
from newsbt.kernel.letters import BASIS, PRIME, figure_end, is_digit, slot_of, word_end

__all__ = ["LONGEST", "STEM", "STEMS", "split_words"]

#: Words of a text that are read; a word is a bit of 64.
LONGEST: Final = 63
#: What turns the hash of a beginning into its symbol, and beginnings of one word that are kept.
STEM: Final = np.uint64(0x5DEECE66D1234567)
STEMS: Final = 4


@compiled
def _symbols(
    buffer: NDArray[np.uint8],
    start: int,
    stop: int,
    stem_slots: NDArray[np.int64],
    stem_keys: NDArray[np.uint64],
    row: NDArray[np.uint64],
    token: int,
) -> None:
    """Symbols of one word: itself, then the beginnings of it that the lexicon knows; 0 after the last."""
    value, used = BASIS, 1
    for at in range(start, stop):
        value = (value ^ np.uint64(buffer[at])) * PRIME
        if at > start and used <= STEMS and slot_of(stem_slots, stem_keys, value ^ STEM) >= 0:
            row[token, used] = value ^ STEM
            used += 1
    row[token, 0] = value
    for at in range(used, STEMS + 1):
        row[token, at] = np.uint64(0)


@compiled
def _breaks(buffer: NDArray[np.uint8], at: int, start: int, stop: int) -> bool:
    """Whether the sign `at` ends a clause."""
    byte = buffer[at]
    if byte in (33, 40, 41, 44, 58, 59, 63, 91, 93, 124):
        return True
    last = at + 1 >= stop or buffer[at + 1] <= 32
    if byte == 46:
        return last
    return bool(byte == 45 and last and at > start and buffer[at - 1] <= 32)


@compiled
def split_words(
    buffer: NDArray[np.uint8],
    start: int,
    stop: int,
    names: NDArray[np.int64],
    name: int,
    names_end: int,
    stem_slots: NDArray[np.int64],
    stem_keys: NDArray[np.uint64],
    symbols: NDArray[np.uint64],
    clauses: NDArray[np.int64],
    owners: NDArray[np.int64],
) -> int:
    """Words of one text: their symbols, clauses and (else -1) the name they are; how many there are."""
    count, at, clause = 0, start, 0
    while at < stop and count < LONGEST:
        owners[count], clauses[count] = -1, clause
        if name < names_end and at >= names[name, 0]:
            owners[count] = name
            for place in range(STEMS + 1):
                symbols[count, place] = np.uint64(0)
            count += 1
            at = max(at, names[name, 1])
            name += 1
            continue
        limit = names[name, 0] if name < names_end else stop
        byte = buffer[at]
        if byte <= 32:
            at += 1
        elif 97 <= byte <= 122 or 194 <= byte <= 223:
            whole, end = word_end(buffer, at, limit), at
            # A word of Latin letters ends where a longer character begins.
            while end < whole and buffer[end] < 224:
                end += 1
            last = end
            if end - at > 2 and buffer[end - 2] == 39 and buffer[end - 1] == 115:
                last = end - 2
            _symbols(buffer, at, last, stem_slots, stem_keys, symbols, count)
            count += 1
            at = max(end, at + 1)
        elif is_digit(byte):
            at = figure_end(buffer, at, limit)
        elif 227 <= byte <= 239:
            end = min(at + 3, limit)
            if byte == 227 and at + 1 < limit and buffer[at + 1] == 128:
                clause += 1
            else:
                _symbols(buffer, at, end, stem_slots, stem_keys, symbols, count)
                count += 1
            at = end
        elif byte >= 128:
            dash = byte == 226 and at + 2 < limit and buffer[at + 1] == 128 and buffer[at + 2] in (147, 148)
            clause += dash
            at += 4 if byte >= 240 else 3 if byte >= 224 else 1
        else:
            clause += _breaks(buffer, at, start, stop)
            at += 1
    return count
