"""What came out of a walk-forward, and what ``tune.json`` says of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from newsbt.api.manifest import PACKAGES
from newsbt.api.walkforward import Windows
from newsbt.records import Finding
from newsbt.tuning.axes import Axis
from newsbt.tuning.failures import Failure
from newsbt.tuning.folds import Plan
from newsbt.tuning.objective import Objective
from newsbt.tuning.request import Tuning, axis_to_json, tuning_to_json
from newsbt.tuning.walk import Walk

__all__ = ["CHOICES", "Choice", "WalkResult", "walk_header", "walk_manifest"]

Choice: TypeAlias = Literal["best", "stable"]
CHOICES: Final = ("best", "stable")


@dataclass(frozen=True)
class WalkResult:
    """What came out of a walk-forward.

    Parameters
    ----------
    name : str
        Of its folder; empty where nothing was saved.
    tuning : Tuning
    plan : Plan
    choice : {"best", "stable"}
    axes : tuple of Axis
    objective : Objective
    walk : Walk
    seconds : float
    failures : tuple of Failure
        Points that could not be run.
    findings : tuple of Finding
        Of the ledger; those of the walk are in it.
    manifest : mapping
        ``tune.json``.
    path : Path or None
        The folder; it ends in ``.unfinished`` where the walk-forward was interrupted.
    """

    name: str
    tuning: Tuning
    plan: Plan
    choice: Choice
    axes: tuple[Axis, ...]
    objective: Objective
    walk: Walk
    seconds: float
    failures: tuple[Failure, ...] = ()
    findings: tuple[Finding, ...] = ()
    manifest: Mapping[str, Any] = field(default_factory=dict)
    path: Path | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the axes."""
        return tuple(axis.name for axis in self.axes)

    def __repr__(self) -> str:
        """Strategy and number of windows: the frames would fill pages."""
        windows = f"{len(self.walk.folds)} windows of {', '.join(self.names)}"
        return f"<WalkResult of {self.tuning.spec.strategy}: {windows}>"

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        from newsbt.notebook.studies import walk_card

        return walk_card(self.walk, self.names, self.objective, self.findings)


def walk_header(
    tuning: Tuning, plan: Plan, choice: Choice, axes: tuple[Axis, ...], windows: Windows
) -> dict[str, Any]:
    """``tune.json`` at the start: what was asked for, and what it rests on."""
    return {
        **tuning_to_json(tuning),
        "axes": [axis_to_json(axis) for axis in axes],
        "created_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "walk_forward": str(plan),
        "choose": choice,
        "event_window": windows.window,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "files": dict(windows.hashes),
        "prices": dict(windows.prices),
    }


def walk_manifest(result: WalkResult, header: Mapping[str, Any], *, finished: bool) -> dict[str, Any]:
    """``tune.json`` at the end: what was chosen besides."""
    walk = result.walk
    return {
        **header,
        "chosen_trial": int(walk.folds["trial"].iloc[-1]),
        "chosen_point": walk.point(result.names),
        "metrics": dict(walk.whole.metrics),
        "findings": [dataclasses.asdict(finding) for finding in (*walk.findings, *result.findings)],
        "failures": [dataclasses.asdict(failure) for failure in result.failures],
        "finished": finished,
        "stopped": "walk-forward" if finished else "interrupted",
    }
