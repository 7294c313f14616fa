"""Each rule of the linter: code, severity, file and line, on rows that break it and rows next to those."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from newsbt.catalysts.columns import BROKEN
from newsbt.catalysts.lint import lint, lint_entries, read_entries
from newsbt.catalysts.lint_rows import unknown_names
from newsbt.catalysts.rules import RULES
from newsbt.sessions import VenueCalendar
from newsbt.universe_table import parse_universe

UNIVERSE = parse_universe(
    {
        "listing": {
            "BABA": {"issuer": "Alibaba", "venue": "XNYS"},
            "9988.HK": {
                "issuer": "Alibaba",
                "venue": "XHKG",
                "lots": [{"from": dt.date(2019, 11, 26), "size": 100}],
            },
        },
        "outside": {"NVDA": "XNYS", "7201.T": ""},
    },
    "test",
)
TODAY = dt.date(2025, 3, 1)
ROW = {
    "id": "n1",
    "published_at": "2025-02-11T14:21:08+00:00",
    "time_precision": "minute",
    "headline": "Apple is reported to work with Alibaba",
    "category": "partnership",
    "scope": "company",
    "symbols": "BABA",
}


def calendar(venue, zone, *days):
    """Sessions on `days` of February 2025."""
    numbers = np.array([(dt.date(2025, 2, day) - dt.date(1970, 1, 1)).days for day in days], dtype=np.int64)
    noon = numbers * 86_400_000_000_000
    return VenueCalendar(venue, zone, numbers, noon, noon + 1)


# New York was shut on Monday the 17th (Presidents' Day), Hong Kong on no weekday from the 3rd on.
WEEKDAYS = [day for day in range(3, 29) if dt.date(2025, 2, day).weekday() < 5]
CALENDARS = {
    "XNYS": calendar("XNYS", "America/New_York", *(day for day in WEEKDAYS if day != 17)),
    "XHKG": calendar("XHKG", "Asia/Hong_Kong", *WEEKDAYS),
}


def check(*rows, first=2):
    """Findings of a CSV with these rows, each ROW with some cells replaced, as (line, severity, code)."""
    numbered = [(line, {**ROW, "id": f"n{line}", **cells}) for line, cells in enumerate(rows, start=first)]
    return lint(numbered, "mine.csv", UNIVERSE, CALENDARS, TODAY)


def codes(*rows):
    return [(item.where, item.severity, item.code) for item in check(*rows)]


GOOD = {}
#: Cells of line 3, between two good rows, and what the linter says about it. Times keep the file sorted.
CASES = {
    "broken-line": {BROKEN: "the line has 3 cells and the header 7"},
    "misspelt-column": {"strenght": "0.5"},
    "missing-value": {"headline": ""},
    "bad-text": {"headline": "a\x00b"},
    "bad-id": {"id": "a b"},
    "duplicate-id": {"id": "n2", "headline": "other"},
    "bad-time": {"published_at": "yesterday"},
    "impossible-date": {"published_at": "2025-02-30T10:00:00+08:00"},
    "no-offset": {"published_at": "2025-02-11T14:21:08"},
    "unknown-precision": {"time_precision": "hour"},
    "unknown-category": {"category": "rumour"},
    "unknown-scope": {"scope": "world"},
    "unknown-role": {"role": "actor"},
    "unknown-symbol": {"symbols": "BABBA", "headline": "other"},
    "bad-symbols": {"symbols": ";"},
    "bad-direction": {"direction": "2"},
    "bad-strength": {"strength": "1.5"},
    "bad-scheduled": {"scheduled": "maybe"},
    "bad-number": {"eps_actual": "1,5"},
    "garbled-text": {"headline": "Alibabaâ€™s results"},
    "repeated-symbol": {"symbols": "BABA;BABA", "headline": "other"},
    "repeated-headline": {"headline": "APPLE is reported to work with Alibaba."},
    "half-a-label": {"direction": "1", "headline": "other", "labelled_at": "2025-02-11T00:00:00Z"},
    "label-in-future": {"headline": "other", "labelled_at": "2025-03-02T00:00:00Z"},
    "undated-label": {"direction": "0", "headline": "other"},
    "session-without-venue": {"symbols": "7201.T", "time_precision": "session", "headline": "other"},
}


@pytest.mark.parametrize("code", CASES)
def test_each_rule_names_file_and_line(code):
    # Rows of other rules are far enough apart not to be one event.
    before, after = {"headline": ROW["headline"]}, {"headline": "something else"}
    assert codes(before, CASES[code], after) == [("mine.csv:3", RULES[code][0], code)]


def test_the_rules_tested_here_are_all_of_them():
    elsewhere = {
        "later-than-today",
        "unsorted",
        "no-rows",
        "unknown-column",
        "minute-at-midnight",
        "venue-shut",
    }
    assert set(CASES) | elsewhere == set(RULES)


def test_a_good_row_is_clean():
    label = {"direction": "1", "strength": "0.5", "labelled_at": "2025-02-11T00:00:00Z"}
    assert check(label) == []


def test_every_problem_is_reported_not_the_first():
    bad = {"direction": "2", "strength": "1.5", "symbols": "BABBA;JDD", "scheduled": "maybe"}
    found = codes(bad, GOOD, bad)
    expected = ["bad-direction", "bad-strength", "bad-scheduled", "unknown-symbol", "unknown-symbol"]
    assert found == [("mine.csv:2", "error", code) for code in expected] + [
        ("mine.csv:4", "error", code) for code in expected
    ]


@pytest.mark.parametrize(
    ("symbols", "action"),
    [
        ("BABBA", "did you mean BABA?"),
        ("alibaba", "did you mean Alibaba?"),
        ("BABA,9988.HK", "separate symbols with ;"),
        ("XYZQW", "data/universe.toml"),
    ],
)
def test_what_to_write_for_an_unknown_symbol(symbols, action):
    (item,) = check({"symbols": symbols})
    assert item.code == "unknown-symbol"
    assert action in item.action


@pytest.mark.parametrize("symbols", ["BABA", "Alibaba", "9988.HK;BABA", "NVDA", "7201.T"])
def test_listings_issuers_and_outside_names_are_known(symbols):
    assert check({"symbols": symbols}) == []


@pytest.mark.parametrize(
    ("moment", "role", "expected"),
    [
        ("2025-03-01T23:59:59Z", "", []),
        ("2025-03-02T00:00:01Z", "", ["later-than-today"]),
        # The second of March in Hong Kong, still the first in UTC.
        ("2025-03-02T07:59:59+08:00", "", []),
        ("2025-03-01T20:00:00-05:00", "", ["later-than-today"]),
        ("2025-06-01T12:00:00Z", "calendar", []),
        ("2025-06-01T12:00:00Z", "umbrella", ["later-than-today"]),
    ],
)
def test_later_than_today(moment, role, expected):
    assert [item.code for item in check({"published_at": moment, "role": role})] == expected


def at(day, hour=15):
    return {"published_at": f"2025-02-{day:02}T{hour:02}:00:00+00:00", "headline": f"news of {day} at {hour}"}


def test_one_row_out_of_order():
    (item,) = check(at(4), at(12), at(5), at(6))
    assert (item.where, item.code) == ("mine.csv:4", "unsorted")
    assert "mine.csv:3" in item.message


def test_order_is_that_of_moments_not_of_texts():
    early = {"published_at": "2025-02-11T22:00:00+08:00", "headline": "one"}  # 14:00 UTC
    late = {"published_at": "2025-02-11T10:00:00-05:00", "headline": "two"}  # 15:00 UTC
    assert check(early, late) == []
    assert codes(late, early) == [("mine.csv:3", "warning", "unsorted")]


def test_a_file_that_runs_backwards_is_told_once():
    (item,) = check(at(12), at(11), at(10), at(7), at(6))
    assert (item.where, item.code) == ("mine.csv:3", "unsorted")
    assert "newest" in item.message


@pytest.mark.parametrize(
    ("moment", "precision", "symbols", "venue", "day"),
    [
        ("2025-02-15T12:00:00-05:00", "minute", "BABA", "XNYS", "Saturday 2025-02-15"),
        ("2025-02-17T12:00:00-05:00", "minute", "BABA;9988.HK", "XNYS", "Monday 2025-02-17"),
        ("2025-02-17T12:00:00-05:00", "session", "Alibaba", "XNYS", "Monday 2025-02-17"),
        # Late on Friday in New York is Saturday in Hong Kong.
        ("2025-02-14T21:00:00-05:00", "minute", "9988.HK;BABA", "XHKG", "Saturday 2025-02-15"),
        ("2025-02-16T12:00:00+08:00", "day", "9988.HK", "XHKG", "Sunday 2025-02-16"),
        ("2025-02-17T12:00:00-05:00", "minute", "NVDA", "XNYS", "Monday 2025-02-17"),
    ],
)
def test_a_day_when_the_venue_was_shut_is_a_hint(moment, precision, symbols, venue, day):
    (item,) = check({"published_at": moment, "time_precision": precision, "symbols": symbols})
    assert (item.where, item.severity, item.code) == ("mine.csv:2", "info", "venue-shut")
    assert venue in item.message
    assert day in item.message


@pytest.mark.parametrize(
    ("moment", "precision", "symbols"),
    [
        ("2025-02-17T12:00:00-05:00", "minute", "9988.HK;BABA"),  # Tuesday in Hong Kong
        ("2025-02-14T21:00:00-05:00", "minute", "BABA"),  # Friday in New York
        # A day row means the 14th wherever it is read, though it is the 13th in New York.
        ("2025-02-14T00:00:00+08:00", "day", "BABA"),
        ("2024-12-25T12:00:00-05:00", "minute", "BABA"),  # before the calendar begins
        ("2025-02-16T12:00:00+09:00", "minute", "7201.T"),  # no calendar
    ],
)
def test_days_that_are_no_hint(moment, precision, symbols):
    row = {"published_at": moment, "time_precision": precision, "symbols": symbols}
    assert check(row) == []


@pytest.mark.parametrize(("clock", "count"), [("00:00:00", 1), ("00:00:01", 0)])
def test_midnight_to_the_minute(clock, count):
    found = check({"published_at": f"2025-02-11T{clock}+08:00", "symbols": "9988.HK"})
    assert [(item.severity, item.code) for item in found] == [("info", "minute-at-midnight")] * count
    assert check({"published_at": f"2025-02-11T{clock}+08:00", "time_precision": "day"}) == []


@pytest.mark.parametrize(
    ("other", "count"),
    [
        ({"published_at": "2025-02-14T14:21:08+00:00"}, 1),
        ({"published_at": "2025-02-14T14:21:09+00:00"}, 0),
        ({"symbols": "9988.HK;BABA"}, 1),
        ({"symbols": "9988.HK"}, 0),
        ({"headline": "Apple is not reported to work with Alibaba"}, 0),
    ],
)
def test_the_same_headline_within_three_days_about_the_same_symbol(other, count):
    found = check(GOOD, other)
    assert [(item.where, item.code) for item in found] == [("mine.csv:3", "repeated-headline")] * count
    assert all("mine.csv:2" in item.message for item in found)


def test_an_id_that_stands_three_times():
    rows = [{**at(day), "id": "same"} for day in (4, 5, 6)]
    found = check(*rows)
    assert [(item.where, item.code) for item in found] == [
        ("mine.csv:3", "duplicate-id"),
        ("mine.csv:4", "duplicate-id"),
    ]
    assert all("mine.csv:2" in item.message for item in found)


def test_an_id_counts_as_used_in_a_row_that_cannot_be_read():
    assert [item.code for item in check({"direction": "2", "id": "x"}, {"id": "x"})] == [
        "bad-direction",
        "duplicate-id",
    ]


def test_ids_are_compared_between_files():
    files = {
        name: read_entries([(2, {**ROW, "headline": name})], name)
        for name in ("one.csv", "two.csv", "three.csv")
    }
    found = lint_entries(files, UNIVERSE, CALENDARS, TODAY)
    assert [(item.where, item.code) for item in found] == [
        ("two.csv:2", "duplicate-id"),
        ("three.csv:2", "duplicate-id"),
    ]
    assert all("one.csv:2" in item.message for item in found)


@pytest.mark.parametrize(
    ("name", "action"),
    [("mood", "move it into note, or delete it"), ("sources", "move it into source, or delete it")],
)
def test_a_column_that_no_catalogue_has_is_refused_once(name, action):
    source = {"source": "Reuters"}
    found = check({**source, name: "good"}, {**source, name: "bad", "headline": "other"})
    assert [(item.where, item.severity, item.code) for item in found] == [
        ("mine.csv:2", "error", "unknown-column")
    ]
    assert found[0].action == action


def test_a_header_without_rows():
    assert codes() == [("mine.csv:1", "warning", "no-rows")]


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        ({"direction": "1"}, 1),
        ({"strength": "0.5"}, 1),
        ({"direction": "0"}, 0),
        ({"direction": "-1", "strength": "0.5"}, 0),
        ({}, 0),
    ],
)
def test_half_a_label(cells, count):
    found = check({**cells, "labelled_at": "2025-02-11T00:00:00Z"})
    assert [item.code for item in found] == ["half-a-label"] * count


def test_findings_come_by_line():
    lines = [int(item.where.rpartition(":")[2]) for item in check({"direction": "2"}, at(4), {"id": "n2"})]
    assert lines == sorted(lines)


def test_a_run_is_warned_of_each_unknown_name_once():
    rows = [{"symbols": "baba;NVDA"}, {"symbols": "Alibaba;baba"}, {"symbols": "Nestle"}]
    entries = read_entries([(2, {**ROW, "id": f"n{at}", **row}) for at, row in enumerate(rows)], "mine.csv")
    found = unknown_names([entry.catalyst for entry in entries], UNIVERSE)
    assert [(item.severity, item.where) for item in found] == [("warning", "'baba'"), ("warning", "'Nestle'")]
    assert found[0].message.startswith("2 catalysts name")
    assert "did you mean BABA?" in found[0].action
    assert found[1].message.startswith("1 catalyst names")
