"""What a worker gets is all it needs: points are run with the client's workspace gone."""

import pickle

import numpy as np
import pandas as pd
import pytest

from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace
from newsbt.api import evaluate_cluster
from newsbt.api.evaluate import evaluator_for
from newsbt.errors import InputError

PERIOD = {"symbols": "9988.HK", "start": "2024-09-02", "end": "2024-12-31"}
BATCH = pd.DataFrame(
    {
        "hold": [1, 2, 3, 4, 5, 6],
        "run.signal": ["catalogue", "taxonomy"] * 3,
        "broker.commission": [0.0, 0.0, 0.0, 0.001, 0.001, 0.001],
    }
)


class Elsewhere:
    """A cluster of one process from which the client's workspace cannot be seen."""

    threads = 2

    def __init__(self, root):
        self.root, self.forgotten = root, []

    def map(self, task, key, payload, pieces):
        away = self.root.with_name("away")
        self.root.rename(away)
        try:
            return [pickle.loads(pickle.dumps(task(key, payload, piece))) for piece in pieces]
        finally:
            away.rename(self.root)

    def forget(self, key):
        self.forgotten.append(key)


@pytest.fixture
def place(tmp_path, monkeypatch):
    init_workspace(tmp_path / "mine")
    (tmp_path / "worker").mkdir()
    monkeypatch.setattr(evaluate_cluster, "worker_folder", lambda: tmp_path / "worker")
    evaluate_cluster._ready.clear()
    return Workspace((tmp_path / "mine").resolve())


def spec_of(place):
    return build_specs(["drift"], place, load_settings(place), PERIOD, {"": {}})[0]


def test_points_run_without_the_clients_disk(place):
    spec, cluster = spec_of(place), Elsewhere(place.root)
    far = evaluator_for(spec, place, "backtrader", cluster=cluster)
    near = evaluator_for(spec, place, "backtrader")
    np.testing.assert_array_equal(far.evaluate(BATCH), near.evaluate(BATCH))
    np.testing.assert_array_equal(far.daily_returns(BATCH), near.daily_returns(BATCH))
    assert far.evaluate(BATCH.iloc[:0]).shape == near.evaluate(BATCH.iloc[:0]).shape
    assert (far.engine, far.threads, far.pace.first) == ("backtrader", 1, 4)
    far.close()
    assert len(cluster.forgotten) == 1


def test_a_worker_that_came_later_with_other_code_runs_nothing(place, monkeypatch):
    far = evaluator_for(spec_of(place), place, "backtrader", cluster=Elsewhere(place.root))
    far._packed()
    monkeypatch.setattr(evaluate_cluster, "code_digest", lambda: "other")
    with pytest.raises(InputError, match="a worker that came later has another state of newsbt's code"):
        far.evaluate(BATCH)
    monkeypatch.setattr(evaluate_cluster, "installed", lambda: {**far_versions(far), "numpy": "1.0"})
    with pytest.raises(InputError, match=r"has numpy 1\.0, and this side"):
        far.evaluate(BATCH)


def far_versions(far):
    return pickle.loads(far._packed()[1]).versions
