"""A strategy at several sizes of capital."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from newsbt.adapters.workspace import Workspace
from newsbt.api.backtest import scaled_runs
from newsbt.api.inputs import gather
from newsbt.capital import MULTIPLES, capacity_table, check_multiples
from newsbt.runs import RunSpec

__all__ = ["capacity"]


def capacity(
    spec: RunSpec,
    workspace: Workspace,
    multiples: Sequence[float] = MULTIPLES,
    *,
    progress: Callable[[str, float], None] | None = None,
) -> pd.DataFrame:
    """Run `spec` at multiples of its capital, on inputs that are gathered once; nothing is saved.

    Parameters
    ----------
    spec : RunSpec
        Whose sizes follow the capital: not a run of a fixed number of shares.
    workspace : Workspace
        Where strategies, signals and data are.
    multiples : sequence of float
        Of ``spec.cash``, positive.
    progress : callable, optional
        Called with what is being done and the fraction of it.

    Returns
    -------
    DataFrame
        See :func:`newsbt.capital.capacity_table`.

    Raises
    ------
    NewsbtError
        As :func:`newsbt.api.backtest.run`, and for multiples that cannot be used.
    """
    check_multiples(spec, multiples)
    return capacity_table(spec, multiples, scaled_runs(gather(spec, workspace, progress), progress))
