"""`lead_lag` on two listings of one issuer: New York trades 14:30 to 21:00 UTC, Hong Kong 01:30 to 08:00."""

from __future__ import annotations

from typing import Any

import pytest

from newsbt.engine.journal import Journal
from strategy_tools import Price, line, moment, outcome, signal, trade

QUIET = [100.0] * 8


def run(
    new_york: list[Price],
    hong_kong: list[Price],
    news: tuple[int, float],
    due: dict[str, int],
    score: float = 1.0,
    skip: tuple[int, ...] = (),
    **params: Any,
) -> tuple[list[tuple[str, int, int, float]], Journal]:
    """One story, known at `news` (day, hour UTC) and due on these days."""
    tapes = {
        "NY": line(new_york, "NY", issuer="I"),
        "HK": line(hong_kong, "HK", "XHKG", skip, fx=0.125, issuer="I"),
    }
    signals = [signal(tapes[symbol], day, score) for symbol, day in due.items()]
    world = {"known_at": {"n": moment(*news)}}
    return trade("lead_lag", list(tapes.values()), signals, world, **{"weight": 0.5, "hold": 1, **params})


MIDDAY = (2, 12.0)  # Hong Kong has closed, New York has not opened
UP: list[Price] = [100, 100, (104, 105), 105, 105, 105]


def test_hong_kong_follows_new_york() -> None:
    """New York 100 to 105. Half of 10,000 buys 400 shares at 12.50; in at 103, out at the next open."""
    fills, journal = run(UP, [100, 100, 100, (103, 106), (104, 104), 104], MIDDAY, {"NY": 2, "HK": 3})
    assert fills == [("HK", 3, 400, 103.0), ("HK", 4, -400, 104.0)]
    assert outcome(journal, "NY", 2) == "not-traded: no other listing of I has closed since the news"
    assert outcome(journal, "HK", 3) == "traded: bought 400"


def test_new_york_follows_hong_kong() -> None:
    """News at 23:00 UTC of day 2; Hong Kong falls from 100 to 90 on day 3, New York is sold at its open."""
    down: list[Price] = [100, 100, 100, (95, 90), 90, 90]
    fills, journal = run([100, 100, 100, (94, 92), 91, 91], down, (2, 23.0), {"HK": 3, "NY": 3}, score=-0.6)
    assert fills == [("NY", 3, -30, 94.0), ("NY", 4, 30, 91.0)]
    assert "no other listing" in outcome(journal, "HK", 3)


def test_a_listing_that_has_closed_since_the_news_does_not_follow() -> None:
    """News at 18:00 UTC of day 2, in New York's session: Hong Kong follows, New York does not follow back."""
    fills, journal = run(UP, [100, 100, 100, (103, 110), 110, 110], (2, 18.0), {"NY": 3, "HK": 3})
    assert fills == [("HK", 3, 400, 103.0), ("HK", 4, -400, 110.0)]
    assert outcome(journal, "NY", 3) == "not-traded: NY has itself closed since the news"


def test_a_close_at_the_very_moment_has_answered() -> None:
    """A story of New York's session of day 2, known for certain by its close at 21:00."""
    fills, journal = run(UP, [100, 100, 100, (103, 110), 110, 110], (2, 21.0), {"NY": 3, "HK": 3})
    assert fills == [("HK", 3, 400, 103.0), ("HK", 4, -400, 110.0)]
    assert outcome(journal, "NY", 3) == "not-traded: NY has itself closed since the news"


def test_the_move_counts_from_the_last_close_before_the_news_over_a_holiday() -> None:
    """Hong Kong is shut on days 3 and 4; New York goes 100, 101, 101.5, 102.5: none over 2 % by itself."""
    new_york: list[Price] = [100, 100, 101, 101.5, 102.5, 102.5, 102.5]
    fills, _ = run(new_york, [100, 100, 100, 102, 103], MIDDAY, {"HK": 5}, skip=(3, 4))
    assert fills == [("HK", 5, 400, 102.0), ("HK", 6, -400, 103.0)]


def test_small_moves_are_not_followed() -> None:
    fills, journal = run([100, 100, 101.9, 102, 102], QUIET, MIDDAY, {"HK": 3})
    assert fills == []
    assert outcome(journal, "HK", 3) == ("not-traded: the sibling moved +1.90%, under the threshold of 2.00%")


def test_a_move_against_the_score_is_followed_only_when_asked() -> None:
    fills, journal = run(UP, QUIET, MIDDAY, {"HK": 3}, score=-1.0)
    assert fills == []
    assert outcome(journal, "HK", 3) == "not-traded: the sibling moved +5.00%, against the score of -1.000"
    fills, _ = run(UP, QUIET, MIDDAY, {"HK": 3}, score=-1.0, direction="sibling")
    assert fills == [("HK", 3, 400, 100.0), ("HK", 4, -400, 100.0)]


@pytest.mark.parametrize(
    ("side", "score", "trades"), [("long", -1.0, 2), ("short", 1.0, 0), ("long", 1.0, 2)]
)
def test_side_is_that_of_the_position(side: str, score: float, trades: int) -> None:
    fills, _ = run(UP, QUIET, MIDDAY, {"HK": 3}, score=score, direction="sibling", side=side)
    assert len(fills) == trades


def test_of_two_stories_the_unanswered_one_counts() -> None:
    """The first was known before Hong Kong's last close; New York moved 8 % on it, and 3 % on the second."""
    new_york: list[Price] = [100, 108, 111.24, 111.24, 111.24]
    tapes = [line(new_york, "NY", issuer="I"), line(QUIET, "HK", "XHKG", fx=0.125, issuer="I")]
    world = {"known_at": {"old": moment(1, 12.0), "new": moment(2, 12.0)}}
    due = [signal(tapes[1], 3, 1.0, "old", "new")]
    assert trade("lead_lag", tapes, due, world, weight=0.5, threshold=0.05)[0] == []
    assert trade("lead_lag", tapes, due, world, weight=0.5, threshold=0.029)[0][0] == ("HK", 3, 400, 100.0)


def test_listings_of_other_issuers_are_not_followed() -> None:
    tapes = [line(UP, "NY"), line(QUIET, "HK", "XHKG", fx=0.125)]
    fills, journal = trade(
        "lead_lag", tapes, [signal(tapes[1], 3, 1.0)], {"known_at": {"n": moment(*MIDDAY)}}
    )
    assert fills == []
    assert "no other listing of HK" in outcome(journal, "HK", 3)
