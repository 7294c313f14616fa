"""Spans of time as text."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbt.durations import format_duration, parse_duration
from newsbt.errors import InputError

SPANS = {"5min": 300, "5 m": 300, "90s": 90, "90sec": 90, "2h": 7200, "1.5h": 5400, "1d": 86400}
ZERO_AND_LONGEST = {"0": 0, "0min": 0, "365d": 365 * 86400, " 5MIN ": 300}


@pytest.mark.parametrize(("text", "seconds"), {**SPANS, **ZERO_AND_LONGEST}.items())
def test_spans_are_read(text, seconds):
    assert parse_duration(text, "latency") == dt.timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "5", "min", "-5min", "5 parsecs", "366d", "1e9d", "5min3s", "nan", "9" * 400 + "d"]
)
def test_what_is_no_span_is_refused(text):
    with pytest.raises(InputError, match="latency is"):
        parse_duration(text, "latency")


@given(st.integers(0, 365 * 86_400_000_000).map(lambda us: dt.timedelta(microseconds=us)))
def test_what_is_written_reads_back(span):
    assert parse_duration(format_duration(span), "latency") == span


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0"), (300, "5min"), (90, "90s"), (7200, "2h"), (86400, "1d")]
)
def test_the_largest_whole_unit_is_used(seconds, text):
    assert format_duration(dt.timedelta(seconds=seconds)) == text
