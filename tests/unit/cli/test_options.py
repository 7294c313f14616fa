"""``--set`` pairs are taken apart."""

import pytest

from newsbt.cli.options import split_sets
from newsbt.errors import InputError


def test_prefixes_are_told_apart():
    assert split_sets(
        ["hold=5", "signal.cap = 0.5", "run.netting=mean", "drift.stop=0.1", "label=a=b", "x="]
    ) == {
        "": {"hold": "5", "label": "a=b", "x": ""},
        "signal": {"cap": "0.5"},
        "run": {"netting": "mean"},
        "drift": {"stop": "0.1"},
    }
    assert split_sets(None) == {}


@pytest.mark.parametrize("pair", ["hold", "=5", "signal.=5", ""])
def test_what_is_no_pair_is_refused(pair):
    with pytest.raises(InputError, match="write key=value"):
        split_sets([pair])


def test_a_key_may_not_be_given_twice():
    with pytest.raises(InputError, match="--set gives hold twice"):
        split_sets(["hold=5", "hold=6"])
