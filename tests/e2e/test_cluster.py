"""``newsbt tune --cluster`` with a real scheduler and two worker processes: the trials of one machine."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from pandas.testing import assert_frame_equal

import newsbt
from newsbt.adapters.trial_files import read_trials
from newsbt.errors import InputError

PERIOD = {"symbols": "9988.HK", "start": "2024-09-02", "end": "2024-12-31"}
OPTIONS = [
    *(word for name, value in PERIOD.items() for word in (f"--{name}", value)),
    *("--ledger", "none", "--no-figures"),
]
PLAIN = '''"""A plain Backtrader strategy, as one finds them."""
import backtrader as bt


class Mean(bt.Strategy):
    """Holds what closes above its mean."""

    params = dict(window=10, pause=0)

    def __init__(self):
        self.mean = bt.indicators.SMA(self.data.close, period=self.p.window)

    def next(self):
        if self.p.window == 7:
            raise ValueError("seven is not my number")
        if self.p.pause:
            import time

            time.sleep(self.p.pause / 1000)
        if self.data.close[0] > self.mean[0] and not self.position:
            self.buy(size=100)
        elif self.data.close[0] < self.mean[0] and self.position:
            self.close()
'''


class Dask:
    """A scheduler, and workers that come and go."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        self.place = folder / "scheduler.json"
        self.start(
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            self.place,
        )
        deadline = time.monotonic() + 60
        while not self.place.exists() or not self.place.read_text().strip().endswith("}"):
            assert time.monotonic() < deadline, "no scheduler in a minute"
            time.sleep(0.05)
        self.address = json.loads(self.place.read_text())["address"]

    def start(self, *words):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV", "NEWSBT"))}
        with (self.folder / "log.txt").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *map(str, words)],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=environment,
            )
        self.processes.append(process)
        return process

    def worker(self):
        own = ("--local-directory", self.folder / f"worker-{len(self.processes)}")
        return self.start("worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard", *own)

    def close(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait(timeout=30)


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    cluster = Dask(tmp_path_factory.mktemp("dask"))
    try:
        cluster.workers = [cluster.worker(), cluster.worker()]
        yield cluster
    finally:
        cluster.close()


@pytest.fixture(scope="module")
def place(workspace):
    (workspace / "strategies" / "mean.py").write_text(PLAIN, encoding="utf-8")
    yield workspace
    (workspace / "strategies" / "mean.py").unlink()


def here(place, strategy, **how):
    """The same search on this machine."""
    return newsbt.tune(strategy, workspace=place, ledger="none", **PERIOD, **how)


def test_a_compiled_strategy_with_its_signals_and_costs(newsbt, place, dask):
    axes = {
        "hold": "1:20",
        "stop": "0:0.1:0.02",
        "signal": "catalogue,taxonomy",
        "broker.commission": "0,0.001",
    }
    near = here(place, "drift", params=axes)  # first: it leaves the compiled engine for the others
    words = [word for axis, values in axes.items() for word in ("--param", f"{axis}={values}")]
    done = newsbt(
        "tune", "drift", *words, *OPTIONS, "--name", "far", "--cluster", dask.address, "--json", cwd=place
    )
    assert done.returncode == 0, done.stderr
    assert near.engine == json.loads(done.stdout)["engine"] == "fast"
    assert len(near.trials) == 480
    assert near.trials["trades"].max() > 0
    assert_frame_equal(read_trials(place / "results" / "far"), near.trials, check_exact=True)


def test_a_strategy_of_ones_own_in_backtrader(place, dask):
    near, far = (
        here(place, "mean", params={"window": "5:12"}, cluster=address) for address in (None, dask.address)
    )
    assert near.engine == far.engine == "backtrader"
    assert near.trials["trades"].max() > 0
    assert_frame_equal(far.trials, near.trials, check_exact=True)
    (failure,) = far.failures
    assert far.failures == near.failures
    assert failure.reason.startswith(str(place.resolve() / "strategies" / "mean.py"))
    assert "seven is not my number" in failure.reason


def test_a_walk_forward(place, dask):
    near, far = (
        newsbt.walk_forward(
            "drift",
            "train=2m,test=1m",
            params={"hold": "1:5"},
            workspace=place,
            ledger="none",
            cluster=address,
            **PERIOD,
        )
        for address in (None, dask.address)
    )
    assert_frame_equal(far.walk.folds, near.walk.folds, check_exact=True)
    assert_frame_equal(far.walk.whole.equity, near.walk.whole.equity, check_exact=True)


def test_what_cannot_be(refused, place, dask):
    short = ("tune", "drift", "--param", "hold=1:3", *OPTIONS)
    assert "no scheduler can be reached at tcp://127.0.0.1:9 (" in refused(
        *short, "--cluster", "127.0.0.1:9", cwd=place
    )
    both = refused(*short, "--cluster", dask.address, "--jobs", 2, cwd=place)
    assert both.startswith("--jobs is about this machine")


@pytest.mark.parametrize("who", ["scheduler", "worker"])
def test_other_versions(place, dask, monkeypatch, who):
    import distributed

    asked = distributed.Client.get_versions

    def other(self, *args, **kwargs):
        found = asked(self, *args, **kwargs)
        rows = [found["scheduler"]] if who == "scheduler" else list(found["workers"].values())
        rows[-1]["packages"]["distributed" if who == "scheduler" else "numba"] = "0.1"
        return found

    monkeypatch.setattr(distributed.Client, "get_versions", other)
    with pytest.raises(InputError, match=rf"the {who} .*has (distributed|numba) 0\.1, and this side"):
        here(place, "drift", params={"hold": "1:3"}, cluster=dask.address)


def test_ctrl_c_then_dead_workers_cost_time_only(place, dask):
    words = ("--param", "window=5:6", "--param", "pause=1:8")  # over 80 days: 80 to 640 ms a point
    folder = place / "results" / "cut.unfinished"
    search = begin(place, dask, "mean", *words, *OPTIONS, "--name", "cut")
    written(folder, 1)
    search.send_signal(signal.SIGINT)
    err = search.communicate(timeout=30)[1]
    assert (search.returncode, "interrupted; kept" in err) == (130, True), err
    assert 0 < len(read_trials(folder)) < 16

    search = begin(place, dask, "--resume", folder, "--ledger", "none", "--no-figures")
    parts = written(folder, 0)
    written(folder, parts + 1)
    dask.workers[0].kill()  # the other one does its work
    written(folder, parts + 2)
    dask.workers[1].kill()  # and with it goes the last copy of what was sent
    dask.worker()
    err = search.communicate(timeout=60)[1]
    assert search.returncode == 0, err
    far = read_trials(place / "results" / "cut")
    near = here(place, "mean", params={"window": "5:6"}).trials  # results do not depend on the pause
    assert far["pause"].tolist() == [*range(1, 9)] * 2
    metrics = near.columns.drop(["trial", "window"])
    for window, rows in far.groupby("window"):
        expected = near.loc[near["window"] == window, metrics].iloc[[0] * 8].reset_index(drop=True)
        assert_frame_equal(rows[metrics].reset_index(drop=True), expected, check_exact=True)


def begin(place, dask, *words):
    """A search on the cluster, in the background."""
    return subprocess.Popen(
        [sys.executable, "-m", "newsbt", "tune", *map(str, words), "--cluster", dask.address],
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))},
    )


def written(folder, count):
    """Parts of trials in `folder`, once there are `count`."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = len(list((folder / "parts").glob("0*")))
        if found >= count:
            return found
        time.sleep(0.02)
    pytest.fail("no trials in half a minute")
