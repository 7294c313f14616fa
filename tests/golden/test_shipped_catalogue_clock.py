"""The shipped catalogue reads, lints clean, and its rows trade in the sessions worked out by hand."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import numpy as np
import pytest

from newsbt.adapters.calendars import load_calendars
from newsbt.adapters.catalogue import read_catalogues, read_rows
from newsbt.catalysts.lint import lint
from newsbt.clock import catalyst_arrays, first_session, known_at
from newsbt.records import Catalyst
from newsbt.sessions import VenueCalendar
from newsbt.universe import Universe
from newsbt.universe_table import parse_universe

DATA = Path(__file__).parents[2] / "data"
FILES = [DATA / "catalysts" / "events.csv", DATA / "catalysts" / "earnings.csv"]
VENUES = ("XNYS", "XHKG")
FIVE_MINUTES = 300_000_000_000


@pytest.fixture(scope="module")
def universe() -> Universe:
    with (DATA / "universe.toml").open("rb") as handle:
        return parse_universe(tomllib.load(handle), "data/universe.toml")


@pytest.fixture(scope="module")
def calendars() -> dict[str, VenueCalendar]:
    overlay = DATA / "calendar_overlay.toml"
    return load_calendars(VENUES, overlay, dt.date(2019, 1, 2), dt.date(2026, 11, 20))


@pytest.fixture(scope="module")
def catalysts() -> dict[str, Catalyst]:
    return {catalyst.id: catalyst for catalyst in read_catalogues(FILES)}


def test_both_files_read_as_one_catalogue(catalysts: dict[str, Catalyst]) -> None:
    assert len(catalysts) == 153 + 287
    assert all(catalyst.hindsight for catalyst in catalysts.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_linter_has_hints_on_shut_venues_only(
    path: Path, universe: Universe, calendars: dict[str, VenueCalendar]
) -> None:
    found = lint(read_rows(path), path.name, universe, calendars, dt.date(2026, 11, 21))
    assert {(finding.severity, finding.code) for finding in found} <= {("info", "venue-shut")}


# Sessions of the first possible open, from the calendars of both exchanges and the text of the row.
@pytest.mark.parametrize(
    ("key", "new_york", "hong_kong", "why"),
    [
        ("S030", "2025-02-11", "2025-02-12", "nine minutes before the New York open"),
        ("S038", "2025-02-20", "2025-02-21", "results before the New York open"),
        ("S002", "2020-11-03", "2020-11-04", "evening in Beijing, before the New York open"),
        ("S009", "2023-03-28", "2023-03-29", "after the Hong Kong close, before the New York open"),
        ("S005", "2021-01-20", "2021-01-21", "in the Hong Kong session"),
        ("S006", "2021-04-12", "2021-04-12", "a Saturday"),
        ("S013", "2024-09-24", "2024-09-24", "half an hour before the Hong Kong open"),
        ("S021", "2025-01-30", "2025-02-03", "day row of a Lunar New Year: its end is noon in New York"),
        ("S037", "2025-02-18", "2025-02-18", "Hong Kong lunch on Presidents Day"),
        ("S046", "2025-02-24", "2025-02-24", "a Friday evening in New York"),
        (
            "S041",
            "2025-02-21",
            "2025-02-24",
            "evening in New York, known at its midnight",
        ),
        ("C2020-1224A", "2020-12-24", "2020-12-24", "before the open of a Hong Kong half day"),
        ("C2021-0704A", "2021-07-06", "2021-07-05", "a Sunday, New York shut on Monday"),
        ("C2022-0316A", "2022-03-16", "2022-03-17", "midday in Hong Kong"),
        ("C2024-0910A", "2024-09-11", "2024-09-11", "a sum counted after the Hong Kong close"),
        ("C2025-0205A", "2025-02-10", "2025-02-10", "some time on a Friday"),
        ("C2025-0404A", "2025-04-04", "2025-04-07", "Hong Kong shut for Ching Ming"),
        ("C2025-0429A", "2025-04-29", "2025-04-29", "before dawn in Hong Kong"),
        ("E-TCOM-2023-09-04", "2023-09-05", "2023-09-06", "evening of Labor Day in New York"),
        ("E-TCEHY-2024-03-20", "2024-03-21", "2024-03-21", "after the Hong Kong close"),
    ],
)
def test_rows_trade_in_the_sessions_worked_out_by_hand(
    catalysts: dict[str, Catalyst],
    universe: Universe,
    calendars: dict[str, VenueCalendar],
    key: str,
    new_york: str,
    hong_kong: str,
    why: str,
) -> None:
    places = [calendars[venue] for venue in VENUES]
    arrays = catalyst_arrays([catalysts[key]], universe, VENUES)
    known = known_at(*arrays, places, FIVE_MINUTES)
    sessions = [place.day(int(np.asarray(first_session(place, known, "open"))[0])) for place in places]
    assert [day.isoformat() for day in sessions] == [new_york, hong_kong], why
