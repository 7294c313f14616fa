"""VADER's word list behind the lexicon, for texts that the lexicon does not know (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from newsbt.sentiment.headline import is_chinese
from newsbt.sentiment.lexicon import LexiconScorer
from newsbt.sentiment.scorer import Opinion

__all__ = ["VaderBehind"]


class VaderBehind:
    """The lexicon, and a share of VADER's compound value where it has no phrase at all.

    VADER (Hutto and Gilbert 2014) was made for social media and judges the text as a whole, whoever is named.

    Parameters
    ----------
    lexicon : LexiconScorer
    share : float
        In (0, 1].
    """

    name = "sentiment"
    trained_until: dt.datetime | None = None

    def __init__(self, lexicon: LexiconScorer, share: float) -> None:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        self._lexicon, self._share = lexicon, share
        self._analyser = SentimentIntensityAnalyzer()

    @property
    def version(self) -> str:
        """Of the lexicon."""
        return self._lexicon.version

    @property
    def settings(self) -> str:
        """VADER's share."""
        return f"vader={self._share:g}"

    def score(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> list[Opinion]:
        """Opinions; see :class:`newsbt.sentiment.scorer.Scorer`."""
        opinions = self._lexicon.score(texts, aspects)
        return [
            self._instead(text, opinion)
            if not (opinion.value or any(opinion.by_aspect) or is_chinese(text))
            else opinion
            for text, opinion in zip(texts, opinions, strict=True)
        ]

    def _instead(self, text: str, silent: Opinion) -> Opinion:
        compound = float(self._analyser.polarity_scores(text)["compound"])
        value = self._share * compound
        if not value:
            return silent
        values = (value,) * len(silent.by_aspect)
        return replace(
            silent, value=value, confidence=abs(value), by_aspect=values, why=f"VADER {compound:+.2f}"
        )
