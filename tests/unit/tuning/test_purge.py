"""Which events training may use, on a calendar of working days counted by hand."""

import datetime as dt

import numpy as np
import pytest

from newsbt.clock import AFTER_RANGE, BEFORE_RANGE
from newsbt.params import Param
from newsbt.sessions import VenueCalendar
from newsbt.tuning.axes import parse_axes
from newsbt.tuning.folds import Fold, Span
from newsbt.tuning.purge import embargoes, event_window, training_events

D = dt.date.fromisoformat
EPOCH = D("1970-01-01")
HOUR = 3_600_000_000_000


def weekdays(venue="XNYS", first="2024-01-01", count=60, shut=()):
    days = [D(first) + dt.timedelta(days=i) for i in range(count)]
    numbers = [(d - EPOCH).days for d in days if d.weekday() < 5 and str(d) not in shut]
    at = np.array(numbers, dtype=np.int64)
    return VenueCalendar(
        venue, "America/New_York", at, at * 24 * HOUR + 15 * HOUR, at * 24 * HOUR + 21 * HOUR
    )


def sessions(calendar, *days):
    return np.array([[calendar.index_of(D(day))] for day in days], dtype=np.int64)


# Training: Monday 1 January to Wednesday 31 January 2024; test from 1 February.
FOLD = Fold(1, D("2024-01-01"), D("2024-01-31"), D("2024-02-01"), D("2024-02-29"))


@pytest.mark.parametrize(
    ("day", "window", "used"),
    [
        ("2024-01-24", 5, True),  # 24 + 5 sessions: 25, 26, 29, 30, 31 January
        ("2024-01-25", 5, False),  # the fifth session is 1 February
        ("2024-01-31", 0, True),
        ("2024-02-01", 0, False),
        ("2024-01-29", 2, True),
        ("2024-01-26", 4, False),
    ],
)
def test_a_window_must_end_in_training(day, window, used):
    calendar = weekdays()
    kept = training_events(sessions(calendar, day), [calendar], FOLD, window)
    assert kept.used.tolist() == [used]
    assert kept.purged.tolist() == [not used and day < "2024-02-01"]


def test_a_holiday_of_one_venue_purges_the_whole_event():
    york, hong_kong = weekdays(), weekdays("XHKG", shut=("2024-01-30",))
    at = np.hstack([sessions(york, "2024-01-24"), sessions(hong_kong, "2024-01-24")])
    assert training_events(at, [york, hong_kong], FOLD, 5).used.tolist() == [False]
    assert training_events(at, [york, hong_kong], FOLD, 4).used.tolist() == [True]


def test_events_before_the_window_stay_known_and_those_out_of_range_do_not():
    calendar = weekdays(first="2023-12-01", count=100)
    at = np.vstack([sessions(calendar, "2023-12-15"), [[BEFORE_RANGE]], [[AFTER_RANGE]]])
    kept = training_events(at, [calendar], FOLD, 3)
    assert kept.used.tolist() == [True, True, False]
    assert not kept.purged.any()


def test_a_training_end_on_a_weekend_counts_as_the_last_session_before():
    calendar = weekdays()
    fold = Fold(1, D("2024-01-01"), D("2024-01-28"), D("2024-01-29"), D("2024-02-29"))
    kept = training_events(sessions(calendar, "2024-01-23", "2024-01-24"), [calendar], fold, 3)
    assert kept.used.tolist() == [True, False]


def test_events_soon_after_an_earlier_test_are_embargoed():
    first = Fold(1, D("2024-01-01"), D("2024-01-10"), D("2024-01-11"), D("2024-01-20"))
    third = Fold(3, D("2024-01-01"), D("2024-01-31"), D("2024-02-01"), D("2024-02-10"))
    days = embargoes(third, [first], Span(0, 5))
    assert days == ((D("2024-01-21"), D("2024-01-25")),)
    calendar = weekdays()
    kept = training_events(
        sessions(calendar, "2024-01-19", "2024-01-22", "2024-01-25", "2024-01-26"), [calendar], third, 0, days
    )
    assert kept.used.tolist() == [True, False, False, True]
    assert kept.embargoed.tolist() == [False, True, True, False]
    assert not kept.purged.any()


def test_no_embargo_without_a_length_or_an_earlier_test_inside_training():
    first = Fold(1, D("2024-01-01"), D("2024-01-10"), D("2024-01-11"), D("2024-01-20"))
    second = Fold(2, D("2024-01-01"), D("2024-01-20"), D("2024-01-21"), D("2024-01-30"))
    assert embargoes(second, [first], Span()) == ()
    assert embargoes(second, [first], Span(0, 5)) == ()


DRIFT = [Param("hold", 10), Param("stop", 0.08), Param("delay", 0), Param("side", "both")]


@pytest.mark.parametrize(
    ("searched", "fixed", "params", "sessions"),
    [
        ([], {}, DRIFT, 10),
        ([], {"hold": 7}, DRIFT, 7),
        (["hold=1:20"], {"hold": 90}, DRIFT, 20),
        (["hold=3,15,4", "delay=0:2"], {}, DRIFT, 17),
        (["stop=0.01:0.05"], {"delay": 3}, DRIFT, 13),
        (["half_life=1:6:0.5"], {}, [Param("half_life", 5.0), Param("delay", 0)], 24),
        ([], {"half_life": 2.3}, [Param("half_life", 5.0)], 10),
        ([], {}, [Param("weight", 1.0)], None),
    ],
)
def test_an_event_works_for_the_longest_holding_time_of_the_search(searched, fixed, params, sessions):
    known = {param.name: param for param in [*params, Param("weight", 1.0)]}
    assert event_window(parse_axes([*searched, "weight=0.1,0.2"], known), fixed, params) == sessions
