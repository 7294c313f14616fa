"""Signals that learn, and one that asks others, through the command line."""

import csv


def test_an_ensemble_of_all_runs(newsbt, workspace, tmp_path):
    options = ("--signal", "ensemble", "--set", "signal.models=taxonomy+.5*surprise+reaction")
    where = ("--out", tmp_path, "--name", "asked", "--engine", "fast", "--no-hindsight-check")
    done = newsbt("run", "drift", *options, *where, cwd=workspace, env={"NEWSBT_LEDGER": "none"})
    assert done.returncode == 0, done.stderr
    with (tmp_path / "asked" / "signals.csv").open(encoding="utf-8") as lines:
        said = " ".join(row["why"] for row in csv.DictReader(lines))
    assert "taxonomy +" in said and "taxonomy -" in said and "reaction " in said


def test_models_that_are_none_are_refused(refused, workspace):
    models = ("--signal", "ensemble", "--set", "signal.models=taxonomy,surprise")
    message = refused("run", "drift", *models, cwd=workspace)
    assert "write names of signals with a plus between them" in message
