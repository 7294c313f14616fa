"""The agenda: sessions of scheduled events, worked out by hand on weekdays of January 2024."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pytest

from newsbt.records import Catalyst, Entry
from newsbt.scoring.agenda import build_agenda
from newsbt.scoring.model import Score
from newsbt.scoring.pipeline import build_signals
from newsbt.scoring.settings import SignalSettings
from signal_tools import make_bars, make_calendars, make_catalyst, make_universe

UNIVERSE, CALENDARS = make_universe(), make_calendars()
LISTINGS = [UNIVERSE.listings[name] for name in ("BABA", "9988.HK", "JD")]


def agenda(*catalysts: Catalyst, entry: Entry = "open", spillover: float = 0.0) -> dict[str, list[str]]:
    """Sessions as dates instead of positions."""
    audit, _ = build_signals(
        catalysts, [Score(0.0, 5.0, "none")] * len(catalysts),
        universe=UNIVERSE, listings=LISTINGS, calendars=CALENDARS, bars=make_bars(UNIVERSE),
        start=None, end=None, settings=SignalSettings(entry=entry, spillover=spillover),
    )  # fmt: skip
    found = build_agenda(
        audit, catalysts, universe=UNIVERSE, listings=LISTINGS, calendars=CALENDARS, entry=entry
    )
    days = CALENDARS["XNYS"].days.astype("datetime64[D]")
    return {symbol: np.datetime_as_string(days[list(at)]).tolist() for symbol, at in found.items()}


def results(published: str, **more: object) -> Catalyst:
    made = make_catalyst("E1", "2024-01-01")
    at = dt.datetime.fromisoformat(published)
    return dataclasses.replace(made, published_at=at, scheduled=True, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("published", "entry", "new_york", "hong_kong"),
    [
        (
            "2024-01-10T07:00:00-05:00",
            "open",
            "2024-01-10",
            "2024-01-11",
        ),  # 12:00 UTC: before one, after the other
        ("2024-01-10T07:00:00-05:00", "close", "2024-01-10", "2024-01-11"),
        ("2024-01-10T12:00:00-05:00", "open", "2024-01-11", "2024-01-11"),  # in session: the next open
        ("2024-01-10T12:00:00-05:00", "close", "2024-01-10", "2024-01-11"),  # in session: this close
        (
            "2024-01-10T15:55:00-05:00",
            "close",
            "2024-01-10",
            "2024-01-11",
        ),  # five minutes before: no cut-off here
        ("2024-01-10T12:15:00+08:00", "open", "2024-01-10", "2024-01-11"),
        ("2024-01-12T17:00:00-05:00", "open", "2024-01-15", "2024-01-15"),  # Friday evening
    ],
)
def test_the_first_open_or_close_at_or_after_the_event(
    published: str, entry: Entry, new_york: str, hong_kong: str
) -> None:
    found = agenda(results(published), entry=entry)
    assert found == {"BABA": [new_york], "9988.HK": [hong_kong]}


def test_a_day_counts_from_its_beginning() -> None:
    """10 January in Hong Kong begins at 16:00 UTC of the 9th: before New York's close, after its open."""
    row = results("2024-01-10T12:00:00+08:00", time_precision="day")
    assert agenda(row) == {"BABA": ["2024-01-10"], "9988.HK": ["2024-01-10"]}
    assert agenda(row, entry="close") == {"BABA": ["2024-01-09"], "9988.HK": ["2024-01-10"]}


def test_only_scheduled_events_and_never_through_peers() -> None:
    plain = dataclasses.replace(results("2024-01-10T07:00:00-05:00"), scheduled=False)
    noted = dataclasses.replace(results("2024-01-10T07:00:00-05:00"), role="calendar")
    assert agenda(plain) == {}
    assert agenda(noted) == {}
    assert set(agenda(results("2024-01-10T07:00:00-05:00"), spillover=1.0)) == {"BABA", "9988.HK"}


def test_the_outcome_does_not_matter() -> None:
    row = results("2024-01-10T07:00:00-05:00")
    for direction in (-1, 0, 1, None):
        assert agenda(dataclasses.replace(row, direction=direction, strength=1.0)) == agenda(row)


def test_two_events_of_one_session_are_one() -> None:
    first, second = results("2024-01-10T07:00:00-05:00"), results("2024-01-10T08:00:00-05:00", id="E2")
    assert agenda(first, second)["BABA"] == ["2024-01-10"]
