"""From the audit to events: when news can have been public, whose direction, which date."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from newsbt.clock import catalyst_arrays, known_at
from newsbt.evidence.events.catalogue import collect_events, date_clusters, earliest_public
from newsbt.records import Catalyst
from newsbt.sessions import VenueCalendar
from signal_tools import make_universe

HOUR = 3_600_000_000_000
DAYS = np.array([19_723, 19_724, 19_725, 19_726, 19_729])  # Monday 2024-01-01 is 19723; Friday is left out
UNIVERSE = make_universe()
CALENDARS = {
    "XNYS": VenueCalendar(
        "XNYS", "America/New_York", DAYS, DAYS * 24 * HOUR + 29 * HOUR // 2, DAYS * 24 * HOUR + 21 * HOUR
    ),
    "XHKG": VenueCalendar(
        "XHKG", "Asia/Hong_Kong", DAYS, DAYS * 24 * HOUR + 3 * HOUR // 2, DAYS * 24 * HOUR + 8 * HOUR
    ),
}


def news(name="a", when="2024-01-03T10:00:00-05:00", precision="minute", **more):
    values = {"category": "product", "scope": "company", "symbols": ("BABA",), "direction": 1, **more}
    return Catalyst(name, dt.datetime.fromisoformat(when), precision, f"story {name}", **values)


@pytest.mark.parametrize(
    ("when", "precision", "expected"),
    [
        ("2024-01-03T10:00:00-05:00", "minute", "2024-01-03T15:00"),
        ("2024-01-03T08:00:00-05:00", "session", "2024-01-03T05:00"),  # before the open: local midnight
        ("2024-01-03T11:00:00-05:00", "session", "2024-01-03T14:30"),  # in session: the open
        ("2024-01-03T18:00:00-05:00", "session", "2024-01-03T21:00"),  # after the close: the close
        ("2024-01-06T11:00:00-05:00", "session", "2024-01-06T05:00"),  # no session: local midnight
        ("2024-01-03T11:00:00-05:00", "day", "2024-01-03T05:00"),
        ("2024-01-03T11:00:00+08:00", "day", "2024-01-02T16:00"),
    ],
)
def test_earliest_moment(when, precision, expected):
    item = news(when=when, precision=precision)
    found = earliest_public([item], UNIVERSE, CALENDARS)
    assert np.datetime64(int(found[0]), "ns") == np.datetime64(expected)
    latest = known_at(*catalyst_arrays([item], UNIVERSE, tuple(CALENDARS)), tuple(CALENDARS.values()), 0)
    assert found[0] <= latest[0]


def audit_of(*rows):
    columns = ["catalyst_id", "symbol", "session", "score", "net_score", "status", "novelty"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["category"], frame["headline"] = "product", [f"story {row[0]}" for row in rows]
    frame["tradable_at"] = pd.Timestamp("2024-01-03T14:30Z")
    return frame


def test_an_event_is_one_listing_and_session():
    stories = [
        news("a", when="2024-01-03T08:00:00-05:00"),
        news("b", when="2024-01-02T17:00:00-05:00", scheduled=True, scope="sector", category="policy"),
        news("c", role="noise", direction=None),
    ]
    day = dt.date(2024, 1, 3)
    audit = audit_of(
        ("a", "BABA", day, 0.3, 0.1, "signal", 1.0),
        ("b", "BABA", day, -0.2, 0.1, "signal", 0.5),
        ("c", "BABA", day, 0.0, np.nan, "not-an-event", 1.0),
        ("a", "9988.HK", dt.date(2024, 1, 4), 0.3, 0.3, "signal", 1.0),
        ("b", "", None, 0.0, np.nan, "no-listing", 1.0),
    )
    how = {"universe": UNIVERSE, "calendars": CALENDARS}
    events = collect_events(audit, stories, **how)
    baba = events[events["symbol"] == "BABA"].iloc[0]
    assert len(events) == 2
    assert (baba["direction"], baba["score"], baba["catalyst_ids"]) == (1, 0.1, "a b")
    assert (baba["category"], baba["scope"], baba["novelty"]) == ("product", "company", "first")
    assert baba["scheduled"]
    assert (baba["venue"], baba["issuer"], baba["year"]) == ("XNYS", "Alibaba", 2024)
    # Story b came after Tuesday's close: the last close before the news is Tuesday's.
    assert (baba["at"], baba["before"]) == (2, 1)
    noise = collect_events(audit, stories, role="noise", **how)
    assert noise["direction"].tolist() == [0]


def test_news_in_session_makes_the_close_before_it_the_last_one():
    story = news("a", when="2024-01-03T11:00:00-05:00")
    audit = audit_of(("a", "BABA", dt.date(2024, 1, 4), 0.3, 0.3, "signal", 1.0))
    (event,) = collect_events(audit, [story], universe=UNIVERSE, calendars=CALENDARS).itertuples()
    assert (event.at, event.before) == (3, 1)


def test_one_date_or_one_story_is_one_cluster():
    days = [dt.date(2024, 1, day) for day in (2, 2, 3, 4, 4, 9)]
    events = pd.DataFrame({"session": days, "catalyst_ids": ["a", "b", "a", "c", "d", "e"]})
    assert date_clusters(events).tolist() == [0, 0, 0, 1, 1, 2]
