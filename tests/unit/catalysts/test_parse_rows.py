"""One row of texts to a catalyst: what is read, what is refused, and with which words."""

from __future__ import annotations

import datetime as dt

import pytest

from newsbt.catalysts.columns import BROKEN, COLUMNS, REQUIRED, column_name, misspelt
from newsbt.catalysts.parse import examine_row, format_row, parse_row
from newsbt.catalysts.rules import RULES
from newsbt.errors import CatalystError
from newsbt.records import Catalyst

WHERE = "mine.csv:7"
ROW = {
    "id": "n1",
    "published_at": "2025-02-11T22:21:08+08:00",
    "time_precision": "minute",
    "headline": "Apple is reported to work with Alibaba",
    "category": "partnership",
    "scope": "company",
    "symbols": "BABA;9988.HK",
}


def findings(**cells: str) -> list[tuple[str, str, str]]:
    catalyst, found = examine_row({**ROW, **cells}, WHERE)
    assert (catalyst is None) == bool(found)
    assert {(item.where, item.severity) for item in found} <= {(WHERE, "error")}
    assert all(item.action for item in found)
    return [(item.code, item.message, item.action) for item in found]


def test_a_row_with_nothing_but_the_required_columns():
    assert parse_row(ROW, WHERE) == Catalyst(
        id="n1",
        published_at=dt.datetime(2025, 2, 11, 14, 21, 8, tzinfo=dt.UTC),
        time_precision="minute",
        headline="Apple is reported to work with Alibaba",
        category="partnership",
        scope="company",
        symbols=("BABA", "9988.HK"),
    )


def test_a_full_row():
    row = ROW | {
        "direction": "-1",
        "strength": "0.25",
        "scheduled": "yes",
        "labelled_at": "2025-02-10T00:00:00Z",
        "chain": "apple",
        "role": "calendar",
        "source": "https://example.org/a",
        "note": "two\nlines",
        "revenue_actual": "280.2",
        "revenue_consensus": "277.4",
        "eps_actual": "-3",
        "eps_consensus": "1e-3",
    }
    catalyst = parse_row(row, WHERE)
    assert (catalyst.direction, catalyst.strength, catalyst.scheduled) == (-1, 0.25, True)
    assert catalyst.labelled_at == dt.datetime(2025, 2, 10, tzinfo=dt.UTC)
    assert not catalyst.hindsight
    assert (catalyst.chain, catalyst.role, catalyst.note) == ("apple", "calendar", "two\nlines")
    assert (catalyst.revenue_actual, catalyst.revenue_consensus) == (280.2, 277.4)
    assert (catalyst.eps_actual, catalyst.eps_consensus) == (-3.0, 0.001)
    assert parse_row(format_row(catalyst), WHERE) == catalyst


def test_the_offset_of_the_row_is_kept():
    assert parse_row(ROW, WHERE).published_at.utcoffset() == dt.timedelta(hours=8)
    assert format_row(parse_row(ROW, WHERE))["published_at"] == ROW["published_at"]


def test_space_around_cells_and_unknown_columns_do_not_count():
    padded = {name: f"  {text}\t" for name, text in ROW.items()} | {
        "mood": "3",
        "symbols": " BABA ; 9988.HK;",
    }
    assert parse_row(padded, WHERE) == parse_row(ROW, WHERE)


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-11T14:21:08Z",
        "2025-02-11 14:21:08+00:00",
        "2025-02-11T22:21:08.000000+08:00",
        "2025-02-11T09:21:08-05:00",
        "20250211T142108Z",
        "2025-W07-2T14:21:08+00:00",
    ],
)
def test_every_iso_form_with_an_offset_is_the_same_moment(text):
    moment = parse_row(ROW | {"published_at": text}, WHERE).published_at
    assert moment == dt.datetime(2025, 2, 11, 14, 21, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize("column", REQUIRED)
def test_an_empty_required_cell(column):
    ((code, message, _),) = findings(**{column: "  "})
    assert (code, message) == ("missing-value", f"{column} is empty")


TIMES = {
    "2025-02-11T14:21:08": ("no-offset", "+08:00"),
    "2025-02-11": ("no-offset", "2025-02-11T16:00:00+08:00"),
    "2025-02-30T10:00:00+08:00": ("impossible-date", "correct"),
    "20250230T100000Z": ("impossible-date", "correct"),
    "2025-13-01T10:00:00Z": ("impossible-date", "correct"),
    "2025-02-29T10:00:00Z": ("impossible-date", "correct"),
    "2025-02-11T25:00:00Z": ("impossible-date", "correct"),
    "2025-02-11T10:60:00Z": ("impossible-date", "correct"),
    "2025-02-11T14:21:08 HKT": ("bad-time", "2025-02-11T14:21:08+08:00"),
    "2/11/2025 9:21": ("bad-time", "2025-02-11T14:21:08+08:00"),
    "yesterday": ("bad-time", "2025-02-11T14:21:08+08:00"),
    "2025-02-11T10:00:00+25:00": ("bad-time", "2025-02-11T14:21:08+08:00"),
    "0025-02-11T10:00:00Z": ("bad-time", "year"),
    "9999-12-31T23:59:59Z": ("bad-time", "year"),
}


@pytest.mark.parametrize("column", ["published_at", "labelled_at"])
@pytest.mark.parametrize("text", TIMES)
def test_times_that_are_refused(column, text):
    ((code, message, action),) = findings(**{column: text})
    assert code == TIMES[text][0]
    assert message.startswith(f"{column} '{text}'")
    assert TIMES[text][1] in action


CELLS = [
    ("time_precision", "hour", "unknown-precision", "minute, session, day"),
    ("category", "erarnings", "unknown-category", "earnings"),
    ("category", "Earnings", "unknown-category", "earnings"),
    ("category", "zzz", "unknown-category", "peer_news"),
    ("scope", "world", "unknown-scope", "company, sector, market"),
    ("role", "umbrela", "unknown-role", "umbrella"),
    ("symbols", " ; ;", "bad-symbols", "BABA;9988.HK"),
    ("direction", "2", "bad-direction", "-1, 0 or 1"),
    ("direction", "0.5", "bad-direction", "strength"),
    ("direction", "up", "bad-direction", "-1, 0 or 1"),
    ("strength", "1.5", "bad-strength", "0.5"),
    ("strength", "-0.1", "bad-strength", "direction"),
    ("strength", "50%", "bad-strength", "0.5"),
    ("strength", "nan", "bad-strength", "0.5"),
    ("strength", "1_0", "bad-strength", "0.5"),
    ("scheduled", "perhaps", "bad-scheduled", "yes or no"),
    ("eps_actual", "1,234.5", "bad-number", "1234.5"),
    ("eps_actual", "inf", "bad-number", "1234.5"),
    ("revenue_consensus", "1e999", "bad-number", "1234.5"),
    ("id", "a;b", "bad-id", "-"),
    ("id", "a b", "bad-id", "-"),
    ("id", "a\nb", "bad-id", "-"),
    ("headline", "one\x07two", "bad-text", "delete"),
    ("note", "half a character \ud800 here", "bad-text", "delete"),
    ("symbols", "BABA\x00", "bad-text", "delete"),
]


@pytest.mark.parametrize(("column", "text", "code", "words"), CELLS)
def test_cells_that_are_refused(column, text, code, words):
    ((found, message, action),) = findings(**{column: text})
    assert found == code
    assert message.startswith(f"{column} ")
    assert words in action


@pytest.mark.parametrize("text", ["1", "+1", "1.0", "1.00"])
def test_a_direction_as_spreadsheets_write_it(text):
    assert parse_row(ROW | {"direction": text}, WHERE).direction == 1


def test_everything_that_is_wrong_is_said():
    row = ROW | {
        "published_at": "2025-02-30",
        "category": "news",
        "direction": "2",
        "strength": "x",
        "id": "",
    }
    catalyst, found = examine_row(row, WHERE)
    assert catalyst is None
    assert [item.code for item in found] == [
        "missing-value",
        "impossible-date",
        "unknown-category",
        "bad-direction",
        "bad-strength",
    ]
    with pytest.raises(CatalystError) as caught:
        parse_row(row, WHERE)
    text = str(caught.value)
    assert text.startswith("mine.csv:7: id is empty")
    assert all(word in text for word in ("published_at", "category", "direction", "strength"))


def test_a_line_that_could_not_be_taken_apart():
    (item,) = examine_row({BROKEN: "the line has 3 cells and the header 7"}, WHERE)[1]
    assert (item.code, item.message) == ("broken-line", "the line has 3 cells and the header 7")


def test_a_misspelt_key_is_told_once_and_not_as_a_missing_value():
    row = {name: text for name, text in ROW.items() if name != "headline"} | {"headlien": "x"}
    (item,) = examine_row(row, WHERE)[1]
    assert (item.code, item.action) == ("misspelt-column", "write headline")


@pytest.mark.parametrize(
    ("present", "meant"),
    [
        (["strenght"], {"strenght": "strength"}),
        (["date"], {"date": "published_at"}),
        (["tickers"], {"tickers": "symbols"}),
        (["labeled_at"], {"labeled_at": "labelled_at"}),
        # Near, but what it is near to is there already: a column of the user's own.
        (["notes", "note"], {}),
        (["mood", "author", ""], {}),
    ],
)
def test_names_that_are_near_to_an_absent_column(present, meant):
    assert misspelt(present) == meant


def test_names_of_columns_are_read_without_case_and_spaces():
    assert column_name("  Published At ") == "published_at"


def test_columns_and_record_agree():
    assert {column.name for column in COLUMNS} == set(Catalyst.__dataclass_fields__)
    assert [column.name for column in COLUMNS] == list(format_row(parse_row(ROW, WHERE)))


def test_every_code_has_a_rule():
    assert {code for _, _, code, _ in CELLS} | {code for code, _ in TIMES.values()} <= set(RULES)
