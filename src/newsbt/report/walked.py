"""The walk-forward part of a search's page: folds, the stitched account, decay (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from newsbt.metrics.drawdown import drawdowns
from newsbt.metrics.formats import Formatter, count, money, percent, plain, signed_percent
from newsbt.metrics.table import METRICS
from newsbt.report.values import as_text, milliseconds, minus, numbers, rounded
from newsbt.tuning.objective import Objective
from newsbt.tuning.walk import objective_of, weighted_objective
from newsbt.tuning.walk_words import decay_words, objective_text

__all__ = ["Walked", "walked_data", "walked_view"]

#: Figures of the stitched account at the top.
SHOWN = ("total_return", "sharpe", "max_drawdown", "trades", "benchmark_return")
FORMATS: dict[str, Formatter] = {
    "total_return": signed_percent, "sharpe": plain, "max_drawdown": percent, "trades": count,
    "benchmark_return": signed_percent,
}  # fmt: skip
LABELS = {metric.key: metric.label for metric in METRICS}


class Walked(NamedTuple):
    """A walk-forward as it was saved.

    Parameters
    ----------
    folds : DataFrame
        Of :data:`newsbt.tuning.walk.FOLD_COLUMNS` and the axes.
    equity : DataFrame
        Of the stitched account.
    metrics : mapping
        Of the stitched account.
    plan : str
        Such as ``train=24m,test=6m``.
    choice : str
        ``"best"`` or ``"stable"``.
    """

    folds: pd.DataFrame
    equity: pd.DataFrame
    metrics: Mapping[str, float | int | None]
    plan: str
    choice: str


def walked_view(walked: Walked, axes: Sequence[str], objective: Objective, base: str) -> dict[str, Any]:
    """Texts: cards of the account, what is left of the objective, a row a fold."""
    metrics = {key: walked.metrics.get(key) for key in LABELS}
    outside = objective_of(objective, metrics)
    return {
        "plan": walked.plan,
        "choice": walked.choice,
        "decay": _signed(decay_words(walked.folds, weighted_objective(walked.folds), outside, objective)),
        "good": outside >= weighted_objective(walked.folds),
        "cards": [
            (
                LABELS[key],
                minus(FORMATS[key](metrics[key])),
                f"{money(metrics['final_equity'])} {base} in the end" if key == "total_return" else "",
            )
            for key in SHOWN
            if metrics[key] is not None
        ],
        "folds": [
            {
                "fold": f"{row['fold']}{'*' if row['kept'] else ''}",
                "train": f"{_day(row['train_start'])} to {_day(row['train_end'])}",
                "test": f"{_day(row['test_start'])} to {_day(row['test_end'])}",
                "point": [_value(row[name]) for name in axes],
                "inside": minus(objective_text(row["is_objective"], objective)),
                "outside": minus(objective_text(row["oos_objective"], objective)),
                "gain": minus(signed_percent(row["oos_return"])),
                "trades": count(row["oos_trades"]),
                "left": f"{int(row['purged'])} + {int(row['embargoed'])}",
                "trial": "" if pd.isna(row["trial"]) else count(row["trial"]),
            }
            for row in walked.folds.to_dict("records")
        ],
        "kept": bool(walked.folds["kept"].any()),
    }


def walked_data(walked: Walked, axes: Sequence[str], cash: float) -> dict[str, Any]:
    """Series: equity and drawdown of the account, objective in and out of sample by fold."""
    equity = walked.equity["equity"].to_numpy(dtype=np.float64)
    folds = walked.folds
    return {
        "t": milliseconds(walked.equity["at"]),
        "equity": numbers(equity, 7),
        "below": numbers(-drawdowns(equity, cash), 4),
        "cash": rounded(cash, 10),
        "folds": [int(number) for number in folds["fold"]],
        "start": milliseconds(folds["test_start"]),
        "end": milliseconds(folds["test_end"]),
        "inside": numbers(folds["is_objective"], 4),
        "outside": numbers(folds["oos_objective"], 4),
        "gain": numbers(folds["oos_return"], 4),
        "points": [
            ", ".join(f"{name} = {_value(row[name])}" for name in axes) for row in folds.to_dict("records")
        ],
    }


def _signed(text: str) -> str:
    """`text` with true minus signs before its numbers."""
    return " ".join(minus(word) if word[1:2].isdigit() else word for word in text.split(" "))


def _value(value: Any) -> str:
    return minus(f"{value:.6g}") if isinstance(value, float) else as_text(value)


def _day(value: Any) -> str:
    return f"{pd.Timestamp(value):%Y-%m-%d}"
