"""Searches that do not look at results: a fixed stream of points, asked for piece by piece (pure)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final

import numpy as np
import pandas as pd

from newsbt.records import FloatArray
from newsbt.tuning.space import Space

__all__ = ["PATIENCE", "Stream", "unseen"]

#: Points in a row that may break the constraints before a search that found none gives up.
PATIENCE: Final = 1_000_000


class Stream(ABC):
    """A search whose points depend on the space and the seed only.

    Pieces may be of any size: the points are the same, in the same order. Every point meets the
    constraints.

    Parameters
    ----------
    space : Space
    """

    patience = PATIENCE

    def __init__(self, space: Space) -> None:
        self.space = space
        self._waiting = space.from_unit(np.empty((0, len(space.axes))))
        self._asked = 0
        self._told = 0
        self._missed = 0
        self._found = False

    def ask(self, count: int) -> pd.DataFrame:
        """The next `count` points; fewer at the end of the space, none after it.

        Raises
        ------
        InputError
            If no point meets the constraints, after `patience` points in a row or the whole space.
        """
        parts, held = [self._waiting], len(self._waiting)
        while held < count:
            block = self._next_block()
            if block is None:
                if not self._found and self.space.where:
                    raise self.space.nothing_allowed(self._missed)
                break
            kept = self._keep(block)
            parts.append(kept)
            held += len(kept)
        whole = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
        self._waiting = whole.iloc[count:].reset_index(drop=True)
        batch = whole.iloc[:count].reset_index(drop=True)
        self._asked += len(batch)
        return batch

    def tell(self, batch: pd.DataFrame, objectives: FloatArray) -> None:
        """Take notice of finished points, in the order of their trials.

        Points that this search was not asked for are those of an earlier process: as many are left out of
        what follows.
        """
        self._told += len(batch)
        if self._told > self._asked:
            self.skip(self._told - self._asked)

    def skip(self, count: int) -> None:
        """Pass over the next `count` points."""
        while count > 0:
            passed = len(self.ask(min(count, 65_536)))
            if not passed:
                return
            count -= passed

    @abstractmethod
    def _next_block(self) -> pd.DataFrame | None:
        """The next points before constraints, or None at the end."""

    def _keep(self, block: pd.DataFrame) -> pd.DataFrame:
        """The points of `block` that meet the constraints."""
        kept = self.space.keep(block)
        if len(kept):
            self._found, self._missed = True, 0
            return kept
        self._missed += len(block)
        endless = self.space.continuous or not self._found
        if self._missed >= self.patience and endless:
            raise self.space.nothing_allowed(self._missed)
        return kept


def unseen(space: Space, batch: pd.DataFrame, seen: set[bytes]) -> pd.DataFrame:
    """The rows of `batch` that are not in `seen`, each once; they are added to it. For discrete spaces."""
    fresh = []
    for row, position in enumerate(space.positions(batch)):
        key = position.tobytes()
        if key not in seen:
            seen.add(key)
            fresh.append(row)
    return batch.iloc[fresh].reset_index(drop=True)
