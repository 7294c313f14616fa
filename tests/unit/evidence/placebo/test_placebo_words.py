"""What the placebo test says: few stories called few, fewer worlds explained, p with its interval."""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest

from newsbt.evidence.placebo.chance import chance_of
from newsbt.evidence.placebo.draws import Spread
from newsbt.evidence.placebo.study import KindResult, PlaceboStudy
from newsbt.evidence.placebo.words import placebo_words
from newsbt.plots.placebo import placebo_figure


def study(value=2.0, as_good=3, worlds=99, **changes):
    null = np.concatenate([np.full(as_good, 3.0), np.linspace(-1.0, 1.0, worlds - as_good)])
    result = KindResult("dates", chance_of(value, null), Spread(0, 0, math.inf))
    made = PlaceboStudy(
        statistic="sharpe", less=False, two_sided=False, engine="fast", asked=worlds, worlds=worlds,
        signals=80, stories=40, listings=2, metrics={"sharpe": None if math.isnan(value) else value},
        results=(result,), skipped={},
        null=pd.DataFrame({"kind": "dates", "world": range(worlds), "sharpe": null}),
    )  # fmt: skip
    return dataclasses.replace(made, **changes)


def test_a_kind_is_said_with_its_count_and_interval():
    (said,) = placebo_words(study())
    assert "at least the run's 2.00 in 3 of 99 worlds, p = 0.040 (0.0063 to 0.086): rare by chance" in said
    assert "more worlds may say otherwise" in said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stories": 6}, "6 stories are few"),
        ({"asked": 1000}, "99 worlds of each kind instead of 1,000"),
        ({"skipped": {"issuers": "no partner"}}, "No worlds with issuers swapped: no partner."),
    ],
)
def test_what_limits_it_is_said(changes, words):
    assert any(words in text for text in placebo_words(study(**changes)))


def test_a_run_without_a_figure_says_so():
    assert "no Sharpe ratio" in placebo_words(study(value=math.nan))[0]


def test_the_picture_shows_the_run_where_it_is():
    figure = placebo_figure(study())
    (axes,) = figure.axes
    line = max(axes.lines, key=lambda item: item.get_linewidth())
    assert line.get_xdata()[0] == 2.0
    assert axes.get_xlim()[0] < -1.0
    assert axes.get_xlim()[1] > 3.0
    assert sum(bar.get_height() for bar in axes.patches) == 99
