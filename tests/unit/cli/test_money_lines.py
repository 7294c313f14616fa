"""What ``newsbt run`` says of where the profit came from: sums that stay sums, within eighty columns."""

import dataclasses

import pandas as pd
import pytest

from newsbt.attribution import ATTRIBUTION_COLUMNS, empty_attribution
from newsbt.cli.money import cost_lines, split_lines
from newsbt.runs import RunResult, RunSpec


def make(rows, traded=10_000.0, cash=1_000.0):
    empty = pd.DataFrame()
    return RunResult(
        name="one",
        spec=RunSpec("drift", cash=cash),
        equity=empty,
        fills=pd.DataFrame({"value_base": [traded * 0.75, traded * 0.25]}),
        trades=empty,
        signals=empty,
        orders=empty,
        metrics={},
        attribution=pd.DataFrame(rows, columns=list(ATTRIBUTION_COLUMNS)),
    )


def cells(lines):
    return [line.split() for line in lines]


ROWS = [
    ("issuer", "Alibaba", 2.0, 61.0, 1.0, 60.0),
    ("issuer", "JD.com", 1.0, -8.0, 2.0, -10.0),
    ("listing", "BABA", 2.0, 61.0, 1.0, 60.0),
    ("listing", "JD", 1.0, -8.0, 2.0, -10.0),
    ("side", "long", 3.0, 53.0, 3.0, 50.0),
    ("category", "policy", 1.5, 53.0, 3.0, 50.0),
    ("category", "none", 1.5, 0.0, 0.0, 0.0),
    ("age", "21+", 3.0, 53.0, 3.0, 50.0),
    ("cost", "price", 3.0, 60.0, 0.0, 60.0),
    ("cost", "fx", 0.0, 0.0, 0.0, 0.0),
    ("cost", "dividends", 1.0, -7.0, 0.0, -7.0),
    ("cost", "stamp_duty", 3.0, 0.0, 2.0, -2.0),
    ("cost", "taf", 0.0, 0.0, 0.0, 0.0),
    ("cost", "borrow", 1.0, 0.0, 1.0, -1.0),
]


def test_before_and_after_costs_by_hand():
    # 1,000 of capital: 53 before and 50 after costs; 10,000 bought and sold: 3 are 0.03 %.
    assert cells(cost_lines(make(ROWS))) == [
        ["profit", "amount", "of", "capital"],
        ["price", "60.00", "+6.00", "%"],
        ["dividends", "-7.00", "-0.70", "%"],
        ["before", "costs", "53.00", "+5.30", "%"],
        ["after", "costs", "50.00", "+5.00", "%"],
        ["costs", "amount", "of", "traded"],
        ["stamp", "duty", "2.00", "0.020", "%"],
        ["borrow", "1.00", "0.010", "%"],
        ["all", "costs", "3.00", "0.030", "%"],
    ]


def test_splits_stand_side_by_side():
    lines = split_lines(make(ROWS))
    assert cells(lines) == [
        ["by", "issuer", "trades", "after", "costs", "by", "category", "trades", "after", "costs"],
        ["Alibaba", "2", "60.00", "policy", "1.5", "50.00"],
        ["JD.com", "1", "-10.00", "none", "1.5", "0.00"],
        ["by", "listing", "trades", "after", "costs", "by", "side", "trades", "after", "costs"],
        ["BABA", "2", "60.00", "long", "3", "50.00"],
        ["JD", "1", "-10.00", "by", "sessions", "held", "trades", "after", "costs"],
        ["21+", "3", "50.00"],
    ]


@pytest.mark.parametrize(("count", "shown", "others"), [(9, 9, 0), (10, 10, 0), (11, 9, 2), (40, 9, 31)])
def test_many_listings_become_others_and_the_sum_stays(count, shown, others):
    rows = [("listing", f"S{place}", 1.0, 0.0, 0.0, float(place - count // 2)) for place in range(count)]
    lines = cells(line[:38] for line in split_lines(make(rows)))
    at = next(place for place, line in enumerate(lines) if line[:2] == ["by", "listing"])
    block = lines[at + 1 : at + 1 + shown + bool(others)]
    assert lines[at + 1 + len(block) :] == []
    assert sum(float(line[1] if line[1] != "others" else line[2]) for line in block) == count
    profits = [float(line[3] if line[1] == "others" else line[2]) for line in block]
    assert sum(profits) == pytest.approx(sum(row[5] for row in rows))
    assert [line[0] for line in block if line[1] == "others"] == ([str(others)] if others else [])


def test_small_costs_become_others():
    fees = [("cost", f"fee_{place}", 1.0, 0.0, float(place), -float(place)) for place in range(1, 8)]
    lines = cells(cost_lines(make([*ROWS[:11], *fees])))
    assert [line[:2] for line in lines[-6:]] == [
        *(["fee", str(place)] for place in (7, 6, 5, 4)),
        ["3", "others"],
        ["all", "costs"],
    ]
    assert lines[-2][2] == "6.00"
    assert lines[-1][2] == "28.00"


def test_large_amounts_still_fit_eighty_columns():
    rows = [(by, name, trades, *(amount * 1e10 for amount in money)) for by, name, trades, *money in ROWS]
    result = make(rows, cash=1e12)
    assert max(map(len, [*split_lines(result), *cost_lines(result)])) <= 80


def test_a_run_without_trades_says_nothing():
    result = dataclasses.replace(make(ROWS), attribution=empty_attribution())
    assert split_lines(result) == cost_lines(result) == []
