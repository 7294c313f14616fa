"""Features of headlines for the classifier: words around the name that is judged, as hashes (compiled).

The same compiled function reads headlines when the classifier is trained and when it is used, so that the two
cannot drift apart. Texts are bytes (UTF-8 in lower case); whoever is judged is replaced by one token, whoever
else is named by another, so that what was learned about one company is not believed of another.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsbt.kernel.compile import compiled, entrance
from newsbt.kernel.headline_words import LONGEST, NAME, OTHER, SIGN, TARGET, WORD, split_headline
from newsbt.kernel.letters import hash_bytes, is_letter, word_end

__all__ = ["LONGEST", "MOST_FEATURES", "read_headlines"]

#: Features that one headline can have at most.
MOST_FEATURES: Final = 4096

_U = np.uint64
_MIX, _FINAL = _U(0x9E3779B97F4A7C15), _U(0xBF58476D1CE4E5B9)
_SHIFT, _HIGH = _U(29), _U(32)

# Kinds of features. Their numbers are part of the shipped coefficients.
_ONE, _TWO, _THREE, _SKIP = _U(1), _U(2), _U(3), _U(4)
_AFTER, _BEFORE, _AFTER_CLAUSE, _BEFORE_CLAUSE = _U(5), _U(6), _U(7), _U(8)
_AFTER_NEAR, _BEFORE_NEAR, _AFTER_NEXT, _BEFORE_NEXT = _U(9), _U(10), _U(11), _U(12)
_AFTER_TWO, _BEFORE_TWO, _EDGE, _COLON, _NAMED, _OWN, _PIECE, _WHOLE = (
    _U(13),
    _U(14),
    _U(15),
    _U(16),
    _U(17),
    _U(18),
    _U(19),
    _U(20),
)


@compiled
def _key(kind: np.uint64, first: np.uint64, second: np.uint64, third: np.uint64) -> np.uint32:
    """One feature as 32 bits."""
    value = (first + kind * _MIX) * _FINAL
    value ^= value >> _SHIFT
    value = (value + second * _MIX) * _FINAL
    value ^= value >> _SHIFT
    value = (value + third * _MIX) * _FINAL
    value ^= value >> _HIGH
    return np.uint32(value & _U(0xFFFFFFFF))


@compiled
def _around(
    buffer: NDArray[np.uint8],
    hashes: NDArray[np.uint64],
    kinds: NDArray[np.int64],
    places: NDArray[np.int64],
    count: int,
    target: int,
    out: NDArray[np.uint32],
    found: int,
) -> int:
    """Features of the words on both sides of the token `target`; new number of features."""
    for side in range(2):
        step = 1 if side == 0 else -1
        far = _AFTER if side == 0 else _BEFORE
        clause = _AFTER_CLAUSE if side == 0 else _BEFORE_CLAUSE
        near = _AFTER_NEAR if side == 0 else _BEFORE_NEAR
        following = _AFTER_NEXT if side == 0 else _BEFORE_NEXT
        pair = _AFTER_TWO if side == 0 else _BEFORE_TWO
        inside = True
        distance = 0
        at = target + step
        while 0 <= at < count:
            word = hashes[at]
            if kinds[at] == SIGN and buffer[places[at, 0]] in (58, 59, 124):
                inside = False
            out[found] = _key(far, word, _U(0), _U(0))
            found += 1
            if inside:
                out[found] = _key(clause, word, _U(0), _U(0))
                found += 1
            if distance < 5:
                out[found] = _key(near, word, _U(0), _U(0))
                found += 1
            if distance < 2:
                out[found] = _key(following, word, _U(distance), _U(0))
                found += 1
            if 0 <= at + step < count:
                out[found] = _key(pair, word, hashes[at + step], _U(0))
                found += 1
            if kinds[at] == NAME:
                break
            distance += 1
            at += step
        length = count - 1 - target if side == 0 else target
        out[found] = _key(_EDGE, _U(side), _U(min(length, 3)), _U(0))
        found += 1
    for at in range(target):
        if kinds[at] == SIGN and buffer[places[at, 0]] == 58:
            out[found] = _key(_COLON, _U(at == target - 1), _U(0), _U(0))
            found += 1
    return found


@compiled
def _own_words(buffer: NDArray[np.uint8], start: int, stop: int, out: NDArray[np.uint32], found: int) -> int:
    """Features of the judged name itself: its words and the whole; new number of features."""
    out[found] = _key(_OWN, hash_bytes(buffer, start, stop), _U(1), _U(0))
    found += 1
    at = start
    while at < stop and found < MOST_FEATURES - 8:
        if is_letter(buffer[at]):
            end = word_end(buffer, at, stop)
            out[found] = _key(_OWN, hash_bytes(buffer, at, end), _U(0), _U(0))
            found += 1
            at = end
        else:
            at += 1
    return found


@compiled
def _pieces(
    buffer: NDArray[np.uint8],
    kinds: NDArray[np.int64],
    places: NDArray[np.int64],
    count: int,
    out: NDArray[np.uint32],
    found: int,
) -> int:
    """Four and five letters in a row of each word, its ends counted as letters; new number of features."""
    for at in range(count):
        start, stop = places[at, 0], places[at, 1]
        if kinds[at] != WORD or stop - start < 4:
            continue
        for length in range(4, 6):
            for begin in range(start - 1, stop + 2 - length):
                if found >= MOST_FEATURES - 1:
                    return found
                ends = _U(begin < start) + _U(2) * _U(begin + length > stop)
                letters = hash_bytes(buffer, max(begin, start), min(begin + length, stop))
                out[found] = _key(_PIECE, letters, ends, _U(0))
                found += 1
    return found


@compiled
def _features(
    buffer: NDArray[np.uint8],
    hashes: NDArray[np.uint64],
    kinds: NDArray[np.int64],
    places: NDArray[np.int64],
    count: int,
    target: int,
    names: int,
    start: int,
    stop: int,
    out: NDArray[np.uint32],
) -> int:
    """Features of one text for the token `target` (-1 for the text as a whole); how many there are."""
    found = 0
    for at in range(count):
        word = hashes[at]
        out[found] = _key(_ONE, word, _U(0), _U(0))
        found += 1
        if at + 1 < count:
            out[found] = _key(_TWO, word, hashes[at + 1], _U(0))
            found += 1
        if at + 2 < count:
            out[found] = _key(_THREE, word, hashes[at + 1], hashes[at + 2])
            out[found + 1] = _key(_SKIP, word, hashes[at + 2], _U(0))
            found += 2
    out[found] = _key(_NAMED, _U(min(names, 3)), _U(target >= 0), _U(0))
    found += 1
    if target >= 0:
        found = _around(buffer, hashes, kinds, places, count, target, out, found)
        found = _own_words(buffer, start, stop, out, found)
    else:
        out[found] = _key(_WHOLE, _U(0), _U(0), _U(0))
        found += 1
        for at in range(count):
            out[found] = _key(_WHOLE, hashes[at], _U(1), _U(0))
            found += 1
    return _pieces(buffer, kinds, places, count, out, found)


@entrance
def read_headlines(
    buffer: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    names: NDArray[np.int64],
    name_bounds: NDArray[np.int64],
    queries: NDArray[np.int64],
    slots: NDArray[np.int64],
    keys: NDArray[np.uint32],
    weights: NDArray[np.float32],
    scratch_hashes: NDArray[np.uint64],
    scratch_kinds: NDArray[np.int64],
    scratch_places: NDArray[np.int64],
    scratch_keys: NDArray[np.uint32],
    totals: NDArray[np.float64],
    features: NDArray[np.uint32],
    counts: NDArray[np.int64],
) -> int:
    """Read headlines: sums of coefficients, and the features themselves where there is room for them.

    Parameters
    ----------
    buffer : (bytes,) array
        All texts one after the other, UTF-8, lower case.
    bounds : (texts + 1,) array
        Where each text begins; the last is the end.
    names : (n, 2) array
        Where names begin and end in `buffer`, sorted, without overlaps, each within its text.
    name_bounds : (texts + 1,) array
        First row of each text in `names`.
    queries : (q, 2) array
        Text, and row of `names` that is judged; -1 for the text as a whole. Texts ascend.
    slots : (2 ** k,) array
        Open-addressing table of `keys`: their positions, -1 where empty; an empty table has one slot.
    keys, weights : (f,) and (f, classes) arrays
        Features and their coefficients.
    scratch_hashes, scratch_kinds, scratch_places, scratch_keys : arrays
        Of `LONGEST`, `LONGEST`, (`LONGEST`, 2) and `MOST_FEATURES`; written over.
    totals : (q, classes) array
        Sums are added to it.
    features : (room,) array
        Filled with the features of one query after the other; empty when only sums are wanted.
    counts : (q,) array
        How many features each query has.

    Returns
    -------
    int
        How many of `features` were filled; -1 if there was too little room.
    """
    mask = slots.shape[0] - 1
    filled, count, text = 0, 0, -1
    for query in range(queries.shape[0]):
        if queries[query, 0] != text:
            text = queries[query, 0]
            count = split_headline(
                buffer,
                bounds[text],
                bounds[text + 1],
                names,
                name_bounds[text],
                name_bounds[text + 1],
                scratch_hashes,
                scratch_kinds,
                scratch_places,
            )
        judged, target = queries[query, 1], -1
        for at in range(count):
            if judged >= 0 and scratch_kinds[at] == NAME and scratch_places[at, 0] == judged:
                target = at
                scratch_hashes[at] = TARGET
        found = _features(
            buffer,
            scratch_hashes,
            scratch_kinds,
            scratch_places,
            count,
            target,
            name_bounds[text + 1] - name_bounds[text],
            names[judged, 0] if judged >= 0 else 0,
            names[judged, 1] if judged >= 0 else 0,
            scratch_keys,
        )
        if target >= 0:
            scratch_hashes[target] = OTHER
        counts[query] = found
        if features.shape[0]:
            if filled + found > features.shape[0]:
                return -1
            for at in range(found):
                features[filled + at] = scratch_keys[at]
            filled += found
        for at in range(found):
            slot = np.int64(scratch_keys[at]) & mask
            while slots[slot] >= 0:
                if keys[slots[slot]] == scratch_keys[at]:
                    for column in range(weights.shape[1]):
                        totals[query, column] += weights[slots[slot], column]
                    break
                slot = (slot + 1) & mask
    return filled
