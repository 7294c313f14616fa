"""Judges texts by a finance lexicon, English and Chinese, with negation and sides (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import numpy as np

from newsbt.records import BoolArray, FloatArray, IntArray
from newsbt.sentiment.layout import Layout, lay_out
from newsbt.sentiment.lexicon_table import Lexicon
from newsbt.sentiment.scorer import Opinion

__all__ = ["NEUTRAL", "LexiconScorer", "mean_of"]

#: Share of a phrase's weight for a name in whose own clause no phrase stands.
ELSEWHERE: Final = 0.5
#: Phrases that a reason names.
NAMED: Final = 6
SILENT: Final = "no phrase of the lexicon"
#: Sums nearer to 0 are neutral.
NEUTRAL: Final = 0.05
#: Confidence in neutrality where phrases cancel.
UNSURE: Final = 0.05
_BATCH: Final = 50_000


class LexiconScorer:
    """Adds up what the phrases in a text are worth.

    Parameters
    ----------
    lexicon : Lexicon
    """

    name = "lexicon"
    settings = ""
    #: A list of words has seen no news.
    trained_until: dt.datetime | None = None

    def __init__(self, lexicon: Lexicon) -> None:
        from newsbt.kernel.letters import table_of

        self._lexicon = lexicon
        self._stems, self._edges = table_of(lexicon.stem_keys), table_of(lexicon.edge_keys)

    @property
    def version(self) -> str:
        """Changes whenever the table does."""
        return self._lexicon.version

    def values(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]] | None = None) -> FloatArray:
        """Value in [-1, 1] of each query: a text's aspects in their order, or the text as a whole."""
        named = [()] * len(texts) if aspects is None else aspects
        parts = [
            self.read(lay_out(texts[at : at + _BATCH], named[at : at + _BATCH]))[0]
            for at in range(0, len(texts), _BATCH)
        ]
        return np.concatenate(parts) if parts else np.empty(0)

    def read(self, layout: Layout) -> tuple[FloatArray, BoolArray]:
        """Value in [-1, 1] of each query, and whether a phrase there is good for one and bad for another."""
        totals, sided, _ = self._read(layout, 1)
        return _values(totals), sided

    def score(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> list[Opinion]:
        """Opinions; see :class:`newsbt.sentiment.scorer.Scorer`."""
        opinions: list[Opinion] = []
        for begin in range(0, len(texts), _BATCH):
            named = aspects[begin : begin + _BATCH]
            totals, _, spoke = self._read(lay_out(texts[begin : begin + _BATCH], named), NAMED)
            values = _values(totals).tolist()
            said = spoke[:, 0].tolist()
            at = 0
            for names in named:
                count = max(len(names), 1)
                own = values[at : at + count]
                why = SILENT
                if any(entry != -1 for entry in said[at : at + count]):
                    why = "; ".join(self._why(row) for row in spoke[at : at + count])
                value = mean_of(own)
                # Phrases that cancel are an opinion, that there is nothing in it; silence is none.
                sure = max([abs(item) for item in own]) or UNSURE * (why != SILENT)
                opinions.append(Opinion(value, sure, tuple(own) if names else (), why))
                at += count
        return opinions

    def _why(self, row: IntArray) -> str:
        parts = []
        for entry in row.tolist():
            if entry == -1:
                break
            turned = entry < -1
            number = -2 - entry if turned else entry
            parts.append(f"{self._lexicon.entries[number]!r}{' negated' if turned else ''}")
        return "phrases: " + ", ".join(parts) if parts else "no phrase"

    def _read(self, layout: Layout, named: int) -> tuple[FloatArray, BoolArray, IntArray]:
        from newsbt.kernel.phrases import read_texts, scratch

        lexicon = self._lexicon
        totals, sided = np.zeros(len(layout.queries)), np.zeros(len(layout.queries), np.bool_)
        spoke = np.full((len(layout.queries), named), -1, np.int64)
        read_texts(
            layout.buffer,
            layout.bounds,
            layout.names,
            layout.name_bounds,
            layout.queries,
            self._stems,
            lexicon.stem_keys,
            self._edges,
            lexicon.edge_keys,
            lexicon.edge_states,
            lexicon.ends,
            lexicon.negations,
            lexicon.windows,
            lexicon.factors,
            lexicon.weights,
            ELSEWHERE,
            *scratch(),
            totals,
            sided,
            spoke,
        )
        return totals, sided, spoke


def mean_of(values: Sequence[float]) -> float:
    """Mean of the values of the names in a text; 0 where it is nearer to 0 than :data:`NEUTRAL`."""
    mean = sum(values) / len(values)
    return mean if len(values) == 1 or abs(mean) >= NEUTRAL else 0.0


def _values(totals: FloatArray) -> FloatArray:
    """Sums clipped to [-1, 1]; what all but cancels is neutral, 0."""
    return np.clip(np.where(np.abs(totals) < NEUTRAL, 0.0, totals), -1.0, 1.0)
