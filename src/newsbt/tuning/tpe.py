"""Search that learns from results: tree-structured Parzen estimators by Optuna (pure)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
import pandas as pd

from newsbt.errors import InputError
from newsbt.records import FloatArray
from newsbt.tuning.axes import Axis
from newsbt.tuning.space import Space

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution

__all__ = ["GENERATION", "TpeSearch"]

#: Points proposed from the same results.
GENERATION: Final = 10
ATTEMPTS: Final = 8

Coordinates: TypeAlias = tuple[float | int, ...]


class TpeSearch:
    """Points where good results are likelier than bad ones, given the results so far.

    Points come in generations of `generation`, each proposed from the results of all generations before it;
    one call gives points of one generation. So they depend on the seed and the results alone, not on how
    many are asked for at once, as long as every point is told before the next call. No point of a discrete
    space comes twice; when Optuna proposes nothing new that meets the constraints, a random one takes the
    place.

    Parameters
    ----------
    space : Space
    seed : int
    objectives : int
        Number of objectives, all maximised.
    generation : int

    Notes
    -----
    Bergstra et al., Algorithms for Hyper-Parameter Optimization (2011); several objectives after Ozaki et al.
    (2022). Multivariate, first generation random. An undefined result counts as the worst so far.
    """

    def __init__(self, space: Space, seed: int, objectives: int = 1, generation: int = GENERATION) -> None:
        import optuna

        from newsbt.tuning.search import RandomSearch

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self.space, self.seed, self.generation = space, seed, generation
        self._study = optuna.create_study(directions=["maximize"] * objectives)
        self._distributions = {axis.name: _distribution(axis) for axis in space.axes}
        self._levels = [_levels(axis) for axis in space.axes]
        self._random = RandomSearch(space, seed)
        self._told: list[tuple[Coordinates, FloatArray]] = []
        self._seen: set[Coordinates] = set()
        self._worst = np.full(objectives, np.nan)
        self._queue: list[Coordinates] = []
        self._asked = self._settled = 0
        self._current = -1

    def ask(self, count: int) -> pd.DataFrame:
        """At most `count` new points, and at most to the end of a generation; none when there are no more.

        Raises
        ------
        InputError
            If no point meets the constraints.
        """
        points: list[Coordinates] = []
        while len(points) < count:
            number, place = divmod(self._asked, self.generation)
            if number != self._current:
                if points:
                    break
                self._propose(number)
            if place >= len(self._queue):
                break
            points.append(self._queue[place])
            self._asked += 1
        return self._batch(points)

    def tell(self, batch: pd.DataFrame, objectives: FloatArray) -> None:
        """Results in the order of their trials; see :class:`newsbt.tuning.search.Searcher`.

        Raises
        ------
        InputError
            If a point is not of this space.
        """
        points = self._coordinates(batch)
        values = np.asarray(objectives, dtype=np.float64).reshape(len(batch), -1)
        self._told += zip(points, values, strict=True)
        if len(self._told) > self._asked:
            self._asked = len(self._told)

    def _propose(self, number: int) -> None:
        """Fill the queue with generation `number`."""
        from optuna.samplers import TPESampler
        from optuna.trial import TrialState

        self._current, self._queue = number, []
        self._settle(number * self.generation)
        state = np.random.SeedSequence([self.seed, number]).generate_state(1)
        sampler = TPESampler(
            seed=int(state[0]), n_startup_trials=self.generation, multivariate=True, constant_liar=True
        )
        self._study.sampler = sampler
        trials = []
        for _ in range(self.generation):
            for _ in range(ATTEMPTS):
                trial = self._study.ask(self._distributions)
                point = tuple(trial.params[axis.name] for axis in self.space.axes)
                if self._take(point):
                    trials.append(trial)
                    break
                self._study.tell(trial, state=TrialState.FAIL)
            else:
                self._take_random()
        # The points come back by _settle, in the order of their trials, whoever asked for them.
        for trial in trials:
            self._study.tell(trial, state=TrialState.FAIL)

    def _take(self, point: Coordinates) -> bool:
        if not self.space.continuous and point in self._seen:
            return False
        if self.space.where and not self.space.allowed(self._batch([point]))[0]:
            return False
        self._seen.add(point)
        self._queue.append(point)
        return True

    def _take_random(self) -> None:
        while len(batch := self._random.ask(1)):
            if self._take(self._coordinates(batch)[0]):
                return

    def _settle(self, end: int) -> None:
        """Give the study the results of trials before `end`."""
        from optuna.trial import create_trial

        for point, values in self._told[self._settled : end]:
            defined = np.isfinite(values)
            self._worst = np.where(defined, np.fmin(self._worst, values), self._worst)
            used = np.where(defined, values, np.nan_to_num(self._worst))
            self._study.add_trial(
                create_trial(
                    values=[float(value) for value in used],
                    params=dict(zip(self.space.names, point, strict=True)),
                    distributions=self._distributions,
                )
            )
            self._seen.add(point)
        self._settled = max(self._settled, min(end, len(self._told)))

    def _batch(self, points: list[Coordinates]) -> pd.DataFrame:
        columns: dict[str, Any] = {}
        for place, (axis, levels) in enumerate(zip(self.space.axes, self._levels, strict=True)):
            numbers = np.array([point[place] for point in points], dtype=np.float64)
            if levels is None:
                columns[axis.name] = numbers
            else:
                columns[axis.name] = axis.column(levels[numbers.astype(np.int64)])
        return pd.DataFrame(columns)

    def _coordinates(self, batch: pd.DataFrame) -> list[Coordinates]:
        """Of each row: the value on a continuous axis, the level on others."""
        columns: list[list[float | int]] = []
        for axis, levels in zip(self.space.axes, self._levels, strict=True):
            if levels is None:
                columns.append([float(value) for value in batch[axis.name]])
                continue
            positions = axis.positions(batch[axis.name])
            if (positions < 0).any():
                value = batch[axis.name][positions < 0].iloc[0]
                raise InputError(
                    f"a finished trial has {axis.name} = {value}, which this search does not take"
                )
            columns.append(np.argsort(levels)[positions].tolist())
        return list(zip(*columns, strict=True))


def _levels(axis: Axis) -> np.ndarray[Any, np.dtype[np.int64]] | None:
    """Positions of the values of `axis`, ascending by number; None for a continuous axis."""
    if axis.size is None:
        return None
    if not axis.ordered:
        return np.arange(axis.size, dtype=np.int64)
    return np.argsort(axis.column(np.arange(axis.size)).to_numpy(), kind="stable").astype(np.int64)


def _distribution(axis: Axis) -> BaseDistribution:
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

    if axis.size is None:
        return FloatDistribution(float(axis.low or 0.0), float(axis.high or 0.0))
    return (
        IntDistribution(0, axis.size - 1)
        if axis.ordered
        else CategoricalDistribution(tuple(range(axis.size)))
    )
