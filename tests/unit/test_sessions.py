"""Overlays: what they change, and what is said about a malformed one."""

from __future__ import annotations

import datetime as dt
import tomllib

import numpy as np
import pytest

from newsbt.errors import InputError, SettingsError
from newsbt.sessions import Overlay, PartialDay, VenueCalendar, apply_overlay, local_midnights, parse_overlay

HOUR = 3_600_000_000_000
#: Monday 2021-06-28 to Wednesday 2021-06-30 in Hong Kong, 09:30 to 16:00; 18_806 days after 1970-01-01.
DAYS = np.array([18_806, 18_807, 18_808])
NINE_THIRTY = DAYS * 24 * HOUR + HOUR + HOUR // 2
CALENDAR = VenueCalendar("XHKG", "Asia/Hong_Kong", DAYS, NINE_THIRTY, DAYS * 24 * HOUR + 8 * HOUR)
MONDAY, TUESDAY, SUNDAY = dt.date(2021, 6, 28), dt.date(2021, 6, 29), dt.date(2021, 6, 27)

GOOD = """
[[XHKG.closure]]
date = 2023-09-01
reason = "typhoon"
source = "exchange"
verified = "yes"

[[XHKG.partial]]
date = 2021-06-28
open = 13:30:00
reason = "rain"
source = "exchange"
verified = "partial"
"""


def test_days_are_found_by_date() -> None:
    assert CALENDAR.day(0) == MONDAY
    assert CALENDAR.index_of(TUESDAY) == 1
    assert CALENDAR.index_of(SUNDAY) == -1
    assert CALENDAR.index_of(dt.date(2021, 7, 1)) == -1


def test_overlay_is_read() -> None:
    assert parse_overlay(tomllib.loads(GOOD), "overlay.toml") == {
        "XHKG": Overlay((dt.date(2023, 9, 1),), (PartialDay(MONDAY, dt.time(13, 30)),))
    }
    assert parse_overlay({}, "overlay.toml") == {}


def test_a_closure_takes_the_day_out() -> None:
    mended = apply_overlay(CALENDAR, Overlay(closures=(TUESDAY,)))
    assert mended.days.tolist() == [18_806, 18_808]
    assert mended.opens.tolist() == NINE_THIRTY[[0, 2]].tolist()


def test_a_late_open_and_an_early_close_are_local_times() -> None:
    late = PartialDay(MONDAY, open=dt.time(13, 30))
    early = PartialDay(TUESDAY, close=dt.time(13, 55))
    mended = apply_overlay(CALENDAR, Overlay(partial=(late, early)))
    # Hong Kong is eight hours ahead: 13:30 is 05:30 UTC, 13:55 is 05:55 UTC.
    assert mended.opens[0] == 18_806 * 24 * HOUR + 5 * HOUR + HOUR // 2
    assert mended.closes[1] == 18_807 * 24 * HOUR + 5 * HOUR + 55 * HOUR // 60
    assert mended.closes[0] == CALENDAR.closes[0]
    assert mended.opens[1:].tolist() == CALENDAR.opens[1:].tolist()
    assert CALENDAR.opens[0] == NINE_THIRTY[0], "the calendar given is left as it was"


def test_days_that_the_calendar_does_not_have_change_nothing() -> None:
    overlay = Overlay((SUNDAY, dt.date(1999, 1, 1)), (PartialDay(SUNDAY, dt.time(13)),))
    mended = apply_overlay(CALENDAR, overlay)
    assert mended.opens.tolist() == CALENDAR.opens.tolist()
    assert mended.days.tolist() == CALENDAR.days.tolist()


def test_an_open_after_the_close_of_the_day_is_refused() -> None:
    with pytest.raises(SettingsError, match="XHKG open on 2021-06-28 at or after its close"):
        apply_overlay(CALENDAR, Overlay(partial=(PartialDay(MONDAY, open=dt.time(16)),)))


def test_midnights_follow_the_clocks() -> None:
    # New York, 2025-03-09: clocks go forward. Midnights at 05:00Z on the 9th and 04:00Z on the 10th.
    day = (dt.date(2025, 3, 9) - dt.date(1970, 1, 1)).days
    found = local_midnights("America/New_York", day, day + 1)
    assert found.tolist() == [day * 24 * HOUR + 5 * HOUR, (day + 1) * 24 * HOUR + 4 * HOUR]


CLOSURE = '[[XHKG.closure]]\ndate = 2023-09-01\nreason = "r"\nsource = "s"\nverified = "yes"\n'
PARTIAL = '[[XHKG.partial]]\ndate = 2021-06-28\nreason = "r"\nsource = "s"\nverified = "no"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("XHKG = 3", "XHKG may hold"),
        ("[[XHKG.closed]]\ndate = 2023-09-01", "XHKG may hold"),
        ("[[XHKG]]\ndate = 2023-09-01", "XHKG may hold"),
        ("[XHKG.closure]\ndate = 2023-09-01", r"write \[\[XHKG.closure\]\] above each"),
        ("[XHKG]\nclosure = [2023-09-01]", r"write \[\[XHKG.closure\]\] above each"),
        (CLOSURE.replace("2023-09-01", '"2023-09-01"'), "date = '2023-09-01'; write a date such as"),
        (CLOSURE.replace("2023-09-01", "2023-09-01T00:00:00"), "write a date such as"),
        (CLOSURE.replace("date = 2023-09-01\n", ""), "date = None; write a date such as"),
        (CLOSURE.replace("date", "day"), "there is no key 'day'"),
        (CLOSURE + "open = 13:30:00\n", "there is no key 'open'"),
        (PARTIAL + "opne = 13:30:00\n", "did you mean 'open'"),
        (CLOSURE.replace('reason = "r"\n', ""), "2023-09-01, has no reason"),
        (CLOSURE.replace('"s"', '" "'), "2023-09-01, has no source"),
        (CLOSURE.replace('verified = "yes"\n', ""), "has no verified"),
        (CLOSURE.replace('"yes"', "true"), "has no verified"),
        (CLOSURE.replace('"yes"', '"maybe"'), "verified = 'maybe'; write yes, partial or no"),
        (PARTIAL, "2021-06-28, has neither open nor close"),
        (PARTIAL + 'open = "13:30"\n', "open = '13:30'; write a time such as"),
        (PARTIAL + "close = 2021-06-28T13:30:00\n", "write a time such as"),
        (PARTIAL + "open = 13:30:00\nclose = 13:30:00\n", "opens at 13:30:00, which is not before"),
        (CLOSURE + CLOSURE, "names 2023-09-01 2 times"),
        (CLOSURE + PARTIAL.replace("2021-06-28", "2023-09-01") + "open = 13:30:00\n", "2023-09-01 2 times"),
    ],
)
def test_a_malformed_overlay_is_named(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        parse_overlay(tomllib.loads(text), "data/overlay.toml")
    sentence = str(caught.value)
    assert "data/overlay.toml" in sentence
    assert "\n" not in sentence


def test_the_entry_at_fault_is_counted() -> None:
    second = CLOSURE.replace("2023-09-01", "2023-09-08").replace('source = "s"\n', "")
    with pytest.raises(SettingsError, match=r"\[\[XHKG.closure\]\] number 2, 2023-09-08, has no source"):
        parse_overlay(tomllib.loads(CLOSURE + second), "data/overlay.toml")
