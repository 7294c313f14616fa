"""The library in a few functions; the command line is a skin on it."""

from newsbt.api.backtest import run
from newsbt.api.capacity import capacity
from newsbt.api.compare import compare
from newsbt.api.events import event_study

__all__ = ["capacity", "compare", "event_study", "run"]
