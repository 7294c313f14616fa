"""A catalogue with every story once."""

import dataclasses
import datetime as dt

from newsbt.records import Catalyst
from newsbt.stories.catalogue import find_stories

START = dt.datetime(2025, 2, 11, 9, tzinfo=dt.UTC)
TITLE = "JD.com enters food delivery without a commission"


def row(id_, headline=TITLE, hours=0, **fields):
    values = {
        "id": id_,
        "published_at": START + dt.timedelta(hours=hours),
        "time_precision": "minute",
        "headline": headline,
        "category": "product",
        "scope": "company",
        "symbols": ("JD.com",),
    }
    return Catalyst(**{**values, **fields})


def test_repetitions_go_and_follow_ups_are_named_after_the_first():
    first, again, more, other = (
        row("a"),
        row("b", hours=1),
        row("c", "京东外卖：商家全年免佣金", 2),
        row("d", "JD.com names a new chairman", 3),
    )
    found = find_stories([first, again, more, other])
    assert [(item.id, item.chain) for item in found.catalysts] == [("a", "a"), ("c", "a"), ("d", "")]
    assert [(item.catalyst.id, item.first.id) for item in found.repeated] == [("b", "a")]
    assert [(chain.name, len(chain.catalysts)) for chain in found.chains] == [("a", 2)]
    assert dataclasses.replace(found.catalysts[0], chain="") == first


def test_the_first_is_who_was_public_first_at_the_latest():
    # Known to the day only: it may have come out at 23:59, after the one known to the minute.
    day = row("day", time_precision="day", hours=-9)
    found = find_stories([day, row("minute", hours=5)])
    assert [item.id for item in found.catalysts] == ["minute"]


def test_rows_that_are_no_events_and_named_chains_stay():
    noise = row("n", role="noise")
    named = row("m", "JD.com moves into food delivery, no commission for a year", 1, chain="mine")
    found = find_stories([row("a"), noise, named])
    assert [(item.id, item.chain) for item in found.catalysts] == [("a", ""), ("n", ""), ("m", "mine")]


def test_windows_of_nothing_find_nothing():
    rows = [row("a"), row("b")]
    assert find_stories(rows, repeat_s=0, chain_s=0).catalysts == rows
    assert find_stories([]).catalysts == []
    kept = find_stories(rows, repeat_s=0).catalysts
    assert [item.chain for item in kept] == ["a", "a"]
