"""The loop of a search: same trials at any speed, every way to end, Ctrl-C, and going on."""

import math
import threading
import time

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from newsbt.api.sweep import SweepProgress, sweep
from newsbt.metrics.table import METRICS
from newsbt.params import Param
from newsbt.tuning.axes import parse_axes
from newsbt.tuning.objective import parse_objectives
from newsbt.tuning.search import make_search
from newsbt.tuning.space import Space

KEYS = [metric.key for metric in METRICS]
KNOWN = {"hold": Param("hold", 5, 1, 250), "stop": Param("stop", 0.0, 0, 1)}


class Bowl:
    """Points whose Sharpe ratio is best at hold 12 and stop 0.05; undefined where hold is 3."""

    def __init__(self, threads=1, engine="backtrader", pause=lambda: 0.0, cut_at=None):
        self.threads, self.engine, self.pause, self.cut_at = threads, engine, pause, cut_at
        self.calls, self.sizes, self.names = 0, [], set()

    def evaluate(self, batch):
        self.calls += 1
        self.sizes.append(len(batch))
        self.names.add(threading.current_thread().name)
        time.sleep(self.pause())
        if self.cut_at is not None and self.calls >= self.cut_at:
            raise KeyboardInterrupt
        found = np.full((len(batch), len(KEYS)), np.nan)
        hold, stop = batch["hold"].to_numpy(dtype=float), batch["stop"].to_numpy(dtype=float)
        found[:, KEYS.index("sharpe")] = np.where(
            hold == 3, np.nan, 2 - ((hold - 12) / 10) ** 2 - (20 * (stop - 0.05)) ** 2
        )
        found[:, KEYS.index("trades")] = hold
        return found


def search(kind="grid", axes=("hold=1:20", "stop=0:0.1:0.01"), objectives=("sharpe",), seed=7):
    space = Space(parse_axes(axes, KNOWN))
    return make_search(kind, space, seed, len(objectives)), parse_objectives(objectives)


def go(evaluator, kind="grid", start=None, told=None, **limits):
    """Trials, why it ended, and the last progress."""
    searcher, objectives = search(kind)
    parts = []
    if told is not None:
        searcher.tell(told[["hold", "stop"]], told[["objective"]].to_numpy())
    stopped, state = sweep(evaluator, searcher, objectives, parts.append, start=start, **limits)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(), stopped, state


@pytest.mark.parametrize("kind", ["grid", "random", "sobol", "tpe"])
def test_trials_do_not_depend_on_threads_or_speed(kind):
    rng = np.random.default_rng(0)
    plain, _, _ = go(Bowl(), kind, trials=40)
    threaded, _, _ = go(Bowl(threads=3, engine="fast"), kind, trials=40)
    uneven, _, _ = go(Bowl(pause=lambda: rng.uniform(0, 0.01)), kind, trials=40)
    assert list(plain["trial"]) == list(range(40))
    assert_frame_equal(plain, threaded)
    assert_frame_equal(plain, uneven)


def test_the_table_has_axes_metrics_and_objective():
    trials, stopped, state = go(Bowl())
    assert stopped == "exhausted"
    assert list(trials.columns) == ["trial", "hold", "stop", *KEYS, "objective"]
    assert len(trials) == 20 * 11
    assert trials["hold"].is_monotonic_increasing  # first axis slowest
    assert list(trials["stop"][:3]) == [0.0, 0.01, 0.02]
    assert trials.loc[trials["hold"] == 3, "objective"].isna().all()
    assert state.best == 2.0
    assert state.point == {"hold": 12, "stop": 0.05}
    assert type(state.point["hold"]) is int


@pytest.mark.parametrize("kind", ["grid", "random", "sobol", "tpe"])
@pytest.mark.parametrize("cut", [1, 17])
def test_a_search_that_goes_on_is_as_one_that_never_stopped(kind, cut):
    whole, _, last = go(Bowl(), kind, trials=35)
    first, stopped, state = go(Bowl(), kind, trials=cut)
    assert stopped == "trials"
    rest, _, end = go(Bowl(), kind, trials=35, start=state, told=first)
    assert_frame_equal(pd.concat([first, rest], ignore_index=True), whole)
    assert (end.done, end.best, end.point) == (35, last.best, last.point)


def test_ctrl_c_ends_it_and_keeps_what_was_done():
    trials, stopped, state = go(Bowl(cut_at=4))
    assert stopped == "interrupted"
    assert 0 < len(trials) == state.done < 220


def test_time_ends_it():
    begun = time.monotonic()
    trials, stopped, _ = go(Bowl(pause=lambda: 0.02), seconds=0.1)
    assert stopped == "time"
    assert len(trials)
    assert time.monotonic() - begun < 1.0


def test_no_time_is_no_trial():
    trials, stopped, state = go(Bowl(), seconds=0.0)
    assert (len(trials), stopped, state.done) == (0, "time", 0)


def test_batches_grow_while_they_are_quick_and_shrink_when_they_are_slow():
    quick = Bowl()
    go(quick)
    assert quick.sizes[0] < quick.sizes[1] < quick.sizes[2]
    slow = Bowl(pause=lambda: 0.31)
    go(slow, trials=3)
    assert slow.sizes[1] == 1


def test_threads_work_at_once():
    evaluator = Bowl(threads=2, engine="fast", pause=lambda: 0.01)
    go(evaluator)
    assert len(evaluator.names) == 2


def test_progress_counts_up_and_never_loses_its_best():
    told = []
    go(Bowl(), "random", trials=100, progress=told.append, start=SweepProgress(0, 100, 0.0, 0.0))
    assert [state.done for state in told] == sorted({state.done for state in told})
    assert told[-1].done == told[-1].total == 100
    best = [state.best for state in told if math.isfinite(state.best)]
    assert best == sorted(best)
    assert all(state.rate > 0 for state in told)


def test_several_objectives():
    searcher, objectives = search(objectives=("sharpe", "max_drawdown", "trades"))
    parts = []
    sweep(Bowl(), searcher, objectives, parts.append, trials=5)
    trials = pd.concat(parts)
    assert list(trials.columns[-3:]) == ["objective", "objective_2", "objective_3"]
    assert trials["objective_2"].isna().all()
    assert (trials["objective_3"] == trials["trades"]).all()
