"""Reactions of prices to news, worked out by hand in a small world."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from newsbt.scoring.past import FEWEST_SESSIONS, PastMarket
from signal_tools import DAY, WEEKDAYS, make_calendars, make_catalyst, make_universe

EPOCH = dt.date(1970, 1, 1)
#: Monday evening in Hong Kong, in session in New York; the sessions before give the volatility.
NEWS = "2024-02-12 20:00"
SESSION = dt.date(2024, 2, 13)


def bars(moves: np.ndarray, opening: float = 0.0) -> pd.DataFrame:
    """Bars whose closes make these log moves, and whose opens lie `opening` above the close before."""
    closes = 100.0 * np.exp(np.cumsum(moves))
    before = np.concatenate([[100.0], closes[:-1]])
    index = pd.DatetimeIndex(WEEKDAYS.astype("datetime64[D]").astype("datetime64[ns]"), name="session")
    return pd.DataFrame({"open": before * math.exp(opening), "close": closes, "dividend": 0.0}, index=index)


def market(entry: Any = "open", **moves: np.ndarray) -> PastMarket:
    universe = make_universe()
    noise = np.where(np.arange(len(WEEKDAYS)) % 2, 0.01, -0.01)
    frames = {"BABA": bars(moves.get("BABA", noise)), "JD": bars(moves.get("JD", np.zeros(len(WEEKDAYS))))}
    listings = [universe.listings[name] for name in ("BABA", "JD")]
    return PastMarket(universe, listings, make_calendars(), frames, entry)


def test_from_the_first_open_to_the_last_close_less_the_others_in_units_of_volatility() -> None:
    at = int(np.searchsorted(WEEKDAYS, (SESSION - EPOCH).days))
    noise = np.where(np.arange(len(WEEKDAYS)) % 2, 0.01, -0.01)
    mine = noise.copy()
    mine[at : at + 3] = (0.05, 0.02, 0.01)  # the opens lie at the closes before
    others = np.zeros(len(WEEKDAYS))
    others[at : at + 3] = 0.005
    found = market(BABA=mine, JD=others).reactions([make_catalyst("a", NEWS, ["BABA"])], 3)
    spread = np.std(noise[1:at], ddof=1)  # the first bar has no move
    assert found.symbol.tolist() == ["BABA"]
    assert found.day.tolist() == [(SESSION - EPOCH).days]
    assert found.value[0] == pytest.approx((0.08 - 0.015) / (spread * math.sqrt(3)))
    assert found.ended_ns.tolist() == [WEEKDAYS[at + 2] * DAY + 21 * DAY // 24]


def test_entry_at_the_close_leaves_the_first_session_out() -> None:
    at = int(np.searchsorted(WEEKDAYS, (dt.date(2024, 2, 12) - EPOCH).days))
    mine = np.where(np.arange(len(WEEKDAYS)) % 2, 0.01, -0.01)
    mine[at : at + 3] = (0.05, 0.02, 0.01)  # known during this session: its close is the first price
    found = market("close", BABA=mine).reactions([make_catalyst("a", NEWS, ["BABA"])], 2)
    spread = np.std(mine[1:at], ddof=1)
    assert found.value[0] == pytest.approx(0.03 / (spread * math.sqrt(2)))


def test_what_follows_the_last_close_changes_nothing() -> None:
    at = int(np.searchsorted(WEEKDAYS, (SESSION - EPOCH).days))
    news = [make_catalyst("a", NEWS, ["BABA"])]
    base = np.where(np.arange(len(WEEKDAYS)) % 2, 0.01, -0.01)
    other = base.copy()
    other[at + 3 :] = 0.3
    assert market(BABA=base).reactions(news, 3).value == market(BABA=other).reactions(news, 3).value


@pytest.mark.parametrize(
    ("news", "sessions"),
    [("2024-01-15 20:00", 3), ("2024-02-28 20:00", 3), ("2024-02-12 20:00", 400)],
    ids=["too little history", "prices end", "longer than the calendar"],
)
def test_without_prices_there_is_no_reaction(news: str, sessions: int) -> None:
    assert FEWEST_SESSIONS > 9
    assert len(market().reactions([make_catalyst("a", news, ["BABA"])], sessions).value) == 0


def test_alone_on_its_venue_a_listing_has_no_reaction() -> None:
    whole = market()
    alone = PastMarket(whole.universe, whole.listings[:1], whole.calendars, whole.bars)
    assert len(alone.reactions([make_catalyst("a", NEWS, ["BABA"])], 3).value) == 0


def test_a_story_is_known_after_the_latency() -> None:
    known = market().known_at([make_catalyst("a", NEWS)])
    assert known.tolist() == [pd.Timestamp("2024-02-12 20:05", tz="UTC").value]
