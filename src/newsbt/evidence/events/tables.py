"""Tables of an event study by group: CAAR with bands, reaction split, tests (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from newsbt.evidence.events.battery import run_mean_tests, run_tests
from newsbt.evidence.events.dependence import Dependence
from newsbt.evidence.events.models import Abnormal
from newsbt.evidence.events.overlap import Overlap, overlap_error, separate_dates
from newsbt.evidence.events.probability import student_quantile
from newsbt.evidence.events.settings import WindowSettings
from newsbt.evidence.events.split import PARTS
from newsbt.evidence.events.wild import wild_weights
from newsbt.records import Entry, FloatArray, IntArray

__all__ = [
    "FEW_DATES",
    "FEW_EVENTS",
    "GROUPINGS",
    "Measured",
    "caar_table",
    "is_small",
    "named_windows",
    "significance_table",
    "split_table",
]

#: Fewer events or dates than this are called a small sample.
FEW_EVENTS, FEW_DATES = 10, 5
#: What events are grouped by, and the column of the table of events.
GROUPINGS: tuple[str, ...] = (
    "category", "direction", "issuer", "venue", "year", "scope", "novelty", "scheduled", "flags",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """What the tables are made from; returns are signed by direction.

    Parameters
    ----------
    abnormal : Abnormal
    parts, raw : arrays of float64, shape (n, 3)
        Abnormal and raw parts of the reactions.
    bhar : array of float64, shape (n,)
    dependence : Dependence
    windows : dict of name to slice
        Tested windows.
    before : int
        Sessions of the event window before day 0.
    sign : array of float64, shape (n,)
        By which the returns of each event were multiplied.
    """

    abnormal: Abnormal
    parts: FloatArray
    raw: FloatArray
    bhar: FloatArray
    dependence: Dependence
    windows: dict[str, slice]
    before: int
    sign: FloatArray

    def overlap(self, rows: IntArray, first: int, last: int) -> Overlap:
        """What the dates of `rows` have in common over columns `first` to before `last` of their windows."""
        number = _renumber(self.dependence.cluster[rows])
        lean = np.bincount(number, self.sign[rows]) / np.bincount(number)
        return Overlap(self.dependence.overlap(slice(first, last), rows), lean)

    def spans(self) -> list[tuple[int, int]]:
        """Columns of each of the three parts of the reaction."""
        end = self.abnormal.ar.shape[-1]
        drift = self.windows["drift"].start if "drift" in self.windows else end
        return [(self.before, self.before + 1), (drift - 1, drift), (drift, end)]


def is_small(events: int, dates: int) -> bool:
    """Whether so few say little."""
    return events < FEW_EVENTS or dates < FEW_DATES


def named_windows(settings: WindowSettings, entry: Entry) -> dict[str, slice]:
    """Names and columns of the tested windows.

    ``before`` the news, ``day-0``, ``drift`` (after the first session that could be held to its close) and
    ``reaction`` (day 0 to the end).
    """
    zero, end = settings.before, settings.length
    first = zero + (1 if entry == "open" else 2)
    named = {"before": (0, zero), "day-0": (zero, zero + 1), "drift": (first, end), "reaction": (zero, end)}
    return {name: slice(*span) for name, span in named.items() if span[1] > span[0]}


def caar_table(events: pd.DataFrame, measured: Measured, level: float) -> pd.DataFrame:
    """Mean and cumulative mean abnormal return on each session, with a band by separate dates."""
    rows: list[tuple[object, ...]] = []
    for grouping, group, index, cluster in _groups(events, measured):
        ar = measured.abnormal.ar[index]
        total = ar.cumsum(axis=1)
        half = [
            _half_width(total[:, column], cluster, measured.overlap(index, 0, column + 1), level)
            for column in range(total.shape[1])
        ]
        mean = total.mean(axis=0)
        for column, (aar, caar, width) in enumerate(zip(ar.mean(axis=0), mean, half, strict=True)):
            session = column - measured.before
            rows.append(
                (grouping, group, session, *_size(index, cluster), aar, caar, caar - width, caar + width)
            )
    columns = ["grouping", "group", "session", "events", "dates", "small", "aar", "caar", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def split_table(events: pd.DataFrame, measured: Measured, level: float) -> pd.DataFrame:
    """Mean of each part of the reaction, abnormal with a band by separate dates, and raw."""
    rows: list[tuple[object, ...]] = []
    known = np.isfinite(measured.parts.sum(axis=1))
    for grouping, group, every, _ in _groups(events, measured):
        index = every[known[every]]
        if not len(index):
            continue
        cluster = _renumber(measured.dependence.cluster[index])
        half = [
            _half_width(measured.parts[index, at], cluster, measured.overlap(index, *span), level)
            for at, span in enumerate(measured.spans())
        ]
        mean, raw = measured.parts[index].mean(axis=0), measured.raw[index].mean(axis=0)
        for at, part in enumerate(PARTS):
            bounds = mean[at], mean[at] - half[at], mean[at] + half[at]
            rows.append((grouping, group, part, *_size(index, cluster), *bounds, raw[at]))
    columns = ["grouping", "group", "part", "events", "dates", "small", "mean", "low", "high", "raw"]
    return pd.DataFrame(rows, columns=columns)


def significance_table(events: pd.DataFrame, measured: Measured, draws: int, seed: int) -> pd.DataFrame:
    """Every test of every group and window.

    The parts of a reaction, ``tradable`` (first session and drift) and ``bhar`` get the tests of a mean only.
    """
    rows: list[tuple[object, ...]] = []
    columns = ["grouping", "group", "window", "test", "events", "dates", "small"]
    columns += ["estimate", "statistic", "p_value"]
    spans = measured.spans()
    values = {part: (measured.parts[:, at], spans[at]) for at, part in enumerate(PARTS[:2])}
    values["tradable"] = measured.parts[:, 1:].sum(axis=1), (spans[1][0], spans[2][1])
    values["bhar"] = measured.bhar, (measured.before, spans[2][1])
    for grouping, group, index, cluster in _groups(events, measured):
        weights = wild_weights(int(cluster.max()) + 1, draws, np.random.default_rng(seed))
        abnormal = measured.abnormal.take(index)
        for name, span in measured.windows.items():
            pairs = measured.dependence.pairs(span, index)
            overlap = measured.overlap(index, span.start, span.stop)
            found = run_tests(abnormal, span, cluster, weights, pairs, overlap)
            estimate = abnormal.car(span).mean()
            rows += [
                (grouping, group, name, key, *_size(index, cluster), estimate, float(stat), float(p))
                for key, (stat, p) in found.items()
            ]
        for name, (every, (first, last)) in values.items():
            there = index[np.isfinite(every[index])]
            if not len(there):
                continue
            own = _renumber(measured.dependence.cluster[there])
            drawn = wild_weights(int(own.max()) + 1, draws, np.random.default_rng(seed))
            rows += [
                (grouping, group, name, key, *_size(there, own), every[there].mean(), float(stat), float(p))
                for key, (stat, p) in run_mean_tests(
                    every[there], own, drawn, measured.overlap(there, first, last)
                ).items()
            ]
    return pd.DataFrame(rows, columns=columns)


def _groups(events: pd.DataFrame, measured: Measured) -> Iterator[tuple[str, str, IntArray, IntArray]]:
    """Each group with its events and the numbers of their dates; all events first."""
    cluster = measured.dependence.cluster
    if len(events):
        yield "all", "all", np.arange(len(events)), _renumber(cluster)
    for grouping in GROUPINGS:
        words = [_word(grouping, value) for value in events[grouping]]
        for group in sorted(set(words)):
            index = np.flatnonzero(np.array([word == group for word in words], dtype=np.bool_))
            yield grouping, group, index, _renumber(cluster[index])


def _word(grouping: str, value: object) -> str:
    """Name of a group as it is shown."""
    if grouping == "direction":
        return {1: "up", -1: "down"}.get(int(value), "none")  # type: ignore[call-overload]
    if grouping == "scheduled":
        return "scheduled" if value else "unscheduled"
    return str(value) or "clean"


def _renumber(cluster: IntArray) -> IntArray:
    return np.unique(cluster, return_inverse=True)[1].astype(np.int64)


def _size(index: IntArray, cluster: IntArray) -> tuple[int, int, bool]:
    dates = int(cluster.max(initial=-1)) + 1
    return len(index), dates, is_small(len(index), dates)


def _half_width(values: FloatArray, cluster: IntArray, overlap: Overlap, level: float) -> float:
    """Half the width of the band around the mean of `values`; nan where fewer than two dates are separate."""
    degrees = max(float(separate_dates(cluster, overlap)) - 1.0, 1.0)
    return float(student_quantile(0.5 + level / 2.0, degrees) * overlap_error(values, cluster, overlap))
