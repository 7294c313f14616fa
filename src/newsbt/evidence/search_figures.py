"""Evidence of a search as plain figures, for a JSON file (pure)."""

from __future__ import annotations

import math

from newsbt.evidence.search import SearchEvidence
from newsbt.evidence.sharpe_inference import probabilistic_sharpe

__all__ = ["search_figures"]

KEYS = (
    "trials",
    "settings",
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


def search_figures(evidence: SearchEvidence) -> dict[str, float | int | None]:
    """What `evidence` says as numbers, Sharpe ratios a year; every key always, None where undefined."""
    root = math.sqrt(evidence.per_year)
    effective, judged, tested = evidence.effective, evidence.overfitting, evidence.superior
    found: dict[str, float | int] = {
        "trials": evidence.trials,
        "settings": evidence.settings,
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
