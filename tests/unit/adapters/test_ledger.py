"""The ledger on SQLite: what is counted, what is refused, and eight processes that write at once."""

import datetime as dt
import sqlite3
import sys

import numpy as np
import pytest

from ledger_writers import write_at_once
from newsbt.adapters import ledger as module
from newsbt.adapters.ledger import Ledger, family_of
from newsbt.adapters.ledger_store import mask, open_store
from newsbt.errors import OutputError, SettingsError
from newsbt.runs import RunSpec

DRIFT, FADE = RunSpec("drift", symbols=("Alibaba",)), RunSpec("fade", start=dt.date(2020, 1, 2))


@pytest.fixture
def ledger(tmp_path):
    return Ledger.open(tmp_path / "deep" / "ledger.sqlite")


def array(*values):
    return np.array(values, dtype=np.uint64)


def test_nothing_is_counted_yet(ledger):
    trials = ledger.trials()
    assert (trials.count, trials.exact, trials.points) == (0, True, 0)
    assert np.isnan(trials.variance)
    assert np.isnan(trials.best)
    assert {name: len(frame) for name, frame in ledger.summary().items()} == {
        "strategies": 0,
        "days": 0,
        "searches": 0,
    }


def test_runs_and_searches_count_together_and_repeats_once(ledger):
    """By hand: of drift 1, 2, 3, 4 (2 twice, 4 undefined), of fade 9."""
    ledger.record_run(DRIFT, 2, 0.02, 250.0)
    search = ledger.start_search(DRIFT, "tune", details={"axes": ["hold"]})
    ledger.record_chunk(search, array(1, 2), np.array([0.01, 0.02]), 250.0)
    ledger.record_chunk(search, array(3, 4), np.array([0.06, np.nan]), 250.0)
    ledger.record_chunk(search, array(), np.array([]), 250.0)
    ledger.record_run(FADE, 9, None, 250.0)
    assert (ledger.trial_count(), ledger.trials().points) == (5, 6)
    drift = ledger.trials(strategy="drift")
    assert (drift.count, drift.exact, drift.points) == (4, True, 5)
    # Mean 0.03; squares 0.0004 + 0.0001 + 0.0009 over two.
    assert drift.variance == pytest.approx(0.0007)
    assert ledger.sharpe_variance(strategy="drift") == pytest.approx(0.0007)
    assert drift.best == pytest.approx(0.06 * 250**0.5)
    tables = ledger.summary()
    strategies = tables["strategies"].set_index("strategy")
    assert strategies.loc["drift", ["points", "trials"]].tolist() == [5, 4]
    assert strategies.loc["drift", "deviation"] == pytest.approx(0.0007**0.5)
    assert strategies.loc["fade", ["points", "trials"]].tolist() == [1, 1]
    assert np.isnan(strategies.loc["fade", "best"])
    assert tables["days"]["points"].tolist() == [6]
    assert sorted(tables["searches"]["kind"]) == ["run", "run", "tune"]
    assert sorted(tables["searches"]["points"]) == [1, 1, 4]


def test_a_search_without_trials_counts_nothing(ledger):
    ledger.start_search(DRIFT, "tune")
    assert ledger.trial_count() == 0
    assert ledger.summary()["searches"].empty


def test_families_are_the_data_that_trials_compete_on(ledger):
    assert family_of(DRIFT) == "sample Alibaba first..last"
    assert family_of(FADE) == "sample all 2020-01-02..last"
    ledger.record_run(DRIFT, 1, 0.1, 250.0)
    ledger.record_run(FADE, 2, 0.1, 250.0)
    assert ledger.trial_count(family=family_of(FADE)) == 1


def test_days_add_up(ledger, monkeypatch):
    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 1, next(days), 23, 59, tzinfo=tz)

    days = iter((1, 1, 2, 3, 3))
    monkeypatch.setattr(module.dt, "datetime", Clock)
    search = ledger.start_search(DRIFT, "tune")
    ledger.record_chunk(search, array(1, 2), np.array([0.1, 0.3]), 250.0)
    ledger.record_chunk(search, array(2, 3), np.array([0.3, 0.2]), 250.0)
    ledger.record_run(FADE, 4, 0.1, 250.0)
    table = ledger.summary()["days"]
    assert table["day"].tolist() == ["2026-01-03", "2026-01-02", "2026-01-01"]
    assert table["trials"].tolist() == [1, 2, 2]
    assert (ledger.trial_count(), ledger.trial_count(since=dt.date(2026, 1, 2))) == (4, 3)
    searches = ledger.summary()["searches"]
    assert searches["strategy"].tolist() == ["fade", "drift"]
    assert searches["points"].tolist() == [1, 4]
    assert ledger.summary(since=dt.date(2026, 1, 2))["searches"]["points"].tolist() == [1, 2]


def test_eight_processes_lose_nothing(tmp_path):
    path = tmp_path / "ledger.sqlite"
    write_at_once(str(path), processes=8, rounds=8)
    assert [item.name for item in tmp_path.iterdir()] == ["ledger.sqlite"]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("mysql://me:hidden@host/db", r"mysql://me:\*\*\*@host/db is at none of the databases"),
        (
            "postgresql+psycopg2://me:hidden@host/db",
            "none of the databases that newsbt knows; write postgresql",
        ),
        ("sqlite://", "names no file"),
        ("sqlite:ledger", None),
        ("postgresql://me:hidden@host:port/db", r"me:\*\*\*@host:port/db cannot be read as a URL"),
    ],
)
def test_urls_of_another_kind(place, says, tmp_path):
    if says is None:
        assert open_store(place, tmp_path).name == str(tmp_path / place)
        return
    with pytest.raises(SettingsError, match=says) as caught:
        Ledger.open(place)
    assert "hidden" not in str(caught.value)


def test_sqlite_by_url_and_by_path_are_the_same_file(tmp_path):
    relative, absolute = open_store("sqlite:///l.sqlite", tmp_path), open_store("l.sqlite", tmp_path)
    assert relative.name == absolute.name == str(tmp_path / "l.sqlite")
    assert open_store(f"sqlite:///{tmp_path}/l.sqlite", tmp_path / "no").name == str(tmp_path / "l.sqlite")


@pytest.mark.parametrize("package", ["sqlalchemy", "psycopg"])
def test_a_missing_package_is_named_with_what_to_do(package, monkeypatch):
    if package == "psycopg":
        pytest.importorskip("sqlalchemy")
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(
        SettingsError, match=rf"needs the package {package}.*pip install 'newsbt\[postgres\]'"
    ):
        Ledger.open("postgresql://me:hidden@host/db")


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text(
        "no database, and long enough to be told from one\n" * 20, encoding="utf-8"
    )
    for place in ("file/ledger.sqlite", "file", "."):
        with pytest.raises(OutputError, match=r"ledger .* cannot be used: .*; mend it, or name another"):
            Ledger.open(place, tmp_path)


def test_a_ledger_of_a_later_version(ledger):
    with sqlite3.connect(ledger.name) as connection:
        connection.execute("INSERT INTO newsbt_ledger VALUES (2)")
    connection.close()
    with pytest.raises(OutputError, match="has format 2; this version of newsbt reads 1"):
        Ledger.open(ledger.name)


def test_a_failed_transaction_leaves_nothing(ledger):
    with pytest.raises(OutputError, match=r"FOREIGN KEY|constraint"):
        ledger.record_chunk("no such search", array(1), np.array([0.1]), 250.0)
    assert ledger.trial_count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://me:hidden@host/db",
        "x postgresql+psycopg://me:hid@den/hidden@host/db?a=b y",
        "postgresql://:hidden@host/db",
        "postgresql://me@host/db?password=hidden&x=y",
        "connection failed: password='hidden' host=x",
    ],
)
def test_passwords_are_masked(text):
    assert "hidden" not in mask(text)
    assert "***" in mask(text)


def test_what_holds_no_password_stays():
    for text in ("postgresql://me@host:5432/db", "/home/me/ledger.sqlite", "mail me@host: now"):
        assert mask(text) == text
