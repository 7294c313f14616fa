"""Surprises in units of what is usual, worked out by hand."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbt.scoring.surprise import PRIOR, Result, standardise

DAY = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def result(issuer: str, day: int, actual: float, consensus: float = 100.0) -> Result:
    return Result(issuer, DAY + dt.timedelta(days=day), actual, consensus)


@pytest.mark.parametrize(
    ("actual", "consensus", "relative"),
    [(103.0, 100.0, 0.03), (-1.5, -1.0, -0.5), (5.0, 1.0, 1.0), (0.0, 0.0, 0.0), (-0.1, 0.0, -1.0)],
)
def test_relative_to_the_size_of_the_consensus(actual: float, consensus: float, relative: float) -> None:
    assert Result("A", DAY, actual, consensus).relative == pytest.approx(relative)


def test_usual_is_the_companys_own_drawn_to_everybodys() -> None:
    rows = [result("A", 0, 103.0), result("B", 1, 96.0), result("A", 2, 102.0)]
    first, second, third = standardise(rows, 1)
    assert math.isnan(first.standardised) and (first.own, first.others) == (0, 0)
    assert second.usual == pytest.approx(0.03)  # only A's 3 % is known
    assert second.standardised == pytest.approx(-0.04 / 0.03)
    everybody = (0.03**2 + 0.04**2) / 2
    usual = math.sqrt((PRIOR * everybody + 0.03**2) / (PRIOR + 1))
    assert third.usual == pytest.approx(usual) and third.standardised == pytest.approx(0.02 / usual)
    assert (third.own, third.others) == (1, 1)


def test_too_little_history_is_no_opinion() -> None:
    found = standardise([result("A", day, 101.0) for day in range(4)], 3)
    assert [math.isnan(item.standardised) for item in found] == [True, True, True, False]


def test_results_of_one_moment_do_not_know_each_other() -> None:
    rows = [result("A", 0, 103.0), result("B", 1, 110.0), result("C", 1, 90.0)]
    assert [item.usual for item in standardise(rows, 1)[1:]] == [pytest.approx(0.03)] * 2


@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.integers(0, 6), st.floats(-500, 500), st.floats(-500, 500)),
        max_size=12,
    )
)
def test_later_results_change_nothing_earlier(rows: list[tuple[str, int, float, float]]) -> None:
    results = [
        result(name, day, actual, base) for name, day, actual, base in sorted(rows, key=lambda r: r[1])
    ]
    whole = standardise(results, 2)
    for length in range(len(results)):
        for a, b in zip(standardise(results[:length], 2), whole, strict=False):
            assert repr(a) == repr(b)
