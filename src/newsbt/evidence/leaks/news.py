"""Other futures for news: the same catalysts up to a moment, and something else after it (pure)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

import numpy as np

from newsbt.evidence.leaks.parts import Cut, Parts
from newsbt.records import Catalyst

__all__ = [
    "REVISED",
    "blank_news",
    "cut_news",
    "delay_news",
    "drop_news",
    "flip_hindsight",
    "move_publication",
    "poison_news",
    "scramble_news",
]

#: How late delayed news comes: longer than any weekend.
DELAY = dt.timedelta(days=5)
#: How late a publication comes that is moved after the fact.
MOVED = dt.timedelta(days=12)
#: Earlier catalysts that get a later row which contradicts them.
RECENT = 25
#: What the id of such a row ends with.
REVISED = "-revised"
GOOD = "Record profit beats every forecast; shares of Alibaba, Tencent and JD.com upgraded"
BAD = "Regulator fines and bans; a loss, a warning and a downgrade for Alibaba, Tencent and JD.com"
#: What an event tells only when it happens; its date may have been announced before.
OUTCOME = (
    "headline",
    "direction",
    "strength",
    "labelled_at",
    "note",
    "source",
    "revenue_actual",
    "revenue_consensus",
    "eps_actual",
    "eps_consensus",
)
#: What a row is about.
SUBJECT = ("category", "scope", "symbols", "chain")


def cut_news(parts: Parts, cut: Cut) -> tuple[Catalyst, ...]:
    """Nothing comes after the cut but announced events, of which only the date is left."""
    return _later(parts, cut, lambda row: _blank(row) if _announced(row) else None)


def blank_news(parts: Parts, names: Collection[str]) -> tuple[Catalyst, ...]:
    """With the rows of these ids told of no more than their date."""
    return tuple(_blank(row) if row.id in names else row for row in parts.catalysts)


def drop_news(parts: Parts, names: Collection[str]) -> tuple[Catalyst, ...]:
    """Without the rows of these ids."""
    return tuple(row for row in parts.catalysts if row.id not in names)


def delay_news(parts: Parts, cut: Cut) -> tuple[Catalyst, ...]:
    """Everything that was not announced comes days later."""
    return _later(parts, cut, lambda row: row if _announced(row) else _moved(row, DELAY))


def scramble_news(parts: Parts, cut: Cut, seed: int) -> tuple[Catalyst, ...]:
    """Rows after the cut exchange how they end, and where not announced also what they are about."""
    noise = np.random.default_rng(seed)
    later = [row for row in parts.catalysts if parts.known.get(row.id, 0) > cut.known]
    content: dict[str, dict[str, Any]] = {row.id: {} for row in later}
    free, bound = ([row for row in later if _announced(row) is announced] for announced in (False, True))
    for rows, names in ((free, OUTCOME), (free, SUBJECT), (bound, OUTCOME)):
        for row, other in zip(rows, noise.permutation(len(rows)), strict=True):
            content[row.id] |= {name: getattr(rows[other], name) for name in names}
    return _later(parts, cut, lambda row: dataclasses.replace(row, **content[row.id]))


def poison_news(parts: Parts, cut: Cut) -> tuple[Catalyst, ...]:
    """Rows after the cut say the opposite, and rows are added that contradict the last ones before it."""
    after = dt.datetime.fromtimestamp(cut.known / 1e9, dt.UTC) + dt.timedelta(days=4)
    known = sorted(
        (row for row in parts.catalysts if parts.known.get(row.id, 0) <= cut.known),
        key=lambda row: parts.known.get(row.id, 0),
    )
    revisions = [
        dataclasses.replace(
            _opposite(row), id=row.id + REVISED, published_at=after, time_precision="minute",
            labelled_at=after, scheduled=False,
        )
        for row in known[-RECENT:]
    ]  # fmt: skip
    return (*_later(parts, cut, _opposite), *revisions)


def flip_hindsight(parts: Parts) -> tuple[Catalyst, ...]:
    """Every judgement that was made after publication, or at an unknown time, turned round."""
    return tuple(
        dataclasses.replace(row, direction=-row.direction if row.direction else 1, strength=0.55)
        if row.hindsight
        else row
        for row in parts.catalysts
    )


def move_publication(parts: Parts, name: str) -> tuple[Catalyst, ...]:
    """The row `name` comes later, and so does its label if it was made by then."""
    return tuple(_moved(row, MOVED) if row.id == name else row for row in parts.catalysts)


def _announced(row: Catalyst) -> bool:
    """Whether the date of the event may have been known before."""
    return row.scheduled or row.role == "calendar"


def _blank(row: Catalyst) -> Catalyst:
    """An event whose date was announced, without its outcome."""
    nothing: dict[str, Any] = dict.fromkeys(OUTCOME) | {"headline": "", "note": "", "source": ""}
    return dataclasses.replace(row, **nothing)


def _moved(row: Catalyst, by: dt.timedelta) -> Catalyst:
    label = row.labelled_at + by if row.labelled_at is not None else None
    return dataclasses.replace(row, published_at=row.published_at + by, labelled_at=label)


def _opposite(row: Catalyst) -> Catalyst:
    sign = -1 if (row.direction or -1) > 0 else 1
    return dataclasses.replace(
        row,
        direction=sign,
        strength=0.95 if (row.strength or 0.0) < 0.5 else 0.45,
        headline=GOOD if sign > 0 else BAD,
        note="poison",
        source="poison",
        revenue_actual=row.revenue_consensus,
        revenue_consensus=row.revenue_actual,
        eps_actual=row.eps_consensus,
        eps_consensus=row.eps_actual,
    )


def _later(parts: Parts, cut: Cut, change: Callable[[Catalyst], Catalyst | None]) -> tuple[Catalyst, ...]:
    """`change` the rows that were not public for certain by the cut; None takes a row away."""
    rows = (row if parts.known.get(row.id, 0) <= cut.known else change(row) for row in parts.catalysts)
    return tuple(row for row in rows if row is not None)
