"""What the number of settings tried leaves of the best one, in sentences (pure)."""

from __future__ import annotations

from newsbt.evidence.of_run import RECORDED
from newsbt.evidence.search import SearchEvidence
from newsbt.evidence.words import (
    deflated_words,
    overfitting_words,
    sharpe_words,
    superior_words,
    track_record_words,
    trials_words,
)

__all__ = ["search_sentences"]


def search_sentences(evidence: SearchEvidence) -> list[str]:
    """One or two sentences each on the winner, the trials, the choice, and what could not be told."""
    texts = []
    if evidence.winner is not None:
        texts.append(sharpe_words(evidence.winner, evidence.per_year))
        texts.append(track_record_words(evidence.winner, evidence.per_year))
    if evidence.winner is not None and evidence.deflated is not None:
        tried = "settings tried" if evidence.trials == evidence.settings else RECORDED
        texts.append(deflated_words(evidence.winner, evidence.deflated, evidence.per_year, tried))
    if 0 < evidence.sampled < evidence.settings:
        texts.append(
            f"What follows looks at {evidence.sampled:,} of the {evidence.settings:,} settings, the best"
            " among them: it allows for less searching than was done."
        )
    if evidence.sampled:
        texts.append(trials_words(evidence.effective))
    if evidence.overfitting is not None:
        texts.append(overfitting_words(evidence.overfitting))
    if evidence.superior is not None:
        texts.append(superior_words(evidence.superior))
    return [*texts, *evidence.missing]
