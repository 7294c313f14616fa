"""Ticks: round, few, in order and labelled without doubt."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbt.plots.axes import Plain, date_ticks, log_ticks, money_unit

EPOCH = dt.date(1970, 1, 1)


def number(day: str) -> float:
    return float((dt.date.fromisoformat(day) - EPOCH).days)


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2018-12-25", "2026-06-30", "2019 2020 2021 2022 2023 2024 2025 2026"),
        ("2024-01-01", "2024-06-30", "Jan/2024 Feb Mar Apr May Jun"),
        ("2023-11-20", "2024-12-31", "Jan/2024 Mar May Jul Sep Nov"),
        ("2023-01-01", "2025-06-30", "Jan/2023 Jul Jan/2024 Jul Jan/2025"),
        ("2025-02-11", "2025-02-11", "11 Feb/2025"),
        ("2024-12-30", "2025-01-02", "30 Dec/2024 31 Dec 1 Jan/2025 2 Jan"),
        ("1995-01-01", "2026-01-01", "1995 2000 2005 2010 2015 2020 2025"),
    ],
)
def test_date_ticks(first, last, labels):
    found = [label.replace("\n", "/") for label in date_ticks(number(first), number(last))[1]]
    assert " ".join(found) == labels


@given(st.floats(-20_000, 40_000), st.floats(0, 30_000), st.integers(4, 12))
def test_date_ticks_are_few_ordered_and_within(first, span, most):
    last = first + span
    days, labels = date_ticks(first, last, most)
    assert 0 < len(days) == len(labels) <= max(most, 10)
    assert days == sorted(set(days))
    assert all(first - 1 <= day <= last for day in days)
    years = {(EPOCH + dt.timedelta(day)).year for day in days}
    assert {str(year) for year in years} == {label[-4:] for label in labels if label[-4:].isdigit()}


@given(st.floats(1e-3, 1e6), st.floats(5, 1e5))
def test_log_ticks_are_few_and_within(low, ratio):
    ticks = log_ticks(low, low * ratio)
    assert 2 <= len(ticks) <= 9
    assert all(low <= tick <= low * ratio for tick in ticks)


def test_numbers_share_their_decimals_and_a_true_minus():
    assert Plain().format_ticks([-0.5, 0.0, 0.25]) == ["−0.50", "0.00", "0.25"]
    assert Plain(1e6).format_ticks([1_000_000, 1_200_000]) == ["1.0", "1.2"]
    assert Plain(0.01).format_ticks([-0.1, -0.0]) == ["−10", "0"]
    assert Plain(even=False).format_ticks([1.5, 20.0]) == ["1.5", "20"]
    assert Plain().format_ticks([1000.0]) == ["1,000"]


@pytest.mark.parametrize(
    ("largest", "unit"),
    [(999.0, (1.0, "")), (9_999.0, (1.0, "")), (10_000.0, (1e3, "thousand ")), (2e6, (1e6, "million "))],
)
def test_money_is_written_in_a_unit_that_keeps_it_short(largest, unit):
    assert money_unit(largest) == unit
