"""Methods of a plug-in that newsbt would call with other arguments, or never."""

import backtrader as bt
import pytest

from newsbt.adapters.plugins import PluginRef, blame, load
from newsbt.errors import PluginError
from newsbt.scoring.model import SignalModel

STRATEGY = """from newsbt import NewsStrategy


class Mine(NewsStrategy):
    {method}
        return {body}
"""


@pytest.fixture
def file(tmp_path):
    def write(method, body="None"):
        path = tmp_path / "mine.py"
        path.write_text(STRATEGY.format(method=method, body=body), encoding="utf-8")
        return PluginRef(path)

    return write


@pytest.mark.parametrize(
    ("method", "message"),
    [
        (
            "def on_signal(self, desk):",
            r"line 5: newsbt calls on_signal with other arguments than \(self, desk\);",
        ),
        ("def on_step(self):", r"write def on_step\(self, desks\)"),
        (
            "def on_signals(self, desk, signal):",
            "line 5: nothing calls on_signals; did you mean 'on_signal'?",
        ),
    ],
)
def test_what_could_not_be_called_is_named(file, method, message):
    with pytest.raises(PluginError, match=message):
        load(file(method), bt.Strategy)


@pytest.mark.parametrize(
    "method",
    [
        "def on_signal(self, my_desk, its_signal):",
        "def on_signal(self, *args):",
        "def on_exit(self, desk, reason, signal=None, more=1):",
        "def on_the_way(self):",
        "def _on_signals(self):",
        "def stop(self):",
    ],
)
def test_other_names_and_arguments_are_free(file, method):
    assert load(file(method), bt.Strategy).__name__ == "Mine"


def test_a_signal_is_looked_at_too(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(
        "from newsbt.scoring.model import SignalModel\n\n\n"
        "class Mine(SignalModel):\n    def score(self):\n        return []\n"
    )
    with pytest.raises(PluginError, match=r"write def score\(self, catalysts\)"):
        load(PluginRef(path), SignalModel)


def test_a_misspelt_method_gets_the_nearest(file):
    mine = load(file("def on_start(self, desks):", "self.folow(desks)"), bt.Strategy)
    with pytest.raises(AttributeError) as caught:
        mine.on_start(object.__new__(mine), [])
    assert "line 6: AttributeError: there is no attribute 'folow'; did you mean 'follow'?" in str(
        blame(caught.value)
    )
