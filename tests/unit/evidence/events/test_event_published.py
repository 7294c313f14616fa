"""Printed figures of a published example, to their digits.

The example that comes with the R package EventStudy (EventStudyTools): five German car makers around
24 July 2017 against the DAX, market model of 250 sessions, window -2 to 2. It prints each cumulative abnormal
return with its t to four places, and the statistics of the two groups made of unrounded ones.
"""

import numpy as np
import pytest

from newsbt.evidence.events.parametric import cross_sectional_t
from newsbt.evidence.events.standardized import bmp, patell

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
