"""Two accounts in pairs of days: the common dates, the capital before them, and what cannot be told."""

import numpy as np
import pandas as pd
import pytest

from newsbt.evidence.side_by_side import side_by_side
from newsbt.metrics.inputs import MetricInputs

CLOSED = {"closed_at": pd.to_datetime([]), "pnl_base": [], "return": [], "sessions_held": []}


def a_run(at, moves, cash=1000.0):
    equity = pd.DataFrame(
        {"at": at, "equity": cash * np.cumprod(1 + np.asarray(moves)), "gross_exposure": 1.0}
    )
    return MetricInputs(equity, cash, pd.DataFrame({"value_base": []}), pd.DataFrame(CLOSED))


def days(count, start="2024-01-01"):
    return pd.bdate_range(start, periods=count, tz="UTC")


def moves(count, seed, mean=0.0):
    return np.random.default_rng(seed).normal(mean, 0.01, count)


def test_the_difference_is_that_of_the_metrics():
    one, two = a_run(days(250), moves(250, 1)), a_run(days(250), moves(250, 2), cash=5.0)
    found = side_by_side(["a", "b"], [one, two], draws=20)
    (contest,) = found.contests
    table = found.intervals.set_index(["run", "metric"])["value"]
    gap = contest.sharpe.difference * contest.per_year**0.5
    assert gap == pytest.approx(table["a", "sharpe"] - table["b", "sharpe"], rel=1e-9)
    assert contest.mean.difference == pytest.approx(one.returns.mean() - two.returns.mean(), rel=1e-9)
    assert (contest.first, contest.second, contest.days, contest.sharpe.draws) == ("a", "b", 250, 199)
    assert found.missing == ()


def test_a_date_of_one_alone_belongs_to_the_next_common_one():
    """B does not trade on Wednesdays; the very same account on all other days differs nowhere."""
    at, steps = days(100), moves(100, 3)
    whole = a_run(at, steps)
    kept = at.day_of_week != 2
    worth = whole.steps[kept]
    part = a_run(at[kept], worth / np.concatenate([[1000.0], worth[:-1]]) - 1)
    (contest,) = side_by_side(["a", "b"], [whole, part], draws=20).contests
    assert contest.days == kept.sum()
    assert contest.sharpe.difference == pytest.approx(0.0, abs=1e-12)
    assert contest.sharpe.p_value == 1.0


def test_the_first_is_tested_against_each_other_one():
    runs = [a_run(days(60), moves(60, seed)) for seed in range(3)]
    found = side_by_side(["a", "b", "c"], runs, draws=20)
    assert [(item.first, item.second) for item in found.contests] == [("a", "b"), ("a", "c")]
    assert set(found.intervals["run"]) == {"a", "b", "c"}


def test_what_cannot_be_told_is_said():
    still = a_run(days(60), np.zeros(60))
    moving = a_run(days(60), moves(60, 4))
    found = side_by_side(["a", "b"], [moving, still], draws=20)
    assert found.contests == ()
    assert found.missing == (
        "no test of a against b: the second run does not move, so it has no Sharpe ratio to compare",
    )
    short = side_by_side(["a", "b"], [a_run(days(5), moves(5, 5)), a_run(days(5), moves(5, 6))])
    assert short.intervals.empty and len(short.missing) == 3
    apart = side_by_side(["a", "b"], [moving, a_run(days(60, "2025-01-01"), moves(60, 7))], draws=20)
    assert apart.missing == ("no test of a against b: they have no date in common",)
    broke = side_by_side(["a", "b"], [moving, a_run(days(60), [0.0] * 30 + [-1.0] + [0.0] * 29)], draws=20)
    assert [text.split(":")[0] for text in broke.missing] == ["no intervals for b", "no test of a against b"]
