"""What the number of settings tried leaves of the best one, as lines and as JSON values (pure)."""

from __future__ import annotations

import math

from newsbt.cli import layout
from newsbt.evidence.search import SearchEvidence
from newsbt.evidence.sharpe_inference import probabilistic_sharpe
from newsbt.evidence.words import (
    deflated_words,
    overfitting_words,
    sharpe_words,
    superior_words,
    track_record_words,
    trials_words,
)

__all__ = ["search_evidence_json", "search_evidence_lines"]

KEYS = (
    "trials",
    "sampled",
    "sharpe",
    "probabilistic_sharpe",
    "expected_best_sharpe",
    "deflated_sharpe",
    "independent_trials",
    "deflated_sharpe_independent",
    "mean_correlation",
    "effective_by_correlation",
    "effective_by_participation",
    "pbo",
    "pbo_slope",
    "pbo_loss",
    "pbo_blocks",
    "spa_lower",
    "spa_consistent",
    "spa_upper",
    "reality_check",
    "stand_out",
    "block",
    "draws",
)


def search_evidence_lines(evidence: SearchEvidence, width: int = 80) -> list[str]:
    """What the number of settings tried leaves of the best one."""
    texts = []
    if evidence.winner is not None:
        texts.append(sharpe_words(evidence.winner, evidence.per_year))
        texts.append(track_record_words(evidence.winner, evidence.per_year))
    if evidence.winner is not None and evidence.deflated is not None:
        texts.append(deflated_words(evidence.winner, evidence.deflated, evidence.per_year))
    if 0 < evidence.sampled < evidence.trials:
        texts.append(
            f"What follows looks at {evidence.sampled:,} of the {evidence.trials:,} settings, the best among"
            " them: it allows for less searching than was done."
        )
    if evidence.sampled:
        texts.append(trials_words(evidence.effective))
    if evidence.overfitting is not None:
        texts.append(overfitting_words(evidence.overfitting))
    if evidence.superior is not None:
        texts.append(superior_words(evidence.superior))
    texts += evidence.missing
    return [line for text in texts for line in layout.paragraph(text, width=width, hanging="  ")]


def search_evidence_json(evidence: SearchEvidence) -> dict[str, float | int | None]:
    """The same as numbers, Sharpe ratios a year; None where undefined. Every key is there always."""
    root = math.sqrt(evidence.per_year)
    effective, judged, tested = evidence.effective, evidence.overfitting, evidence.superior
    found: dict[str, float | int] = {
        "trials": evidence.trials,
        "sampled": evidence.sampled,
        "mean_correlation": effective.mean_correlation,
        "effective_by_correlation": effective.by_correlation,
        "effective_by_participation": effective.by_participation,
    }
    if evidence.winner is not None:
        found["sharpe"] = evidence.winner.sharpe * root
        found["probabilistic_sharpe"] = probabilistic_sharpe(evidence.winner)
    if evidence.deflated is not None:
        found["expected_best_sharpe"] = evidence.deflated.threshold * root
        found["deflated_sharpe"] = evidence.deflated.probability
    if evidence.independent is not None:
        found["independent_trials"] = evidence.independent.trials
        found["deflated_sharpe_independent"] = evidence.independent.probability
    if judged is not None:
        found |= {"pbo": judged.probability, "pbo_slope": judged.slope, "pbo_loss": judged.loss}
        found["pbo_blocks"] = judged.blocks
    if tested is not None:
        found |= {"spa_lower": tested.lower, "spa_consistent": tested.consistent, "spa_upper": tested.upper}
        found |= {"reality_check": tested.reality_check, "block": tested.block, "draws": tested.draws}
        found["stand_out"] = int((tested.adjusted <= 0.05).sum())
    known = {key: value for key, value in found.items() if math.isfinite(value)}
    return {key: known.get(key) for key in KEYS}
