"""Printed figures of a published example to their digits, and a published package to all of its own.

The example comes with the R package EventStudy (EventStudyTools; ``aar_results.csv``, ``caar_results.csv``):
five German car makers around 24 July 2017 against the DAX, market model of 250 sessions, window -2 to 2. It
prints each cumulative abnormal return with its t to four places, and the statistics of the two groups made of
unrounded ones. The package is ``eventstudystatistics`` 1.0.0 for Python.
"""

import numpy as np
import pytest

from newsbt.evidence.events.models import Abnormal
from newsbt.evidence.events.parametric import cross_sectional_t
from newsbt.evidence.events.ranks import generalised_rank
from newsbt.evidence.events.signs import generalised_sign
from newsbt.evidence.events.standardized import adjusted_bmp, adjusted_patell, bmp, patell

#: Cumulative abnormal returns, and the same over sigma times the root of 5.
CAR = {"VW Group": [-0.0428, -0.0140, -0.0346], "Other": [-0.0347, -0.0418]}
STANDARDISED = {"VW Group": [-1.8229, -0.7280, -1.4196], "Other": [-2.0154, -3.1156]}
#: Csect T, StdCSect Z, Patell Z.
PRINTED = {"VW Group": (-3.5563, -4.1399, -2.2769), "Other": (-10.7746, -4.6636, -3.5933)}


@pytest.mark.parametrize("group", PRINTED)
def test_statistics_of_the_printed_returns(group):
    t, standardised, z = PRINTED[group]
    # Returns are printed to 0.0001, a three-hundredth of the smallest: the statistics to as much.
    assert cross_sectional_t(np.array(CAR[group]))[0] == pytest.approx(t, rel=0.01)
    assert bmp(np.array(STANDARDISED[group]))[0] == pytest.approx(standardised, abs=5e-4)
    # The printed t lack the error of the forecast, which takes up to 1 % off.
    df = np.full(len(CAR[group]), 248.0)
    assert patell(np.array(STANDARDISED[group]), df)[0] == pytest.approx(z, rel=0.01)


@pytest.mark.parametrize(
    ("positive", "signs", "z"),
    [
        (112, "---", -1.5604),
        (112, "--+", -0.3994),
        (112, "+++", 1.9226),
        (122, "--", -1.3807),
        (122, "-+", 0.034),
    ],
)
def test_generalised_sign_of_the_printed_counts(positive, signs, z):
    """Its first figure says how many of 250 residuals are positive; the other counts and figures follow."""
    residuals = np.where(np.arange(250) < positive, 1.0, -1.0) * np.ones((len(signs), 1))
    car = np.array([1.0 if sign == "+" else -1.0 for sign in signs])
    assert float(generalised_sign(car, residuals)[0]) == pytest.approx(z, abs=5e-5)


@pytest.mark.parametrize(
    ("events", "r", "rows"),
    [
        (3, 0.0480, [(0.785, 0.7498, 3.4752, 3.2388), (1.5322, 1.4636, 1.4385, 1.3407),
                     (2.0092, 1.9192, 2.193, 2.0438), (1.6626, 1.5881, 2.3288, 2.1704),
                     (0.8977, 0.8575, 2.0322, 1.894)]),
        (2, 0.6201, [(0.8073, 0.6342, 2.9228, 1.4153), (4.9406, 3.8815, 8.9412, 4.3295),
                     (1.9538, 1.535, 3.3602, 1.6271)]),
    ],
)  # fmt: skip
def test_one_correlation_adjusts_every_printed_patell_and_bmp(events, r, rows):
    """Five sessions, two tests and two groups; r is what the example does not print."""
    for z, adjusted, t, adjusted_t in rows:
        scar = np.full(events, z / np.sqrt(events))
        found = adjusted_patell(scar, np.full(events, 1e12), np.array(r))[0]
        assert float(found) == pytest.approx(adjusted, abs=1.5e-4)
        # Equally spaced values of deviation 1 whose t is the printed one.
        spaced = np.linspace(-1.0, 1.0, events)
        scar = spaced / spaced.std(ddof=1) + t / np.sqrt(events)
        assert float(adjusted_bmp(scar, np.array(r))[0]) == pytest.approx(adjusted_t, abs=5e-4)


@pytest.mark.parametrize(
    ("columns", "t", "p"),
    [
        (slice(0, 3), 2.111374488878843, 0.04347708872149031),
        (slice(1, 2), 1.5782637129150483, 0.12535230090717073),
        (slice(0, 2), 1.4477465002910592, 0.15841336728454875),
    ],
)
def test_generalised_rank_is_that_of_another_package(columns, t, p):
    """``eventstudystatistics.grank`` of the same returns, with a benchmark that stands still."""
    event, session, day = np.arange(6)[:, None], np.arange(30), np.arange(3)
    wave = 0.01 * np.sin(1.7 * (event + 1) * (session + 1) + 0.3 * event)
    residuals = wave + 0.004 * np.cos(0.9 * (session + 1))
    residuals -= residuals.mean(axis=1, keepdims=True)
    ar = 0.012 * np.sin(2.3 * (event + 1) + 1.1 * day) + 0.003 * (day + 1)
    sigma = np.sqrt((residuals**2).sum(axis=1) / 28)
    one = np.ones(6)
    abnormal = Abnormal(
        ar, residuals, 30 * one, sigma, 28 * one, 0 * one, one, np.zeros((6, 3)), np.inf * one, 1.0
    )
    found = generalised_rank(abnormal, columns)
    assert (float(found[0]), float(found[1])) == (pytest.approx(t, rel=1e-12), pytest.approx(p, rel=1e-12))
