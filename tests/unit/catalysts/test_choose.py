"""Filters of a catalogue, on six rows whose answers can be read off."""

from __future__ import annotations

import datetime as dt

import pytest

from newsbt.catalysts.choose import choose
from newsbt.errors import InputError, UnknownNameError
from newsbt.records import Catalyst
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
            "JD": {"issuer": "JD.com", "venue": "XNYS"},
        },
        "group": {"china": {"issuers": ["Alibaba", "JD.com"]}},
        "outside": {"NVDA": "XNYS"},
    },
    "test",
)


def row(name, moment, symbols, category="product", role="event", scope="company"):
    published = dt.datetime.fromisoformat(moment)
    return Catalyst(name, published, "minute", name, category, scope, symbols, role=role)


ROWS = [
    row("a", "2025-02-11T07:00:00+08:00", ("BABA",)),  # 2025-02-10 in UTC
    row("b", "2025-02-11T20:00:00+08:00", ("9988.HK", "JD"), "earnings"),
    row("c", "2025-02-12T20:00:00-05:00", ("Alibaba",), "policy"),  # 2025-02-13 in UTC
    row("d", "2025-02-13T12:00:00+00:00", ("NVDA",), "earnings", "noise"),
    row("e", "2025-02-14T12:00:00+00:00", ("JD",), "policy", "calendar", "market"),
    row("f", "2025-02-15T12:00:00+00:00", ("UNKNOWN",)),
]


def ids(**filters):
    return "".join(item.id for item in choose(ROWS, UNIVERSE, **filters))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, "abcdef"),
        ({"start": dt.date(2025, 2, 11)}, "bcdef"),
        ({"end": dt.date(2025, 2, 10)}, "a"),
        ({"start": dt.date(2025, 2, 13), "end": dt.date(2025, 2, 13)}, "cd"),
        ({"names": ["Alibaba"]}, "abc"),
        ({"names": ["BABA"]}, "ac"),
        ({"names": ["9988.HK"]}, "bc"),
        ({"names": ["JD.com"]}, "be"),
        ({"names": ["NVDA"]}, "d"),
        ({"names": ["NVDA", "JD"]}, "bde"),
        ({"categories": ["earnings"]}, "bd"),
        ({"categories": ["earnings", "policy"]}, "bcde"),
        ({"roles": ["event"]}, "abcf"),
        ({"roles": ["noise", "calendar"]}, "de"),
        ({"names": ["JD"], "categories": ["policy"], "roles": ["event"]}, ""),
    ],
)
def test_filters(filters, expected):
    assert ids(**filters) == expected


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"names": ["Alibab"]}, "did you mean 'Alibaba'"),
        ({"names": ["NVDAA"]}, "did you mean 'NVDA'"),
        ({"categories": ["erarnings"]}, "did you mean 'earnings'"),
        ({"roles": ["nois"]}, "did you mean 'noise'"),
    ],
)
def test_unknown_names(filters, words):
    with pytest.raises(UnknownNameError) as caught:
        ids(**filters)
    assert words in str(caught.value)


def test_an_end_before_the_start():
    with pytest.raises(InputError, match="before the start"):
        ids(start=dt.date(2025, 2, 2), end=dt.date(2025, 2, 1))
