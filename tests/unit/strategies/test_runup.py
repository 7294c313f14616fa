"""`runup` on one listing with events at known sessions; bars are numbered as the calendar is."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from newsbt.engine.journal import Journal
from strategy_tools import Price, line, outcome, signal, trade

RISING: list[Price] = [100.0, 100.0, (101, 101), (102, 102), (103, 104), (106, 90), 90, 90, 90, 90, 90, 90]
FLAT: list[Price] = [100.0] * 14


def run(
    prices: list[Price], events: tuple[int, ...], scores: dict[int, float] | None = None, **params: Any
) -> tuple[list[tuple[int, int, float]], Journal]:
    tape = line(prices, "X", **{key: params.pop(key) for key in ("placeholder", "skip") if key in params})
    news = [signal(tape, day, score) for day, score in (scores or {}).items()]
    options = {"agenda": {"X": events}, **params.pop("world", {})}
    fills, journal = trade(
        "runup", [tape], news, options, **{"before": 3, "weight": 0.5, "stop": 0.0, **params}
    )
    return [(day, size, price) for _, day, size, price in fills], journal


def test_in_three_sessions_before_and_out_at_the_last_open_before_the_event() -> None:
    """Event in session 5, whose open is known to follow it: in at the open of 2, out at the open of 4."""
    fills, journal = run(RISING, (5,))
    assert fills == [(2, 50, 101.0), (4, -50, 103.0)]
    assert [fill.reason for fill in journal.fills] == ["runup", "event"]


def test_at_the_close_the_last_close_before_the_event() -> None:
    fills, _ = run(RISING, (5,), world={"entry": "close"})
    assert fills == [(2, 50, 101.0), (4, -50, 104.0)]


def test_short() -> None:
    fills, _ = run(RISING, (5,), direction="short")
    assert fills == [(2, -50, 101.0), (4, 50, 103.0)]


def test_the_date_is_not_used_before_it_was_public() -> None:
    """Known two sessions before: in at the open of session 3, with 5,000 at the close of 101."""
    fills, _ = run(RISING, (5,), notice=2)
    assert fills == [(3, 49, 102.0), (4, -49, 103.0)]


def test_an_event_beyond_the_last_bar_was_known_all_the_same() -> None:
    fills, journal = run(RISING[:4], (5,))
    assert fills == [(2, 50, 101.0)]
    assert journal.steps[-1].gross > 0


def test_direction_of_the_last_score_that_came_due_before() -> None:
    scores = {1: -0.4, 3: 0.9}
    fills, journal = run(RISING, (5,), scores, direction="last")
    assert fills == [(2, -50, 101.0), (4, 50, 103.0)], "the score of day 3 comes after the entry"
    assert outcome(journal, "X", 1) == (
        "not-traded: runup trades before scheduled events, not on what they bring"
    )


def test_without_a_score_there_is_no_direction() -> None:
    assert run(RISING, (5,), {5: 1.0}, direction="last")[0] == []


def test_the_outcome_of_the_event_changes_nothing() -> None:
    first = run(RISING, (5,), {5: 1.0}, direction="last")[1]
    second = run(RISING, (5,), {5: -1.0}, direction="last")[1]
    assert first.fills == second.fills == []
    assert run(RISING, (5,), {5: 1.0})[1].fills == run(RISING, (5,), {5: -1.0})[1].fills


def test_two_events_close_together_are_both_avoided() -> None:
    """Events in 5 and 7: out at 4; in again at 5, the first open after the one event, and out at 6."""
    fills, _ = run(FLAT, (5, 7))
    assert fills == [(2, 50, 100.0), (4, -50, 100.0), (5, 50, 100.0), (6, -50, 100.0)]


def test_events_in_a_row_leave_no_session_between_them() -> None:
    fills, _ = run(FLAT, (5, 6))
    assert fills == [(2, 50, 100.0), (4, -50, 100.0)]


def test_a_stop_is_not_followed_by_another_try_for_the_same_event() -> None:
    prices: list[Price] = [100, 100, 100, 100, (100, 90), 100, 100, 100, 100, 100]
    fills, _ = run(prices, (8,), before=5, stop=0.05)
    assert fills == [(3, 50, 100.0), (4, -50, 95.0)]


def test_an_entry_that_waits_is_taken_back_before_the_event() -> None:
    """Placeholders in sessions 2 and 3: the order would fill at the open of 4, the last before the event."""
    fills, journal = run(FLAT, (5,), placeholder=[2, 3])
    assert fills == []
    assert [order.status for order in journal.orders] == ["cancelled"]


def test_a_missing_last_session_leaves_at_the_next_open() -> None:
    """No bar in session 4, the last before the event: out at the open of 5, with the outcome in the price."""
    tape = line([100, 100, 101, 102, (90, 91), 91, 91], "X", skip=(4,), numbers=[0, 1, 2, 3, 5, 6, 7])
    fills, _ = trade("runup", [tape], (), {"agenda": {"X": (5,)}}, before=3, weight=0.5)
    assert fills == [("X", 2, 50, 101.0), ("X", 5, -50, 90.0)]


@pytest.mark.parametrize("symbol", ["X", "Y"])
def test_only_the_listing_of_the_event(symbol: str) -> None:
    tapes = [line(FLAT, name) for name in ("X", "Y")]
    fills, _ = trade("runup", tapes, (), {"agenda": {symbol: (5,)}}, before=3, weight=0.5)
    assert {fill[0] for fill in fills} == {symbol}


def test_numbers_count_from_the_calendar() -> None:
    """The same bars as sessions 100 to 111 of a calendar, with the event in session 105."""
    tape = dataclasses.replace(line(RISING, "X"), numbers=line(RISING, "X").numbers + 100)
    fills, _ = trade("runup", [tape], (), {"agenda": {"X": (105,)}}, before=3, weight=0.5, stop=0.0)
    assert [fill[1] for fill in fills] == [2, 4]


def test_an_entry_under_one_lot_is_reported() -> None:
    tape = line(FLAT, "X", lot=100)
    fills, journal = trade("runup", [tape], (), {"agenda": {"X": (5,)}}, before=3, weight=0.5)
    assert fills == []
    why = "5,000.00 USD is less than one lot of 100 at 10,000.00"
    assert [(order.status, order.reason, order.why) for order in journal.orders] == [
        ("rejected", "runup", why)
    ]
