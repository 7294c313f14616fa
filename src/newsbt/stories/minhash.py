"""Pairs of texts that may be alike: MinHash of character n-grams and locality-sensitive hashing (pure).

Broder (1997), "On the resemblance and containment of documents"; bands of rows as in Leskovec, Rajaraman and
Ullman, "Mining of Massive Datasets", chapter 3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np

__all__ = ["candidates", "signatures"]

Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]
Places: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

BANDS: Final = 8
ROWS: Final = 2
#: Texts hashed at once; bounds the memory.
CHUNK: Final = 40_000
#: Neighbours looked at in a bucket, so that a headline used daily for years costs no more than others.
NEIGHBOURS: Final = 6
#: First ideograph or kana: two of them make a gram, of other characters four.
WIDE: Final = 0x2E80
_NEWLINE: Final = 10
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)


def signatures(texts: Sequence[str], report: Callable[[float], None] | None = None) -> Numbers:
    """MinHash signature of each text.

    Two places of two signatures are equal with the probability of the Jaccard index of the texts' sets of
    grams: pairs of ideographs, fours of other characters.

    Parameters
    ----------
    texts : sequence of str
        Without line breaks, none empty.
    report : callable, optional
        Told the share that is done.

    Returns
    -------
    array of uint64, shape (texts, BANDS * ROWS)
    """
    generator = np.random.default_rng(1997)
    count = BANDS * ROWS
    factors = generator.integers(1, 2**63, count, dtype=np.uint64) | np.uint64(1)
    shifts = generator.integers(0, 2**63, count, dtype=np.uint64)
    found = np.empty((len(texts), count), np.uint64)
    for start in range(0, len(texts), CHUNK):
        grams, starts = _grams(texts[start : start + CHUNK])
        for at in range(count):
            found[start : start + CHUNK, at] = np.minimum.reduceat(grams * factors[at] + shifts[at], starts)
        if report is not None:
            report(min(1.0, (start + CHUNK) / len(texts)))
    return found


def candidates(signature: Numbers, times: Places, window: int) -> tuple[Places, Places]:
    """Pairs of texts that share a band of their signatures.

    Parameters
    ----------
    signature : array of uint64, shape (texts, BANDS * ROWS)
        In order of time.
    times : array of int64
        Not descending.
    window : int
        Most time between the two, in the unit of `times`.

    Returns
    -------
    later, earlier : arrays of int64
        Each pair once, by `later`, then `earlier`; ``earlier < later``. A pair of Jaccard index 0.6 is there
        with a probability of 0.97, one of 0.8 almost surely; in a bucket only the :data:`NEIGHBOURS` nearest
        before are.
    """
    count = len(signature)
    packed: list[Numbers] = []
    for band in range(BANDS):
        keys = _mixed(signature[:, ROWS * band] * _ODD + signature[:, ROWS * band + 1])
        order = np.argsort(keys, kind="stable")
        ranked, moments = keys[order], times[order]
        for lag in range(1, min(NEIGHBOURS, count - 1) + 1):
            same = (ranked[lag:] == ranked[:-lag]) & (moments[lag:] - moments[:-lag] <= window)
            later, earlier = order[lag:][same], order[:-lag][same]
            packed.append((later * count + earlier).astype(np.uint64))
    pairs = np.sort(np.concatenate(packed)) if packed else np.empty(0, np.uint64)
    # numpy's unique hashes, which takes several times as long.
    pairs = pairs[np.concatenate((pairs[:1] == pairs[:1], pairs[1:] != pairs[:-1]))]
    later, earlier = np.divmod(pairs.astype(np.int64), max(count, 1))
    return later, earlier


def _grams(texts: Sequence[str]) -> tuple[Numbers, Places]:
    """Hashes of the grams of all texts, and where those of each text begin; none is without."""
    codes = np.frombuffer(("\n".join(texts) + "\n").encode("utf-32-le"), np.uint32).astype(np.uint64)
    ends = codes == _NEWLINE
    wide = codes >= WIDE
    narrow = ~wide & ~ends
    padded = np.append(codes, np.zeros(3, np.uint64))
    pair = codes * np.uint64(0x100000001B3) + padded[1 : len(codes) + 1]
    four = (pair * np.uint64(0x100000001B3) + padded[2 : len(codes) + 2]) * np.uint64(0x1B3) + padded[
        3 : len(codes) + 3
    ]
    takes_pair = wide & np.append(wide[1:], False)
    takes_four = narrow.copy()
    for ahead in (1, 2, 3):
        takes_four[:-ahead] &= narrow[ahead:]
        takes_four[-ahead:] = False
    # The end of a text is a gram of its last character, so that no text is without grams.
    last = np.roll(codes, 1)
    values = np.where(takes_pair, pair, np.where(takes_four, four, last))
    used = takes_pair | takes_four | ends
    before = np.concatenate(([0], np.cumsum(used)[ends][:-1]))
    return _mixed(values[used]), before.astype(np.int64)


def _mixed(values: Numbers) -> Numbers:
    """Bits stirred, as in SplitMix64."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
