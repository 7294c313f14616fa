"""Scores headlines by a language model behind an OpenAI-compatible address."""

from __future__ import annotations

from newsbt.adapters.scorers.llm import llm_scorer
from newsbt.sentiment.scorer import Scorer
from newsbt.sentiment.text_signal import TextSignalModel


class Llm(TextSignalModel):
    """A language model of your choice; address, model and cut-off from here or the environment."""

    params = {
        "url": "",
        "model": "",
        "trained_until": "",
        "before_cutoff": "brand",
        "parallel": 4,
        "timeout": 60.0,
        "retries": 4,
        "half_life": 5.0,
    }
    bounds = {
        "before_cutoff": (("brand", "refuse"), "events from before the end of the training data"),
        "parallel": (1, 64, "headlines that are asked about at the same time"),
        "timeout": (1.0, 600.0, "seconds to wait for one answer"),
        "retries": (0, 10, "times to ask again after an error or an answer that cannot be used"),
    }
    tables = ("aliases.toml",)

    def scorer(self) -> Scorer:
        """The model, behind the cache of answers."""
        return llm_scorer(
            str(self.p["url"]),
            str(self.p["model"]),
            str(self.p["trained_until"]),
            parallel=int(self.p["parallel"]),
            timeout=float(self.p["timeout"]),
            retries=int(self.p["retries"]),
        )
