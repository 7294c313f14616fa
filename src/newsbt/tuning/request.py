"""What a tuning is asked for and what it gives back (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from newsbt.errors import InputError
from newsbt.records import Finding, ParamValue
from newsbt.runs import RunSpec
from newsbt.specs import spec_from_json, spec_to_json
from newsbt.tuning.axes import Axis
from newsbt.tuning.failures import Failure
from newsbt.tuning.objective import Objective

if TYPE_CHECKING:
    from newsbt.evidence.search import SearchEvidence

__all__ = [
    "DEFAULT_TRIALS",
    "JUDGED_BY",
    "TuneResult",
    "Tuning",
    "axis_to_json",
    "best_row",
    "check_not_fixed",
    "objective_names",
    "trial_columns",
    "tuning_from_json",
    "tuning_to_json",
]

#: Trials of a search that is no grid, where nobody says how many.
DEFAULT_TRIALS = 1000
#: Metrics that the evidence on a search needs of every trial.
JUDGED_BY: Final = ("sharpe", "skew", "kurtosis", "days", "dates_per_year")


@dataclass(frozen=True)
class Tuning:
    """A search as a user writes it.

    Parameters
    ----------
    spec : RunSpec
        What the points change.
    params : tuple of str
        Axes such as ``hold=1:20``.
    where : tuple of str
        Constraints such as ``take > stop``.
    search : str
        ``"grid"``, ``"random"``, ``"sobol"`` or ``"tpe"``.
    objectives : tuple of str
        Metrics or formulas; the first one decides which trial is the best.
    trials : int or None
        End after so many; None is the whole grid, or :data:`DEFAULT_TRIALS`.
    seed : int
        Of the search; that of the runs is in `spec`.
    engine : str
        ``"auto"``, ``"fast"`` or ``"backtrader"``.
    """

    spec: RunSpec
    params: tuple[str, ...]
    where: tuple[str, ...] = ()
    search: str = "grid"
    objectives: tuple[str, ...] = ("sharpe",)
    trials: int | None = None
    seed: int = 0
    engine: str = "auto"


@dataclass(frozen=True)
class TuneResult:
    """What came out of a tuning.

    Parameters
    ----------
    name : str
    tuning : Tuning
    axes : tuple of Axis
    objectives : tuple of Objective
    trials : DataFrame
        One row a finished trial, in their order: ``trial``, the axes, every metric, ``objective`` (larger is
        better: a metric that is minimised is negated), ``objective_2``, ...; nan where undefined.
    best : int or None
        Row of the largest objective, the first of equals; None where no trial has one.
    stopped : str
        ``"exhausted"`` (no point was left), ``"trials"``, ``"time"`` or ``"interrupted"``.
    engine : str
        The one that ran the points.
    seconds : float
        Of this session.
    rate : float
        Points a second in this session.
    failures : tuple of Failure
        Points of this session that could not be run.
    findings : tuple of Finding
    evidence : SearchEvidence or None
        What the number of settings tried leaves of the best one; None for a search that was interrupted or
        read back (its figures are in `manifest`), and where there was no choice.
    manifest : mapping
        ``tune.json``.
    path : Path or None
        The folder; it ends in ``.unfinished`` where the search was interrupted.
    """

    name: str
    tuning: Tuning
    axes: tuple[Axis, ...]
    objectives: tuple[Objective, ...]
    trials: pd.DataFrame
    best: int | None
    stopped: str
    engine: str
    seconds: float
    rate: float
    failures: tuple[Failure, ...] = ()
    findings: tuple[Finding, ...] = ()
    evidence: SearchEvidence | None = None
    manifest: Mapping[str, Any] = field(default_factory=dict)
    path: Path | None = None

    @property
    def spec(self) -> RunSpec:
        """What the points change."""
        return self.tuning.spec

    @property
    def best_point(self) -> dict[str, ParamValue]:
        """Axes of the best trial; empty where there is none."""
        return {} if self.best is None else self.point(self.best)

    def point(self, row: int) -> dict[str, ParamValue]:
        """Axes of one row of `trials`."""
        names = [axis.name for axis in self.axes]
        values = self.trials.iloc[row]
        return {name: _plain(values[name], axis) for name, axis in zip(names, self.axes, strict=True)}

    def __repr__(self) -> str:
        """Strategy, size and best point: the frames would fill pages."""
        return f"<TuneResult of {self.spec.strategy}: {len(self.trials):,} trials, best {self.best_point}>"

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        from newsbt.notebook.studies import tune_card

        return tune_card(self)


def check_not_fixed(
    params: Sequence[str], fields: Mapping[str, Any], sets: Mapping[str, Mapping[str, Any]]
) -> None:
    """Refuse an axis whose value is given as well.

    Parameters
    ----------
    params : sequence of str
        Axes such as ``hold=1:20``.
    fields : mapping
        Fields of the run; None is not given. The seed is of the search, too, and may be.
    sets : mapping of prefix to mapping
        Parameters; the prefix is ``signal``, ``run``, and for the strategy empty or its name.

    Raises
    ------
    InputError
        For the first such axis.
    """
    fixed = {name for name, value in fields.items() if value is not None and name != "seed"}
    for prefix, given in sets.items():
        fixed |= {f"signal.{key}" if prefix == "signal" else key for key in given}
    for text in params:
        name = text.partition("=")[0].strip()
        if name.removeprefix("run.") in fixed:
            raise InputError(f"{name} is searched (--param) and given a value as well; leave one of them out")


def objective_names(count: int) -> list[str]:
    """Columns of the trials table for `count` objectives: ``objective``, ``objective_2``, ..."""
    return ["objective", *(f"objective_{number}" for number in range(2, count + 1))]


def axis_to_json(axis: Axis) -> dict[str, Any]:
    """`axis` as JSON values; its fields by name."""
    names = ("name", "kind", "low", "high", "step")
    return {**{name: getattr(axis, name) for name in names}, "values": list(axis.values)}


def trial_columns(axes: Sequence[Axis], objectives: Sequence[Objective], metrics: Iterable[str]) -> list[str]:
    """Columns of a trials table that has only some `metrics`, and those in the objectives."""
    used = [key for objective in objectives for key in objective.metrics]
    names = [axis.name for axis in axes]
    return ["trial", *names, *dict.fromkeys([*metrics, *used]), *objective_names(len(objectives))]


def best_row(trials: pd.DataFrame) -> int | None:
    """Row of the largest objective, the first of equals; None where no trial has one."""
    values = trials["objective"].to_numpy(dtype=np.float64)
    return int(np.nanargmax(values)) if np.isfinite(values).any() else None


def tuning_to_json(tuning: Tuning) -> dict[str, Any]:
    """`tuning` as JSON values; :func:`tuning_from_json` is the inverse."""
    table = asdict(tuning)
    return {**table, "spec": spec_to_json(tuning.spec)}


def tuning_from_json(table: Mapping[str, Any], where: str) -> Tuning:
    """Build the tuning that `table` describes.

    Raises
    ------
    InputError
        If it describes none; `where` is the file, for the message.
    """
    values = {name: table[name] for name in Tuning.__dataclass_fields__ if name in table}
    try:
        spec = spec_from_json(values.pop("spec"), where)
        for name in ("params", "where", "objectives"):
            if name in values:
                values[name] = tuple(str(text) for text in values[name])
        return Tuning(spec, **values)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{where}: the tuning cannot be read: {error}") from error


def _plain(value: Any, axis: Axis) -> ParamValue:
    """A value of a row, whose numbers pandas may have made floats of, in the kind of its axis."""
    found = value.item() if hasattr(value, "item") else value
    return int(found) if axis.kind == "int" else found
