"""Searches: grid, random, Sobol and TPE, asked for points and told results (pure)."""

from __future__ import annotations

from typing import Final, Protocol

import numpy as np
import pandas as pd

from newsbt.errors import UnknownNameError
from newsbt.records import FloatArray
from newsbt.tuning.permutation import LARGEST, Permutation
from newsbt.tuning.space import Space
from newsbt.tuning.stream import PATIENCE, Stream, unseen
from newsbt.tuning.tpe import TpeSearch

__all__ = ["SEARCHES", "GridSearch", "RandomSearch", "Searcher", "SobolSearch", "TpeSearch", "make_search"]

SEARCHES: Final = ("grid", "random", "sobol", "tpe")

GRID_BLOCK: Final = 16_384
RANDOM_BLOCK: Final = 1024
SOBOL_BLOCK: Final = 256  # a power of two, as the sequence is balanced over
SOBOL_MISSES: Final = 16


class Searcher(Protocol):
    """A way to choose points."""

    def ask(self, count: int) -> pd.DataFrame:
        """At most `count` new points, a column an axis; fewer are no sign of the end, none are."""

    def tell(self, batch: pd.DataFrame, objectives: FloatArray) -> None:
        """Results of points, in the order of their trials.

        Parameters
        ----------
        batch : DataFrame, n rows
        objectives : array, shape (n, k)
            Larger is better; nan where undefined.

        Notes
        -----
        A new search of the same space and seed that is told the finished trials of another, from the first
        without a gap, goes on as that would have.
        """


def make_search(name: str, space: Space, seed: int, objectives: int = 1) -> Searcher:
    """The search `name` of :data:`SEARCHES`.

    Raises
    ------
    UnknownNameError
        For another name.
    InputError
        For a grid over a continuous axis.
    """
    match name:
        case "grid":
            return GridSearch(space)
        case "random":
            return RandomSearch(space, seed)
        case "sobol":
            return SobolSearch(space, seed)
        case "tpe":
            return TpeSearch(space, seed, objectives)
    raise UnknownNameError("search", name, SEARCHES, where="--search")


class GridSearch(Stream):
    """Every point of the grid, first axis slowest.

    Raises
    ------
    InputError
        If an axis is continuous.
    """

    patience = 100 * PATIENCE  # points next to each other break a constraint together

    def __init__(self, space: Space) -> None:
        self._size = space.require_grid()
        self._start = 0
        super().__init__(space)

    def skip(self, count: int) -> None:
        """Pass over the next `count` points; at once where nothing is constrained."""
        if self.space.where:
            super().skip(count)
            return
        self._asked = min(self._asked + count, self._size)
        self._start = self._asked
        self._waiting = self._waiting.iloc[:0]

    def _next_block(self) -> pd.DataFrame | None:
        if self._start >= self._size:
            return None
        start = self._start
        self._start = min(start + GRID_BLOCK, self._size)
        return self.space.slice(start, self._start)


class RandomSearch(Stream):
    """Points in random order; no point twice.

    A discrete space is walked through in the order of a :class:`~newsbt.tuning.permutation.Permutation`. On
    a continuous axis, and for spaces of more than 2**62 points, draws are independent and uniform.

    Parameters
    ----------
    space : Space
    seed : int
    """

    def __init__(self, space: Space, seed: int) -> None:
        super().__init__(space)
        self._rng = np.random.default_rng([seed, 1])
        small = space.size is not None and space.size <= LARGEST
        self._order = Permutation(space.size, seed) if small and space.size else None
        self._start = 0

    def _next_block(self) -> pd.DataFrame | None:
        if self._order is None:
            return self.space.from_unit(self._rng.random((RANDOM_BLOCK, len(self.space.axes))))
        start = self._start
        self._start = min(start + RANDOM_BLOCK, self._order.size)
        if start >= self._start:
            return None
        return self.space.points(self._order.at(np.arange(start, self._start, dtype=np.int64)))


class SobolSearch(Stream):
    """Points of a scrambled Sobol sequence, which fills the space more evenly than random ones.

    In a discrete space a point that comes again is left out, and when nothing new comes any more the rest
    follows in random order.

    Parameters
    ----------
    space : Space
        At most 21,201 axes.
    seed : int

    Notes
    -----
    Sobol (1967), direction numbers of Joe and Kuo (2008), scrambled as Matousek (1998), by
    ``scipy.stats.qmc``.
    """

    def __init__(self, space: Space, seed: int) -> None:
        from scipy.stats import qmc  # type: ignore[import-untyped, unused-ignore]

        super().__init__(space)
        self._sobol = qmc.Sobol(len(space.axes), scramble=True, bits=53, rng=np.random.default_rng([seed, 2]))
        self._rest = RandomSearch(space, seed)
        self._seen: set[bytes] = set()
        self._misses = 0

    def _next_block(self) -> pd.DataFrame | None:
        if self._misses >= SOBOL_MISSES:
            block = self._rest.ask(RANDOM_BLOCK)
            return None if block.empty else block
        return self.space.from_unit(self._sobol.random(SOBOL_BLOCK))

    def _keep(self, block: pd.DataFrame) -> pd.DataFrame:
        if self.space.continuous:
            return super()._keep(block)
        kept = unseen(self.space, self.space.keep(block), self._seen)
        self._misses = 0 if len(kept) else self._misses + 1
        self._found = self._found or bool(len(kept))
        return kept
