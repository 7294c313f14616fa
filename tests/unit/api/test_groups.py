"""Points split by what they change, and run: the numbers are those of single runs."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import newsbt
from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace
from newsbt.api.evaluate import evaluator_for
from newsbt.api.groups import GroupedRuns
from newsbt.metrics.table import METRICS

KEYS = [metric.key for metric in METRICS]
PERIOD = {"symbols": "9988.HK", "start": "2024-09-02", "end": "2024-12-31"}
BREAKS = '''"""Buys and, asked to hold for 3 sessions, breaks."""

from newsbt import NewsStrategy


class Breaks(NewsStrategy):
    """Fails for some points."""

    params = {"hold": 5, "always": 0, "stop": 0.0, "take": 0.0, "trail": 0.0, "weight": 0.1,
              "min_score": 0.2, "side": "both", "delay": 0}

    def on_signal(self, desk, signal):
        if self.p.hold == 3 or self.p.always:
            raise ZeroDivisionError("asked for")
        self.follow(desk, signal.score, signal)
'''


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("groups") / "mine"
    init_workspace(folder)
    (folder / "strategies" / "breaks.py").write_text(BREAKS)
    return Workspace(folder)


def spec_of(place, strategy="drift", **fields):
    return build_specs([strategy], place, load_settings(place), {**PERIOD, **fields}, {"": {}})[0]


def metrics(result):
    return np.array([np.nan if result.metrics[key] is None else result.metrics[key] for key in KEYS])


BATCH = pd.DataFrame(
    {
        "hold": [2, 4, 2, 4, 2],
        "run.entry": ["open", "open", "close", "close", "open"],
        "signal.half_life": [5.0, 5.0, 0.5, 0.5, 5.0],
        "broker.commission": [0.0, 0.0, 0.002, 0.002, 0.003],
    }
)


def test_groups_are_what_can_share_a_world(place):
    groups = GroupedRuns(spec_of(place), place).split(BATCH)
    assert [list(group.rows) for group in groups] == [[0, 1], [2, 3], [4]]
    assert [group.spec.entry for group in groups] == ["open", "close", "open"]
    assert groups[1].spec.signal_params == {"half_life": 0.5}
    assert groups[1].spec.broker_params == {"commission": 0.002}
    assert groups[1].params.to_dict("list") == {"hold": [2, 4]}


def test_points_are_as_single_runs(place):
    evaluator = evaluator_for(spec_of(place), place, "backtrader")
    found = evaluator.evaluate(BATCH)
    settings = place.settings_file.read_text()
    for row, point in enumerate(BATCH.to_dict("records")):
        # The same by the user's own means: a broker in newsbt.toml, parameters and options.
        rate = point["broker.commission"]
        place.settings_file.write_text(f"{settings}\n[broker.mine]\ncommission = {rate}\nslippage = 0.0005\n")
        single = newsbt.run(
            "drift",
            params={"hold": point["hold"]},
            signal_params={"half_life": point["signal.half_life"]},
            workspace=place.root,
            broker="mine",
            entry=point["run.entry"],
            **PERIOD,
        )
        np.testing.assert_array_equal(found[row], metrics(single))
    place.settings_file.write_text(settings)


def test_one_point_has_its_fills(place):
    evaluator = evaluator_for(spec_of(place), place, "backtrader")
    result = evaluator.run(BATCH.iloc[2].to_dict())
    np.testing.assert_array_equal(metrics(result), evaluator.evaluate(BATCH.iloc[[2]])[0])
    assert len(result.fills)
    returns = evaluator.daily_returns(BATCH.iloc[[2, 0]].reset_index(drop=True))
    growth = (1 + returns[0]).prod() - 1
    assert growth == pytest.approx(result.metrics["total_return"], rel=1e-12)


def test_processes_give_the_same(place):
    alone = evaluator_for(spec_of(place), place, "backtrader").evaluate(BATCH)
    many = evaluator_for(spec_of(place), place, "backtrader", jobs=2)
    try:
        np.testing.assert_array_equal(many.evaluate(BATCH), alone)
    finally:
        many.close()


def test_a_point_that_breaks_is_nan_with_a_reason(place):
    evaluator = evaluator_for(spec_of(place, "breaks"), place, "backtrader")
    found = evaluator.evaluate(pd.DataFrame({"hold": [2, 3, 4, 3]}))
    assert np.isnan(found[[1, 3]]).all()
    assert np.isfinite(found[[0, 2], KEYS.index("final_equity")]).all()
    (failure,) = evaluator.failures.listed()
    assert failure.count == 2
    assert failure.point == {"hold": 3}
    assert "breaks.py: line 14: ZeroDivisionError: asked for" in failure.reason


def test_if_every_point_breaks_there_is_one_error_and_no_folder(place):
    with pytest.raises(newsbt.NewsbtError, match=r"not one of 4 points could be run: .*ZeroDivisionError"):
        newsbt.tune(
            "breaks",
            params={"hold": range(4, 8)},
            fixed={"always": 1},
            save=True,
            workspace=place.root,
            out=place.root / "none",
            **PERIOD,
        )
    assert list(Path(place.root / "none").iterdir()) == []


def test_another_signal_brings_its_own_parameters(place):
    settings = place.settings_file.read_text()
    place.settings_file.write_text(f"{settings}\n[signal.taxonomy]\nscale = 0.25\n")
    try:
        groups = GroupedRuns(spec_of(place), place)
        assert groups.spec_of({"run.signal": "taxonomy"}).signal_params == {"scale": 0.25}
        assert groups.spec_of({"run.signal": "catalogue"}).signal_params == {}
        assert groups.spec_of({"run.latency": "2h"}).latency.total_seconds() == 7200
    finally:
        place.settings_file.write_text(settings)
