"""The lexicon: phrases, gaps, negation, sides and clauses, by tables small enough to reckon by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbt.errors import SettingsError, UnknownNameError
from newsbt.sentiment.lexicon import ELSEWHERE, LexiconScorer
from newsbt.sentiment.lexicon_table import parse_lexicon
from newsbt.sentiment.phrase_tree import phrase_paths

TABLE: dict[str, Any] = {
    "phrase": [
        {"weight": 0.5, "phrases": ["beat*", "超预期"]},
        {"weight": -0.5, "phrases": ["fall|falls", "跌", "fall ... estimates"]},
        {"weight": 0.25, "phrases": ["cut* ... costs"]},
        {"weight": 0.0, "object": -0.75, "phrases": ["fine|fines", "cut* ... stake in"]},
        {"weight": 0.7, "object": -0.7, "phrases": ["gain* share from"]},
    ],
    "negation": [{"window": 1, "factor": -0.5, "phrases": ["not", "没有"]}],
}


@pytest.fixture(scope="module")
def small() -> LexiconScorer:
    return LexiconScorer(parse_lexicon(TABLE, "t.toml"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", 0.0),
        ("Nothing of the kind", 0.0),
        ("JD BEATS all", 0.5),
        ("JD beats; PDD beaten", 1.0),
        ("JD beats and falls", 0.0),
        ("unbeaten", 0.0),
        ("does not beat", -0.25),
        ("not so beaten", -0.25),
        ("not so very beaten", 0.5),
        ("not: beaten", 0.5),
        ("cuts its running costs", 0.25),
        ("cut one two three four five six costs", 0.25),
        ("cut one two three four five six seven costs", 0.0),
        ("cuts prices, costs", 0.0),
        ("fall of all estimates", -0.5),
        ("fines JD", -0.75),
        ("业绩超预期", 0.5),
        ("業績超預期", 0.5),
        ("股价没有跌", 0.25),
        ("股价没有大跌", 0.25),
        ("没有，跌", -0.5),
        ("JD beats 5.3%", 0.5),
        ("jd's beat", 0.5),
        ("beat" * 3000, 0.5),
        ("beat " * 3000, 1.0),
        ("\x00\ud800 beat \U0001f600", 0.5),
    ],
)
def test_value_of_a_text(small: LexiconScorer, text: str, value: float) -> None:
    assert small.values([text])[0] == pytest.approx(value)
    assert small.score([text], [()])[0].value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "names", "values"),
    [
        ("JD gains share from Alibaba", ("JD", "Alibaba"), (0.7, -0.7)),
        ("JD gains share from Alibaba", ("Alibaba", "JD"), (-0.7, 0.7)),
        ("Watchdog fines JD", ("Watchdog", "JD"), (0.0, -0.75)),
        ("Tiger cuts its small stake in JD", ("Tiger", "JD"), (0.0, -0.75)),
        ("JD beats; PDD falls", ("JD", "PDD"), (0.5, -0.5)),
        ("Banker: JD beats", ("Banker", "JD"), (0.5 * ELSEWHERE, 0.5)),
        ("JD beats", ("Absent",), (0.5,)),
    ],
)
def test_value_for_a_name(
    small: LexiconScorer, text: str, names: tuple[str, ...], values: tuple[float, ...]
) -> None:
    (found,) = small.score([text], [names])
    assert found.by_aspect == pytest.approx(values)
    assert found.value == pytest.approx(sum(values) / len(values))


def test_a_phrase_inside_a_name_says_nothing(small: LexiconScorer) -> None:
    assert small.values(["Beat Holdings meets"], [("Beat Holdings",)])[0] == 0.0


def test_reasons_name_the_phrases(small: LexiconScorer) -> None:
    (found,) = small.score(["JD not beaten but falls"], [()])
    assert found.why == "phrases: 'beat' negated, 'fall'"


@given(
    st.lists(
        st.sampled_from(
            [
                *["JD", "beats", "falls", "not", ",", ";", "fines", "share", "cut", "costs", "跌", "没有"],
                "gains share from",
            ]
        )
    )
)
@settings(max_examples=60, deadline=None)
def test_a_text_is_read_the_same_alone_and_among_others(words: list[str]) -> None:
    small = LexiconScorer(parse_lexicon(TABLE, "t.toml"))
    text = " ".join(words)
    alone = small.values([text])[0]
    among = small.values(["beats", text, "", text.upper(), f"{text} ", "没有跌"])
    assert -1.0 <= alone <= 1.0
    np.testing.assert_allclose(among[[1, 3, 4]], alone)


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=3))
@settings(max_examples=60, deadline=None)
def test_any_text_and_any_names_can_be_read(text: str, names: list[str]) -> None:
    small = LexiconScorer(parse_lexicon(TABLE, "t.toml"))
    (found,) = small.score([text], [tuple(names)])
    assert len(found.by_aspect) == len(names)
    assert all(-1.0 <= value <= 1.0 for value in (found.value, *found.by_aspect))


def test_ways_to_read_a_phrase() -> None:
    assert phrase_paths("a|bb* ... Cee-dee", "t") == [
        (("a", False), None, ("cee", False), ("dee", False)),
        (("bb", True), None, ("cee", False), ("dee", False)),
    ]
    assert phrase_paths("目標價…上調".replace("…", "..."), "t") == [
        (("目", False), ("标", False), ("价", False), None, ("上", False), ("调", False))
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"phrase": []}, "no \\[\\[phrase\\]\\] table"),
        ({"phrase": {"weight": 1}}, "write \\[\\[phrase\\]\\]"),
        ({"phrase": [{"phrases": ["a"]}]}, "number 1: weight is missing; write a number from -1 to 1"),
        ({"phrase": [{"weight": 2, "phrases": ["a"]}]}, "weight is 2"),
        ({"phrase": [{"weight": True, "phrases": ["a"]}]}, "weight is True"),
        ({"phrase": [{"weight": 1, "object": "x", "phrases": ["a"]}]}, "object is 'x'"),
        ({"phrase": [{"weight": 1, "phrases": []}]}, "must be a list"),
        ({"phrase": [{"weight": 1, "phrases": ["... a"]}]}, "between two words"),
        ({"phrase": [{"weight": 1, "phrases": ["a ... ... b"]}]}, "between two words"),
        ({"phrase": [{"weight": 1, "phrases": [""]}]}, "between two words"),
        ({"phrase": [{"weight": 1, "phrases": ["a||b"]}]}, "no empty alternative"),
        ({"phrase": [{"weight": 1, "phrases": ["x*"]}]}, "two letters"),
        ({"phrase": [{"weight": 1, "phrases": ["5% up"]}]}, "'5%' is no word"),
        ({"phrase": [{"weight": 1, "phrases": ["涨*"]}]}, "Chinese without"),
        ({"phrase": [{"weight": 1, "phrases": ["|".join("abcdefghij") + " "] * 1}]}, ""),
        (
            {"phrase": [{"weight": 1, "phrases": ["up"]}, {"weight": -1, "phrases": ["up|down"]}]},
            "'up|down' also matches what 'up' in \\[\\[phrase\\]\\] number 1 matches",
        ),
        ({"negation": [{"window": 11, "factor": 0, "phrases": ["a"]}]}, "window is 11"),
    ],
)
def test_mistakes_are_named(change: dict[str, Any], message: str) -> None:
    if not message:
        assert parse_lexicon({**TABLE, **change}, "t.toml").entries
        return
    with pytest.raises(SettingsError, match=message):
        parse_lexicon({**TABLE, **change}, "t.toml")


def test_misspelt_keys_are_named() -> None:
    with pytest.raises(UnknownNameError, match=r"'wieght'.*'weight'"):
        parse_lexicon({"phrase": [{"wieght": 1, "phrases": ["a"]}]}, "t.toml")


def test_too_many_ways_are_refused() -> None:
    phrase = " ".join(["|".join("abcdefghij")] * 5)
    with pytest.raises(SettingsError, match="too many ways"):
        parse_lexicon({"phrase": [{"weight": 1, "phrases": [phrase]}]}, "t.toml")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Alibaba cuts costs", 1),
        ("SoftBank cuts its stake in Alibaba", -1),
        ("Tencent beats estimates", 1),
        ("Tencent misses estimates", -1),
        ("US drops plan to blacklist Alibaba", 1),
        ("阿里巴巴大涨 业绩超预期", 1),
        ("騰訊急跌 淨利下滑", -1),
        ("监管约谈美团", -1),
        ("大行上调京东目标价", 1),
        ("Baidu holds its meeting on Friday", 0),
    ],
)
def test_the_shipped_table(lexicon: LexiconScorer, text: str, sign: int) -> None:
    assert np.sign(lexicon.values([text])[0]) == sign
