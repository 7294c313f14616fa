"""Settings of an event study as a user gives them."""

import pytest

from newsbt.api.event_spec import study_settings
from newsbt.errors import InputError, ParameterError, UnknownNameError


def test_lengths_that_are_not_given_follow_from_those_that_are():
    windows = study_settings(before=20, estimation=40).windows
    assert (windows.gap, windows.minimum, windows.reach, windows.clear) == (21, 40, 170, None)
    assert (study_settings().windows.gap, study_settings().windows.minimum) == (10, 60)


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"model": "markt"}, UnknownNameError, "did you mean 'market'"),
        ({"confounded": "maybe"}, UnknownNameError, "drop, keep"),
        ({"before": 30, "after": 0}, ParameterError, "event window"),
        ({"draws": 5}, ParameterError, "99"),
    ],
)
def test_what_cannot_be_used_is_refused(given, error, words):
    with pytest.raises(error, match=words) as found:
        study_settings(**given)
    assert isinstance(found.value, InputError)
