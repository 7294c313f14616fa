"""A tuning, checked and ready to go: its axes, space, objectives and search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsbt.adapters.tunable import axes_of
from newsbt.adapters.workspace import Workspace
from newsbt.errors import InputError
from newsbt.tuning.constraints import parse_where
from newsbt.tuning.objective import parse_objectives
from newsbt.tuning.request import DEFAULT_TRIALS, Tuning, trial_columns
from newsbt.tuning.search import Searcher, make_search
from newsbt.tuning.space import Space

__all__ = ["LARGEST_GRID", "Search"]

#: Points of a grid that are run without being asked for by number.
LARGEST_GRID: Final = 20_000_000


class Search:
    """A tuning, checked and ready: its space, objectives and search.

    Parameters
    ----------
    tuning : Tuning
    workspace : Workspace

    Raises
    ------
    InputError
        For anything in it that cannot be.
    """

    def __init__(self, tuning: Tuning, workspace: Workspace) -> None:
        self.tuning, self.workspace = tuning, workspace
        self.axes = axes_of(tuning.params, tuning.spec, workspace)
        names = [axis.name for axis in self.axes]
        self.space = Space(self.axes, [parse_where(text, names) for text in tuning.where])
        self.objectives = parse_objectives(tuning.objectives)
        self.searcher: Searcher = make_search(tuning.search, self.space, tuning.seed, len(self.objectives))
        if tuning.trials is not None and tuning.trials < 1:
            raise InputError(f"--trials is {tuning.trials}; write a number from 1 on")

    def limit(self, timed: bool) -> int | None:
        """Trials to end after; None for no such end. `timed` says whether there is a limit of time."""
        if self.tuning.trials is not None:
            return self.tuning.trials
        if self.tuning.search != "grid":
            return None if timed else DEFAULT_TRIALS
        size = self.space.size or 0
        if size > LARGEST_GRID and not timed:
            raise InputError(
                f"the grid has {size:,} points; write --trials N, --time-limit SPAN, fewer values or"
                " another --search such as random"
            )
        return None

    def total(self, limit: int | None) -> int | None:
        """Trials there will be at most; None where that is not known."""
        known = [number for number in (limit, self.space.size) if number is not None]
        return min(known) if known else None

    def columns(self, metrics: Sequence[str] | None) -> list[str] | None:
        """Columns of the trials table with only `metrics`; None for all."""
        return None if metrics is None else trial_columns(self.axes, self.objectives, metrics)
