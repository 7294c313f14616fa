"""Walk-forward over a workspace: what each training window may see, and its test on the days after it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from newsbt.adapters.plugins import describe
from newsbt.adapters.workspace import Workspace
from newsbt.api.inputs import WARM_UP, Inputs, describe_book, gather
from newsbt.durations import parse_duration
from newsbt.errors import DataUnavailableError, InputError
from newsbt.records import Finding, ParamValue
from newsbt.runs import RunResult, RunSpec
from newsbt.tuning.choice import Ranking
from newsbt.tuning.folds import Fold, Plan, folds, leftover
from newsbt.tuning.objective import Objective
from newsbt.tuning.purge import embargoes, event_window, first_sessions, training_events
from newsbt.tuning.space import Space
from newsbt.tuning.walk import Training, Walk, walk

__all__ = ["TrainingInputs", "Windows", "walk_forward"]

#: What one account over all test windows must not change.
FIXED = frozenset({"run.cash", "run.base"})

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class TrainingInputs:
    """What a search over one training window may see.

    Parameters
    ----------
    spec : RunSpec
        Of the window's days.
    inputs : Inputs
        Prices end with the window; the news are those that may be used.
    events, purged, embargoed : int
        Events of the window that are used, and that are left out.
    """

    spec: RunSpec
    inputs: Inputs
    events: int
    purged: int
    embargoed: int


class Windows:
    """The windows of one walk-forward, with what each may see.

    Parameters
    ----------
    spec : RunSpec
        Period, costs and all that is not searched.
    workspace : Workspace
    space : Space
        What is searched: its longest holding time says how long an event works.
    plan : Plan
    progress : callable, optional

    Attributes
    ----------
    folds : tuple of Fold
    window : int
        Sessions that an event works for.
    hashes : mapping of str to str
        SHA-256 of every file that was read besides prices.
    prices : mapping of str to Any
        Provenance of every series.
    findings : tuple of Finding
        Days that no fold tests; an unknown holding time.

    Raises
    ------
    NewsbtError
        As :func:`newsbt.api.inputs.gather`, and if not even one fold fits.
    """

    def __init__(
        self,
        spec: RunSpec,
        workspace: Workspace,
        space: Space,
        plan: Plan,
        progress: Progress | None = None,
    ) -> None:
        self.spec, self.workspace, self.plan = spec, workspace, plan
        self._names = frozenset(space.names)
        self._latencies = [
            value
            for axis in space.axes
            if axis.name == "run.latency"
            for value in axis.values  # noqa: PD011
        ]
        moved = [name for name in space.names if name in FIXED]
        if moved:
            raise InputError(
                f"--param {moved[0]} cannot be searched with --walk-forward, which hands money from one test"
                " window to the next; leave one of them out"
            )
        whole = gather(spec, workspace, progress)
        self._days = {symbol: frame.index for symbol, frame in whole.book.bars.items()}
        self._traded = tuple(item.symbol for item in whole.listings)
        self.hashes, self.prices = whole.hashes, describe_book(whole.book)
        self.folds = folds(whole.first_day, whole.last_day, plan)
        known = event_window(space.axes, spec.params, describe(whole.strategy).params)
        self.window = plan.purge if plan.purge is not None else known or 0
        self.findings = self._findings(leftover(self.folds, whole.last_day), known)

    def training(self, fold: Fold) -> TrainingInputs:
        """Inputs of the search over the training window of `fold`.

        Nothing after ``fold.train_end`` is in them: prices end there, and of the news only those are kept
        whose whole window ends by then at every venue, and that no embargo bars.
        """
        spec = self._within(fold.train_start, fold.train_end)
        inputs = gather(spec, self.workspace)
        venues = list(dict.fromkeys(item.venue for item in inputs.listings))
        # Of all points of the search the one that trades latest decides.
        entry = "open" if "run.entry" in self._names else spec.entry
        sessions = first_sessions(
            inputs.catalysts, inputs.universe, inputs.calendars, venues, entry, self._latest(spec.latency)
        )
        barred = embargoes(fold, self.folds[: fold.number - 1], self.plan.embargo)
        kept = training_events(
            sessions, [inputs.calendars[venue] for venue in venues], fold, self.window, barred
        )
        catalysts = [item for item, used in zip(inputs.catalysts, kept.used, strict=True) if used]
        return TrainingInputs(
            spec,
            dataclasses.replace(inputs, catalysts=catalysts),
            int((kept.used & kept.inside).sum()),
            int(kept.purged.sum()),
            int(kept.embargoed.sum()),
        )

    def testing(self, fold: Fold, cash: float) -> RunSpec:
        """Specification of the test window of `fold`, with the prices before it as history."""
        return dataclasses.replace(self._within(fold.test_start, fold.test_end), cash=cash)

    def _within(self, first: dt.date, last: dt.date) -> RunSpec:
        """The specification on some of its days; symbols that were named need a bar there."""
        symbols = self.spec.symbols
        if symbols:
            begin, end = pd.Timestamp(first - WARM_UP), pd.Timestamp(last)
            symbols = tuple(
                name
                for name in self._traded
                if ((self._days[name] >= begin) & (self._days[name] <= end)).any()
            )
            if not symbols:
                raise DataUnavailableError(
                    f"prices {self.spec.prices} have no bar of {', '.join(self.spec.symbols)} from {first} to"
                    f" {last}, a window of the walk-forward; choose a later --start"
                )
        return dataclasses.replace(self.spec, symbols=symbols, start=first, end=last)

    def _latest(self, latency: dt.timedelta) -> dt.timedelta:
        return max((parse_duration(str(value), "run.latency") for value in self._latencies), default=latency)

    def _findings(self, rest: tuple[dt.date, dt.date] | None, known: int | None) -> tuple[Finding, ...]:
        found = []
        if rest is not None:
            days = (rest[1] - rest[0]).days + 1
            found.append(
                Finding(
                    "untested-days",
                    "info",
                    "walk-forward",
                    f"{days} days from {rest[0]} to {rest[1]} are less than half of a test window",
                    "they are in no fold",
                )
            )
        if self.plan.purge is None and known is None:
            found.append(
                Finding(
                    "no-holding-time",
                    "warning",
                    "walk-forward",
                    f"{self.spec.strategy} has neither hold nor half_life, so an event lasts one session",
                    "say for how many with purge=SESSIONS",
                )
            )
        return tuple(found)


def walk_forward(
    windows: Windows,
    space: Space,
    objective: Objective,
    *,
    search: Callable[[Fold, TrainingInputs], pd.DataFrame],
    test: Callable[[RunSpec, Mapping[str, ParamValue]], RunResult],
    ranking: Ranking | None = None,
    progress: Progress | None = None,
) -> Walk:
    """Search every training window and trade what was chosen on the days after it.

    Parameters
    ----------
    windows : Windows
    space : Space
    objective : Objective
        What is chosen by and compared.
    search : callable
        Gives the trials table of one fold; it sees the inputs it is given and no others.
    test : callable
        Backtests one point of a specification.
    ranking : callable, optional
        Of trials, instead of the objective; see :func:`newsbt.tuning.walk.walk`.
    progress : callable, optional
        Called with what is being done and the fraction of all folds done.

    Returns
    -------
    Walk
        With the findings of `windows` first.

    Raises
    ------
    NewsbtError
        As :func:`newsbt.tuning.walk.walk` and what it calls.
    """

    def tell(what: str, fold: Fold) -> None:
        if progress:
            progress(
                f"fold {fold.number} of {len(windows.folds)}: {what}", (fold.number - 1) / len(windows.folds)
            )

    def train(fold: Fold) -> Training:
        tell(f"training to {fold.train_end}", fold)
        given = windows.training(fold)
        return Training(search(fold, given), given.events, given.purged, given.embargoed)

    def trade(fold: Fold, point: Mapping[str, ParamValue], cash: float) -> RunResult:
        tell(f"testing to {fold.test_end}", fold)
        return test(windows.testing(fold, cash), point)

    found = walk(
        windows.folds, space.names, objective, windows.spec.cash, train=train, test=trade, ranking=ranking
    )
    return dataclasses.replace(found, findings=(*windows.findings, *found.findings))
