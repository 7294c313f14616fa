"""Strategies and finished runs side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from newsbt.adapters.results import read_run
from newsbt.adapters.workspace import Workspace
from newsbt.api.backtest import run
from newsbt.comparison import Comparison, compare_runs
from newsbt.runs import RunResult, RunSpec

__all__ = ["compare"]


def compare(
    items: Sequence[RunSpec | RunResult | Path],
    workspace: Workspace,
    *,
    ledger: str | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Comparison:
    """Run what is a specification, read what is a folder, and put all of it side by side.

    Parameters
    ----------
    items : sequence of RunSpec, RunResult or Path
        Two to twenty; a path is a folder under ``results/``. Specifications are run without saving.
    workspace : Workspace
        For the specifications.
    ledger : str, optional
        Where the runs made now are counted; see :func:`newsbt.api.ledger.open_ledger`.
    progress : callable, optional
        Called with what is being done and the fraction of it.

    Raises
    ------
    NewsbtError
        As :func:`newsbt.api.backtest.run`, and for runs that cannot be compared.
    """
    results: list[RunResult] = []
    for item in items:
        if isinstance(item, RunSpec):
            results.append(run(item, workspace, save=False, ledger=ledger, progress=progress))
        elif isinstance(item, RunResult):
            results.append(item)
        else:
            results.append(read_run(item))
    return compare_runs(results)
