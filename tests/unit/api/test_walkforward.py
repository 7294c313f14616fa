"""A walk-forward over a workspace: what a training window sees, and that nothing later changes its choice."""

import csv
import io

import numpy as np
import pandas as pd
import pytest

from newsbt.adapters.plugins import describe
from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.workspace import Workspace
from newsbt.api.backtest import backtest
from newsbt.api.inputs import gather
from newsbt.api.walkforward import Windows, walk_forward
from newsbt.errors import DataUnavailableError, InputError
from newsbt.metrics.table import METRICS
from newsbt.params import Param
from newsbt.runs import RunSpec
from newsbt.scoring.apply import score_catalysts
from newsbt.scoring.pipeline import build_signals
from newsbt.scoring.settings import SignalSettings
from newsbt.tuning.axes import parse_axes
from newsbt.tuning.folds import parse_plan
from newsbt.tuning.objective import parse_objective
from newsbt.tuning.space import Space

RETURN = parse_objective("total_return")
SPEC = RunSpec("drift", symbols=("BABA", "9988.HK"), params={"weight": 0.5}, benchmark="KWEB")
#: The sample holds September 2024 to April 2025.
PLAN = parse_plan("train=3m,test=2m")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("walk") / "mine"
    init_workspace(folder)
    return Workspace(folder.resolve())


def space_of(workspace, *texts):
    params = describe(workspace.strategy("drift")).params
    known = {param.name: param for param in params}
    known["run.entry"] = Param("run.entry", "open", choices=("open", "close"))
    known["run.latency"] = Param("run.latency", "5min")
    known["run.cash"] = Param("run.cash", 1.0)
    return Space(parse_axes(texts, known))


def search(fold, given):
    """Every holding time, in Backtrader, on the inputs that the window gives and no others."""
    rows = []
    for trial, hold in enumerate((2, 5)):
        spec = RunSpec(**{**vars(given.spec), "params": {**given.spec.params, "hold": hold}})
        metrics = backtest(spec, given.inputs, "trial").metrics
        rows.append({"trial": trial, "hold": hold, **metrics, "objective": metrics["total_return"]})
    return pd.DataFrame(rows).astype({metric.key: "float64" for metric in METRICS})


def runner(workspace):
    def test(spec, point):
        spec = RunSpec(**{**vars(spec), "params": {**spec.params, **point}})
        return backtest(spec, gather(spec, workspace), "test")

    return test


def walked(workspace, plan=PLAN, **options):
    space = space_of(workspace, "hold=2,5")
    windows = Windows(SPEC, workspace, space, plan)
    return windows, walk_forward(windows, space, RETURN, search=search, test=runner(workspace), **options)


def test_windows_of_the_sample(workspace):
    windows = Windows(SPEC, workspace, space_of(workspace, "hold=2,5"), PLAN)
    days = [(str(f.train_start), str(f.train_end), str(f.test_end)) for f in windows.folds]
    assert days == [
        ("2024-09-02", "2024-12-01", "2025-02-01"),
        ("2024-11-02", "2025-02-01", "2025-04-01"),
    ]
    assert windows.window == 5
    assert [finding.code for finding in windows.findings] == ["untested-days"]
    assert "29 days from 2025-04-02 to 2025-04-30" in windows.findings[0].message


def test_the_tests_are_the_runs_that_newsbt_run_makes_and_follow_each_other(workspace):
    said = []
    _, found = walked(workspace, progress=lambda what, done: said.append((what, done)))
    money = SPEC.cash
    for row in found.folds.itertuples():
        spec = RunSpec(
            **{
                **vars(SPEC),
                "params": {"weight": 0.5, "hold": row.hold},
                "start": row.test_start.date(),
                "end": row.test_end.date(),
                "cash": money,
            }
        )
        alone = backtest(spec, gather(spec, workspace), "alone")
        mine = found.whole.equity[found.whole.equity["fold"] == row.fold]
        np.testing.assert_allclose(mine["equity"], alone.equity["equity"], rtol=1e-12)
        assert row.oos_objective == alone.metrics["total_return"]
        money = alone.metrics["final_equity"]
    assert found.whole.metrics["final_equity"] == pytest.approx(money)
    assert found.whole.metrics["benchmark_return"] is not None
    assert len(found.whole.trades) > 0
    assert len(found.trials) == 4
    assert said[0] == ("fold 1 of 2: training to 2024-12-01", 0.0)
    assert said[-1] == ("fold 2 of 2: testing to 2025-04-01", 0.5)


def test_every_signal_of_training_ends_its_window_in_training(workspace):
    windows = Windows(SPEC, workspace, space_of(workspace, "hold=2,5"), PLAN)
    for fold in windows.folds:
        given = windows.training(fold)
        inputs = given.inputs
        _, signals = build_signals(
            inputs.catalysts,
            score_catalysts(inputs.model, inputs.catalysts, "catalogue"),
            universe=inputs.universe,
            listings=inputs.listings,
            calendars=inputs.calendars,
            bars=inputs.book.bars,
            start=inputs.first_day,
            end=inputs.last_day,
            settings=SignalSettings(entry="open", latency=SPEC.latency, spillover=0.0, netting="sum"),
        )
        assert signals
        for signal in signals:
            calendar = inputs.calendars[inputs.universe.listings[signal.symbol].venue]
            last = calendar.day(calendar.index_of(signal.session) + 5)
            assert last <= fold.train_end < fold.test_start
        assert given.events > 0
    assert given.purged > 0


def test_no_price_of_training_is_of_the_test(workspace):
    windows = Windows(SPEC, workspace, space_of(workspace, "hold=2,5"), PLAN)
    for fold in windows.folds:
        for frame in windows.training(fold).inputs.book.bars.values():
            assert frame.index.max() <= pd.Timestamp(fold.train_end)


def test_later_prices_and_news_never_change_a_choice(workspace, tmp_path):
    """The leak law: everything after the first training window is made up, and its search is the same."""
    folder = tmp_path / "poisoned"
    init_workspace(folder)
    other = Workspace(folder.resolve())
    border = "2024-12-01"
    noise = np.random.default_rng(7)
    for path in (other.prices / "sample").glob("*.csv"):
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        at = rows[0].index("date") if "date" in rows[0] else None
        if at is None or "open" not in rows[0]:
            continue
        for row in rows[1:]:
            if row[at] > border:
                factor = float(np.exp(noise.normal(0, 0.1)))
                for name in ("open", "high", "low", "close"):
                    row[rows[0].index(name)] = f"{float(row[rows[0].index(name)]) * factor:.2f}"
        path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    for path in other.catalogue_files():
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        when, way = rows[0].index("published_at"), rows[0].index("direction")
        kept = [row for number, row in enumerate(rows[1:]) if row[when] <= border or number % 2]
        for row in kept:
            if row[when] > border and row[way] in ("1", "-1"):
                row[way] = str(-int(row[way]))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([rows[0], *kept])

    plan = parse_plan("train=3m,test=2m")
    _, honest = walked(workspace, plan)
    _, poisoned = walked(other, plan)
    first, second = (found.trials[found.trials["fold"] == 1] for found in (honest, poisoned))
    pd.testing.assert_frame_equal(first, second)
    assert honest.folds["hold"].iloc[0] == poisoned.folds["hold"].iloc[0]
    # And what came after was really changed.
    assert honest.folds["oos_objective"].iloc[0] != poisoned.folds["oos_objective"].iloc[0]


def test_purge_and_embargo_leave_events_out(workspace):
    space = space_of(workspace, "hold=2,5")
    plain = Windows(SPEC, workspace, space, parse_plan("train=3m,test=1m,anchored,purge=0"))
    given = plain.training(plain.folds[2])
    assert plain.window == 0
    assert given.embargoed == 0
    strict = Windows(SPEC, workspace, space, parse_plan("train=3m,test=1m,anchored,purge=10,embargo=10d"))
    other = strict.training(strict.folds[2])
    assert other.purged > given.purged
    assert other.embargoed > 0
    assert other.events + other.purged + other.embargoed == given.events + given.purged


def test_an_entry_that_is_searched_purges_by_the_later_one(workspace):
    spec = RunSpec(**{**vars(SPEC), "entry": "close"})
    close = Windows(spec, workspace, space_of(workspace, "hold=2,5"), PLAN)
    both = Windows(spec, workspace, space_of(workspace, "hold=2,5", "run.entry=close,open"), PLAN)
    fewer = {item.id for item in both.training(both.folds[0]).inputs.catalysts}
    assert fewer <= {item.id for item in close.training(close.folds[0]).inputs.catalysts}


def test_a_latency_that_is_searched_purges_by_the_longest(workspace):
    plain = Windows(SPEC, workspace, space_of(workspace, "hold=2,5"), PLAN)
    slow = Windows(SPEC, workspace, space_of(workspace, "hold=2,5", "run.latency=5min,20d"), PLAN)
    fewer = 0
    for fold in plain.folds:
        mine = {item.id for item in plain.training(fold).inputs.catalysts}
        other = {item.id for item in slow.training(fold).inputs.catalysts}
        assert other <= mine
        fewer += len(mine) - len(other)
    # Latency is added to exact times only, and some of the last weeks have one.
    assert fewer > 0


def test_what_the_windows_decide_cannot_be_searched(workspace):
    with pytest.raises(InputError, match=r"run\.cash cannot be searched with --walk-forward"):
        Windows(SPEC, workspace, space_of(workspace, "run.cash=1,2"), PLAN)


def test_a_listing_that_comes_late_is_left_out_until_it_trades(workspace, tmp_path):
    folder = tmp_path / "late"
    init_workspace(folder)
    place = Workspace(folder.resolve())
    path = place.prices / "sample" / "9988.HK.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *(row for row in rows if row > "2025-01")]) + "\n", encoding="utf-8")
    windows = Windows(SPEC, place, space_of(place, "hold=2,5"), PLAN)
    assert windows.training(windows.folds[0]).spec.symbols == ("BABA",)
    assert windows.training(windows.folds[1]).spec.symbols == ("BABA", "9988.HK")


def test_a_window_without_any_bar_is_named(workspace, tmp_path):
    folder = tmp_path / "gap"
    init_workspace(folder)
    place = Workspace(folder.resolve())
    path = place.prices / "sample" / "9988.HK.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if row < "2024-10-15" or row > "2025-04-20"]
    path.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    spec = RunSpec(**{**vars(SPEC), "symbols": ("9988.HK",)})
    windows = Windows(spec, place, space_of(place, "hold=2,5"), PLAN)
    with pytest.raises(DataUnavailableError, match=r"no bar of 9988\.HK from 2025-02-02 to 2025-04-01"):
        windows.testing(windows.folds[1], 1.0)
