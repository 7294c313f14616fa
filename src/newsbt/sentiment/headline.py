"""The classifier of headlines: linear in features of words, for each name that a headline judges (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from newsbt.sentiment.layout import Layout, lay_out
from newsbt.sentiment.lexicon import LexiconScorer, mean_of
from newsbt.sentiment.scorer import Opinion

if TYPE_CHECKING:
    from newsbt.records import FloatArray

__all__ = ["CLASSES", "Coefficients", "HeadlineScorer", "is_chinese", "lexicon_columns", "read_features"]

#: Columns of the coefficients.
CLASSES: Final = ("negative", "neutral", "positive")
#: What a phrase that takes sides ("gains share from") adds to the sum of good, and takes from that of bad.
SIDED: Final = 3.0
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
    lexicon : (3, 3) array of float64
        Coefficients of what the lexicon says; rows as the columns of :func:`lexicon_columns`.
    version : str
        Of the coefficients: changes whenever they do.
    trained_until : datetime
        Aware; nothing in the training data is younger.
    """

    keys: NDArray[np.uint32]
    weights: NDArray[np.float32]
    bias: FloatArray
    lexicon: FloatArray
    version: str
    trained_until: dt.datetime


def read_features(layout: Layout) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Features of every query of `layout`, one after the other, and how many each has."""
    from newsbt.kernel.headlines import MOST_FEATURES

    empty = Coefficients(
        np.empty(0, np.uint32),
        np.empty((0, 3), np.float32),
        np.zeros(3),
        np.zeros((3, 3)),
        "",
        dt.datetime.min.replace(tzinfo=dt.UTC),
    )
    features = np.empty(len(layout.queries) * MOST_FEATURES // 4 + MOST_FEATURES, np.uint32)
    _, counts, filled = _read(layout, empty, np.full(1, -1, np.int64), features)
    return features[:filled], counts


def _read(
    layout: Layout, model: Coefficients, slots: NDArray[np.int64], features: NDArray[np.uint32]
) -> tuple[FloatArray, NDArray[np.int64], int]:
    from newsbt.kernel.headline_words import LONGEST
    from newsbt.kernel.headlines import MOST_FEATURES, read_headlines

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


def lexicon_columns(values: FloatArray) -> FloatArray:
    """What the classifier is told of the `values` of a lexicon: each, is it good, is it bad."""
    return np.stack([values, (values > 0.0).astype(float), (values < 0.0).astype(float)], axis=1)


class HeadlineScorer:
    """Judges headlines by trained coefficients and by what a lexicon says.

    Parameters
    ----------
    model : Coefficients
    lexicon : LexiconScorer
        Also judges texts that are mostly Chinese, alone: the coefficients know nothing of them.
    """

    name = "headline"

    def __init__(self, model: Coefficients, lexicon: LexiconScorer) -> None:
        from newsbt.kernel.letters import table_of

        self._model, self._lexicon = model, lexicon
        # The compiled reader looks for a key from its lowest bit on, the table's function from its ninth.
        self._slots = table_of(model.keys.astype(np.uint64) << np.uint64(8))

    @property
    def version(self) -> str:
        """Of the coefficients."""
        return self._model.version

    @property
    def settings(self) -> str:
        """The lexicon that it asks."""
        return f"lexicon {self._lexicon.version}"

    @property
    def trained_until(self) -> dt.datetime:
        """Nothing in the training data is younger."""
        return self._model.trained_until

    def trained_until_for(self, text: str) -> dt.datetime | None:
        """As :attr:`trained_until`; None for a Chinese text, which the lexicon reads alone."""
        return None if is_chinese(text) else self.trained_until

    def probabilities(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> FloatArray:
        """Probability of each of :data:`CLASSES`: one row a text's aspect, or a text without any."""
        parts = [
            self._totals(lay_out(texts[at : at + _BATCH], aspects[at : at + _BATCH]))
            for at in range(0, len(texts), _BATCH)
        ]
        if not parts:
            return np.empty((0, len(CLASSES)))
        totals = np.concatenate(parts)
        odds = np.exp(totals - totals.max(axis=1, keepdims=True))
        shares: FloatArray = odds / odds.sum(axis=1, keepdims=True)
        return shares

    def score(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> list[Opinion]:
        """Opinions; see :class:`newsbt.sentiment.scorer.Scorer`.

        A value is the probability of good less that of bad news, and 0 where neutral is likeliest.
        """
        shares = self.probabilities(texts, aspects)
        likeliest = shares.argmax(axis=1)
        values = np.where(likeliest == 1, 0.0, shares[:, 2] - shares[:, 0]).tolist()
        sure = shares.max(axis=1, initial=0.0).tolist()
        chinese = [at for at, text in enumerate(texts) if is_chinese(text)]
        by_words = self._lexicon.score([texts[at] for at in chinese], [aspects[at] for at in chinese])
        left = dict(zip(chinese, by_words, strict=True))
        opinions: list[Opinion] = []
        at = 0
        for text, named in zip(texts, aspects, strict=True):
            count = max(len(named), 1)
            own, certain, words = (
                values[at : at + count],
                sure[at : at + count],
                likeliest[at : at + count].tolist(),
            )
            at += count
            if not text.strip():
                opinions.append(Opinion(0.0, 0.0, (0.0,) * len(named), "no text"))
            elif len(opinions) in left:
                opinions.append(left[len(opinions)])
            else:
                why = ", ".join(
                    f"{f'{name}: ' if name else ''}{CLASSES[word]} ({share:.0%})"
                    for name, word, share in zip(named or ("",), words, certain, strict=True)
                )
                opinions.append(
                    Opinion(mean_of(own), min(certain), tuple(own) if named else (), f"read as {why}")
                )
        return opinions

    def _totals(self, layout: Layout) -> FloatArray:
        totals, *_ = _read(layout, self._model, self._slots, np.empty(0, np.uint32))
        values, sided = self._lexicon.read(layout)
        said: FloatArray = lexicon_columns(values) @ self._model.lexicon
        # What is good for one and bad for the other is a matter of grammar, which sums of words do not see.
        decided = np.outer(SIDED * sided * np.sign(values), [-1.0, 0.0, 1.0])
        return totals + said + decided


def is_chinese(text: str) -> bool:
    """Whether at least a fifth of the characters of `text` are Chinese."""
    return not text.isascii() and 5 * sum("\u3400" <= char <= "\u9fff" for char in text) >= len(text)
