"""How catalysts and findings look: nothing wider than the screen, dates in UTC, no text lost."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbt.cli.catalyst_lines import catalyst_json, catalyst_lines, finding_json, finding_text, tally
from newsbt.cli.layout import width_of
from newsbt.records import Catalyst, Finding

ITEM = Catalyst(
    id="S030",
    published_at=dt.datetime.fromisoformat("2025-02-11T22:21:08+08:00"),
    time_precision="minute",
    headline="Apple is reported to work with Alibaba",
    category="partnership",
    scope="company",
    symbols=("BABA", "9988.HK"),
    direction=1,
    strength=0.6,
)
FINDING = Finding("no-offset", "error", "a:b.csv:12", "published_at 'x' has no UTC offset", "add an offset")


def changed(**values):
    return Catalyst(**{name: getattr(ITEM, name) for name in Catalyst.__dataclass_fields__} | values)


def test_the_moment_is_in_utc_and_the_headline_below():
    assert catalyst_lines(ITEM) == [
        "2025-02-11 14:21 UTC  S030  partnership  +0.6  BABA, 9988.HK",
        "  Apple is reported to work with Alibaba",
    ]


def test_what_is_not_plain_is_said():
    first = catalyst_lines(changed(time_precision="day", role="noise", direction=None))[0]
    assert first == "2025-02-11 14:21 UTC (day)  S030  partnership  noise  ?  BABA, 9988.HK"


@pytest.mark.parametrize(
    ("direction", "strength", "shown"),
    [(1, 1.0, "+1"), (-1, 0.25, "-0.25"), (0, 0.5, "0"), (0, None, "0"), (None, 0.5, "?"), (1, None, "?")],
)
def test_scores(direction, strength, shown):
    assert f"  {shown}  " in catalyst_lines(changed(direction=direction, strength=strength))[0]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_long_texts_and_wide_characters_fit(width):
    item = changed(
        headline="阿里巴巴集团公布季度业绩收入增长百分之八超出市场预期" * 4
        + " and a long English tail of words" * 5,
        symbols=tuple(f"{number:04}.HK" for number in range(20)),
    )
    lines = catalyst_lines(item, width)
    assert max(map(width_of, lines)) <= width
    assert lines[0].startswith("2025-02-11 14:21 UTC")
    shown = "".join("".join(lines).split())
    assert "".join(item.headline.split()) in shown
    assert "0019.HK" in shown


@given(st.text(max_size=200), st.integers(60, 120))
def test_no_headline_garbles_the_screen(text, width):
    lines = catalyst_lines(changed(headline=text), width)
    assert all(line.isprintable() for line in lines)
    short = [word for word in text.split() if width_of(word) <= width - 2 and word.isprintable()]
    if len(short) == len(text.split()):
        assert max(map(width_of, lines)) <= width


def test_json_has_every_column_and_no_records():
    value = json.loads(json.dumps(catalyst_json(ITEM)))
    assert set(value) == {*Catalyst.__dataclass_fields__, "published_utc", "hindsight"}
    assert value["published_at"] == "2025-02-11T22:21:08+08:00"
    assert value["published_utc"] == "2025-02-11T14:21:08Z"
    assert (value["symbols"], value["direction"], value["hindsight"]) == (["BABA", "9988.HK"], 1, True)
    assert value["labelled_at"] is None


def test_findings():
    assert finding_text(FINDING) == (
        "a:b.csv:12: error: published_at 'x' has no UTC offset; add an offset [no-offset]"
    )
    assert (finding_json(FINDING)["file"], finding_json(FINDING)["line"]) == ("a:b.csv", 12)


def test_the_tally():
    hint = Finding("venue-shut", "info", "x:1", "m")
    assert tally({"x": 1}, []) == "1 file, 1 row: no errors, no warnings, no hints"
    assert (
        tally({"x": 2, "y": 3}, [FINDING, FINDING, hint]) == "2 files, 5 rows: 2 errors, no warnings, 1 hint"
    )
