"""What the pictures of an event study show, as plain arrays and words (pure)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from newsbt.evidence.events.study import EventStudy
from newsbt.evidence.events.words import count
from newsbt.records import FloatArray, IntArray

__all__ = ["CaarLine", "HeatData", "SplitBars", "caar_lines", "heat_data", "split_bars"]

#: At most so many groups in one picture.
MOST = 12


@dataclass(frozen=True)
class CaarLine:
    """CAAR of one group at the close of each session, and at the first tradable price; log returns.

    ``sessions``, ``caar``, ``low`` and ``high`` have one shape; where the first tradable price is an open,
    it is the point at -0.5, without a band of its own.
    """

    label: str
    sessions: FloatArray
    caar: FloatArray
    low: FloatArray
    high: FloatArray
    small: bool

    @property
    def banded(self) -> bool:
        """Whether there is a band all along."""
        return bool(np.isfinite(self.low).all())


@dataclass(frozen=True)
class SplitBars:
    """Means of the three parts of the reaction by group, log returns; arrays of shape (groups, 3).

    ``block`` is the number of each group's grouping, shape (groups,).
    """

    labels: tuple[str, ...]
    small: tuple[bool, ...]
    block: IntArray
    mean: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True)
class HeatData:
    """Signed abnormal log returns, shape (events, L), with sessions (L,) and the label of every event."""

    labels: tuple[str, ...]
    sessions: FloatArray
    values: FloatArray


def caar_lines(study: EventStudy, grouping: str, most: int = MOST) -> list[CaarLine]:
    """One line a group of `grouping`, the largest first, years in their order; it starts at zero.

    Small groups are left out where others are not small.
    """
    rows = study.caar[study.caar["grouping"] == grouping]
    split = study.split[(study.split["grouping"] == grouping) & (study.split["part"] == "first-session")]
    first_session = dict(zip(split["group"], split["mean"], strict=True))
    by_open = study.settings.entry == "open"
    lines = []
    for group, part in rows.groupby("group", sort=False):
        events, dates = int(part["events"].iloc[0]), int(part["dates"].iloc[0])
        columns = [
            np.concatenate([[start], part[name].to_numpy(dtype=np.float64)])
            for name, start in (
                ("session", float(part["session"].iloc[0]) - 1.0),
                ("caar", 0.0),
                ("low", 0.0),
                ("high", 0.0),
            )
        ]
        zero = int(np.searchsorted(columns[0], 0.0))
        if by_open and np.isfinite(first_session.get(group, np.nan)):
            opening = columns[1][zero] - first_session[group]
            between = [(column[zero - 1] + column[zero]) / 2.0 for column in columns[2:]]
            values = (-0.5, opening, *between)
            columns = [np.insert(column, zero, value) for column, value in zip(columns, values, strict=True)]
        small = bool(part["small"].iloc[0])
        label = f"{group} ({count(events, 'event')}, {count(dates, 'date')}{', small' if small else ''})"
        lines.append((events, CaarLine(label, columns[0], columns[1], columns[2], columns[3], small)))
    if not all(line.small for _, line in lines):
        lines = [pair for pair in lines if not pair[1].small]
    lines = sorted(lines, key=lambda pair: -pair[0])[:most]
    if grouping == "year":
        lines.sort(key=lambda pair: pair[1].label)
    return [line for _, line in lines]


def split_bars(study: EventStudy, groupings: tuple[str, ...]) -> SplitBars:
    """The reaction split of all events and of the groups of `groupings`, largest first in each.

    A grouping with one group only says nothing new and is left out.
    """
    labels: list[str] = []
    small: list[bool] = []
    block: list[int] = []
    values: list[list[FloatArray]] = []
    for number, grouping in enumerate(("all", *groupings)):
        rows = study.split[study.split["grouping"] == grouping]
        parts = sorted(rows.groupby("group", sort=False), key=lambda pair: -int(pair[1]["events"].iloc[0]))
        if grouping != "all" and len(parts) == 1:
            continue
        for group, part in parts[:MOST]:
            events, dates = int(part["events"].iloc[0]), int(part["dates"].iloc[0])
            labels.append(f"{group} ({events:,} / {dates:,})")
            block.append(number)
            small.append(bool(part["small"].iloc[0]))
            values.append([part[name].to_numpy(dtype=np.float64) for name in ("mean", "low", "high")])
    table = np.array(values, dtype=np.float64).reshape(len(labels), 3, 3)
    return SplitBars(
        tuple(labels), tuple(small), np.array(block, dtype=np.int64), table[:, 0], table[:, 1], table[:, 2]
    )


def heat_data(study: EventStudy, most: int = 40) -> HeatData:
    """Events by session: those with the largest reactions, in order of time."""
    direction = study.events["direction"].to_numpy(dtype=np.float64)
    values = study.abnormal.to_numpy(dtype=np.float64) * np.where(direction == 0.0, 1.0, direction)[:, None]
    sessions = study.abnormal.columns.to_numpy(dtype=np.float64)
    after = sessions >= 0
    size = np.abs(values[:, after]).sum(axis=1)
    rows = np.sort(np.argsort(-size, kind="stable")[:most])
    told = study.events.iloc[rows]
    arrows = {1: "+", -1: "−", 0: " "}
    labels = [
        f"{pd.Timestamp(session):%Y-%m-%d} {symbol} {arrows[int(sign)]}"
        for session, symbol, sign in zip(told["session"], told["symbol"], told["direction"], strict=True)
    ]
    return HeatData(tuple(labels), sessions, values[rows])
