"""Splits headlines into words, signs, figures and names, for the classifier (compiled)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsbt.kernel.compile import compiled
from newsbt.kernel.letters import figure_end, hash_bytes, is_digit, is_letter, word_end

__all__ = ["FIGURE", "LONGEST", "NAME", "OTHER", "SIGN", "TARGET", "WORD", "split_headline"]

#: Words of a headline that are read.
LONGEST: Final = 64
#: What stands for the judged name, other names, figures and shares; part of the shipped coefficients.
TARGET, OTHER = np.uint64(101), np.uint64(102)
NUMBER, PERCENT = np.uint64(103), np.uint64(104)
WORD, SIGN, NAME, FIGURE = 0, 1, 2, 3


@compiled
def split_headline(
    buffer: NDArray[np.uint8],
    start: int,
    stop: int,
    names: NDArray[np.int64],
    name: int,
    names_end: int,
    hashes: NDArray[np.uint64],
    kinds: NDArray[np.int64],
    places: NDArray[np.int64],
) -> int:
    """Tokens of one text into `hashes`, `kinds` and `places`; how many there are."""
    count, at = 0, start
    while at < stop and count < hashes.shape[0]:
        if name < names_end and at >= names[name, 0]:
            places[count, 0], places[count, 1] = name, name
            kinds[count], hashes[count] = NAME, OTHER
            count += 1
            at = max(at, names[name, 1])
            name += 1
            continue
        limit = names[name, 0] if name < names_end else stop
        byte = buffer[at]
        end = at + 1
        if byte <= 32:
            at += 1
            continue
        if is_letter(byte):
            end = word_end(buffer, at, limit)
            last = end
            if end - at > 2 and buffer[end - 2] == 39 and buffer[end - 1] == 115:
                last = end - 2
            kinds[count], hashes[count] = WORD, hash_bytes(buffer, at, last)
            places[count, 0], places[count, 1] = at, last
        elif is_digit(byte):
            end = figure_end(buffer, at, limit)
            percent = end < limit and buffer[end] == 37
            kinds[count], hashes[count] = FIGURE, PERCENT if percent else NUMBER
            end += percent
        else:
            kinds[count], hashes[count] = SIGN, hash_bytes(buffer, at, end)
            places[count, 0], places[count, 1] = at, end
        count += 1
        at = end
    return count
