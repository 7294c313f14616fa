"""Axes of a search: ``hold=1:20``, ``stop=0.02:0.10:0.01``, ``entry=open,close`` as checked values (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from newsbt.errors import InputError, ParameterError, UnknownNameError
from newsbt.params import Param, check_value
from newsbt.records import FloatArray, IntArray, ParamValue

__all__ = ["MAX_VALUES", "Axis", "Kind", "canonical_name", "parse_axes", "parse_axis"]

Kind: TypeAlias = Literal["int", "float", "category"]

#: Values that one axis may have.
MAX_VALUES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Axis:
    """One tuned parameter and the values it may take.

    Parameters
    ----------
    name : str
        Canonical: ``hold``, ``signal.NAME``, ``run.FIELD``, ``broker.KEY``.
    kind : {"int", "float", "category"}
        Numbers have an order and a distance; categories (words, yes and no) have neither.
    low, high : float or None
        Smallest and largest number, both included; None for a category.
    step : float or None
        Distance between values; None for a continuous axis, a list and a category.
    values : tuple
        Every value, in the order written; empty for a continuous axis.
    """

    name: str
    kind: Kind
    low: float | None = None
    high: float | None = None
    step: float | None = None
    values: tuple[ParamValue, ...] = ()
    _column: pd.Series[Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the values as a column too."""
        object.__setattr__(self, "_column", _column(self.name, self.kind, self.values))

    @property
    def continuous(self) -> bool:
        """Whether any number between `low` and `high` is a value."""
        return not self.values

    @property
    def size(self) -> int | None:
        """Number of values; None for a continuous axis."""
        return len(self.values) or None

    @property
    def ordered(self) -> bool:
        """Whether values are numbers."""
        return self.kind != "category"

    def column(self, positions: IntArray) -> pd.Series[Any]:
        """The values at `positions` of `values`, shape (n,): int64, float64, bool or text.

        A category that mixes words and numbers has dtype object.
        """
        return self._column.take(positions).reset_index(drop=True)

    def from_unit(self, unit: FloatArray) -> pd.Series[Any]:
        """Values for `unit` in [0, 1), shape (n,): each discrete value gets an equal share."""
        if self.values:
            last = len(self.values) - 1
            return self.column(np.minimum((unit * len(self.values)).astype(np.int64), last))
        low, high = float(self.low or 0.0), float(self.high or 0.0)
        return pd.Series(np.clip(low + unit * (high - low), low, high), name=self.name)

    def positions(self, column: pd.Series[Any]) -> IntArray:
        """Where each value of `column` stands in `values`, shape (n,); -1 for one that is not there.

        A continuous axis has no positions: all are -1.
        """
        found: IntArray = pd.Index(self._column).get_indexer(pd.Index(column)).astype(np.int64)
        return found


def _column(name: str, kind: Kind, values: tuple[ParamValue, ...]) -> pd.Series[Any]:
    if kind == "category":
        kinds = {type(value) for value in values}
        dtype = "bool" if kinds == {bool} else "str" if kinds == {str} else "object"
    else:
        dtype = "int64" if kind == "int" else "float64"
    return pd.Series(list(values), dtype=dtype, name=name)


def parse_axes(texts: Iterable[str], known: Mapping[str, Param]) -> tuple[Axis, ...]:
    """Every axis of a search, in the order given; see :func:`parse_axis`.

    Raises
    ------
    InputError
        As :func:`parse_axis`, and if two axes tune the same parameter, or there is none.
    """
    axes = tuple(parse_axis(text, known) for text in texts)
    if not axes:
        raise InputError("nothing is tuned; write at least one axis such as: --param hold=1:20")
    names = [axis.name for axis in axes]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"--param {name} is given {names.count(name)} times; write it once")
    return axes


def canonical_name(name: str, known: Iterable[str], where: str = "--param") -> str:
    """`name`, or ``run.NAME`` where only that is known; `where` is the place that a message names.

    Raises
    ------
    UnknownNameError
        With the nearest name there is.
    """
    names = set(known)
    for candidate in (name, f"run.{name}"):
        if candidate in names:
            return candidate
    raise UnknownNameError("parameter", name, names, where=where)


def parse_axis(text: str, known: Mapping[str, Param]) -> Axis:
    """Read one axis.

    Parameters
    ----------
    text : str
        ``NAME=VALUES`` with values ``low:high``, ``low:high:step`` or a list such as ``1,2,5``. Both ends
        count; a range ends at the last step that does not pass `high`. Whole numbers go in steps of 1 unless
        a step is written; other numbers without a step are continuous. Steps are added as decimals:
        ``0.02:0.10:0.01`` has 0.06, not 0.060000000000000005.
    known : mapping of canonical name to Param
        What can be tuned, with bounds.

    Raises
    ------
    UnknownNameError
        For a name that is not in `known`.
    ParameterError
        For a value of the wrong kind or outside the parameter's bounds, with the bounds.
    InputError
        For anything else that is not an axis: malformed, reversed, step 0, a value twice, too many values.
    """
    name, equals, body = (part.strip() for part in text.partition("="))
    if not equals or not name or not body:
        raise InputError(
            f"--param {text!r} is no axis; write NAME=LOW:HIGH, NAME=LOW:HIGH:STEP or NAME=VALUE,VALUE"
        )
    canonical = canonical_name(name, known)
    param = replace(known[canonical], name=canonical)
    who = f"--param {text.strip()}"
    words = param.choices or isinstance(param.default, bool | str)
    if ":" in body and "," not in body and not words:
        return _range(param, body, who)
    return _list(param, body, who)


def _list(param: Param, body: str, who: str) -> Axis:
    parts = [part.strip() for part in body.split(",")]
    if "" in parts:
        raise InputError(f"{who}: a value is empty; write values with one comma between two")
    if len(parts) > MAX_VALUES:
        raise InputError(f"{who} has {len(parts):,} values; at most {MAX_VALUES:,} are taken")
    values = [check_value(param, part, who) for part in parts]
    seen: set[ParamValue] = set()
    for value in values:
        if value in seen:
            raise InputError(f"{who}: {value} is there twice; write each value once")
        seen.add(value)
    kinds = {type(value) for value in values}
    if not kinds <= {int, float}:
        return Axis(param.name, "category", values=tuple(values))
    numbers = [float(value) for value in values]
    if float in kinds:
        return Axis(param.name, "float", min(numbers), max(numbers), values=tuple(numbers))
    return Axis(param.name, "int", min(numbers), max(numbers), values=tuple(values))


def _range(param: Param, body: str, who: str) -> Axis:
    parts = body.split(":")
    if len(parts) not in (2, 3):
        raise InputError(f"{who} has {len(parts)} parts; write LOW:HIGH or LOW:HIGH:STEP")
    numbers = [_decimal(part.strip(), who) for part in parts]
    low, high = numbers[:2]
    whole = isinstance(param.default, int) or (
        param.default is None and all(number == number.to_integral_value() for number in numbers)
    )
    for end in (low, high):
        check_value(param, int(end) if whole and end == end.to_integral_value() else str(end), who)
    if low > high:
        raise InputError(f"{who} runs downwards; write {high}:{low}")
    step = numbers[2] if len(numbers) == 3 else Decimal(1) if whole else None
    if step is None:
        if low == high:
            return Axis(param.name, "float", float(low), float(high), values=(float(low),))
        return Axis(param.name, "float", float(low), float(high))
    if step <= 0:
        raise InputError(f"{who} has step {step}; write a step above 0")
    if whole and step != step.to_integral_value():
        raise ParameterError(f"{who}: {param.name} takes whole numbers; write a whole step, not {step}")
    return _steps(param.name, whole, low, high, step, who)


def _steps(name: str, whole: bool, low: Decimal, high: Decimal, step: Decimal, who: str) -> Axis:
    if float(high - low) / max(float(step), 1e-300) > MAX_VALUES:
        raise InputError(f"{who} has more than {MAX_VALUES:,} values; write a larger step")
    decimals = [low + step * count for count in range(int((high - low) / step) + 1)]
    if whole:
        values: tuple[ParamValue, ...] = tuple(int(value) for value in decimals)
    else:
        values = tuple(float(value) for value in decimals)
    if len(set(values)) < len(values):
        raise InputError(f"{who} has a step too small to tell its values apart; write a larger step")
    return Axis(name, "int" if whole else "float", float(values[0]), float(values[-1]), float(step), values)


def _decimal(text: str, who: str) -> Decimal:
    try:
        number = Decimal(text)
        usable = number.is_finite() and (number == 0 or -300 < number.adjusted() < 300)
    except ArithmeticError:
        usable = False
    if not usable:
        raise InputError(f"{who}: {text!r} is not a number; write LOW:HIGH or LOW:HIGH:STEP")
    return number
