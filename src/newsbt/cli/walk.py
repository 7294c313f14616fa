"""``newsbt tune --walk-forward``: run it, show it, draw it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from newsbt.cli import layout, render

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from newsbt.adapters.workspace import Workspace
    from newsbt.api.sweep import SweepProgress
    from newsbt.api.walk import WalkResult
    from newsbt.cli.progress import ProgressBar
    from newsbt.tuning.folds import Fold
    from newsbt.tuning.objective import Objective
    from newsbt.tuning.request import Tuning

__all__ = ["resume_walk", "walk"]

#: Seconds between two lines of progress where there is no bar.
EVERY_S = 10.0


def walk(
    tuning: Tuning,
    plan: str,
    place: Workspace,
    *,
    choose: str,
    name: str | None,
    out: Path | None,
    figures: bool,
    as_json: bool,
    **how: Any,
) -> None:
    """Do what the options of ``newsbt tune`` ask for; `how` is as :func:`newsbt.api.walk.walk_tuning`'s.

    Raises
    ------
    NewsbtError
        As :func:`newsbt.api.walk.walk_tuning`.
    """
    from newsbt.api.walk import walk_tuning
    from newsbt.tuning.folds import parse_plan

    windows = parse_plan(plan)
    _shown(
        lambda teller: walk_tuning(
            tuning,
            windows,
            place,
            choice=choose,  # type: ignore[arg-type]
            name=name,
            out=out,
            draw=_draw if figures else None,
            progress=teller,
            **how,
        ),
        tuning.objectives[0],
        place,
        figures,
        as_json,
    )


def resume_walk(
    folder: Path, goal: str, place: Workspace, *, figures: bool, as_json: bool, **how: Any
) -> None:
    """Go on with the walk-forward in `folder`, whose objective is `goal`.

    Raises
    ------
    NewsbtError
        As :func:`newsbt.api.walk.resume_walk`.
    """
    from newsbt.api.walk import resume_walk as go_on

    _shown(
        lambda teller: go_on(folder, place, draw=_draw if figures else None, progress=teller, **how),
        goal,
        place,
        figures,
        as_json,
    )


def _shown(
    make: Callable[[_Teller], WalkResult], goal: str, place: Workspace, figures: bool, as_json: bool
) -> None:
    """Make a walk-forward with its progress on the screen, then say what came out."""
    from newsbt.cli.progress import ProgressBar
    from newsbt.cli.summary import from_here
    from newsbt.tuning.objective import parse_objective

    try:
        with ProgressBar() as bar:
            result = make(_Teller(bar, parse_objective(goal)))
    except KeyboardInterrupt as error:
        if not error.args:
            raise
        kept = from_here(error.args[0])
        render.note(f"interrupted; its trials are kept, go on with: newsbt tune --resume {kept}")
        raise typer.Exit(130) from None
    try:
        _show(result, place, figures, as_json)
    except KeyboardInterrupt:
        if result.path is None:
            raise
        render.note(
            f"interrupted; kept the folds in {result.path}; its page is made by: newsbt report {result.path}"
        )
        raise typer.Exit(130) from None
    if result.path is not None and result.path.name.endswith(".unfinished"):
        render.note(f"interrupted; kept the finished folds in {result.path}")
        raise typer.Exit(130)


def _show(result: WalkResult, place: Workspace, figures: bool, as_json: bool) -> None:
    from newsbt.cli.summary import from_here
    from newsbt.cli.walk_lines import walk_json, walk_lines

    pages = []
    if figures and result.path is not None:
        from newsbt.api.tune_page import write_tuning_page

        pages = [write_tuning_page(result.path, place)]
    found = (result.walk, result.names, result.objective, result.plan)
    if as_json:
        answer = walk_json(*found)
        render.json_value({"path": str(result.path), "choose": result.choice, **answer})
        return
    lines = walk_lines(*found, render.screen_width())
    for item in result.findings:
        text = f"{item.severity}: {item.message}{f'; {item.action}' if item.action else ''}"
        lines += layout.paragraph(text, width=render.screen_width(), indent="  ", hanging="  ")
    for failure in result.failures[:3]:
        lines.append(f"  warning: {failure.count:,} points failed: {failure.reason}")
    if result.path is not None:
        shown = from_here(result.path)
        lines += ["", f"saved in {shown}", *(f"         {from_here(page)}" for page in pages)]
        if result.path.name.endswith(".unfinished"):
            lines.append(f"go on with: newsbt tune --resume {shown}")
    render.lines(lines)


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
