"""Bounds of the signal settings."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from newsbt.errors import ParameterError
from newsbt.scoring.settings import SignalSettings


def test_defaults_are_those_of_the_design() -> None:
    settings = SignalSettings()
    assert (settings.entry, settings.latency, settings.cutoff) == (
        "open", dt.timedelta(minutes=5), dt.timedelta(minutes=10),
    )  # fmt: skip
    assert (settings.spillover, settings.novelty, settings.netting) == (0.0, (1.0, 0.5, 0.25), "sum")
    assert settings.novelty_window == dt.timedelta(days=30)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"entry": "noon"}, "entry is 'noon'; choose from open, close"),
        ({"netting": "max"}, "netting is 'max'; choose from sum, mean, strongest, latest"),
        ({"spillover": 1.5}, "spillover is 1.5"),
        ({"spillover": float("nan")}, "spillover is nan"),
        ({"novelty": ()}, "novelty is ()"),
        ({"novelty": (1.0, 2.0)}, "novelty is (1.0, 2.0)"),
        ({"latency": dt.timedelta(seconds=-1)}, "latency is"),
        ({"cutoff": dt.timedelta(seconds=-1)}, "cutoff is"),
        ({"novelty_window": dt.timedelta(days=-1)}, "novelty_window is"),
    ],
)
def test_out_of_bounds(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ParameterError) as caught:
        SignalSettings(**given)
    assert str(caught.value).startswith(said)
