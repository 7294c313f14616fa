"""The rule book for news strategies, on bars small enough to work out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from engine_tools import fills_of, make_signal, make_tape, make_world, ours
from newsbt.engine import Desk, NewsStrategy
from newsbt.engine.frames import trades_frame
from newsbt.engine.world import Limits
from newsbt.errors import ParameterError
from newsbt.records import Signal

FLAT = (100.0, 101.0, 99.0, 100.0)


class Follow(NewsStrategy):
    """Goes with the signal."""

    params = {
        "hold": 3, "stop": 0.0, "take": 0.0, "trail": 0.0, "weight": 0.5, "min_score": 0.0, "side": "both",
        "delay": 0,
    }  # fmt: skip

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        self.follow(desk, signal.score, signal)


def run(
    bars: list[tuple[float, float, float, float]],
    signals: list[tuple[int, float]],
    options: dict[str, Any] | None = None,
    tape_options: dict[str, Any] | None = None,
    **params: Any,
) -> tuple[list[tuple[int, float, float]], Any]:
    """Fills as (bar, size, price), and the journal."""
    tape = make_tape(bars, **(tape_options or {}))
    world = make_world([tape], [make_signal(tape, *signal) for signal in signals], **(options or {}))
    outcome = ours(world, Follow, **params)
    days = {tape.day(bar): bar for bar in range(len(tape))}
    return [(days[day], size, price) for _, day, size, price in fills_of(outcome)], outcome.journal


def reasons(journal: Any) -> list[str]:
    return [fill.reason for fill in journal.fills]


def test_enters_at_the_open_of_the_session_sized_by_the_close_before() -> None:
    fills, journal = run([FLAT, (102, 103, 101, 102), FLAT], [(1, 1.0)])
    assert fills == [(1, 50.0, 102.0)], "half of 10,000 at the close of 100"
    assert journal.outcomes["X", dt.date(2024, 1, 2)] == ("traded", "bought 50")


def test_enters_at_the_close_when_asked() -> None:
    fills, _ = run([FLAT, (102, 104, 101, 103), FLAT], [(1, 1.0)], {"entry": "close"})
    assert fills == [(1, 50.0, 103.0)]


def test_exit_by_time_is_the_open_of_the_nth_session_after_the_entry() -> None:
    bars = [FLAT] * 4 + [(107, 108, 106, 107), FLAT]
    fills, journal = run(bars, [(1, 1.0)], hold=3)
    assert fills == [(1, 50.0, 100.0), (4, -50.0, 107.0)]
    assert reasons(journal) == ["signal", "time"]


def test_exit_by_time_at_the_close() -> None:
    bars = [FLAT] * 4 + [(107, 109, 106, 108), FLAT]
    fills, _ = run(bars, [(1, 1.0)], {"entry": "close"}, hold=3)
    assert fills == [(1, 50.0, 100.0), (4, -50.0, 108.0)]


def test_exit_by_time_counts_sessions_of_the_venue_across_missing_bars() -> None:
    bars = [FLAT] * 3 + [(107, 108, 106, 107)]
    fills, _ = run(bars, [(1, 1.0)], tape_options={"numbers": [0, 1, 2, 9]}, hold=5)
    assert fills[1] == (3, -50.0, 107.0)


def test_stop_is_live_on_the_bar_of_the_entry() -> None:
    fills, journal = run([FLAT, (100, 101, 94, 98), FLAT], [(1, 1.0)], stop=0.05)
    assert fills == [(1, 50.0, 100.0), (1, -50.0, 95.0)]
    assert reasons(journal) == ["signal", "stop"]


def test_take_profit_is_live_on_the_bar_of_the_entry() -> None:
    fills, journal = run([FLAT, (100, 108, 99, 101), FLAT], [(1, 1.0)], take=0.05)
    assert fills == [(1, 50.0, 100.0), (1, -50.0, 105.0)]
    assert reasons(journal) == ["signal", "take"]


def test_the_stop_wins_where_both_are_touched() -> None:
    fills, journal = run([FLAT, (100, 108, 94, 101), FLAT], [(1, 1.0)], stop=0.05, take=0.05)
    assert fills[1] == (1, -50.0, 95.0)
    assert reasons(journal)[1] == "stop"


def test_a_gap_through_the_stop_fills_at_the_open() -> None:
    fills, _ = run([FLAT, FLAT, (90, 96, 89, 95), FLAT], [(1, 1.0)], stop=0.05)
    assert fills[1] == (2, -50.0, 90.0)


def test_a_gap_through_the_take_profit_fills_at_the_better_open() -> None:
    fills, _ = run([FLAT, FLAT, (110, 111, 109, 110), FLAT], [(1, 1.0)], take=0.05)
    assert fills[1] == (2, -50.0, 110.0)


def test_short_levels_mirror_long_ones() -> None:
    fills, _ = run([FLAT, (100, 106, 99, 104), FLAT], [(1, -1.0)], stop=0.05)
    assert fills == [(1, -50.0, 100.0), (1, 50.0, 105.0)]
    fills, _ = run([FLAT, (100, 101, 94, 99), FLAT], [(1, -1.0)], take=0.05)
    assert fills == [(1, -50.0, 100.0), (1, 50.0, 95.0)]


def test_the_trailing_level_moves_on_closes_and_counts_from_the_next_bar() -> None:
    """Entry 100, trail 5: level 95, after the close of 110 level 105; the high of 120 does not move it."""
    bars = [FLAT, (100, 120, 99, 110), (110, 111, 104, 106), FLAT]
    fills, journal = run(bars, [(1, 1.0)], trail=0.05)
    assert fills == [(1, 50.0, 100.0), (2, -50.0, 105.0)]
    assert reasons(journal)[1] == "trail"


def test_an_entry_at_the_close_is_not_stopped_by_the_bar_it_entered_on() -> None:
    bars = [FLAT, (100, 101, 80, 100), FLAT, (100, 100, 90, 91)]
    fills, _ = run(bars, [(1, 1.0)], {"entry": "close"}, stop=0.05)
    assert fills == [(1, 50.0, 100.0), (3, -50.0, 95.0)]


def test_a_signal_of_the_same_sign_renews_the_holding_time() -> None:
    fills, journal = run([FLAT] * 8, [(1, 1.0), (3, 0.5)], hold=3)
    assert fills == [(1, 50.0, 100.0), (6, -50.0, 100.0)], "three sessions after the second signal"
    assert journal.outcomes["X", dt.date(2024, 1, 4)][0] == "renewed"


def test_a_signal_on_the_day_of_the_exit_keeps_the_position() -> None:
    fills, _ = run([FLAT] * 9, [(1, 1.0), (4, 0.5)], hold=3)
    assert fills == [(1, 50.0, 100.0), (7, -50.0, 100.0)]


def test_a_signal_of_the_other_sign_reverses() -> None:
    fills, journal = run([FLAT] * 8, [(1, 1.0), (3, -0.5)], hold=3)
    assert fills == [(1, 50.0, 100.0), (3, -75.0, 100.0), (6, 25.0, 100.0)]
    assert reasons(journal) == ["signal", "reversal", "time"]


def test_a_reversal_at_the_close_does_not_oversell_what_a_stop_has_sold() -> None:
    bars = [FLAT, FLAT, (100, 100, 90, 96), FLAT, FLAT]
    fills, _ = run(bars, [(1, 1.0), (2, -1.0)], {"entry": "close"}, stop=0.05, hold=50)
    assert fills[:3] == [(1, 50.0, 100.0), (2, -50.0, 95.0), (2, -50.0, 96.0)]
    assert fills[3:] == [(3, 50.0, 100.8)], "the short's own stop, 5 % above 96"


def test_a_signal_on_the_first_bar_has_no_price_to_be_sized_by() -> None:
    fills, journal = run([FLAT] * 3, [(0, 1.0)])
    assert fills == []
    status, why = journal.outcomes["X", dt.date(2024, 1, 1)]
    assert (status, why) == ("not-traded", "X has no earlier price to size an order from")


def test_delay_counts_sessions() -> None:
    fills, _ = run([FLAT] * 6, [(1, 1.0)], delay=2, hold=50)
    assert fills == [(3, 50.0, 100.0)]


def test_side_and_min_score_are_said() -> None:
    fills, journal = run([FLAT] * 6, [(1, -1.0), (2, 0.1)], side="long", min_score=0.2)
    assert fills == []
    assert journal.outcomes["X", dt.date(2024, 1, 2)] == ("not-traded", "score -1.000 while side is long")
    assert "below min_score 0.2" in journal.outcomes["X", dt.date(2024, 1, 3)][1]


def test_an_opposite_signal_closes_what_side_forbids_to_reverse() -> None:
    fills, journal = run([FLAT] * 6, [(1, 1.0), (2, -1.0)], side="long", hold=50)
    assert fills == [(1, 50.0, 100.0), (2, -50.0, 100.0)]
    assert reasons(journal)[1] == "opposite"


def test_sizes_are_whole_board_lots() -> None:
    fills, _ = run([FLAT] * 3, [(1, 1.0)], tape_options={"lot": 20})
    assert fills == [(1, 40.0, 100.0)], "5,000 buys 50 shares, two lots of 20"


def test_too_small_for_one_lot_is_reported() -> None:
    fills, journal = run([FLAT] * 3, [(1, 1.0)], tape_options={"lot": 100})
    assert fills == []
    status, why = journal.outcomes["X", dt.date(2024, 1, 2)]
    assert status == "not-traded"
    assert why == "5,000.00 USD is less than one lot of 100 at 10,000.00"
    assert [(order.status, order.why) for order in journal.orders] == [("rejected", why)]


def test_sizes_use_the_exchange_rate_of_the_day_before() -> None:
    tape = {"venue": "XHKG", "fx": [0.125, 0.1, 0.1]}
    fills, journal = run([FLAT] * 3, [(1, 1.0)], tape_options=tape)
    assert fills == [(1, 400.0, 100.0)], "5,000 USD at 12.50 a share"
    assert journal.steps[1].cash == pytest.approx(10_000 - 400 * 100 * 0.1), "paid at the day's own rate"


def test_gross_exposure_is_capped_and_said() -> None:
    fills, journal = run([FLAT] * 3, [(1, 1.0)], {"limits": Limits(gross=0.3, weight=10.0)})
    assert fills == [(1, 30.0, 100.0)]
    assert "cut to 30 shares" in journal.outcomes["X", dt.date(2024, 1, 2)][1]


def test_weight_of_one_listing_is_capped() -> None:
    fills, journal = run([FLAT] * 3, [(1, -1.0)], {"limits": Limits(gross=1.0, weight=0.2)})
    assert fills == [(1, -20.0, 100.0)]
    assert "capped at 0.2" in journal.outcomes["X", dt.date(2024, 1, 2)][1]


def test_average_volume_caps_an_order() -> None:
    fills, journal = run(
        [FLAT] * 3, [(1, 1.0)], {"limits": Limits(1.0, 10.0, volume=0.1)}, tape_options={"volume": 70.0}
    )
    assert fills == [(1, 7.0, 100.0)]
    assert "10% of the average daily volume" in journal.outcomes["X", dt.date(2024, 1, 2)][1]


def test_a_gap_up_reduces_the_order_to_what_is_allowed_at_the_fill() -> None:
    fills, journal = run([FLAT, (125, 126, 124, 125), FLAT], [(1, 1.0)], weight=1.0)
    assert fills == [(1, 80.0, 125.0)], "100 shares were ordered, 10,000 buys 80 at 125"
    assert journal.orders[0].status == "reduced"


def test_an_order_for_a_placeholder_waits_for_the_next_session() -> None:
    fills, journal = run(
        [FLAT, FLAT, (103, 104, 102, 103), FLAT], [(1, 1.0)], tape_options={"placeholder": [1]}
    )
    assert fills == [(2, 50.0, 103.0)]
    assert journal.outcomes["X", dt.date(2024, 1, 2)][0] == "traded"


def test_an_opposite_signal_replaces_an_order_that_waits() -> None:
    fills, journal = run([FLAT] * 4, [(1, 1.0), (2, -1.0)], tape_options={"placeholder": [1]}, hold=50)
    assert fills == [(2, -50.0, 100.0)]
    assert journal.orders[0].status == "cancelled"
    assert "replaced" in journal.outcomes["X", dt.date(2024, 1, 2)][1]


def test_stops_sleep_on_a_placeholder() -> None:
    bars = [FLAT, FLAT, (90, 90, 90, 90), (98, 99, 97, 98), FLAT]
    fills, _ = run(bars, [(1, 1.0)], tape_options={"placeholder": [2]}, stop=0.05, hold=50)
    assert fills == [(1, 50.0, 100.0)]


def test_a_short_pays_slippage_and_commission_both_ways() -> None:
    fills, journal = run([FLAT] * 6, [(1, -1.0)], {"commission": 0.001, "slippage": 0.01}, hold=1)
    assert fills == [(1, -50.0, 99.0), (2, 50.0, 101.0)]
    fees = 50 * 99 * 0.001 + 50 * 101 * 0.001
    assert journal.steps[-1].cash == pytest.approx(10_000 + 50 * 99 - 50 * 101 - fees, abs=1e-9)


def test_a_fee_is_charged_once_an_order_also_on_a_reversal() -> None:
    _, journal = run([FLAT] * 6, [(1, 1.0), (2, -1.0)], {"commission": 0.001}, hold=50)
    assert journal.fills[1].fees["commission"] == pytest.approx(abs(journal.fills[1].size) * 100 * 0.001)


def test_bars_before_the_first_day_are_history_only() -> None:
    options = {"first_day": dt.date(2024, 1, 3)}
    fills, journal = run([FLAT] * 4, [(1, 1.0), (2, 1.0)], options)
    assert fills == [(2, 50.0, 100.0)]
    assert journal.outcomes["X", dt.date(2024, 1, 2)][0] == "not-traded"


def test_exits_free_exposure_for_entries_at_the_same_open() -> None:
    first, second = make_tape([FLAT] * 6, symbol="A"), make_tape([FLAT] * 6, symbol="B")
    signals = [make_signal(first, 1, 1.0), make_signal(second, 2, 1.0)]
    journal = ours(make_world([second, first], signals), Follow, weight=1.0, hold=1).journal
    assert [(fill.symbol, fill.size) for fill in journal.fills] == [
        ("A", 100),
        ("A", -100),
        ("B", 100),
        ("B", -100),
    ]


def test_two_venues_on_one_date_hong_kong_first() -> None:
    hong_kong = make_tape([FLAT] * 4, symbol="HK", venue="XHKG", fx=0.125)
    new_york = make_tape([FLAT] * 4, symbol="NY")
    signals = [make_signal(new_york, 1, 1.0), make_signal(hong_kong, 2, 1.0)]
    journal = ours(make_world([new_york, hong_kong], signals), Follow, hold=50).journal
    assert [fill.symbol for fill in journal.fills] == ["NY", "HK"]
    assert len(journal.steps) == 8, "two closes a date"


def test_the_parts_of_a_trade_add_up() -> None:
    tape = make_tape(
        [FLAT, FLAT, (110, 111, 109, 110), (120, 121, 119, 120)],
        venue="XHKG", fx=[0.125, 0.125, 0.13, 0.128], dividend={2: 1.5},
    )  # fmt: skip
    world = make_world([tape], [make_signal(tape, 1, 1.0)], commission=0.001)
    trades = trades_frame(ours(world, Follow, hold=2).journal, world)
    trade = trades.iloc[0]
    shares = 400
    assert trade["size"] == shares
    assert trade["pnl_price"] == pytest.approx(shares * (120 - 100) * 0.125)
    assert trade["pnl_fx"] == pytest.approx(shares * 120 * (0.128 - 0.125))
    assert trade["dividends_base"] == pytest.approx(shares * 1.5 * 0.13)
    assert trade["fees_base"] == pytest.approx(shares * 0.001 * (100 * 0.125 + 120 * 0.128))
    assert trade["pnl_base"] == pytest.approx(
        trade["pnl_price"] + trade["pnl_fx"] + trade["dividends_base"] - trade["fees_base"]
    )
    assert trade["mfe"] == pytest.approx(0.20)
    assert trade["mae"] == pytest.approx(-0.01)
    assert trade["sessions_held"] == 2


@pytest.mark.parametrize("weight", [float("nan"), float("inf")])
def test_a_weight_that_is_no_number_is_refused_where_it_was_asked_for(weight: float) -> None:
    with pytest.raises(ValueError, match=rf"the weight for X in session 2024-01-02 is {weight}"):
        run([FLAT] * 3, [(1, weight)])


@pytest.mark.parametrize(("name", "value"), [("hold", [1, 2]), ("stop", "x"), ("side", "up")])
def test_a_common_parameter_of_another_kind_is_refused_before_the_run(name: str, value: Any) -> None:
    with pytest.raises(ParameterError, match=f"strategy test_rule_book: {name} is"):
        run([FLAT] * 3, [(1, 1.0)], **{name: value})
