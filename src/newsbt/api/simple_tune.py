"""``newsbt.tune``: a search from a notebook, with names instead of objects."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace, find_workspace
from newsbt.api.tune import resume as resume_in
from newsbt.api.tune import tune as tune_in
from newsbt.durations import parse_duration
from newsbt.tuning.request import TuneResult, Tuning, check_not_fixed

__all__ = ["build_tuning", "tune"]


def tune(
    strategy: str | None = None,
    *,
    params: Mapping[str, Any] | None = None,
    where: str | Sequence[str] = (),
    search: str = "grid",
    objective: str | Sequence[str] = "sharpe",
    trials: int | None = None,
    time_limit: str | None = None,
    jobs: int = 0,
    engine: str = "auto",
    resume: str | os.PathLike[str] | None = None,
    fixed: Mapping[str, Any] | None = None,
    signal_params: Mapping[str, Any] | None = None,
    workspace: str | os.PathLike[str] | None = None,
    preset: str | None = None,
    save: bool = False,
    name: str | None = None,
    out: str | os.PathLike[str] | None = None,
    ledger: str | None = None,
    cluster: str | None = None,
    **fields: Any,
) -> TuneResult:
    """Search the parameters of a strategy.

    Parameters
    ----------
    strategy : str
        File in ``strategies/``, or a preset that names one.
    params : mapping of name to values
        Texts as ``--param`` takes them (``"1:20"``, ``"0.02:0.10:0.01"``), or sequences of values.
    where, objective : str or sequence of str
        Constraints and objectives.
    search : {"grid", "random", "sobol", "tpe"}
    trials, time_limit, jobs, engine
        As on the command line; ``time_limit`` is text such as ``"10min"``.
    resume : path, optional
        Go on with the tuning saved there instead; of the rest only `trials`, `time_limit` and `jobs` count.
    fixed, signal_params : mapping, optional
        Parameters of the strategy and of the signal that are not searched.
    workspace, preset, name, out, **fields
        As for :func:`newsbt.run`.
    save : bool
        Write a folder while searching, so that a search can be gone on with.
    ledger : str, optional
        Where the trials are counted; as for :func:`newsbt.run`.
    cluster : str, optional
        Address of a dask scheduler whose workers run the points: ``"tcp://127.0.0.1:8786"``.

    Returns
    -------
    TuneResult
        All trials as a pandas frame, and the best one.

    Raises
    ------
    NewsbtError
        With one sentence that says what is wrong and what to do.
    """
    place = find_workspace(Path(workspace) if workspace is not None else None)
    seconds = parse_duration(time_limit, "time_limit").total_seconds() if time_limit else None
    if resume is not None:
        return resume_in(
            Path(resume), place, jobs=jobs, trials=trials, seconds=seconds, ledger=ledger, cluster=cluster
        )
    tuning = build_tuning(
        place,
        strategy,
        preset,
        fields,
        params=params,
        where=where,
        search=search,
        objective=objective,
        trials=trials,
        engine=engine,
        fixed=fixed,
        signal_params=signal_params,
    )
    return tune_in(
        tuning,
        place,
        jobs=jobs,
        seconds=seconds,
        name=name,
        out=Path(out) if out is not None else None,
        save=save,
        ledger=ledger,
        cluster=cluster,
    )


def build_tuning(
    place: Workspace,
    strategy: str | None,
    preset: str | None,
    fields: Mapping[str, Any],
    *,
    params: Mapping[str, Any] | None,
    where: str | Sequence[str],
    search: str,
    objective: str | Sequence[str],
    trials: int | None,
    engine: str,
    fixed: Mapping[str, Any] | None,
    signal_params: Mapping[str, Any] | None,
) -> Tuning:
    """The tuning that the arguments of :func:`tune` describe."""
    sets = {"": dict(fixed or {}), "signal": dict(signal_params or {})}
    named = [strategy] if strategy else []
    (spec,) = build_specs(named, place, load_settings(place), dict(fields), sets, preset)
    axes = tuple(f"{axis}={_text(values)}" for axis, values in (params or {}).items())
    check_not_fixed(axes, fields, sets)
    return Tuning(
        spec,
        params=axes,
        where=_texts(where),
        search=search,
        objectives=_texts(objective),
        trials=trials,
        seed=spec.seed,
        engine=engine,
    )


def _texts(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _text(values: Any) -> str:
    """Values of an axis as ``--param`` takes them."""
    if isinstance(values, str) or not hasattr(values, "__iter__"):
        return str(values)
    return ",".join(str(value) for value in values)
