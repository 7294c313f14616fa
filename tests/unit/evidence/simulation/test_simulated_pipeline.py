"""The whole pipeline in simulated worlds: nothing is found where nothing is, and what is planted is found."""

import dataclasses
import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from newsbt.adapters.plugins import describe
from newsbt.adapters.scaffold import template_root
from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace
from newsbt.api.simple_simulate import build_simulation
from newsbt.api.simulate import scene_of, simulated_runs
from newsbt.metrics.table import METRICS

BENCHMARK = Path(__file__).parents[4] / "benchmarks" / "pipeline_size.py"
TOTAL_RETURN = [metric.key for metric in METRICS].index("total_return")


@pytest.fixture(scope="module")
def measure():
    """The benchmark as a module; skipped where only the tests are."""
    if not BENCHMARK.is_file():
        pytest.skip("benchmarks/ is not beside the tests")
    spec = importlib.util.spec_from_file_location("pipeline_size", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARK.parent)
        spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("dates", [0, 12])
def test_without_an_effect_tests_meant_for_shared_dates_reject_about_one_time_in_twenty(measure, dates):
    few = {"symbols": ["BABA", "PDD", "0700.HK"], "events": 24, "dates": dates, "end": "2024-12-31"}
    hits = measure.part(few, 0, 40, 1)
    for name in ("day 0", "0 to 10"):
        for key in ("clustered", "bmp_kp"):
            # More than 7 of 40 at 5 % come by chance one time in 700.
            assert hits[name][key] <= 7


@pytest.mark.parametrize(
    ("effect", "span"), [({"effect": 0.03}, "day 0"), ({"effect": 0.12, "over": 10}, "0 to 9")]
)
def test_an_effect_is_found(measure, effect, span):
    few = {"symbols": ["BABA", "PDD", "0700.HK"], "events": 18, "end": "2023-12-29", "apart": 12}
    hits = measure.part({**few, **effect, "span": span}, 0, 10, 1)
    assert hits[span]["clustered"] >= 8
    assert hits[span]["bmp_kp"] >= 8


def returns_of_drift(engine, worlds, **settings):
    """Total return of `drift` in the compiled engine in each world, without costs."""
    place = Workspace(template_root())
    (spec,) = build_specs(
        ["drift"], place, load_settings(place), {"symbols": ("BABA", "PDD", "0700.HK"), "broker": "zero"}, {}
    )
    params = {param.name: param.default for param in describe(place.strategy("drift")).params}
    scene = scene_of(build_simulation(events=24, end="2023-12-29", quiet=60, **settings), place, spec.symbols)
    found = []
    for _, prepared in simulated_runs(scene, spec, place, worlds, seed=4):
        world = dataclasses.replace(prepared.world, shorting=type(prepared.world.shorting)())
        found.append(engine(world, "drift").metrics([{**params, "stop": 0.0}])[0, TOTAL_RETURN])
    return np.array(found)


def test_drift_earns_what_is_planted_and_nothing_where_nothing_is(engine):
    quiet = returns_of_drift(engine, 40, effect=0.0)
    assert abs(quiet.mean()) < 3.5 * quiet.std() / np.sqrt(len(quiet))
    loud = returns_of_drift(engine, 20, effect=0.05, over=10)
    # 24 stories of 5 % at a tenth of the capital.
    assert loud.mean() == pytest.approx(0.12, abs=3.5 * loud.std() / np.sqrt(len(loud)))
    gone = returns_of_drift(engine, 40, effect=0.05, gap=1.0)
    assert abs(gone.mean()) < 3.5 * gone.std() / np.sqrt(len(gone))
    against = returns_of_drift(engine, 20, effect=0.05, over=10, wrong=1.0)
    assert against.mean() < -0.06
