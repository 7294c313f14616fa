"""p-values of placebo worlds: by hand, against scipy's exact interval, and uniform where nothing is there."""

import dataclasses
import math

import numpy as np
import pytest
from scipy import stats

from newsbt.adapters.compilation import keep_compiled

keep_compiled()

from newsbt.errors import InputError  # noqa: E402 - numba must know its folder before
from newsbt.evidence.placebo.chance import chance_of  # noqa: E402
from newsbt.evidence.placebo.draws import KINDS, Draws  # noqa: E402
from newsbt.evidence.placebo.layout import stories_of  # noqa: E402
from placebo_tools import drawn, make_layout  # noqa: E402


def test_the_run_counts_among_its_worlds():
    found = chance_of(2.0, np.array([0.0, 1.0, 2.0, 3.0]))
    assert (found.as_good, found.p_value) == (2, 3 / 5)
    assert found.percentile == 2.5 / 4  # two are worse, and one as good counts half
    assert found.median == 1.5


def test_less_is_better_and_either_side():
    null = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])
    assert chance_of(0.5, null, less=True).p_value == 2 / 10
    assert chance_of(0.5, null).p_value == 9 / 10
    assert chance_of(0.5, null, two_sided=True).p_value == 4 / 10
    assert chance_of(4.0, null, two_sided=True).p_value == 1.0


def test_a_world_without_a_figure_counts_against_the_run():
    found = chance_of(2.0, np.array([math.nan, 0.0, 1.0]))
    assert (found.as_good, found.undefined, found.p_value) == (1, 1, 2 / 4)


def test_a_run_without_a_figure_has_no_p():
    found = chance_of(math.nan, np.array([0.0, 1.0]))
    assert math.isnan(found.p_value)
    assert math.isnan(found.low)


@pytest.mark.parametrize(("as_good", "worlds"), [(0, 99), (1, 99), (37, 1000), (500, 1000), (20, 20)])
def test_the_interval_is_that_of_clopper_and_pearson(as_good, worlds):
    null = np.concatenate([np.ones(as_good), np.zeros(worlds - as_good)])
    found = chance_of(0.5, null)
    exact = stats.binomtest(as_good, worlds).proportion_ci(0.95, method="exact")
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high), abs=1e-10)


def test_worlds_that_trade_alike_are_as_good_whatever_the_order_of_their_sums():
    assert chance_of(0.3, np.array([0.1 + 0.2, 0.3 - 1e-13])).as_good == 2


def test_signals_that_share_a_catalyst_are_one_story():
    names = [("a",), ("b",), ("a", "c"), ("d",), ("c",), ()]
    assert stories_of(names).tolist() == [0, 1, 0, 2, 0, 3]


def test_news_that_cannot_move_are_refused():
    layout = make_layout(1, issuers=1, stories=3)
    with pytest.raises(InputError, match="other issuers"):
        Draws(layout, "issuers", 0)


@pytest.mark.parametrize("kind", KINDS)
def test_news_without_a_session_to_trade_in_are_refused(kind):
    layout = make_layout(1, issuers=2, stories=3)
    with pytest.raises(InputError, match="take a longer period"):
        Draws(dataclasses.replace(layout, usable=np.zeros_like(layout.usable)), kind, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_p_is_uniform_where_the_news_are_drawn_from_the_null(kind):
    worlds, found = 39, []
    for trial in range(200):
        noise = np.random.default_rng(trial)
        base = make_layout(trial % 12, weeks=50, issuers=5, stories=15)
        bars, scores = Draws(base, kind, 10_000 + trial).batch(0)
        layout = drawn(base, bars[0], scores[0])
        # Returns of ten sessions, so that news close together share them.
        ahead = np.convolve(noise.normal(0.0, 1.0, len(layout.days) + 9), np.ones(10), "valid")
        bars, scores = Draws(layout, kind, trial).batch(0)
        null = (scores * ahead[bars]).sum(axis=1)[:worlds]
        own = float((layout.scores * ahead[layout.bars]).sum())
        # Between two steps of the p-value any number is as good as another.
        found.append(chance_of(own, null).p_value - noise.random() / (worlds + 1))
    assert stats.kstest(found, "uniform").pvalue > 0.001
    assert 0.02 <= np.mean(np.array(found) <= 0.05) <= 0.09
