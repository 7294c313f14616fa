"""How a metric's value is written for a reader (pure)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

__all__ = ["UNDEFINED", "Formatter", "Value", "count", "money", "percent", "plain", "signed_percent"]

Value: TypeAlias = float | int | None
Formatter: TypeAlias = Callable[[Value], str]

#: Stands for a value that is undefined.
UNDEFINED = "n/a"


def _written(pattern: str, suffix: str = "") -> Formatter:
    def write(value: Value) -> str:
        return UNDEFINED if value is None else format(value, pattern) + suffix

    return write


_percent, _signed = _written(".2f", " %"), _written("+.2f", " %")


def percent(value: Value) -> str:
    """A fraction as a percentage without a plus sign: 0.1234 is ``12.34 %``."""
    return _percent(None if value is None else value * 100)


def signed_percent(value: Value) -> str:
    """A fraction as a percentage that always has its sign: 0.1234 is ``+12.34 %``."""
    return _signed(None if value is None else value * 100)


plain: Formatter = _written(".2f")
money: Formatter = _written(",.2f")
count: Formatter = _written(",.0f")
