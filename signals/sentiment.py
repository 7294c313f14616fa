"""Scores headlines by a finance lexicon that users edit, with VADER's word list behind it."""

from __future__ import annotations

from newsbt.adapters.scorers.shipped import sentiment_scorer
from newsbt.sentiment.scorer import Scorer
from newsbt.sentiment.text_signal import TextSignalModel


class Sentiment(TextSignalModel):
    """Words of the headline, English and Chinese, by data/lexicon.toml; VADER where that is silent."""

    params = {"vader": 0.0, "half_life": 5.0}
    bounds = {"vader": (0.0, 1.0, "share of VADER's value where the lexicon has no phrase; 0 is off")}
    tables = ("aliases.toml", "lexicon.toml")

    def scorer(self) -> Scorer:
        """The lexicon, alone or before VADER."""
        return sentiment_scorer(self.context.tables["lexicon.toml"], float(self.p["vader"]))
