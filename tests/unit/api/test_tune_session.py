"""A search tells what it found before it is judged, and keeps its trials whatever becomes of the rest."""

import pytest

from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.workspace import Workspace
from newsbt.api import search_evidence
from newsbt.api.simple_tune import build_tuning
from newsbt.api.tune import resume, tune
from newsbt.cli.progress import ProgressBar
from newsbt.cli.tune_outcome import Told


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sessions") / "mine"
    init_workspace(folder)
    return Workspace(folder.resolve())


@pytest.fixture(scope="module")
def asked(place):
    return build_tuning(
        place, "drift", None, {"symbols": "BABA"}, params={"hold": "2,5"}, where=(), search="grid",
        objective="cagr", trials=None, engine="backtrader", fixed=None, signal_params=None,
    )  # fmt: skip


def test_what_was_found_is_told_before_it_is_judged(place, asked):
    told = []

    def found(result):
        told.append(result)
        assert result.path == place.results / "told.unfinished"
        assert result.path.is_dir()

    result = tune(asked, place, name="told", ledger="none", columns=("trades",), found=found)
    assert [len(early.trials) for early in told] == [2]
    assert told[0].evidence is None
    assert result.evidence is not None
    assert result.path == place.results / "told"
    assert list(result.trials.columns) == ["trial", "hold", "trades", "cagr", "objective"]
    assert result.best_point == told[0].best_point


def test_interrupted_while_it_is_judged_it_can_be_gone_on_with(place, asked, monkeypatch):
    def stop(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(search_evidence, "evidence_of_search", stop)
        first = tune(asked, place, name="stopped", ledger="none")
    assert (first.stopped, first.path) == ("interrupted", place.results / "stopped.unfinished")
    again = resume(first.path, place, ledger="none")
    assert (again.stopped, len(again.trials), again.path) == ("exhausted", 2, place.results / "stopped")
    assert again.evidence is not None


def test_a_closed_pipe_loses_no_search(place, asked, monkeypatch):
    def closed(texts):
        raise BrokenPipeError

    monkeypatch.setattr("newsbt.cli.render.lines", closed)
    told = Told(ProgressBar(False), 10, as_json=False)
    result = tune(asked, place, name="piped", ledger="none", found=told.found)
    assert result.path == place.results / "piped"
    with pytest.raises(BrokenPipeError):
        told.judged(result, place, 0, figures=False)
