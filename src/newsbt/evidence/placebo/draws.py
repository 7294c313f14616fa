"""Random worlds of a run's news, one kind of placebo at a time (pure; the same worlds for the same seed)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from newsbt.errors import InputError
from newsbt.evidence.placebo.eras import swap_plan
from newsbt.evidence.placebo.layout import NewsLayout
from newsbt.evidence.placebo.targets import Targets, session_targets, week_targets
from newsbt.records import BoolArray, FloatArray, IntArray

__all__ = ["BATCH", "KINDS", "Draws", "Spread"]

#: Kinds of placebo, in the order in which they are shown.
KINDS = ("dates", "signs", "issuers", "shift")
#: Worlds drawn at once; part of what a seed means.
BATCH = 250
#: Places that a story of `dates` may go beyond or short of the shift of all.
JITTER = 1
#: Times that worlds whose news did not fit are drawn again.
TRIES = 200

Mover = Callable[[np.random.Generator, int], tuple[IntArray, BoolArray]]


@dataclass(frozen=True)
class Spread:
    """How much room a kind has.

    Parameters
    ----------
    fixed : int
        Stories that it cannot change.
    relaxed : int
        Stories of ``dates`` that go to weeks of any volatility, for want of weeks of their own state.
    worlds : float
        Different worlds that there are, or about as many; inf for more than can be counted.
    """

    fixed: int
    relaxed: int
    worlds: float


class Draws:
    """Placebo worlds of one kind.

    Parameters
    ----------
    layout : NewsLayout
        With at least one signal.
    kind : str
        One of :data:`KINDS`.
    seed : int

    Attributes
    ----------
    spread : Spread

    Raises
    ------
    InputError
        If no news can be traded in the run, or this kind cannot change anything about these news.

    Notes
    -----
    ``dates``: every story goes whole weeks away, to a week in which its listings have sessions on the same
    weekdays and their volatility is in the same third. All stories go the same share of their weeks round,
    one week more or less, so that stories that came close together come close together again.
    ``signs``: every story keeps its dates; a coin decides whether its scores are turned.
    ``issuers``: every story keeps its dates and scores; the issuers change places with others that are traded
    on the same venues, all stories of one issuer going to the same other one.
    ``shift``: every story goes the same number of sessions on, round and round within the run.
    In all of them the signals of a story move together, and a listing has no two signals on one session: a
    story takes the nearest free place.
    """

    def __init__(self, layout: NewsLayout, kind: str, seed: int) -> None:
        self.layout, self.kind = layout, kind
        self._seed = (seed, KINDS.index(kind))
        if not layout.usable.any():
            raise InputError(
                "no listing has a session with an earlier price in the run, so no news can be traded;"
                " take a longer period"
            )
        makers = {"dates": self._dates, "signs": self._signs, "issuers": self._issuers, "shift": self._shift}
        self._mover, self.spread = makers[kind]()

    def batch(self, number: int) -> tuple[IntArray, FloatArray]:
        """Worlds ``number * BATCH`` to ``(number + 1) * BATCH``: bars and scores, (worlds, signals) each.

        Raises
        ------
        InputError
            If the news are too dense to be placed without meeting.
        """
        random = np.random.default_rng([*self._seed, number])
        scores = np.tile(self.layout.scores, (BATCH, 1))
        if self.kind == "signs":
            turned = np.where(random.random((BATCH, self.layout.stories)) < 0.5, -1.0, 1.0)
            return np.tile(self.layout.bars, (BATCH, 1)), scores * turned[:, self.layout.story]
        bars, done = self._mover(random, BATCH)
        for _ in range(TRIES):
            missing = int((~done).sum())
            if not missing:
                return bars, scores
            bars[~done], again = self._mover(random, missing)
            done[~done] = again
        raise InputError(
            f"news come too often to be moved apart ({len(self.layout.bars)} signals); try --kind signs, or"
            " fewer catalysts"
        )

    def _signs(self) -> tuple[Mover, Spread]:
        def never(_: np.random.Generator, count: int) -> tuple[IntArray, BoolArray]:
            return np.tile(self.layout.bars, (count, 1)), np.ones(count, dtype=np.bool_)

        return never, Spread(0, 0, _power(2.0, self.layout.stories))

    def _dates(self) -> tuple[Mover, Spread]:
        targets = week_targets(self.layout)
        counts, stories = targets.counts, self.layout.stories
        free = counts > 1
        _must_move(free, "whole weeks", "a longer period")

        def steps(random: np.random.Generator, count: int) -> IntArray:
            together = np.floor(random.random((count, 1)) * counts).astype(np.int64)
            return together + random.integers(-JITTER, JITTER + 1, (count, stories))

        worlds = float(counts.max()) * _power(2.0 * JITTER + 1.0, int(free.sum()) - 1)
        return self._placer(targets, steps), Spread(int((~free).sum()), int(targets.relaxed.sum()), worlds)

    def _shift(self) -> tuple[Mover, Spread]:
        targets = session_targets(self.layout)
        counts, stories = targets.counts, self.layout.stories
        _must_move(counts > 1, "sessions", "a longer period")
        longest = int(counts.max())

        def steps(random: np.random.Generator, count: int) -> IntArray:
            return np.repeat(random.integers(0, longest, (count, 1)), stories, axis=1)

        return self._placer(targets, steps), Spread(int((counts <= 1).sum()), 0, float(longest))

    def _placer(self, targets: Targets, steps: Callable[[np.random.Generator, int], IntArray]) -> Mover:
        from newsbt.kernel.placing import place_stories

        def move(random: np.random.Generator, count: int) -> tuple[IntArray, BoolArray]:
            out = np.empty((count, len(self.layout.bars)), dtype=np.int64)
            done = np.empty(count, dtype=np.bool_)
            place_stories(
                targets.members,
                targets.first_member,
                targets.first_place,
                targets.first_bar,
                targets.bars,
                targets.own,
                targets.order,
                steps(random, count),
                len(self.layout.days),
                out,
                done,
            )
            return out, done

        return move

    def _issuers(self) -> tuple[Mover, Spread]:
        layout, plan = self.layout, swap_plan(self.layout)
        _must_move(plan.movable, "other issuers on the same venues", "more symbols")

        from newsbt.kernel.placing import swap_stories

        def move(random: np.random.Generator, count: int) -> tuple[IntArray, BoolArray]:
            out = np.empty((count, len(layout.bars)), dtype=np.int64)
            done = np.empty(count, dtype=np.bool_)
            swap_stories(
                plan.members,
                plan.first_member,
                layout.bars,
                layout.listing,
                plan.dates,
                plan.calendar,
                plan.era,
                plan.maps(random, count),
                len(layout.days),
                out,
                done,
            )
            return out, done

        return move, Spread(int((~plan.movable).sum()), 0, plan.worlds)


def _must_move(movable: BoolArray, where: str, what: str) -> None:
    if not movable.any():
        raise InputError(f"no story has {where} to go to; take {what}, or another --kind")


def _power(base: float, exponent: int) -> float:
    return float(base**exponent) if exponent < 300 else float("inf")
