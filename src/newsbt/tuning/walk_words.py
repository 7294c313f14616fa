"""What is left out of sample of what training promised, in sentences (pure)."""

from __future__ import annotations

import math

import pandas as pd

from newsbt.metrics.formats import UNDEFINED
from newsbt.metrics.table import METRICS
from newsbt.tuning.objective import Objective

__all__ = ["decay_words", "objective_text"]

#: Metrics that grow with the length of a window, so that training and test cannot be compared.
LENGTHY = frozenset({"final_equity", "total_return", "trades", "fees", "borrow", "dividends"})
FORMATS = {metric.key: metric.formatter for metric in METRICS}


def decay_words(folds: pd.DataFrame, inside: float, outside: float, objective: Objective) -> str:
    """What training promised and what the tests kept of it.

    Parameters
    ----------
    folds : DataFrame
        With ``decay``: objective in training less that of the test, nan where undefined.
    inside, outside : float
        Objective over all windows, larger is better, in training and out of sample; nan where undefined.
    objective : Objective
    """
    if not (math.isfinite(inside) and math.isfinite(outside)):
        return (
            f"{objective.text} is undefined in training or over the tests: nothing can be said of its decay."
        )
    both = f"{objective_text(inside, objective)} in training and {objective_text(outside, objective)}"
    text = f"Decay: {objective.text} is {both} out of sample"
    if outside >= inside:
        text += "; it did not decay"
    elif inside > 0:
        text += f"; {outside / inside:.0%} of it is left" if outside > 0 else "; nothing of it is left"
    worse = int((folds["decay"] > 0).sum())
    counted = int(folds["decay"].notna().sum())
    text += f". It is worse out of sample in {worse} of {counted} folds."
    if LENGTHY & set(objective.metrics):
        text += " It grows with the length of a window, and these differ: take cagr or sharpe to compare."
    return text


def objective_text(value: float, objective: Objective) -> str:
    """An objective as its metric is written, with the sign that the metric has."""
    if not math.isfinite(value):
        return UNDEFINED
    shown = float(objective.shown(value))
    alone = FORMATS.get(objective.text)
    return alone(shown) if alone else f"{shown:.3f}"
