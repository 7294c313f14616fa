"""Splits taken for returns, spikes, prices that stand still."""

import numpy as np
import pandas as pd
import pytest

from newsbt.prices.quality_returns import check_splits, check_stale
from price_tools import bars, calendar, closes, codes, weekdays

DAYS = weekdays("2025-02-10", 8)
CALENDAR = calendar(*DAYS)


def splits(day, ratio):
    return pd.Series([float(ratio)], index=pd.DatetimeIndex([day]))


@pytest.mark.parametrize("ratio", [2, 3, 4, 5, 8, 10])
@pytest.mark.parametrize("up", [False, True])
def test_a_lasting_move_by_a_whole_ratio_is_a_suspected_split(ratio, up):
    factor = ratio if up else 1 / ratio
    after = 100 * factor * 1.015  # the day's own return of 1.5 % on top
    values = [99, 101, 100, after, after * 1.01, after * 0.99, after * 1.02, after]
    frame = closes(DAYS, values)
    out, findings = check_splits(frame, None, "X", CALENDAR)
    assert codes(findings) == [("suspected-split", "warning", f"X {DAYS[3]}")]
    assert f"about {'' if up else '1/'}{ratio} times" in findings[0].message
    pd.testing.assert_frame_equal(out, frame)


@pytest.mark.parametrize("move", [1.10, 0.62, 1.56, 2.1, 0.45])
def test_other_moves_are_returns(move):
    # PDD rose by 56 % on 2022-03-16 and DiDi-like falls of 38 % happen: no whole ratio.
    values = [99, 101, 100, 100 * move, 101 * move, 99 * move, 100 * move, 102 * move]
    assert check_splits(closes(DAYS, values), None, "X", CALENDAR)[1] == []


def test_a_move_taken_back_is_a_spike_and_named_once():
    values = [99, 101, 100, 1002, 101, 99, 100, 102]
    _, findings = check_splits(closes(DAYS, values), None, "X", CALENDAR)
    assert codes(findings) == [("spike", "warning", f"X {DAYS[3]}")]


@pytest.mark.parametrize(("wrong", "factor"), [(353.0, "3.5"), (160.0, "1.6"), (62.0, "1/1.6")])
def test_a_slip_of_any_size_that_is_taken_back_is_a_spike(wrong, factor):
    values = [99, 101, 100, wrong, 101, 99, 100, 102]
    _, findings = check_splits(closes(DAYS, values), None, "X", CALENDAR)
    assert codes(findings) == [("spike", "warning", f"X {DAYS[3]}")]
    assert f"about {factor} times" in findings[0].message


def test_two_bars_in_cents_are_one_spike():
    values = [99, 101, 100, 10000, 10100, 99, 100, 102]
    _, findings = check_splits(closes(DAYS, values), None, "X", CALENDAR)
    assert codes(findings) == [("spike", "warning", f"X {DAYS[3]}")]


def test_a_known_split_left_out_of_the_prices_is_put_in():
    frame = closes(DAYS, [400, 404, 400, 101, 100, 102, 101, 100])
    out, findings = check_splits(frame, splits(DAYS[3], 4), "X", CALENDAR)
    assert codes(findings) == [("unadjusted-split", "warning", f"X {DAYS[3]}")]
    np.testing.assert_allclose(out["close"], [100, 101, 100, 101, 100, 102, 101, 100])
    np.testing.assert_allclose(out["volume"].iloc[:3], frame["volume"].iloc[:3] * 4)
    np.testing.assert_allclose(out["open"].iloc[2], 404 / 4)


def test_a_known_split_already_in_the_prices_changes_nothing():
    frame = closes(DAYS, [100, 101, 100, 101, 100, 102, 101, 100])
    out, findings = check_splits(frame, splits(DAYS[3], 4), "X", CALENDAR)
    assert findings == []
    pd.testing.assert_frame_equal(out, frame)


def test_a_doubling_over_a_long_gap_is_a_return():
    days = weekdays("2025-01-06", 40)
    frame = closes([days[0], days[1], days[30], days[31]], [100, 100.5, 201, 203])
    assert check_splits(frame, None, "X", calendar(*days))[1] == []


def test_five_equal_closes_are_stale_and_four_are_not():
    def stale(values):
        frame = closes(DAYS, values)
        return codes(check_stale(frame, np.zeros(len(frame), bool), "X", CALENDAR))

    assert stale([99, 100, 100, 100, 100, 101, 102, 103]) == []
    assert stale([99, 100, 100, 100, 100, 100, 102, 103]) == [
        ("stale-close", "warning", f"X {DAYS[1]}..{DAYS[5]}")
    ]


def test_a_repeated_bar_is_named_and_placeholders_are_not():
    row = (100.0, 102.0, 99.0, 101.0, 5000.0)
    frame = bars(
        [
            (DAYS[0], *row),
            (DAYS[1], *row),
            (DAYS[2], 101.0, 101.0, 101.0, 101.0, 0.0),
            (DAYS[3], 101.0, 101.0, 101.0, 101.0, 0.0),
        ]
    )
    found = check_stale(frame, np.array([False, False, True, True]), "X", CALENDAR)
    assert codes(found) == [("repeated-bar", "warning", f"X {DAYS[1]}")]


def test_one_bar_has_no_returns():
    frame = closes(DAYS[:1], [100])
    assert check_splits(frame, None, "X", CALENDAR)[1] == []
    assert check_stale(frame, np.zeros(1, bool), "X", CALENDAR) == []
