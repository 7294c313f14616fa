"""What is not verified is said."""

import datetime as dt

import pandas as pd

from newsbt.api.costs import check_shorts
from newsbt.schedule import Period, Schedule
from newsbt.shorting import ShortBook
from newsbt.universe import Listing

LENOVO = Listing("0992.HK", "Lenovo", "XHKG", "HKD", verified="no")
BABA = Listing("BABA", "Alibaba", "XNYS", "USD", "adr")
DAY = dt.date(2025, 2, 20)


def book(verified: str) -> ShortBook:
    period = Period(dt.date(1900, 1, 1), None, 0.005, "assumption", verified)
    return ShortBook(borrow={"XHKG": Schedule("borrow.XHKG", "shorting.toml", (period,))})


def test_an_unverified_rate_is_said_once_and_only_where_it_was_charged() -> None:
    fills = pd.DataFrame({"symbol": ["BABA"]})
    found = check_shorts(book("no"), [("0992.HK", DAY), ("0992.HK", DAY)], fills, [LENOVO, BABA])
    assert [(finding.code, finding.severity) for finding in found] == [("unverified-borrow", "warning")]
    assert "0.50%" in found[0].message
    assert check_shorts(book("yes"), [("0992.HK", DAY)], fills, [LENOVO, BABA]) == []
    assert check_shorts(book("no"), [], fills, [LENOVO, BABA]) == []


def test_an_unverified_board_lot_that_was_traded_is_said() -> None:
    fills = pd.DataFrame({"symbol": ["0992.HK", "BABA", "0992.HK"]})
    (found,) = check_shorts(book("yes"), [], fills, [LENOVO, BABA])
    assert (found.code, found.where) == ("unverified-lot", "0992.HK")
