"""Laws of catalogues: what is written reads back equal, and bad bytes are answered with a sentence."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from newsbt.adapters.catalogue import read_catalogue, read_catalogues, read_rows, write_catalogue
from newsbt.catalysts.columns import FIGURES, NAMES
from newsbt.catalysts.lint import lint
from newsbt.catalysts.parse import examine_row, format_row, parse_row
from newsbt.errors import CatalystError
from newsbt.records import CATEGORIES, ROLES, Catalyst
from newsbt.universe import Universe

# Everything that can stand in a UTF-8 file, separators, quotes and line breaks among it; control characters
# and carriage returns are refused or read as line feeds.
CHARS = st.one_of(
    st.sampled_from(",;\"\n\t'= {}[]\\#\u2028\ufeff"), st.characters(exclude_categories=("Cs", "Cc"))
)
TEXTS = st.text(CHARS, max_size=20).map(str.strip)
SOLID = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Z"), exclude_characters=";"), min_size=1, max_size=8
)
IDS = SOLID.filter(lambda text: text == text.strip() and not any(char.isspace() for char in text))
SYMBOLS = TEXTS.map(lambda text: text.replace(";", "").strip()).filter(bool)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
# Whole seconds: offsets of fractions of a second are written but not read back by Python itself.
DAY = 86_399
OFFSETS = st.integers(-DAY, DAY).map(lambda seconds: dt.timezone(dt.timedelta(seconds=seconds)))
FIRST, LAST = dt.datetime.fromisoformat("1900-01-01"), dt.datetime.fromisoformat("2199-12-31")
MOMENTS = st.datetimes(FIRST, LAST, timezones=OFFSETS)

CATALYSTS = st.builds(
    Catalyst,
    id=IDS,
    published_at=MOMENTS,
    time_precision=st.sampled_from(["minute", "session", "day"]),
    headline=TEXTS.filter(bool),
    category=st.sampled_from(CATEGORIES),
    scope=st.sampled_from(["company", "sector", "market"]),
    symbols=st.lists(SYMBOLS, min_size=1, max_size=3).map(tuple),
    direction=st.sampled_from([None, -1, 0, 1]),
    strength=st.one_of(st.none(), st.floats(0.0, 1.0)),
    scheduled=st.booleans(),
    labelled_at=st.one_of(st.none(), MOMENTS),
    chain=TEXTS,
    source=TEXTS,
    note=TEXTS,
    role=st.sampled_from(list(ROLES)),
    **dict.fromkeys(FIGURES, st.one_of(st.none(), NUMBERS)),
)
LISTS = st.lists(CATALYSTS, min_size=1, max_size=5, unique_by=lambda item: item.id)


def offsets(items):
    """The offset is no part of a moment's equality."""
    return [item.published_at.utcoffset() for item in items]


@given(CATALYSTS)
def test_a_row_reads_back_equal(item):
    again = parse_row(format_row(item), "x:1")
    assert again == item
    assert offsets([again]) == offsets([item])
    assert list(format_row(item)) == list(NAMES)


@settings(deadline=None)
@given(LISTS, st.sampled_from([".csv", ".jsonl"]))
def test_a_file_reads_back_equal(items, suffix):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"catalogue{suffix}"
        write_catalogue(path, items)
        again = read_catalogue(path)
        assert again == items
        assert offsets(again) == offsets(items)
        assert read_catalogues([path]) == sorted(items, key=lambda item: (item.published_at, item.id))


@settings(deadline=None)
@given(LISTS)
def test_both_forms_hold_the_same_rows(items):
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".csv", ".jsonl"):
            write_catalogue(Path(folder) / f"catalogue{suffix}", items)
        one, two = (read_catalogue(Path(folder) / f"catalogue{suffix}") for suffix in (".csv", ".jsonl"))
        assert one == two


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(CHARS, max_size=300).map(str.encode)), st.booleans())
def test_whatever_the_bytes_the_reader_answers_or_complains(content, headed):
    header = b"id,published_at,time_precision,headline,category,scope,symbols\n" if headed else b""
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".csv", ".jsonl"):
            path = Path(folder) / f"catalogue{suffix}"
            path.write_bytes(header + content)
            try:
                rows = read_rows(path)
            except CatalystError as error:
                assert str(path) in str(error)
                continue
            found = lint(rows, path.name, Universe({}), {}, dt.date(2025, 1, 1))
            places = {f"{path.name}:{line}" for line, _ in rows} | {f"{path.name}:1"}
            assert {item.where for item in found} <= places


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=12)))
def test_whatever_the_cells_a_row_is_read_or_every_finding_says_what_to_do(row):
    catalyst, found = examine_row(row, "x:1")
    assert (catalyst is None) == bool(found)
    assert all(item.message and item.action for item in found)
