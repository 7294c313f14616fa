"""Calendars that are kept in the user's cache: equal to the library's, and never in the way."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from newsbt.adapters.calendar_cache import keep_calendar, kept_calendar
from newsbt.adapters.calendars import _ask_library

PERIOD = dt.date(2024, 6, 3), dt.date(2024, 7, 12)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def test_what_was_kept_is_what_the_library_says() -> None:
    asked = _ask_library("XHKG", *PERIOD)
    assert kept_calendar("XHKG", *PERIOD) is None
    keep_calendar(asked, *PERIOD)
    found = kept_calendar("XHKG", *PERIOD)
    assert found is not None
    assert (found.venue, found.timezone) == (asked.venue, asked.timezone)
    for name in ("days", "opens", "closes"):
        np.testing.assert_array_equal(getattr(found, name), getattr(asked, name))
    assert kept_calendar("XNYS", *PERIOD) is None
    assert kept_calendar("XHKG", PERIOD[0], dt.date(2024, 7, 15)) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"no archive at all"])
def test_a_damaged_file_counts_as_none(cache: Path, content: bytes) -> None:
    keep_calendar(_ask_library("XNYS", *PERIOD), *PERIOD)
    (file,) = cache.rglob("*.npz")
    file.write_bytes(content)
    assert kept_calendar("XNYS", *PERIOD) is None


def test_nothing_can_be_written(cache: Path) -> None:
    (cache / "newsbt").write_text("a file where the folder should be")
    keep_calendar(_ask_library("XNYS", *PERIOD), *PERIOD)
    assert kept_calendar("XNYS", *PERIOD) is None
