"""Calendars as loaded: what is shut and short, ranges, errors, and agreement with real prices."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from newsbt.adapters.calendars import FIRST_DAY, LAST_DAY, load_calendars
from newsbt.errors import InputError, SettingsError, UnknownNameError
from newsbt.sessions import VenueCalendar

ROOT = Path(__file__).parents[3]
OVERLAY = ROOT / "data" / "calendar_overlay.toml"
PRICES = ROOT.parent / "shared" / "prices"
VENUES = ("XNYS", "XHKG")


def load(venue: str, start: str, end: str, overlay: Path | None = OVERLAY) -> VenueCalendar:
    return load_calendars([venue], overlay, dt.date.fromisoformat(start), dt.date.fromisoformat(end))[venue]


def days(calendar: VenueCalendar) -> list[str]:
    return [str(calendar.day(index)) for index in range(len(calendar.days))]


def local(stamp: int, hours: int) -> str:
    return f"{np.datetime64(int(stamp), 'ns') + np.timedelta64(hours, 'h')}"[11:16]


def test_the_overlay_takes_storm_days_out() -> None:
    assert days(load("XHKG", "2023-08-31", "2023-09-11")) == [
        "2023-08-31",
        "2023-09-04",
        "2023-09-05",
        "2023-09-06",
        "2023-09-07",
        "2023-09-11",
    ]


@pytest.mark.parametrize(
    ("day", "opens", "closes"),
    [
        ("2025-03-05", "09:30", "16:00"),
        ("2024-12-24", "09:30", "12:00"),
        ("2024-11-14", "09:30", "16:00"),
        ("2019-07-31", "09:30", "13:55"),
        ("2020-08-19", "13:30", "16:00"),
        ("2021-06-28", "13:30", "16:00"),
        ("2022-08-25", "13:00", "16:00"),
        ("2022-11-02", "09:30", "13:55"),
        ("2023-10-09", "14:00", "16:00"),
    ],
)
def test_hours_in_hong_kong(day: str, opens: str, closes: str) -> None:
    calendar = load("XHKG", day, day)
    assert (local(calendar.opens[0], 8), local(calendar.closes[0], 8)) == (opens, closes)


@pytest.mark.parametrize(
    ("day", "hours", "closes"),
    [
        ("2025-03-05", -5, "16:00"),
        ("2025-07-02", -4, "16:00"),
        ("2025-07-03", -4, "13:00"),
        ("2024-11-29", -5, "13:00"),
    ],
)
def test_hours_in_new_york(day: str, hours: int, closes: str) -> None:
    calendar = load("XNYS", day, day)
    assert (local(calendar.opens[0], hours), local(calendar.closes[0], hours)) == ("09:30", closes)


def test_both_ends_are_included() -> None:
    assert days(load("XNYS", "2025-01-08", "2025-01-10")) == ["2025-01-08", "2025-01-10"]


def test_arrays_are_ascending_int64() -> None:
    for calendar in load_calendars(VENUES, OVERLAY, dt.date(2019, 1, 1), dt.date(2026, 12, 31)).values():
        for array in (calendar.days, calendar.opens, calendar.closes):
            assert array.dtype == np.int64
            assert (np.diff(array) > 0).all()
        assert (calendar.opens < calendar.closes).all()
        assert (calendar.closes[:-1] < calendar.opens[1:]).all()


@pytest.mark.parametrize("venue", VENUES)
def test_a_period_without_a_session_is_empty(venue: str) -> None:
    assert days(load(venue, "2025-03-08", "2025-03-09")) == []
    assert days(load("XHKG", "2025-01-29", "2025-01-31")) == []


def test_the_whole_range_and_nothing_beyond() -> None:
    for venue in VENUES:
        assert len(load_calendars([venue], None, FIRST_DAY, LAST_DAY)[venue].days) > 20_000
    later, earlier = LAST_DAY + dt.timedelta(days=1), FIRST_DAY - dt.timedelta(days=1)
    with pytest.raises(
        InputError, match="from 2025-01-01 to 2050-01-01; holidays are known from 1960-01-01 to 2049"
    ):
        load_calendars(VENUES, None, dt.date(2025, 1, 1), later)
    with pytest.raises(InputError, match="from 1959-12-31 to"):
        load_calendars(VENUES, None, earlier, dt.date(2025, 1, 1))


def test_a_period_the_wrong_way_round() -> None:
    with pytest.raises(InputError, match="from 2025-03-05 to 2025-03-04 ends before it starts"):
        load("XNYS", "2025-03-05", "2025-03-04")


def test_an_unknown_venue() -> None:
    with pytest.raises(UnknownNameError, match="there is no venue 'XNYC'; did you mean 'XNYS'"):
        load("XNYC", "2025-03-03", "2025-03-07")


def test_an_unknown_venue_in_the_overlay(tmp_path: Path) -> None:
    path = tmp_path / "overlay.toml"
    path.write_text('[[XHGK.closure]]\ndate = 2023-09-01\nreason = "r"\nsource = "s"\nverified = "yes"\n')
    with pytest.raises(
        UnknownNameError, match=r"there is no venue 'XHGK' in .*overlay.toml; did you mean 'XHKG'"
    ):
        load("XNYS", "2025-03-03", "2025-03-07", path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[[XHKG.closure]\n", "is not valid TOML"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"XHKG = 1\n", "XHKG may hold"),
    ],
)
def test_a_malformed_overlay(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "overlay.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=words) as caught:
        load("XHKG", "2025-03-03", "2025-03-07", path)
    assert str(path) in str(caught.value)


def test_a_missing_overlay(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is missing"):
        load("XHKG", "2025-03-03", "2025-03-07", tmp_path / "none.toml")


def test_an_edited_overlay_counts_within_the_same_process(tmp_path: Path) -> None:
    path = tmp_path / "overlay.toml"
    path.write_text("")
    assert "2025-03-04" in days(load("XHKG", "2025-03-03", "2025-03-07", path))
    path.write_text('[[XHKG.closure]]\ndate = 2025-03-04\nreason = "r"\nsource = "s"\nverified = "yes"\n')
    assert "2025-03-04" not in days(load("XHKG", "2025-03-03", "2025-03-07", path))


@pytest.mark.skipif(not PRICES.is_dir(), reason="the folder of real prices is not beside the repository")
@pytest.mark.parametrize(("venue", "file"), [("XHKG", "0700.HK.csv"), ("XNYS", "BABA.csv")])
def test_sessions_are_the_days_on_which_there_were_prices(venue: str, file: str) -> None:
    with (PRICES / file).open(encoding="utf-8") as handle:
        traded = [row["date"] for row in csv.DictReader(handle)]
    assert days(load(venue, "2019-01-02", "2026-06-30")) == [day for day in traded if day <= "2026-06-30"]
