"""Scores headlines by a small trained classifier that ships with newsbt."""

from __future__ import annotations

from newsbt.adapters.scorers.shipped import headline_scorer
from newsbt.sentiment.scorer import Scorer
from newsbt.sentiment.text_signal import TextSignalModel


class Headline(TextSignalModel):
    """Words around each issuer in the headline, by coefficients trained on labelled headlines up to 2022."""

    params = {"before_cutoff": "brand", "half_life": 5.0}
    bounds = {"before_cutoff": (("brand", "refuse"), "events from before the end of the training data")}
    tables = ("aliases.toml", "lexicon.toml")

    def scorer(self) -> Scorer:
        """The shipped classifier."""
        return headline_scorer(self.context.tables["lexicon.toml"])
