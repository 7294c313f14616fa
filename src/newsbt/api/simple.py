"""``newsbt.run``, ``compare``, ``capacity``, ``figures``: the API for a notebook, names for objects."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace, find_workspace
from newsbt.api.backtest import run as run_spec
from newsbt.api.capacity import capacity as capacity_of
from newsbt.api.compare import compare as compare_items
from newsbt.capital import MULTIPLES
from newsbt.comparison import Comparison
from newsbt.hindsight import LABEL_FREE
from newsbt.runs import RunResult, RunSpec

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["capacity", "compare", "figures", "run"]


def run(
    strategy: str,
    *,
    params: Mapping[str, Any] | None = None,
    signal_params: Mapping[str, Any] | None = None,
    workspace: str | os.PathLike[str] | None = None,
    preset: str | None = None,
    save: bool = False,
    name: str | None = None,
    out: str | os.PathLike[str] | None = None,
    figures: bool = True,
    engine: str = "auto",
    hindsight_check: bool = False,
    twin: str = LABEL_FREE,
    ledger: str | None = None,
    **fields: Any,
) -> RunResult:
    """Backtest one strategy.

    Parameters
    ----------
    strategy : str
        File in ``strategies/``, or a preset that names one.
    params, signal_params : mapping, optional
        Parameters of the strategy and of the signal, checked against their bounds.
    workspace : path, optional
        Found as the command line finds it where it is not given.
    preset : str, optional
        ``[run.NAME]`` table of ``newsbt.toml`` to start from.
    save, name, out, figures, engine, hindsight_check, twin
        As :func:`newsbt.api.backtest.run`; nothing is saved unless asked for.
    ledger : str, optional
        Where this trial is counted, saved or not: a file, the URL of a database, or ``"none"`` for nowhere.
        Without it the variable ``NEWSBT_LEDGER``, then ``newsbt.toml``, then ``data/ledger.sqlite``.
    **fields
        Any field of :class:`newsbt.runs.RunSpec`: ``symbols="Alibaba"``, ``start="2024-09-02"``,
        ``entry="close"``, ``signal="taxonomy"``.

    Returns
    -------
    RunResult
        Equity, fills, trades, signals and orders as pandas frames, metrics as a mapping.

    Raises
    ------
    NewsbtError
        With one sentence that says what is wrong and what to do.
    """
    place = _workspace(workspace)
    (spec,) = _specs([strategy], place, fields, params, signal_params, preset)
    parent = Path(out) if out is not None else None
    return run_spec(
        spec,
        place,
        name=name,
        out=parent,
        save=save,
        figures=figures,
        engine=engine,
        hindsight_check=hindsight_check,
        twin=twin,
        ledger=ledger,
    )


def compare(
    *items: str | os.PathLike[str] | RunResult,
    workspace: str | os.PathLike[str] | None = None,
    preset: str | None = None,
    ledger: str | None = None,
    **fields: Any,
) -> Comparison:
    """Put strategies, results folders and results of :func:`run` side by side.

    Parameters
    ----------
    *items : str, path or RunResult
        A name in ``strategies/`` is run with `fields`; anything else that is a folder is read.
    workspace, preset, ledger, **fields
        As for :func:`run`; what is read is not counted again.
    """
    place = _workspace(workspace)
    chosen: list[RunSpec | RunResult | Path] = []
    strategies = {ref.name for ref in place.strategy_refs()}
    for item in items:
        if isinstance(item, RunResult):
            chosen.append(item)
        elif str(item) not in strategies and Path(item).is_dir():
            chosen.append(Path(item))
        else:
            chosen += _specs([str(item)], place, fields, None, None, preset)
    return compare_items(chosen, place, ledger=ledger)


def capacity(
    strategy: str,
    *,
    multiples: Sequence[float] = MULTIPLES,
    params: Mapping[str, Any] | None = None,
    signal_params: Mapping[str, Any] | None = None,
    workspace: str | os.PathLike[str] | None = None,
    preset: str | None = None,
    **fields: Any,
) -> pd.DataFrame:
    """Backtest one strategy at multiples of its capital.

    Parameters
    ----------
    strategy, params, signal_params, workspace, preset, **fields
        As for :func:`run`.
    multiples : sequence of float
        Of ``cash``, positive.

    Returns
    -------
    DataFrame
        Return, Sharpe ratio, costs and orders cut by volume for each; see
        :func:`newsbt.capital.capacity_table`.
    """
    place = _workspace(workspace)
    (spec,) = _specs([strategy], place, fields, params, signal_params, preset)
    return capacity_of(spec, place, multiples)


def figures(result: RunResult | Comparison) -> dict[str, Figure]:
    """The pictures of a run or a comparison, as a report has them.

    Returns
    -------
    dict of str to matplotlib.figure.Figure
        A run: ``equity``, ``monthly``, ``signals``, ``risk``, ``profit`` and ``price_SYMBOL`` of the most
        traded listings. A comparison: ``compare``. Nothing is shown or saved: a notebook with ``%matplotlib
        inline`` shows the last expression of a cell, ``figure.savefig(...)`` writes a file.
    """
    from newsbt.plots.figures import compare_figure, run_figures

    if isinstance(result, Comparison):
        return {"compare": compare_figure(result.runs)}
    return run_figures(result, every=True)


def _workspace(named: str | os.PathLike[str] | None) -> Workspace:
    return find_workspace(Path(named) if named is not None else None)


def _specs(
    names: list[str],
    workspace: Workspace,
    fields: Mapping[str, Any],
    params: Mapping[str, Any] | None,
    signal_params: Mapping[str, Any] | None,
    preset: str | None,
) -> list[RunSpec]:
    sets = {"": dict(params or {}), "signal": dict(signal_params or {})}
    return build_specs(names, workspace, load_settings(workspace), fields, sets, preset)
