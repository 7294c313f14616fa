"""Publication to first tradable price, worked out by hand from the exchanges' hours and holidays."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from pathlib import Path

import numpy as np
import pytest

from newsbt import clock
from newsbt.adapters.calendars import load_calendars
from newsbt.records import Catalyst
from newsbt.sessions import VenueCalendar
from newsbt.universe_table import parse_universe

ROOT = Path(__file__).parents[2]
CASES = list(
    csv.DictReader((Path(__file__).parent / "clock_cases.csv").read_text(encoding="utf-8").splitlines())
)
UNIVERSE = parse_universe(
    tomllib.loads((ROOT / "data/universe.toml").read_text(encoding="utf-8")), "universe"
)
VENUES = ("XNYS", "XHKG")


@pytest.fixture(scope="module")
def calendars() -> dict[str, VenueCalendar]:
    return load_calendars(
        VENUES, ROOT / "data/calendar_overlay.toml", dt.date(2019, 1, 2), dt.date(2026, 6, 30)
    )


def test_there_are_at_least_forty_cases_on_both_venues_and_entries() -> None:
    assert len(CASES) >= 40
    assert {(case["venue"], case["entry"]) for case in CASES} == {
        (v, e) for v in VENUES for e in ("open", "close")
    }


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['published_at']}-{case['venue']}-{case['entry']}"
)
def test_case(case: dict[str, str], calendars: dict[str, VenueCalendar]) -> None:
    catalyst = Catalyst(
        id="x",
        published_at=dt.datetime.fromisoformat(case["published_at"]),
        time_precision=case["precision"],  # type: ignore[arg-type]
        headline="",
        category="product",
        scope="company",
        symbols=(case["symbol"],),
    )
    arrays = clock.catalyst_arrays([catalyst], UNIVERSE, VENUES)
    latency = int(case["latency_min"]) * 60_000_000_000
    known = clock.known_at(*arrays, [calendars[venue] for venue in VENUES], latency)
    calendar = calendars[case["venue"]]
    found = clock.first_session(calendar, known, case["entry"])  # type: ignore[arg-type]
    if case["session"] in ("before", "after"):
        assert int(found[0]) == {"before": clock.BEFORE_RANGE, "after": clock.AFTER_RANGE}[case["session"]]
        return
    assert str(calendar.day(int(found[0]))) == case["session"], case["why"]
    at = clock.tradable_at(calendar, found, case["entry"])  # type: ignore[arg-type]
    expected = np.datetime64(case["tradable_at"].removesuffix("Z"), "ns").astype(np.int64)
    assert int(at[0]) == int(expected), case["why"]
