"""Sentences hold their numbers, turn the better run first, and never say more than was tested."""

import math

import numpy as np
import pytest

from newsbt.evidence import words
from newsbt.evidence.overfitting import Overfitting
from newsbt.evidence.paired import MeanDifference, SharpeDifference
from newsbt.evidence.sharpe_inference import Deflated, SharpeSample, deflated_sharpe
from newsbt.evidence.superior import Superior
from newsbt.evidence.trials import EffectiveTrials

YEAR = 250.0
#: The discovery of Bailey and Lopez de Prado (2014).
FOUND = SharpeSample(2.5 / math.sqrt(YEAR), -3.0, 7.0, 1250)


def a_gap(difference, low, high, share):
    root = math.sqrt(YEAR)
    return SharpeDifference(difference / root, low / root, high / root, share, 0.5, 0.95, 5, 4999)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "under 0.1 %"),
        (0.0004, "under 0.1 %"),
        (0.031, "3.1 %"),
        (0.38, "38 %"),
        (0.9004, "90 %"),
        (0.9952, "99.5 %"),
        (1.0, "over 99.9 %"),
    ],
)
def test_a_chance_is_never_none_nor_all(share, said):
    assert words.chance(share) == said


def test_the_deflated_sharpe_of_the_paper_in_words():
    text = words.deflated_words(FOUND, deflated_sharpe(FOUND, 100, 0.5 / YEAR), YEAR)
    # 0.1132 a day is 1.79 a year; 1 - 0.9004 is 10 %.
    assert text == (
        "The best of 100 settings tried would show a Sharpe ratio of about 1.79 with no edge in any of them;"
        " this one shows 2.50. Against that, luck does as well in 10 % of cases (deflated Sharpe ratio 90"
        " %): searching alone can explain it."
    )
    assert "that is rare" in words.deflated_words(FOUND, deflated_sharpe(FOUND, 46, 0.5 / YEAR), YEAR)
    assert "Only one trial" in words.deflated_words(FOUND, Deflated(0.99, 0.0, 1), YEAR)


def test_what_has_no_interval_says_so():
    text = words.paired_words(a_gap(0.5, -math.inf, math.inf, 0.4), YEAR, "A", "B")
    assert "by 0.50 (no interval: one of them moves on too few days). A difference of this size" in text


def test_the_sharpe_has_its_interval_and_its_length():
    # sqrt((1 + 3 * 0.1581 + 9 / 4 * 0.1581^2) / 1249) * 1.96 * sqrt(250) = 1.085
    text = words.sharpe_words(FOUND, YEAR)
    assert "Sharpe ratio 2.50: 95 % interval 1.42 to 3.58." in text
    assert "in under 0.1 % of such periods, if nothing else was tried" in text
    assert "takes 0.7 years of returns like these; there are 5.0: long enough" in words.track_record_words(
        FOUND, YEAR
    )
    short = SharpeSample(0.02, 0.0, 0.0, 500)
    # (1.645 / 0.02)^2 / 250 = 27 years
    assert "takes 27.1 years of returns like these; there are 2.0: too short" in words.track_record_words(
        short, YEAR
    )
    assert "over 100 years" in words.track_record_words(SharpeSample(0.001, 0.0, 0.0, 500), YEAR)
    losing = SharpeSample(-0.02, 0.0, 0.0, 500)
    assert "there is no edge to account for" in words.sharpe_words(losing, YEAR)
    assert "Luck" not in words.sharpe_words(losing, YEAR)
    assert "no length of record" in words.track_record_words(losing, YEAR)


def test_the_better_run_comes_first():
    one = words.paired_words(a_gap(0.31, -0.4, 1.02, 0.38), YEAR, "drift", "fade")
    other = words.paired_words(a_gap(-0.31, -1.02, 0.4, 0.38), YEAR, "fade", "drift")
    assert one == other
    assert (
        "The Sharpe ratio of drift is higher than that of fade by 0.31 (95 % interval -0.40 to 1.02)." in one
    )
    assert "comes by chance in 38 % of 4,999 resamples: not shown to be a difference." in one
    assert "rare by chance" in words.paired_words(a_gap(0.9, 0.1, 1.7, 0.02), YEAR, "a", "b")
    assert "by less than 0.01 (" in words.paired_words(a_gap(0.004, -0.7, 0.8, 0.99), YEAR, "a", "b")
    assert "no difference to test" in words.paired_words(a_gap(0.0, 0.0, 0.0, 1.0), YEAR, "a", "b")


def test_the_mean_difference_is_in_points_a_year():
    text = words.mean_words(MeanDifference(-0.0002, 0.0001, 0.0458), YEAR, "a", "b")
    assert "b ahead of a by 5.00 points a year, give or take 4.90; p = 0.046: rare by chance" in text


@pytest.mark.parametrize(
    ("probability", "verdict"), [(0.62, "like any other"), (0.3, "may well not"), (0.02, "mostly held up")]
)
def test_overfitting_says_how_often_and_of_how_many(probability, verdict):
    found = Overfitting(probability, np.zeros(12_870), np.zeros(1), np.zeros(1), -0.2, 0.25, 16, 200)
    text = words.overfitting_words(found)
    assert f"Probability of overfitting {words.chance(probability)}:" in text
    assert "12,870 ways" in text and "all 200 in the other" in text and "in 25 % of the cases" in text
    assert verdict in text


def test_superior_says_how_many_stand_out():
    found = Superior(0, 1.5, 0.25, 0.31, 0.4, 0.5, np.array([0.3, 0.8]), 2.0, 1000)
    text = words.superior_words(found)
    assert "none of the 2 settings were better than holding cash" in text
    assert "in 31 % of 1,000 resamples (Hansen's test; between 25 % and 40 %): no setting is shown" in text
    assert "None stands out by itself at 5 %" in text
    one = Superior(0, 3.5, 0.01, 0.012, 0.02, 0.5, np.array([0.01, 0.8]), 2.0, 1000)
    assert "that is rare. 1 stands out by itself at 5 %" in words.superior_words(one)
    two = Superior(0, 3.5, 0.01, 0.012, 0.02, 0.5, np.array([0.01, 0.04]), 2.0, 1000)
    assert "2 stand out by themselves" in words.superior_words(two)


def test_trials_give_the_span_of_both_estimates():
    assert "120 settings with returns that move, like 6 to 20 independent ones" in words.trials_words(
        EffectiveTrials(120, 0.84, 20.2, 6.3)
    )
    assert "like 1 independent ones" not in words.trials_words(EffectiveTrials(3, 1.0, 1.0, 1.0))
    assert words.trials_words(EffectiveTrials(0, float("nan"), 0.0, 0.0)) == "None of the settings traded."
