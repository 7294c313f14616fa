"""The same run on a signal that reads no label: what is left without hindsight."""

from __future__ import annotations

import dataclasses

import pandas as pd

from newsbt.adapters.plugins import describe
from newsbt.adapters.rule_files import compiled_kind
from newsbt.adapters.settings import load_settings
from newsbt.adapters.workspace import Workspace
from newsbt.api.backtest import backtest
from newsbt.api.inputs import Inputs, adapt
from newsbt.engine.cost_tables import can_pack
from newsbt.errors import NewsbtError
from newsbt.hindsight import LABEL_FREE, hindsight_share, hindsight_table
from newsbt.params import check_params
from newsbt.records import Finding
from newsbt.runs import RunResult

__all__ = ["without_hindsight"]

#: Seconds of a backtest from which loading the compiled engine pays, and beyond which Backtrader is spared.
LONG, TOO_LONG = 2.0, 5.0


def without_hindsight(
    result: RunResult,
    inputs: Inputs,
    workspace: Workspace,
    seconds: float,
    engine: str = "auto",
    twin: str = LABEL_FREE,
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Backtest the specification of `result` again with the signal `twin`.

    Nothing is counted in the ledger: the second run is a check of the first, and nobody chooses it.

    Parameters
    ----------
    result : RunResult
    inputs : Inputs
        Of `result`.
    workspace : Workspace
    seconds : float
        That the backtest of `result` took, without reading and writing: short ones are repeated in
        Backtrader, long ones in the compiled engine where it knows the strategy, else not at all.
    engine : {"auto", "fast", "backtrader"}
        Of `result`.
    twin : str
        A signal that reads no label, with the parameters that ``newsbt.toml`` gives it.

    Returns
    -------
    table : DataFrame
        See :func:`newsbt.hindsight.hindsight_table`: the run and its twin. Without rows where no signal
        traded rests on a hindsight label, or the twin could not be run.
    findings : tuple of Finding
        ``no-hindsight-check`` says why it could not.
    """
    spec = result.spec
    empty = hindsight_table(())
    if not hindsight_share(result) or spec.signal == twin:
        return empty, ()
    compiled = bool(compiled_kind(inputs.strategy.path)[0]) and can_pack(inputs.costs)
    if engine == "auto":
        engine = "fast" if compiled and seconds >= LONG else "backtrader"
    if engine == "backtrader" and seconds > TOO_LONG:
        return empty, (_why(twin, f"a second backtest would take about {seconds:.0f} s"),)
    try:
        params = describe(workspace.signal(twin)).params
        given = load_settings(workspace).signal.get(twin, {})
        other = dataclasses.replace(
            spec, signal=twin, signal_params=check_params(params, given, f"signal {twin}")
        )
        beside = backtest(other, adapt(inputs, spec, other, workspace), twin, None, engine)
    except NewsbtError as error:
        return empty, (_why(twin, str(error)),)
    return hindsight_table((result, beside)), ()


def _why(twin: str, reason: str) -> Finding:
    message = f"the run was not repeated with signal {twin}: {reason}"
    action = f"compare it yourself with: newsbt run STRATEGY --signal {twin}"
    return Finding("no-hindsight-check", "info", twin, message, action)
