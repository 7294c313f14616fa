"""Where the money went: a run of four trades that one can add up by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from newsbt.attribution import ATTRIBUTION_COLUMNS, GROUPS, attribute, breakdown, empty_attribution
from newsbt.universe import Listing, Universe

UNIVERSE = Universe(
    {
        symbol: Listing(symbol, issuer, venue, currency, lots=((dt.date.min, 1),))
        for symbol, issuer, venue, currency in (
            ("BABA", "Alibaba", "XNYS", "USD"),
            ("9988.HK", "Alibaba", "XHKG", "HKD"),
            ("JD", "JD.com", "XNYS", "USD"),
        )
    }
)
SIGNALS = pd.DataFrame(
    {"catalyst_id": ["a", "a", "b", "c"], "category": ["policy", "policy", "earnings", "policy"]}
)
#: symbol, side, sessions, price, fx, fees, borrow, dividends, exit, catalysts
ROWS = [
    ("BABA", "long", 0, 100.0, 0.0, 3.0, 0.0, 0.0, "stop", "a;b"),
    ("9988.HK", "short", 5, -40.0, 2.0, 5.0, 1.0, -4.0, "time", "a;b;c"),
    ("BABA", "short", 21, 30.0, 0.0, 2.0, 0.5, 0.0, "time", "gone"),
    ("JD", "long", 6, 20.0, 0.0, 0.0, 0.0, 1.0, "open at the end", ""),
]
#: BABA 10 bought, 25 sold (which turns it short by 15), 15 bought back; half the second fee is of each trade.
FILLS = pd.DataFrame(
    [
        ("BABA", "buy", 10, 1.0, 1.0, 0.0, 1.0),
        ("9988.HK", "sell", 100, 0.125, 8.0, 16.0, 3.0),
        ("BABA", "sell", 25, 1.0, 3.0, 0.0, 3.0),
        ("9988.HK", "buy", 100, 0.125, 0.0, 16.0, 2.0),
        ("BABA", "buy", 15, 1.0, 1.0, 0.0, 1.0),
        ("JD", "buy", 5, 1.0, 0.0, 0.0, 0.0),
    ],
    columns=["symbol", "side", "size", "fx", "commission", "stamp_duty", "fees_base"],
)
FILLS.insert(4, "value_base", 0.0)


def trades(rows=ROWS):
    columns = ["symbol", "side", "sessions_held", "pnl_price", "pnl_fx", "fees_base", "borrow_base"]
    frame = pd.DataFrame(rows, columns=[*columns, "dividends_base", "exit_reason", "catalyst_ids"])
    gains = frame["pnl_price"] + frame["pnl_fx"] + frame["dividends_base"]
    return frame.assign(pnl_base=gains - frame["fees_base"] - frame["borrow_base"])


@pytest.fixture(scope="module")
def table():
    return attribute(trades(), FILLS, SIGNALS, UNIVERSE)


# After costs the trades earn 97, -48, 27.5 and 21: 97.5 together, 109 before costs of 11.5.


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("issuer", [("Alibaba", 3, 88.0, 11.5, 76.5), ("JD.com", 1, 21.0, 0.0, 21.0)]),
        (
            "listing",
            [("BABA", 2, 130.0, 5.5, 124.5), ("JD", 1, 21.0, 0.0, 21.0), ("9988.HK", 1, -42.0, 6.0, -48.0)],
        ),
        ("venue", [("XNYS", 3, 151.0, 5.5, 145.5), ("XHKG", 1, -42.0, 6.0, -48.0)]),
        ("side", [("long", 2, 121.0, 3.0, 118.0), ("short", 2, -12.0, 8.5, -20.5)]),
        # policy has half of the first trade and two thirds of the second; 'gone' is in no catalogue.
        (
            "category",
            [
                ("none", 2, 51.0, 2.5, 48.5),
                ("earnings", 1 / 2 + 1 / 3, 50 - 14, 1.5 + 2, 48.5 - 16),
                ("policy", 1 / 2 + 2 / 3, 50 - 28, 1.5 + 4, 48.5 - 32),
            ],
        ),
        (
            "age",
            [
                ("0", 1, 100.0, 3.0, 97.0),
                ("2-5", 1, -42.0, 6.0, -48.0),
                ("6-10", 1, 21.0, 0.0, 21.0),
                ("21+", 1, 30.0, 2.5, 27.5),
            ],
        ),
        (
            "exit",
            [
                ("stop", 1, 100.0, 3.0, 97.0),
                ("open at the end", 1, 21.0, 0.0, 21.0),
                ("time", 2, -12.0, 8.5, -20.5),
            ],
        ),
        # Commission: 1 + 8/8 + 3 + 0 + 1; stamp duty: (16 + 16)/8. The turning fill is of both BABA trades.
        (
            "cost",
            [
                ("price", 4, 110.0, 0.0, 110.0),
                ("fx", 1, 2.0, 0.0, 2.0),
                ("dividends", 2, -3.0, 0.0, -3.0),
                ("commission", 3, 0.0, 6.0, -6.0),
                ("stamp_duty", 1, 0.0, 4.0, -4.0),
                ("borrow", 2, 0.0, 1.5, -1.5),
            ],
        ),
    ],
)
def test_each_split_by_hand(table, by, rows):
    found = breakdown(table, by)
    assert list(found["name"]) == [row[0] for row in rows]
    for place, column in enumerate(("trades", "pnl_before_costs", "costs", "pnl"), start=1):
        assert found[column].tolist() == pytest.approx([row[place] for row in rows]), column
    total = sum(row[4] for row in rows)
    assert total == pytest.approx(97.5)
    assert found["share"].tolist() == pytest.approx([row[4] / 97.5 for row in rows])


def test_the_rows_are_grouped_in_order(table):
    assert list(dict.fromkeys(table["by"])) == list(GROUPS)
    assert tuple(table.columns) == ATTRIBUTION_COLUMNS


def test_a_fee_is_of_the_trades_whose_fills_paid_it(table):
    # Without the fills of the second BABA trade (the turn and the way back), it paid no commission.
    only = FILLS.assign(commission=[1.0, 8.0, 0.0, 0.0, 0.0, 0.0])
    found = breakdown(attribute(trades(), only, SIGNALS, UNIVERSE), "cost").set_index("name")
    assert found.loc["commission", "trades"] == 2


@pytest.mark.parametrize(
    ("held", "name"),
    [
        *((0, "0"), (1, "1"), (2, "2-5"), (5, "2-5"), (6, "6-10"), (10, "6-10")),
        *((11, "11-20"), (20, "11-20"), (21, "21+")),
    ],
)
def test_holding_ages(held, name):
    row = list(ROWS[3])
    row[2] = held
    found = attribute(trades([tuple(row)]), FILLS.iloc[5:], SIGNALS, UNIVERSE)
    assert list(breakdown(found, "age")["name"]) == [name]


def test_no_trades_no_rows_and_the_same_types(table):
    empty = attribute(trades([]), FILLS.iloc[:0], SIGNALS.iloc[:0], UNIVERSE)
    pd.testing.assert_frame_equal(empty, empty_attribution())
    assert len(empty) == 0
    assert empty.dtypes.equals(table.dtypes)
    assert list(breakdown(empty, "side").columns) == list(breakdown(table, "side").columns)


def test_a_profit_of_nothing_has_no_shares():
    row = ("JD", "long", 1, 0.0, 0.0, 0.0, 0.0, 0.0, "time", "a")
    found = breakdown(attribute(trades([row]), FILLS.iloc[5:], SIGNALS, UNIVERSE), "side")
    assert np.isnan(found["share"]).all()
