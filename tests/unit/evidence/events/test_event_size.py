"""Tests reject as often as they say where nothing happens, and see what is planted; see the benchmark."""

import importlib.util
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[4] / "benchmarks"
COUNTING_DATES = (
    "clustered",
    "portfolio",
    "wild",
    "overlap",
    "patell_kp",
    "bmp_kp",
    "corrado",
    "corrado_zivney",
    "grank",
)
INDEPENDENT = ("t", "patell", "bmp", "sign")


def module_of(name):
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def benchmark():
    return module_of("event_study_size")


def test_size_with_scattered_dates(benchmark):
    found = benchmark.rejections(200, benchmark.dates_of(60), slice(0, 1), fat=False)
    # Three standard errors of a share of 5 % in 200 worlds are 4.6 points.
    assert {key: share for key, share in found.items() if not 0.004 <= share <= 0.096} == {}


def test_size_with_shared_dates(benchmark):
    found = benchmark.rejections(200, benchmark.dates_of(12), slice(0, 11), fat=True)
    assert {key: found[key] for key in COUNTING_DATES if not 0.004 <= found[key] <= 0.100} == {}
    assert min(found[key] for key in INDEPENDENT) > 0.10, "they are known to fail where dates are shared"


def test_size_where_windows_of_different_dates_overlap():
    found = module_of("event_overlap_size").rejections(500, 30, 3, one_way=True)
    assert min(found[key] for key in ("clustered", "portfolio", "wild")) > 0.2, "they are known to fail there"
    assert 0.02 <= found["overlap"] <= 0.10


def test_power_of_one_session(benchmark):
    found = benchmark.rejections(50, benchmark.dates_of(60), slice(0, 1), fat=True, effect=0.015)
    assert min(found.values()) >= 0.9


def test_power_of_ten_sessions(benchmark):
    cluster = benchmark.dates_of(120, 120)
    found = benchmark.rejections(20, cluster, slice(0, 10), fat=True, effect=0.04, spread=10, events=120)
    assert min(found.values()) >= 0.9
