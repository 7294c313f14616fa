"""Runs are counted across processes; a ledger that fails costs no run; ``newsbt ledger`` tells the totals."""

import json

import pytest

import newsbt as newsbt_package
from newsbt.adapters.ledger import Ledger
from newsbt.adapters.workspace import Workspace
from newsbt.api.ledger import open_ledger, open_trial_log
from newsbt.errors import OutputError, SettingsError

DEFAULT = {"NEWSBT_LEDGER": ""}
QUICK = ("run", "drift", "--symbols", "BABA", "--start", "2025-01-02", "--no-figures")


def test_every_run_counts_and_repeats_once(newsbt, own, monkeypatch):
    assert newsbt(*QUICK, cwd=own, env=DEFAULT).returncode == 0
    monkeypatch.setenv("NEWSBT_LEDGER", "")
    newsbt_package.run("drift", params={"hold": 3}, **how(own))
    # The same trial, with a default written out and another benchmark.
    same = newsbt(*QUICK, "--set", "hold=10", "--benchmark", "none", "--json", cwd=own, env=DEFAULT)
    run = json.loads(same.stdout)["runs"][0]
    found = json.loads(newsbt("ledger", "--json", cwd=own, env=DEFAULT).stdout)
    assert found["ledger"] == str(own / "data" / "ledger.sqlite")
    assert (found["total"]["trials"], found["total"]["points"], found["total"]["exact"]) == (2, 3, True)
    assert found["strategies"][0]["strategy"] == "drift"
    assert found["searches"][0]["best"] == pytest.approx(run["metrics"]["sharpe"])
    text = newsbt("ledger", "--limit", "1", cwd=own, env=DEFAULT).stdout
    assert "2 different trials (3 with repeats)" in text.replace("\n  ", " ")
    assert max(map(len, text.splitlines()[2:])) <= 80
    nothing = newsbt("ledger", "--strategy", "fade", "--since", "2026-01-01", cwd=own, env=DEFAULT)
    said = nothing.stdout.replace("\n  ", " ")
    assert said.endswith("counts no trial of fade since 2026-01-01; it has trials of drift.\n")


def test_an_edited_strategy_is_another_trial_and_strategies_compared_count(own, monkeypatch):
    monkeypatch.setenv("NEWSBT_LEDGER", "")
    newsbt_package.compare("hold", "cash", **how(own))
    file = own / "strategies" / "hold.py"
    file.write_text(file.read_text(encoding="utf-8") + "\n# Other.\n", encoding="utf-8")
    newsbt_package.compare("hold", "cash", **how(own))
    total = open_total(own)
    assert (total.count, total.points) == (3, 4)


def how(own):
    return {"symbols": "BABA", "start": "2025-01-02", "workspace": own}


def open_total(own):
    return Ledger.open(own / "data" / "ledger.sqlite").trials()


def test_a_ledger_that_fails_costs_no_run(newsbt, own):
    (own / "data" / "ledger.sqlite").mkdir()
    done = newsbt(*QUICK, "--json", cwd=own, env=DEFAULT)
    assert done.returncode == 0
    found = [row for row in json.loads(done.stdout)["runs"][0]["findings"] if row["code"] == "not-counted"]
    assert len(found) == 1
    assert found[0]["severity"] == "warning"
    assert str(own / "data" / "ledger.sqlite") in found[0]["message"]


def test_what_was_named_and_is_wrong_is_refused_before_the_run(refused, own, monkeypatch):
    wrong = ("--ledger", "mysql://me:hidden@host/db")
    before = sorted((own / "results").iterdir())
    assert "me:***@host" in refused(*QUICK, *wrong, cwd=own)
    assert "cannot be used" in refused(*QUICK, "--ledger", own / "newsbt.toml" / "x", cwd=own)
    assert "write a date" in refused("ledger", "--since", "soon", cwd=own)
    with (own / "newsbt.toml").open("a", encoding="utf-8") as file:
        file.write('\n[ledger]\nurl = "mysql://me:hidden@host/db"\n')
    monkeypatch.setenv("NEWSBT_LEDGER", "")
    with pytest.raises(SettingsError, match=r"me:\*\*\*@host"):
        newsbt_package.run("drift", **how(own))
    assert sorted((own / "results").iterdir()) == before


def test_option_over_variable_over_settings(own, tmp_path, monkeypatch):
    place = Workspace(own)
    monkeypatch.setenv("NEWSBT_LEDGER", "")
    assert open_ledger(place).name == str(own / "data" / "ledger.sqlite")
    with (own / "newsbt.toml").open("a", encoding="utf-8") as file:
        file.write('\n[ledger]\nurl = "deep/mine.sqlite"\n')
    assert open_ledger(place).name == str(own / "deep" / "mine.sqlite")
    monkeypatch.setenv("NEWSBT_LEDGER", str(tmp_path / "variable.sqlite"))
    assert open_ledger(place).name == str(tmp_path / "variable.sqlite")
    assert open_ledger(place, str(tmp_path / "option.sqlite")).name == str(tmp_path / "option.sqlite")
    assert open_ledger(place, "none") is None
    monkeypatch.setenv("NEWSBT_LEDGER", "none")
    assert open_ledger(place) is None


def test_a_log_says_once_that_it_fails(own, monkeypatch):
    place = Workspace(own)
    monkeypatch.setenv("NEWSBT_LEDGER", str(own / "newsbt.toml" / "x"))
    assert [finding.code for finding in open_trial_log(place).findings] == ["not-counted"]
    with pytest.raises(OutputError):
        open_trial_log(place, str(own / "newsbt.toml" / "x"))
    with pytest.raises(SettingsError):
        open_trial_log(place, "mysql://host/db")


def test_a_run_that_is_not_saved_is_a_trial_and_a_failed_one_is_not(own, monkeypatch):
    monkeypatch.setenv("NEWSBT_LEDGER", "")
    newsbt_package.run("drift", **how(own))
    with pytest.raises(newsbt_package.NewsbtError):
        newsbt_package.run("drift", **{**how(own), "symbols": "HSI"})
    assert open_total(own).points == 1


def test_a_ledger_that_breaks_between_is_said_once(own, monkeypatch):
    """Its file goes bad after the log was opened, as with a server that goes down."""
    import numpy as np
    import pandas as pd

    from newsbt.runs import RunSpec

    monkeypatch.setenv("NEWSBT_LEDGER", "")
    log = open_trial_log(Workspace(own))
    search = log.search(RunSpec("drift"), "tune")
    batch = pd.DataFrame({"hold": [1, 2, 2]})
    search.add(batch, np.array([1.0, np.nan, 2.0]), np.array([256.0, np.nan, 256.0]))
    total = open_total(own)
    assert (total.count, total.points, total.best) == (2, 3, 2.0)
    # Per day: 1/16 and 2/16, the latest of hold = 2.
    assert total.variance == pytest.approx((1 / 16) ** 2 / 2)
    (own / "data" / "ledger.sqlite").write_text("no database\n" * 100, encoding="utf-8")
    search.add(batch, np.array([1.0, np.nan, 2.0]), 256.0)
    search.add(batch, np.array([1.0, np.nan, 2.0]), 256.0)
    assert [finding.code for finding in log.findings] == ["not-counted"]


def test_python_counts_where_it_is_told_to(own, tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSBT_LEDGER", str(tmp_path / "variable.sqlite"))
    named, asked = str(tmp_path / "named.sqlite"), {"symbols": "BABA", "workspace": own}
    first = newsbt_package.run("drift", ledger=named, **asked)
    assert Ledger.open(named).trials().points == 1
    newsbt_package.run("drift", ledger="none", **asked)
    newsbt_package.compare(first, "hold", ledger=named, **asked)
    assert set(Ledger.open(named).summary()["strategies"]["strategy"]) == {"drift", "hold"}
    assert Ledger.open(named).trials().points == 2
    assert not (tmp_path / "variable.sqlite").exists()
    newsbt_package.run("hold", **asked)
    assert Ledger.open(tmp_path / "variable.sqlite").trials().points == 1
    with pytest.raises(newsbt_package.NewsbtError, match="mysql"):
        newsbt_package.run("drift", ledger="mysql://me@host/db", **asked)
