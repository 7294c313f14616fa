"""What ``newsbt tune`` says and draws of a search: the best at once, the rest when it is judged."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import typer

from newsbt.cli import render
from newsbt.cli.tune_lines import judged_lines, saved_lines, tune_json, tune_lines, verdict_lines
from newsbt.tuning.advice import advice
from newsbt.tuning.importance import importance
from newsbt.tuning.neighbours import surroundings
from newsbt.tuning.ranking import best_rows, front_rows, ranked

if TYPE_CHECKING:
    from newsbt.adapters.workspace import Workspace
    from newsbt.api.verify import Verification
    from newsbt.cli.progress import ProgressBar
    from newsbt.records import FloatArray
    from newsbt.tuning.request import TuneResult

__all__ = ["Told"]


class Told:
    """Tells of one search, in two parts.

    Parameters
    ----------
    bar : ProgressBar
        Taken away before anything is printed.
    top : int
        Trials to show.
    as_json : bool
        Say everything at the end, as JSON.
    """

    def __init__(self, bar: ProgressBar, top: int, as_json: bool) -> None:
        self._bar, self._top, self._as_json = bar, top, as_json
        self._shares: pd.Series[float] = pd.Series(dtype=float)
        self._lasting: FloatArray | None = None
        self._best = pd.DataFrame()
        self._front: pd.DataFrame | None = None
        self._closed: BrokenPipeError | None = None

    def found(self, result: TuneResult) -> None:
        """Print the best trials; nobody who reads them any more is no reason to lose them."""
        self._shares = importance(result.trials, result.axes)
        around = surroundings(result.trials, result.axes)
        self._lasting = around.stability
        self._best = ranked(result, best_rows(result.trials, self._top), around)
        on_front = 0
        if len(result.objectives) > 1:
            rows = front_rows(result)
            self._front, on_front = ranked(result, rows[: self._top], around), len(rows)
        if self._as_json:
            return
        self._bar.stop()
        try:
            width = render.screen_width()
            render.lines(tune_lines(result, self._best, self._shares, self._front, on_front, width))
            render.flush()
        except BrokenPipeError as error:
            self._closed = error

    def judged(self, result: TuneResult, place: Workspace, verify: int, figures: bool) -> None:
        """Print the rest, verify, draw, and end with the status that fits."""
        if self._closed is not None:
            raise self._closed
        interrupted = result.stopped == "interrupted"
        findings = (*advice(result), *result.findings)
        if not self._as_json:
            render.lines(judged_lines(result, findings, render.screen_width()))
        try:
            drawn = self._draw(result, place) if figures and not interrupted and len(self._best) else []
            checked = _verify(result, place, verify) if verify and not interrupted else []
        except KeyboardInterrupt:
            if result.path is None:
                raise
            render.note(
                f"interrupted; kept {len(result.trials):,} trials in {result.path}; "
                f"their page is made by: newsbt report {result.path}"
            )
            raise typer.Exit(130) from None
        wrong = [row for row in checked if row.difference]
        if self._as_json:
            answer = tune_json(result, self._best, self._shares, self._front, findings)
            verified = [dataclasses.asdict(row) for row in checked]
            render.json_value({**answer, "pictures": [str(path) for path in drawn], "verified": verified})
        else:
            render.lines(["", *(verdict_lines(checked) if checked else []), *saved_lines(result, drawn)])
        if interrupted:
            render.note(f"interrupted; kept {len(result.trials):,} trials in {result.path}")
            raise typer.Exit(130)
        if wrong:
            raise typer.Exit(1)

    def _draw(self, result: TuneResult, place: Workspace) -> list[Path]:
        """The page and the pictures of `result` in its folder."""
        from newsbt.adapters.figures import save_figures
        from newsbt.api.tune_page import write_tuning_page
        from newsbt.plots.tuning import tuning_figures

        if result.path is None or self._lasting is None:
            return []
        goals = result.tuning.objectives
        figures = tuning_figures(result.trials, result.axes, goals[0], self._lasting, self._shares, goals)
        page = write_tuning_page(result.path, place, (self._shares, self._lasting))
        return [page, *save_figures(figures, result.path)]


def _verify(result: TuneResult, place: Workspace, count: int) -> list[Verification]:
    from newsbt.api.verify import verify
    from newsbt.cli.progress import ProgressBar

    with ProgressBar() as progress:
        return verify(result, place, count, progress)
