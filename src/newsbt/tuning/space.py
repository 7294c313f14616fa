"""The space of a search: axes and constraints, any slice of its grid without the rest (pure)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from newsbt.errors import InputError, UnknownNameError
from newsbt.records import BoolArray, FloatArray, IntArray
from newsbt.tuning.axes import Axis
from newsbt.tuning.constraints import Constraint

__all__ = ["Space"]


class Space:
    """Every combination of the values of some axes that meets some constraints.

    Points of a discrete space are numbered 0, 1, ... with the first axis slowest; constraints do not change
    the numbers. Nothing of the size of the space is ever held.

    Parameters
    ----------
    axes : sequence of Axis
        At least one, names distinct.
    where : sequence of Constraint
        All must be met.

    Raises
    ------
    InputError
        If there is no axis, or a constraint compares a parameter with what it can never be.
    """

    def __init__(self, axes: Sequence[Axis], where: Sequence[Constraint] = ()) -> None:
        if not axes:
            raise InputError("nothing is tuned; write at least one axis such as: --param hold=1:20")
        self.axes = tuple(axes)
        self.where = tuple(where)
        self.names = tuple(axis.name for axis in self.axes)
        if len(set(self.names)) < len(self.names):
            raise InputError(f"a parameter is tuned twice; write each once: {', '.join(self.names)}")
        self._check_words()
        self.allowed(self._every_word())

    @property
    def continuous(self) -> bool:
        """Whether an axis is continuous."""
        return any(axis.continuous for axis in self.axes)

    @property
    def size(self) -> int | None:
        """Number of combinations before constraints; None if an axis is continuous."""
        return None if self.continuous else math.prod(len(axis.values) for axis in self.axes)

    def describe(self) -> str:
        """The space in words: ``"hold (20) x stop (9): 180 combinations"``."""
        parts = [
            f"{axis.name} ({f'{axis.low:g} to {axis.high:g}' if axis.continuous else len(axis.values)})"
            for axis in self.axes
        ]
        total = "continuous" if self.size is None else f"{self.size:,} combinations"
        limits = "".join(f", where {constraint.text}" for constraint in self.where)
        return f"{' x '.join(parts)}: {total}{limits}"

    def allowed(self, batch: pd.DataFrame) -> BoolArray:
        """Which rows of `batch` meet every constraint, shape (len(batch),)."""
        found = np.ones(len(batch), dtype=np.bool_)
        for constraint in self.where:
            found &= constraint.allows(batch)
        return found

    def keep(self, batch: pd.DataFrame) -> pd.DataFrame:
        """The rows of `batch` that meet every constraint, indexed from 0."""
        return batch[self.allowed(batch)].reset_index(drop=True) if self.where else batch

    def grid(self, start: int = 0, stop: int | None = None) -> pd.DataFrame:
        """Points `start` to `stop` - 1 of the grid that meet the constraints; first axis slowest.

        Parameters
        ----------
        start, stop : int
            Numbers of points before constraints; `stop` None is the end.

        Returns
        -------
        DataFrame
            A column an axis, indexed from 0. Memory grows with `stop` - `start` only.

        Raises
        ------
        InputError
            If an axis is continuous.
        """
        size = self.require_grid()
        return self.keep(self.slice(start, size if stop is None else stop))

    def slice(self, start: int, stop: int) -> pd.DataFrame:
        """As :meth:`grid`, constraints not applied."""
        start = max(start, 0)
        stop = max(start, min(stop, self.require_grid()))
        carry = np.arange(stop - start, dtype=np.int64)
        positions = np.empty((len(carry), len(self.axes)), dtype=np.int64)
        for place in range(len(self.axes) - 1, -1, -1):
            radix = len(self.axes[place].values)
            start, digit = divmod(start, radix)
            carry, positions[:, place] = np.divmod(carry + digit, radix)
        return self.at(positions)

    def points(self, numbers: IntArray) -> pd.DataFrame:
        """Points by number, constraints not applied; for discrete spaces of fewer than 2**63 points."""
        positions = np.empty((len(numbers), len(self.axes)), dtype=np.int64)
        rest = numbers
        for place in range(len(self.axes) - 1, -1, -1):
            rest, positions[:, place] = np.divmod(rest, len(self.axes[place].values))
        return self.at(positions)

    def at(self, positions: IntArray) -> pd.DataFrame:
        """Points by position on each axis, shape (n, axes), constraints not applied."""
        return pd.DataFrame(
            {axis.name: axis.column(positions[:, place]) for place, axis in enumerate(self.axes)}
        )

    def positions(self, batch: pd.DataFrame) -> IntArray:
        """Position of each point on each axis, shape (n, axes); -1 for no value of the axis."""
        return np.column_stack([axis.positions(batch[axis.name]) for axis in self.axes])

    def from_unit(self, unit: FloatArray) -> pd.DataFrame:
        """Points for `unit` in [0, 1), shape (n, axes), constraints not applied."""
        return pd.DataFrame(
            {axis.name: axis.from_unit(unit[:, place]) for place, axis in enumerate(self.axes)}
        )

    def require_grid(self) -> int:
        """Size of the grid.

        Raises
        ------
        InputError
            If an axis is continuous, naming it and a step for it.
        """
        for axis in self.axes:
            if axis.continuous:
                low, high = float(axis.low or 0.0), float(axis.high or 0.0)
                raise InputError(
                    f"--param {axis.name}={low:g}:{high:g} has no step, which a grid needs; write one such as"
                    f" {axis.name}={low:g}:{high:g}:{(high - low) / 10:.1g}, or another --search"
                )
        return math.prod(len(axis.values) for axis in self.axes)

    def nothing_allowed(self, tried: int) -> InputError:
        """The error for constraints that none of `tried` points met."""
        texts = " and ".join(repr(constraint.text) for constraint in self.where)
        return InputError(
            f"none of {tried:,} points meets --where {texts}; widen the axes or write another condition"
        )

    def _every_word(self) -> pd.DataFrame:
        """A few points in which every value of every category occurs."""
        rows = np.arange(max(1 if axis.ordered else axis.size or 1 for axis in self.axes))
        return pd.DataFrame(
            {
                axis.name: axis.from_unit(np.zeros(len(rows)))
                if axis.size is None
                else axis.column(rows % axis.size)
                for axis in self.axes
            }
        )

    def _check_words(self) -> None:
        choices = {axis.name: axis.values for axis in self.axes if not axis.ordered}  # noqa: PD011
        for constraint in self.where:
            for name, word in constraint.words():
                if name in choices and word not in choices[name]:
                    words = [str(value) for value in choices[name]]
                    raise UnknownNameError(f"value of {name}", word, words, where="the search")
