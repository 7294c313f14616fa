"""The library in a few functions; the command line is a skin on it."""

from newsbt.api.backtest import run
from newsbt.api.capacity import capacity
from newsbt.api.compare import compare
from newsbt.api.events import event_study
from newsbt.api.leakcheck import leakcheck
from newsbt.api.tune import resume, tune
from newsbt.api.tunings import chosen_spec, read_tuning

__all__ = [
    "capacity",
    "chosen_spec",
    "compare",
    "event_study",
    "leakcheck",
    "read_tuning",
    "resume",
    "run",
    "tune",
]
