"""Conditions between axes: what they let through, by hand, and what is refused."""

import pandas as pd
import pytest

from newsbt.errors import InputError, UnknownNameError
from newsbt.tuning.constraints import parse_where

BATCH = pd.DataFrame(
    {
        "take": [0.1, 0.2, 0.3],
        "stop": [0.2, 0.2, 0.0],
        "run.entry": pd.Series(["open", "close", "open"], dtype="str"),
        "flip": [True, False, False],
        "mixed": pd.Series([0.001, "ibkr", "zero"], dtype=object),
    }
)


@pytest.mark.parametrize(
    ("text", "allowed"),
    {
        "take > stop": [False, False, True],
        "take >= stop": [False, True, True],
        "0.15 < take < 0.25": [False, True, False],
        "take + stop <= 0.3 * 1": [False, False, True],
        "2*take - -stop/2 == 0.6": [False, False, True],
        'entry == "open"': [True, False, True],
        'run.entry != "open" or flip': [True, True, False],
        "not flip and take > 0.2": [False, False, True],
        "flip == False": [False, True, True],
        "take / stop > 1": [False, False, True],
        "stop / stop == 1": [True, True, False],
        'mixed == "ibkr"': [False, True, False],
        "(take > 0.1) == flip": [False, False, False],
    }.items(),
)
def test_conditions_by_hand(text, allowed):
    constraint = parse_where(text, BATCH.columns)
    assert constraint.allows(BATCH).tolist() == allowed
    assert constraint.allows(BATCH.iloc[:0]).tolist() == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no formula"),
        ("take >", "is no formula"),
        ("take > stop = 1", "is no formula"),
        ("take\x00 > 1", "is no formula"),
        ("(" * 400, "is no formula"),
        ("-" * 900 + "take > 1", "nested more than"),
        ("take > 1 " * 200, "characters"),
        ("__import__('os').remove('x')", "cannot take"),
        ("take if flip else stop", "cannot take"),
        ("take ** 99 > 1", "cannot take 'take ** 99'"),
        ("take > stop & flip", "cannot take 'stop & flip'"),
        ("[take for take in take]", "cannot take"),
        ("take > 1j", "cannot take '1j'"),
        (f"take > {10**30}", "cannot take"),
        ("1 < 2", "no tuned parameter"),
    ],
)
def test_what_is_no_condition_is_refused(text, says):
    with pytest.raises(InputError) as caught:
        parse_where(text, BATCH.columns)
    assert says in str(caught.value)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("text", ["tkae > stop", "take.__class__ > 1", "exit == 'open'"])
def test_unknown_names_are_refused(text):
    with pytest.raises(UnknownNameError, match="--where"):
        parse_where(text, BATCH.columns)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("take", "no condition"),
        ("take + stop", "no condition"),
        ('take > "open"', "a number is compared with a word"),
        ('entry > "open"', "words have no order"),
        ("mixed > 0", "words have no order"),
        ("entry + 1 > 2", "only numbers"),
        ("take and stop", "join comparisons only"),
        ("not take", "join comparisons only"),
    ],
)
def test_kinds_that_do_not_go_together_are_refused(text, says):
    with pytest.raises(InputError, match=says):
        parse_where(text, BATCH.columns).allows(BATCH)
