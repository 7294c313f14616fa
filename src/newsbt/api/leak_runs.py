"""One run of a leak check: plug-ins loaded afresh from a copy of the workspace, and what the run did."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from newsbt.adapters.leak_stage import Stage, inside, plugin
from newsbt.adapters.leak_watch import Watched, watched
from newsbt.adapters.plugins import blame, load
from newsbt.adapters.signal_models import ModelSource, build_model
from newsbt.adapters.workspace import Workspace
from newsbt.api.inputs import Inputs
from newsbt.api.leak_trace import trace_journal, trace_news
from newsbt.api.worlds import build_signals_of, build_world
from newsbt.errors import PluginError
from newsbt.evidence.leaks.parts import Parts
from newsbt.evidence.leaks.trace import Entry
from newsbt.runs import RunSpec

__all__ = ["Outcome", "Runner", "another_day"]

#: How far the wall clock is moved for the probe that moves it.
DAYS_MOVED, TIME_MOVED = 397, dt.timedelta(hours=7, minutes=13)


@dataclass(frozen=True)
class Outcome:
    """What a run did.

    Parameters
    ----------
    entries : list of Entry
    watched : Watched
        What was opened while plug-ins were loaded and at work.
    ahead : tuple of str
        What the strategy says it takes from the whole run.
    """

    entries: list[Entry]
    watched: Watched = field(default_factory=Watched)
    ahead: tuple[str, ...] = ()


class Runner:
    """Runs a specification with other inputs.

    Parameters
    ----------
    spec : RunSpec
    inputs : Inputs
        As they are.
    original : Workspace
    engine : bool
        Run the strategy; without it only news is scored.
    """

    def __init__(self, spec: RunSpec, inputs: Inputs, original: Workspace, *, engine: bool) -> None:
        self.spec, self.inputs, self.original, self.engine = spec, inputs, original, engine
        self._tables: dict[str, Any] = {}

    def fresh(self, stage: Stage, parts: Parts, *, write: bool) -> Outcome:
        """Run with plug-ins of a new copy, whose files hold `parts` if they are to be written."""
        copy = stage.fresh(parts.bars, parts.catalysts) if write else stage.fresh()
        return self.within(copy, parts)

    def within(self, copy: Workspace, parts: Parts) -> Outcome:
        """Run with the plug-ins of `copy`; the same copy again gives the same modules again.

        Raises
        ------
        PluginError
            For whatever goes wrong inside a plug-in; it names the file in the user's own workspace.
        """
        try:
            return self._within(copy, parts)
        except Exception as error:
            fault = error if isinstance(error, PluginError) else blame(error)
            if fault is None or not fault.path.is_relative_to(copy.root):
                raise
            own = self.original.root / fault.path.relative_to(copy.root)
            raise PluginError(own, fault.reason) from error

    def _within(self, copy: Workspace, parts: Parts) -> Outcome:
        import backtrader as bt  # slow; so that no other command waits for it

        from newsbt.engine.reference import run_reference

        with inside(copy, self.original), watched() as seen:
            inputs = self._inputs(copy, parts)
            if not self.engine:
                return Outcome(trace_news(*build_signals_of(self.spec, inputs)), seen)
            strategy = load(inputs.strategy, bt.Strategy)
            audit, world = build_world(self.spec, inputs)
            done = run_reference(world, strategy, self.spec.params)
            entries = trace_news(audit, world.signals) + trace_journal(done.journal, world)
            return Outcome(entries, seen, tuple(getattr(strategy, "ahead", ())))

    def _inputs(self, copy: Workspace, parts: Parts) -> Inputs:
        book = dataclasses.replace(self.inputs.book, bars=parts.bars)
        source = ModelSource(
            self.inputs.universe, lambda name: plugin(copy, self.original.signal(name)), self._table
        )
        return dataclasses.replace(
            self.inputs,
            book=book,
            catalysts=list(parts.catalysts),
            last_day=parts.last_day,
            model=build_model(self.spec.signal, self.spec.signal_params, source).model,
            strategy=plugin(copy, self.inputs.strategy),
        )

    def _table(self, name: str) -> Any:
        """A table of the user's own workspace, read once."""
        if name not in self._tables:
            self._tables[name] = self.original.table(name)
        return self._tables[name]


@contextlib.contextmanager
def another_day() -> Iterator[None]:
    """Within, modules that are imported get a ``datetime`` and a ``time`` whose clock is moved.

    Modules that are already imported keep theirs: this is about the plug-ins of a new copy.
    """
    real = {name: sys.modules[name] for name in ("datetime", "time")}
    sys.modules.update({"datetime": _moved_datetime(), "time": _moved_time(real["time"])})
    try:
        yield
    finally:
        sys.modules.update(real)


def _moved(moment: dt.datetime) -> dt.datetime:
    """Another time of day, on a day that is an odd number of days later whatever the hour is."""
    later = moment + TIME_MOVED
    return later + dt.timedelta(days=DAYS_MOVED - (later.date() - moment.date()).days)


def _moved_datetime() -> ModuleType:
    class MovedDate(dt.date):
        @classmethod
        def today(cls) -> Any:
            return _moved(dt.datetime.now(dt.UTC)).date()

    class MovedDateTime(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Any:
            return _moved(dt.datetime.now(tz))

        @classmethod
        def today(cls) -> Any:
            return cls.now()

        @classmethod
        def utcnow(cls) -> Any:
            return _moved(dt.datetime.now(dt.UTC).replace(tzinfo=None))

    module = ModuleType("datetime")
    module.__dict__.update(vars(dt))
    module.__dict__.update(date=MovedDate, datetime=MovedDateTime)
    return module


def _moved_time(real: ModuleType) -> ModuleType:
    module = ModuleType("time")
    module.__dict__.update(vars(real))
    now = dt.datetime.now(dt.UTC)
    seconds = (_moved(now) - now).total_seconds()

    def moved(name: str, by: float) -> Callable[[], Any]:
        return lambda: getattr(real, name)() + type(getattr(real, name)())(by)

    module.__dict__.update(time=moved("time", seconds), time_ns=moved("time_ns", seconds * 1e9))
    return module
