"""``newsbt tune --walk-forward``: run it, show it, draw it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from newsbt.cli import render

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from newsbt.adapters.workspace import Workspace
    from newsbt.api.sweep import SweepProgress
    from newsbt.api.walk import WalkResult
    from newsbt.cli.progress import ProgressBar
    from newsbt.tuning.folds import Fold
    from newsbt.tuning.objective import Objective
    from newsbt.tuning.request import Tuning

__all__ = ["walk"]

#: Seconds between two lines of progress where there is no bar.
EVERY_S = 10.0


def walk(
    tuning: Tuning,
    plan: str,
    choice: str,
    place: Workspace,
    *,
    jobs: int,
    seconds: float | None,
    name: str | None,
    out: Path | None,
    figures: bool,
    ledger: str | None,
    cluster: str | None,
    as_json: bool,
) -> None:
    """Do what the options of ``newsbt tune`` ask for.

    Raises
    ------
    NewsbtError
        As :func:`newsbt.api.walk.walk_tuning`.
    """
    from newsbt.api.walk import walk_tuning
    from newsbt.cli.progress import ProgressBar
    from newsbt.cli.summary import from_here
    from newsbt.cli.walk_lines import walk_json, walk_lines
    from newsbt.tuning.folds import parse_plan
    from newsbt.tuning.objective import parse_objective

    windows = parse_plan(plan)
    objective = parse_objective(tuning.objectives[0])
    with ProgressBar() as bar:
        result = walk_tuning(
            tuning,
            windows,
            place,
            choice=choice,  # type: ignore[arg-type]
            jobs=jobs,
            seconds=seconds,
            name=name,
            out=out,
            ledger=ledger,
            cluster=cluster,
            draw=_draw if figures else None,
            progress=_Teller(bar, objective),
        )
    pages = []
    if figures and result.path is not None:
        from newsbt.api.tune_page import write_tuning_page

        pages = [write_tuning_page(result.path, place)]
    if as_json:
        answer = walk_json(result.walk, result.names, objective, windows)
        render.json_value({"path": str(result.path), "choose": choice, **answer})
    else:
        lines = walk_lines(result.walk, result.names, objective, windows, render.screen_width())
        for item in result.findings:
            lines.append(f"  {item.severity}: {item.message}")
        for failure in result.failures[:3]:
            lines.append(f"  warning: {failure.count:,} points failed: {failure.reason}")
        saved = [f"saved in {from_here(result.path)}"] if result.path else []
        render.lines([*lines, "", *saved, *(f"         {from_here(page)}" for page in pages)])
    if any(item.code == "interrupted" for item in result.walk.findings):
        render.note(f"interrupted; kept the finished folds in {result.path}")
        raise typer.Exit(130)


def _draw(result: WalkResult) -> Mapping[str, Figure]:
    from newsbt.plots.tuning_walk import walk_forward_figure

    found = result.walk
    return {
        "walk_forward": walk_forward_figure(
            found.folds,
            found.whole.equity,
            result.objective.text,
            result.tuning.spec.cash,
            result.tuning.spec.base,
            axes=result.names,
            overall=(found.is_objective, found.oos_objective),
        )
    }


class _Teller:
    """Shows how far the search of a fold has come: in the bar, or a line now and then where there is none."""

    def __init__(self, bar: ProgressBar, objective: Objective) -> None:
        self._bar, self._objective = bar, objective
        self._told = time.monotonic()

    def __call__(self, fold: Fold, folds: int, state: SweepProgress) -> None:
        """Show `state`."""
        from newsbt.cli.tune_lines import progress_label

        quiet = not self._bar.enabled
        if quiet and time.monotonic() - self._told < EVERY_S:
            return
        what = progress_label(state.done, state.total, state.rate, state.best, state.point, self._objective)
        label = f"fold {fold.number} of {folds}: {what}"
        if quiet:
            self._told = time.monotonic()
            render.note(label)
        else:
            share = state.done / state.total if state.total else 0.0
            self._bar(label, (fold.number - 1 + share) / folds)
