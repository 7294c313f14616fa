"""`pair` where the listing moves twice as much as its hedge, or as much, over five sessions: beta 2, or 1.

Closes before day 6 are 110.592 for the listing X and 107.811 for its hedges, so with 10,000 USD a weight of
0.25 is 22 shares of X (22.6), and of a hedge 0.5 is 46 shares (46.4), 0.25 is 23 (23.2).
"""

from __future__ import annotations

from typing import Any

import pytest

from newsbt.engine.journal import Journal
from newsbt.engine.world import Tape
from strategy_tools import Price, line, outcome, signal, trade

WIDE: list[Price] = [100, 120, 96, 115.2, 92.16, 110.592]
NARROW: list[Price] = [100, 110, 99, 108.9, 98.01, 107.811]
AFTER: list[Price] = [(108, 108), (109, 109), (110, 110), (111, 111), (112, 112)]

Fills = list[tuple[str, int, int, float]]


def wide(symbol: str = "X", after: list[Price] = AFTER, **options: Any) -> Tape:
    return line(WIDE + after, symbol, **options)


def narrow(symbol: str = "H", after: list[Price] = AFTER, **options: Any) -> Tape:
    return line(NARROW + after, symbol, **options)


def run(
    tapes: list[Tape], news: dict[tuple[int, int], float], world: dict[str, Any] | None = None, **params: Any
) -> tuple[Fills, Journal]:
    """News by (tape, day)."""
    signals = [signal(tapes[at], day, score) for (at, day), score in news.items()]
    usual = {"window": 5, "weight": 0.25, "hold": 2, "stop": 0.0, "min_score": 0.0}
    return trade("pair", tapes, signals, world, **{**usual, **params})


def test_both_legs_enter_and_leave_at_the_same_opens() -> None:
    fills, journal = run([wide(), narrow()], {(0, 6): 1.0})
    assert sorted(fills[:2]) == [("H", 6, -46, 108.0), ("X", 6, 22, 108.0)]
    assert sorted(fills[2:]) == [("H", 8, 46, 110.0), ("X", 8, -22, 110.0)]
    assert {fill.reason for fill in journal.fills} == {"signal", "hedge", "time"}
    assert outcome(journal, "X", 6) == "traded: bought 22"


def test_at_the_close() -> None:
    after: list[Price] = [(108, 107), (109, 106), (110, 105), (111, 104)]
    fills, _ = run([wide(after=after), narrow(after=after)], {(0, 6): 1.0}, {"entry": "close"})
    assert sorted(fills) == [
        ("H", 6, -46, 107.0),
        ("H", 8, 46, 105.0),
        ("X", 6, 22, 107.0),
        ("X", 8, -22, 105.0),
    ]


def test_a_short_is_hedged_by_a_long() -> None:
    fills, _ = run([wide(), narrow()], {(0, 6): -1.0})
    assert sorted(fills[:2]) == [("H", 6, 46, 108.0), ("X", 6, -22, 108.0)]


def test_a_stop_of_the_leg_closes_the_hedge_at_the_next_open() -> None:
    """X falls from 108 to 100 on day 6, through 102.6; H, without a level, is out at the open of day 7."""
    tapes = [wide(after=[(108, 100), 100, 100]), narrow(after=[(108, 130), (129, 129), 129])]
    fills, journal = run(tapes, {(0, 6): 1.0}, stop=0.05, hold=50)
    assert sorted(fills[:2]) == [("H", 6, -46, 108.0), ("X", 6, 22, 108.0)]
    assert fills[2:] == [("X", 6, -22, 102.6), ("H", 7, 46, 129.0)]
    assert journal.fills[2].reason == "stop"


def test_peers_share_the_hedge() -> None:
    fills, _ = run([wide(), narrow("H"), narrow("I")], {(0, 6): 1.0})
    assert sorted(fills[:3]) == [("H", 6, -23, 108.0), ("I", 6, -23, 108.0), ("X", 6, 22, 108.0)]


@pytest.mark.parametrize(("hedge", "hedges"), [("auto", ["K"]), ("etf", ["K"]), ("peers", ["H"])])
def test_an_etf_of_the_run_is_the_hedge_unless_peers_are_asked_for(hedge: str, hedges: list[str]) -> None:
    fills, _ = run([wide(), narrow("H"), narrow("K", kind="etf")], {(0, 6): 1.0}, hedge=hedge)
    assert sorted({symbol for symbol, *_ in fills} - {"X"}) == hedges


def test_without_a_hedge_nothing_is_traded() -> None:
    """No ETF in the run; a hedge on the other venue only; and one that has news of its own."""
    cases: list[tuple[list[Tape], dict[tuple[int, int], float], str]] = [
        ([wide(), narrow()], {(0, 6): 1.0}, "etf"),
        ([wide(), narrow(venue="XHKG", fx=0.125)], {(0, 6): 1.0}, "auto"),
        ([wide(), narrow()], {(0, 6): 1.0, (1, 6): 1.0}, "auto"),
    ]
    for tapes, news, hedge in cases:
        fills, journal = run(tapes, news, hedge=hedge)
        assert fills == []
        assert outcome(journal, "X", 6) == "not-traded: nothing on XNYS to hedge X with"


def test_too_little_history_is_said() -> None:
    fills, journal = run([wide(), narrow()], {(0, 5): 1.0})
    assert fills == []
    assert outcome(journal, "X", 5) == "not-traded: X lacks prices in the last 6 sessions"


def test_a_listing_with_a_gap_in_the_window_is_no_hedge() -> None:
    short = line(
        [100, 110, 99, 98.01, 107.811, *AFTER], "G", skip=(3,), numbers=[0, 1, 2, 4, 5, 6, 7, 8, 9, 10]
    )
    fills, _ = run([wide(), narrow(), short], {(0, 6): 1.0})
    assert {symbol for symbol, *_ in fills} == {"X", "H"}


def test_one_hedge_serves_two_pairs_and_shrinks_when_one_ends() -> None:
    """X, of beta 2, needs 0.2 from day 6 to 8; Y, of beta 1, needs 0.1 from 7 to 9.

    In shares of H: 0.2 at 107.811 is 18 (18.6); then prices stand at 108 and equity at 10,000, so 0.3 is 27
    (27.8) on day 7, and 0.1 is 9 (9.3) on day 8.
    """
    still: list[Price] = [108, 108, 108, 108, 108]
    tapes = [wide("X", still), narrow("H", still, kind="etf"), narrow("Y", still)]
    fills, _ = run(tapes, {(0, 6): 0.4, (2, 7): 0.4})
    assert [(day, size) for symbol, day, size, _ in fills if symbol == "X"] == [(6, 9), (8, -9)]
    assert [(day, size) for symbol, day, size, _ in fills if symbol == "H"] == [
        (6, -18),
        (7, -9),
        (8, 18),
        (9, 9),
    ]


def test_news_on_a_hedge_makes_it_a_leg_and_leaves_the_hedge_to_the_others() -> None:
    """H hedges X with I, 23 each; news on H for day 7: it becomes a leg, and I takes over."""
    fills, journal = run([wide(), narrow("H"), narrow("I")], {(0, 6): 1.0, (1, 7): 0.4}, hold=50)
    later = {symbol: size for symbol, day, size, _ in fills if day == 7}
    assert later["H"] > 23, "from short to long"
    assert later["I"] < 0, "the short of H, and the hedge of H's own leg"
    assert [fill.reason for fill in journal.fills if fill.symbol == "H"] == ["hedge", "reversal"]


def test_news_of_the_same_sign_keeps_both_legs_and_of_the_other_turns_them() -> None:
    fills, journal = run([wide(), narrow()], {(0, 6): 1.0, (0, 7): 0.5}, hold=2)
    assert [day for _, day, _, _ in fills] == [6, 6, 9, 9]
    assert outcome(journal, "X", 7).startswith("renewed")
    fills, _ = run([wide(), narrow()], {(0, 6): 1.0, (0, 7): -1.0}, hold=50)
    assert [(symbol, size > 0) for symbol, day, size, _ in sorted(fills) if day == 7] == [
        ("H", True),
        ("X", False),
    ]


def test_a_hedge_that_moves_the_other_way_is_none() -> None:
    """Beta of -2 counts as 0: the leg stands alone."""
    mirrored: list[Price] = [100, 90, 99, 89.1, 98.01, 88.209]
    fills, _ = run([wide(), line(mirrored + AFTER, "H")], {(0, 6): 1.0})
    assert {symbol for symbol, *_ in fills} == {"X"}


def test_side_is_that_of_the_leg() -> None:
    fills, journal = run([wide(), narrow()], {(0, 6): -1.0}, side="long")
    assert fills == []
    assert "while side is long" in outcome(journal, "X", 6)
