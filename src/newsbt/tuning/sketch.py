"""How many different trials there were, and the spread of their Sharpe ratios, in 64 KiB (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from newsbt.records import FloatArray
from newsbt.tuning.fingerprint import HashArray

__all__ = ["SIZE", "Sketch"]

#: Trials that a sketch holds. Up to here its count is exact; beyond, its standard error is 1 / sqrt(SIZE).
SIZE = 4096
WHOLE = 2**64


def _no_hashes() -> HashArray:
    return np.empty(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """The trials with the smallest fingerprints: a sample of the different ones, whatever was run again.

    Parameters
    ----------
    hashes : array of uint64
        Fingerprints, ascending, unique, all below `bound`.
    sharpes : array of float
        Sharpe ratio of each, per period (one daily return); nan where undefined. Of a trial that was run
        again, the latest.
    bound : int
        Every trial ever added whose fingerprint is below it is here; 2**64 while none was left out.

    Notes
    -----
    Count = held / (bound / 2**64), the unbiased estimate of Beyer et al., On Synopses for Distinct-Value
    Estimation Under Multiset Operations (SIGMOD 2007), with the union of Dasgupta et al. (2016). Fingerprints
    are uniform and know nothing of results, so what is held is a fair sample of the different trials.
    """

    hashes: HashArray = field(default_factory=_no_hashes)
    sharpes: FloatArray = field(default_factory=lambda: np.empty(0))
    bound: int = WHOLE

    @property
    def count(self) -> int:
        """Number of different trials; an estimate (1.6 %) beyond :data:`SIZE`."""
        return len(self.hashes) if self.exact else round(len(self.hashes) * (WHOLE / self.bound))

    @property
    def exact(self) -> bool:
        """Whether every trial is held."""
        return self.bound == WHOLE

    @property
    def variance(self) -> float:
        """Sample variance (ddof 1) of the defined Sharpe ratios, per period; nan for fewer than two."""
        known = self.sharpes[np.isfinite(self.sharpes)]
        return float(known.var(ddof=1)) if len(known) > 1 else float("nan")

    def add(self, hashes: HashArray, sharpes: FloatArray) -> Sketch:
        """With these trials added; equal fingerprints are one trial, the last of them counts."""
        below = _below(hashes, self.bound)
        return _cut(
            np.concatenate([self.hashes, hashes[below]]),
            np.concatenate([self.sharpes, sharpes[below]]),
            self.bound,
        )

    @staticmethod
    def union(sketches: Iterable[Sketch]) -> Sketch:
        """The different trials of all `sketches`, which come oldest first."""
        parts = list(sketches)
        if not parts:
            return Sketch()
        bound = min(part.bound for part in parts)
        return _cut(
            np.concatenate([part.hashes for part in parts]),
            np.concatenate([part.sharpes for part in parts]),
            bound,
        )

    def to_bytes(self) -> bytes:
        """Little-endian: bound less one, fingerprints, Sharpe ratios, eight bytes each."""
        head = (self.bound - 1).to_bytes(8, "little")
        return head + self.hashes.astype("<u8").tobytes() + self.sharpes.astype("<f8").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Sketch:
        """Inverse of :meth:`to_bytes`."""
        count = (len(data) - 8) // 16
        return cls(
            np.frombuffer(data, "<u8", count, 8).astype(np.uint64),
            np.frombuffer(data, "<f8", count, 8 + 8 * count).astype(np.float64),
            int.from_bytes(data[:8], "little") + 1,
        )


def _below(hashes: HashArray, bound: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return hashes <= np.uint64(bound - 1)


def _cut(hashes: HashArray, sharpes: FloatArray, bound: int) -> Sketch:
    """The latest of each fingerprint below `bound`, and the SIZE smallest of them."""
    below = _below(hashes, bound)
    unique, first = np.unique(hashes[below][::-1], return_index=True)
    latest = sharpes[below][::-1][first]
    if len(unique) > SIZE:
        bound = int(unique[SIZE])
        unique, latest = unique[:SIZE], latest[:SIZE]
    return Sketch(unique, latest, bound)
