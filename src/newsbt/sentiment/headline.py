"""The classifier of headlines: linear in features of words, for each name that a headline judges (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from newsbt.sentiment.layout import Layout, lay_out
from newsbt.sentiment.scorer import Opinion

if TYPE_CHECKING:
    from newsbt.records import FloatArray

__all__ = ["CLASSES", "Coefficients", "HeadlineScorer", "read_features"]

#: Columns of the coefficients.
CLASSES: Final = ("negative", "neutral", "positive")
_BATCH: Final = 20_000


@dataclass(frozen=True, slots=True)
class Coefficients:
    """A trained model.

    Parameters
    ----------
    keys : (f,) array of uint32
        Features.
    weights : (f, 3) array of float32
        Coefficient of each feature for each of :data:`CLASSES`.
    bias : (3,) array of float64
        Sum without any feature.
    version : str
        Of the coefficients: changes whenever they do.
    trained_until : datetime
        Aware; nothing in the training data is younger.
    """

    keys: NDArray[np.uint32]
    weights: NDArray[np.float32]
    bias: FloatArray
    version: str
    trained_until: dt.datetime


def read_features(layout: Layout) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Features of every query of `layout`, one after the other, and how many each has."""
    from newsbt.sentiment.features import MOST_FEATURES

    empty = Coefficients(
        np.empty(0, np.uint32),
        np.empty((0, 3), np.float32),
        np.zeros(3),
        "",
        dt.datetime.min.replace(tzinfo=dt.UTC),
    )
    features = np.empty(len(layout.queries) * MOST_FEATURES // 4 + MOST_FEATURES, np.uint32)
    _, counts, filled = _read(layout, empty, np.full(1, -1, np.int64), features)
    return features[:filled], counts


def _read(
    layout: Layout, model: Coefficients, slots: NDArray[np.int64], features: NDArray[np.uint32]
) -> tuple[FloatArray, NDArray[np.int64], int]:
    from newsbt.sentiment.features import LONGEST, MOST_FEATURES, read_headlines

    totals = np.tile(model.bias, (len(layout.queries), 1))
    counts = np.zeros(len(layout.queries), np.int64)
    filled = read_headlines(
        layout.buffer,
        layout.bounds,
        layout.names,
        layout.name_bounds,
        layout.queries,
        slots,
        model.keys,
        model.weights,
        np.empty(LONGEST, np.uint64),
        np.empty(LONGEST, np.int64),
        np.empty((LONGEST, 2), np.int64),
        np.empty(MOST_FEATURES, np.uint32),
        totals,
        features,
        counts,
    )
    return totals, counts, filled


class HeadlineScorer:
    """Judges headlines by trained coefficients.

    Parameters
    ----------
    model : Coefficients
    """

    name = "headline"
    settings = ""

    def __init__(self, model: Coefficients) -> None:
        self._model = model
        self._slots = _table(model.keys)

    @property
    def version(self) -> str:
        """Of the coefficients."""
        return self._model.version

    @property
    def trained_until(self) -> dt.datetime:
        """Nothing in the training data is younger."""
        return self._model.trained_until

    def probabilities(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> FloatArray:
        """Probability of each of :data:`CLASSES` for each query, in the order of :class:`Layout`."""
        none = np.empty(0, np.uint32)
        parts = [
            _read(
                lay_out(texts[at : at + _BATCH], aspects[at : at + _BATCH]), self._model, self._slots, none
            )[0]
            for at in range(0, len(texts), _BATCH)
        ]
        totals = np.concatenate(parts) if parts else np.empty((0, 3))
        odds = np.exp(totals - totals.max(axis=1, keepdims=True)) if len(totals) else totals
        shares: FloatArray = odds / odds.sum(axis=1, keepdims=True) if len(totals) else totals
        return shares

    def score(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> list[Opinion]:
        """Opinions; see :class:`newsbt.sentiment.scorer.Scorer`.

        A value is the probability of good less that of bad news, and 0 where neutral is likeliest.
        """
        shares = self.probabilities(texts, aspects)
        likeliest = shares.argmax(axis=1)
        values = np.where(likeliest == 1, 0.0, shares[:, 2] - shares[:, 0]).tolist()
        sure = shares.max(axis=1, initial=0.0).tolist()
        words = [CLASSES[at] for at in likeliest.tolist()]
        opinions, at = [], 0
        for text, named in zip(texts, aspects, strict=True):
            count = max(len(named), 1)
            own = values[at : at + count]
            confidence = min(sure[at : at + count])
            value = sum(own) / count
            if not text.strip():
                opinions.append(Opinion(0.0, 1.0, (0.0,) * len(named), "no text"))
            else:
                said = ", ".join(
                    f"{who}{word} ({share:.0%})"
                    for who, word, share in zip(
                        [f"{name}: " for name in named] or [""],
                        words[at : at + count],
                        sure[at : at + count],
                        strict=True,
                    )
                )
                opinions.append(Opinion(value, confidence, tuple(own) if named else (), said))
            at += count
        return opinions


def _table(keys: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Open-addressing table of positions of `keys`, at most a quarter full."""
    size = 1 << max((4 * len(keys)).bit_length(), 2)
    slots = np.full(size, -1, np.int64)
    for at, key in enumerate(keys.tolist()):
        slot = key & (size - 1)
        while slots[slot] >= 0:
            slot = (slot + 1) & (size - 1)
        slots[slot] = at
    return slots
