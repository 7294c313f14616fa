"""What the five articles report of prices comes out of the shipped prices, through the whole pipeline."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import newsbt
from newsbt.runs import RunResult

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def result() -> RunResult:
    return newsbt.run("drift", symbols="Alibaba", workspace=ROOT)


def close(result: RunResult, symbol: str, day: str) -> float:
    return float(result.bars[symbol].loc[pd.Timestamp(day), "close"])


def move(result: RunResult, symbol: str, day: str) -> float:
    return float(result.bars[symbol]["close"].pct_change().loc[pd.Timestamp(day)])


def test_published_prices(result: RunResult) -> None:
    assert close(result, "BABA", "2025-02-11") == 112.78
    assert move(result, "BABA", "2025-02-20") == pytest.approx(0.0809, abs=5e-5)
    assert move(result, "9988.HK", "2025-02-12") == pytest.approx(0.0848, abs=5e-5)
    assert move(result, "9988.HK", "2025-02-21") == pytest.approx(0.1456, abs=5e-5)


@pytest.mark.parametrize(
    ("catalyst", "symbol", "session", "tradable_at"),
    [
        ("S030", "BABA", dt.date(2025, 2, 11), "2025-02-11T14:30Z"),
        ("S030", "9988.HK", dt.date(2025, 2, 12), "2025-02-12T01:30Z"),
        ("S038", "BABA", dt.date(2025, 2, 20), "2025-02-20T14:30Z"),
        ("S038", "9988.HK", dt.date(2025, 2, 21), "2025-02-21T01:30Z"),
    ],
)
def test_the_first_tradable_open(
    catalyst: str, symbol: str, session: dt.date, tradable_at: str, result: RunResult
) -> None:
    rows = result.signals
    (row,) = rows.loc[(rows["catalyst_id"] == catalyst) & (rows["symbol"] == symbol)].to_dict("records")
    assert row["session"] == session
    assert row["tradable_at"] == pd.Timestamp(tradable_at)


def test_every_catalyst_is_in_the_audit(result: RunResult) -> None:
    from newsbt.adapters.catalogue import read_catalogues

    shipped = read_catalogues(sorted((ROOT / "data/catalysts").glob("*.csv")))
    assert {catalyst.id for catalyst in shipped} == set(result.signals["catalyst_id"])
    assert not (result.signals["status"] == "signal").any()
    assert (result.signals.loc[~result.signals["status"].isin(["traded"]), "why"].str.len() > 0).all()


def test_nothing_trades_on_rows_that_are_no_events(result: RunResult) -> None:
    rows = result.signals
    silent = {"S003", "S004", "S020", "S034", "S036", "S051", "S052", "S053", "S054"}
    assert set(rows.loc[rows["catalyst_id"].isin(silent), "status"]) <= {"not-an-event", "no-listing"}
