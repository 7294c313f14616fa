"""`parity` with eight shares to the ADS and 0.125 USD to the HKD: at par both show the same number."""

from __future__ import annotations

from typing import Any

from newsbt.engine.journal import Journal
from strategy_tools import Price, line, outcome, signal, trade

Fills = list[tuple[str, int, int, float]]


def run(
    new_york: list[Price],
    hong_kong: list[Price],
    ads: dict[str, Any] | None = None,
    share: dict[str, Any] | None = None,
    news: tuple[int, ...] = (),
    **params: Any,
) -> tuple[Fills, Journal]:
    """Half of 10,000 USD against a premium of 5 %, out under 1 %."""
    tapes = [
        line(new_york, "NY", issuer="I", shares_per_ads=8.0, **(ads or {})),
        line(hong_kong, "HK", "XHKG", issuer="I", **{"fx": 0.125, **(share or {})}),
    ]
    usual = {"measure": "fraction", "enter": 0.05, "leave": 0.01, "weight": 0.5, "stop": 0.0, "hold": 50}
    return trade("parity", tapes, [signal(tapes[0], day, 1.0) for day in news], **{**usual, **params})


#: Hong Kong closes day 2 at 110; New York follows to 108 in its session of that day.
NEW_YORK: list[Price] = [100, 100, (106, 108), (109, 109), 109, 109]
HONG_KONG: list[Price] = [100, 100, (101, 110), (112, 109), (109, 109), 109]


def test_new_york_is_judged_by_hong_kongs_close_of_the_day() -> None:
    """100 / 110 - 1 = -9.1 %: the ADS is cheap, 50 are bought on day 2. 108 / 109 - 1 = -0.9 %: out."""
    fills, journal = run(NEW_YORK, HONG_KONG)
    assert fills == [("NY", 2, 50, 106.0), ("NY", 3, -50, 109.0)]
    assert [fill.reason for fill in journal.fills] == ["parity", "parity"]


def test_hong_kong_is_judged_by_new_yorks_close_of_the_night_before() -> None:
    """New York closes day 2 at 90: the share is dear, 400 are sold on day 3; 90 to 90.5 is under 1 %."""
    fills, _ = run([100, 100, (99, 90), 90, 90], [100, 100, 100, (92, 90.5), (91, 91)])
    assert fills == [("HK", 3, -400, 92.0), ("HK", 4, 400, 91.0)]


def test_both_legs_each_at_its_own_next_open() -> None:
    """Equity after day 2 is 10,000 + 40 x (108 - 106) = 10,080; 40 % of it at 110 x 0.125: 293 shares."""
    fills, journal = run(NEW_YORK, HONG_KONG, legs="both", weight=0.4)
    assert fills == [
        ("NY", 2, 40, 106.0),
        ("HK", 3, -293, 112.0),
        ("NY", 3, -40, 109.0),
        ("HK", 4, 293, 109.0),
    ]
    assert [fill.reason for fill in journal.fills] == ["parity", "hedge", "parity", "other leg"]


def test_a_stop_of_the_first_leg_closes_the_other_at_its_next_open() -> None:
    """Bought at 106 with a stop at 5 %: sold at 100.70 on day 3, Hong Kong is bought back on day 4."""
    new_york: list[Price] = [100, 100, (106, 104), (104, 99), 99, 99]
    fills, journal = run(
        new_york, [100, 100, (101, 110), (111, 111), (107, 107), 107], legs="both", stop=0.05
    )
    assert fills[0] == ("NY", 2, 50, 106.0)
    assert fills[2:] == [("NY", 3, -50, 100.7), ("HK", 4, -fills[1][2], 107.0)]
    assert [fill.reason for fill in journal.fills] == ["parity", "hedge", "stop", "other leg"]


def test_a_stop_of_the_other_leg_closes_the_first_at_its_next_open() -> None:
    """Hong Kong is sold at 112 on day 3 and rises to 118, over the stop at 117.6, and New York leaves."""
    new_york: list[Price] = [100, 100, (106, 106), (110, 115), 115]
    hong_kong: list[Price] = [100, 100, (101, 110), (112, 118), 118]
    fills, journal = run(new_york, hong_kong, legs="both", stop=0.05, weight=0.4)
    assert [(fill.symbol, fill.reason, round(fill.price, 10)) for fill in journal.fills] == [
        ("NY", "parity", 106.0),
        ("HK", "hedge", 112.0),
        ("HK", "stop", 117.6),
        ("NY", "other leg", 110.0),
    ]
    assert sum(size for _, _, size, _ in fills) == 0


def test_deviations_from_the_mean_of_earlier_premiums() -> None:
    """Premiums of 1, -1, 1, -1, 0 %: mean 0, deviation 1 %. 102.5 is 2.5 of them, for Hong Kong first."""
    new_york: list[Price] = [101, 99, 101, 99, 100, 102.5, 102.5, 100, 100]
    hong_kong: list[Price] = [100] * 9
    usual: dict[str, Any] = {"measure": "deviations", "window": 5, "leave": 0.5}
    fills, _ = run(new_york, hong_kong, enter=2.4, **usual)
    assert fills[0] == ("HK", 6, 400, 100.0)
    assert run(new_york, hong_kong, enter=2.6, **usual)[0] == []
    assert run(new_york[3:], hong_kong[3:], enter=2.4, **usual)[0] == [], "two earlier premiums of five"


def test_no_premium_between_the_ex_dates_of_the_two_lines() -> None:
    """Ten off in Hong Kong on day 2 and in New York on day 3, as dividends and as mere moves."""
    new_york: list[Price] = [100, 100, 100, 90, 90, 90, 90, 90, 90, 90]
    hong_kong: list[Price] = [100, 100, 90, 90, 90, 90, 90, 90, 90, 90]
    paid: dict[str, Any] = {"ads": {"dividend": {3: 10.0}}, "share": {"dividend": {2: 10.0}}}
    assert run(new_york, hong_kong, **paid)[0] == []
    assert run(new_york, hong_kong)[0][0] == ("NY", 2, -50, 100.0)


def test_no_premium_while_the_other_venue_is_shut() -> None:
    """New York jumps on day 2, Hong Kong is shut on day 3: only on day 4 are there two prices to compare."""
    fills, _ = run([100, 100, 110, 110, 110, 110], [100, 100, 100, (108, 110), 110], share={"skip": (3,)})
    assert fills[0] == ("HK", 4, 400, 108.0)
    assert not any(symbol == "NY" for symbol, *_ in fills)


def test_no_premium_over_a_bar_without_prices() -> None:
    assert run(NEW_YORK, HONG_KONG[:3], share={"placeholder": [2]})[0] == []


def test_the_exchange_rate_of_the_day_counts() -> None:
    """Equal numbers all along, and the Hong Kong dollar gains 10 % on day 2: the ADS is cheap."""
    fills, _ = run([100] * 5, [100] * 5, share={"fx": [0.125, 0.125, 0.1375, 0.1375, 0.1375]})
    assert fills[0] == ("NY", 2, 50, 100.0)


def test_one_entry_for_one_crossing_and_an_end_by_time() -> None:
    """The premium stays at 10 %: bought once in Hong Kong, sold two sessions later, and no second time."""
    fills, journal = run([100, 100, *[110] * 8], [100] * 10, hold=2)
    assert fills == [("HK", 3, 400, 100.0), ("HK", 5, -400, 100.0)]
    assert [fill.reason for fill in journal.fills] == ["parity", "time"]


def test_side_is_that_of_the_position() -> None:
    assert run(NEW_YORK, HONG_KONG, side="short")[0] == []
    assert run(NEW_YORK, HONG_KONG, side="long")[0][0] == ("NY", 2, 50, 106.0)


def test_news_is_not_traded_and_single_listings_have_no_premium() -> None:
    fills, journal = run(NEW_YORK, HONG_KONG, news=(1,))
    assert fills == run(NEW_YORK, HONG_KONG)[0]
    assert outcome(journal, "NY", 1) == "not-traded: parity trades one listing against the other, not news"
    alone = [line(NEW_YORK, "NY"), line(HONG_KONG, "HK", "XHKG", fx=0.125)]
    assert trade("parity", alone, measure="fraction", enter=0.05)[0] == []
