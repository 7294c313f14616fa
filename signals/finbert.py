"""Scores headlines by FinBERT, or another transformer with three classes; needs the extra `finbert`."""

from __future__ import annotations

from newsbt.adapters.scorers.finbert import finbert_scorer
from newsbt.sentiment.scorer import Scorer
from newsbt.sentiment.text_signal import TextSignalModel


class Finbert(TextSignalModel):
    """A transformer that tells good from bad and neutral, from a folder or the local cache of models."""

    params = {
        "model": "ProsusAI/finbert",
        "revision": "",
        "trained_until": "2020-12-31",
        "before_cutoff": "brand",
        "batch": 32,
        "half_life": 5.0,
    }
    bounds = {
        "batch": (1, 512, "headlines that are read together"),
        "before_cutoff": (("brand", "refuse"), "events from before the end of the training data"),
    }
    tables = ("aliases.toml",)

    def scorer(self) -> Scorer:
        """The model, behind the cache of answers."""
        return finbert_scorer(
            str(self.p["model"]), str(self.p["revision"]), str(self.p["trained_until"]), int(self.p["batch"])
        )
