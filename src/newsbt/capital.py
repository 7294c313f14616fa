"""The same run at other sizes of capital: how much money a strategy can carry (pure)."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from newsbt.errors import InputError
from newsbt.records import CUT_BY_VOLUME

if TYPE_CHECKING:
    from newsbt.runs import RunResult, RunSpec

__all__ = ["CAPACITY_COLUMNS", "MULTIPLES", "capacity_table", "check_multiples", "empty_capacity"]

CAPACITY_COLUMNS: Final = (
    "multiple",
    "capital",
    "total_return",
    "sharpe",
    "traded_value",
    "costs",
    "costs_of_traded",
    "cut_by_volume",
)
#: Capitals of the table, as multiples of the run's own.
MULTIPLES: Final = (0.1, 1.0, 10.0, 100.0, 1000.0)


def capacity_table(
    spec: RunSpec, multiples: Sequence[float], backtest: Callable[[RunSpec], RunResult]
) -> pd.DataFrame:
    """Run `spec` at multiples of its capital.

    Parameters
    ----------
    spec : RunSpec
    multiples : sequence of float
        As :func:`check_multiples` wants them.
    backtest : callable
        Runs a specification.

    Returns
    -------
    DataFrame
        Columns :data:`CAPACITY_COLUMNS`, a row for each multiple, float64. Money is in base currency;
        ``costs`` are fees and borrow, and slippage is in the return alone. ``costs_of_traded`` is their
        fraction of the value bought and sold, and ``cut_by_volume`` the fraction of all orders that
        ``max_volume`` cut or left nothing of; both, and ``sharpe``, are nan where undefined.

    Raises
    ------
    InputError
        As :func:`check_multiples`.
    """
    check_multiples(spec, multiples)
    rows = []
    for multiple in multiples:
        result = backtest(dataclasses.replace(spec, cash=spec.cash * multiple))
        rows.append((float(multiple), *_row(result)))
    return pd.DataFrame(rows, columns=list(CAPACITY_COLUMNS), dtype="float64")


def check_multiples(spec: RunSpec, multiples: Sequence[float]) -> None:
    """Refuse what cannot be a table of capacity.

    Raises
    ------
    InputError
        For no multiples, one that is not a positive number, or a run whose sizes do not follow its capital.
    """
    if spec.shares:
        raise InputError(
            f"run.shares = {spec.shares} fixes every size, so that more capital changes nothing; leave it out"
            " for a table of capacity"
        )
    wrong = [multiple for multiple in multiples if not (math.isfinite(multiple) and multiple > 0)]
    if wrong or not multiples:
        raise InputError(
            f"multiples of capital must be positive numbers, and {wrong or 'none'} cannot be used; write such"
            " as 0.1, 1, 10"
        )


def empty_capacity() -> pd.DataFrame:
    """The table of a run that was not asked for one: no rows, all columns, their types."""
    return pd.DataFrame(columns=list(CAPACITY_COLUMNS), dtype="float64")


def _row(result: RunResult) -> tuple[float, ...]:
    traded = float(result.fills["value_base"].sum())
    costs = float(result.fills["fees_base"].sum() + result.trades["borrow_base"].sum())
    orders = result.orders["why"]
    cut = float(orders.str.contains(CUT_BY_VOLUME, regex=False).mean()) if len(orders) else math.nan
    sharpe = result.metrics["sharpe"]
    return (
        result.spec.cash,
        float(result.metrics["total_return"] or 0.0),
        math.nan if sharpe is None else float(sharpe),
        traded,
        costs,
        costs / traded if traded else math.nan,
        cut,
    )
