"""The audit table: one row for every catalyst and listing it reaches, with what became of it (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newsbt.records import Catalyst, FloatArray, IntArray
from newsbt.scoring.fanout import FanOut
from newsbt.scoring.model import Score
from newsbt.scoring.placement import Placement
from newsbt.universe import Listing

__all__ = ["AUDIT_COLUMNS", "STATUSES", "Rows", "audit_frame", "day_objects", "utc_index"]

AUDIT_COLUMNS: tuple[str, ...] = (
    "catalyst_id",
    "symbol",
    "published_at",
    "known_at",
    "tradable_at",
    "session",
    "score",
    "half_life",
    "status",
    "why",
    "headline",
    "category",
    "relation",
    "novelty",
    "weight",
    "hindsight",
    "net_score",
)

#: What can become of a catalyst at a listing, in the order in which it is asked.
STATUSES: dict[str, str] = {
    "not-an-event": "the row's role does not trade",
    "no-listing": "none of its symbols is in the universe",
    "not-selected": "none of its listings is part of the run",
    "no-score": "the signal model has no opinion, or novelty leaves nothing of it",
    "out-of-period": "its session lies outside the run's start and end",
    "no-session": "no session to trade it on: outside the calendar or the prices, or a gap in them",
    "netted-out": "several scores met on one session and this one was outweighed or cancelled",
    "signal": "part of a signal",
}


@dataclass(frozen=True)
class Rows:
    """Everything known about the rows of the audit; arrays have shape (rows,).

    Parameters
    ----------
    fan : FanOut
        Which catalyst, which listing.
    placement : Placement
        Which session.
    story : array of int64
        Number of the story in its chain, from 0.
    novelty : array of float64
        Share of the score this leaves.
    score : array of float64
        What arrives at the listing: the model's score times weight times novelty.
    status : array of int64
        Position in :data:`STATUSES`.
    net_score : array of float64
        Net of the row's listing and session; NaN where the row took no part.
    met : array of int64
        Rows netted together with this one, itself included; 0 where it took no part.
    winner : array of int64
        Row that counts in the net, under the rules that choose one.
    """

    fan: FanOut
    placement: Placement
    story: IntArray
    novelty: FloatArray
    score: FloatArray
    status: IntArray
    net_score: FloatArray
    met: IntArray
    winner: IntArray


def utc_index(ns: IntArray) -> pd.DatetimeIndex:
    """UTC nanoseconds as ``datetime64[ns, UTC]``; :data:`~newsbt.scoring.placement.NO_TIME` becomes NaT."""
    return pd.DatetimeIndex(ns.astype("datetime64[ns]")).tz_localize("UTC")


def day_objects(days: IntArray) -> NDArray[np.object_]:
    """Days since 1970-01-01 as ``datetime.date``; ``NO_TIME`` becomes None."""
    codes, distinct = pd.factorize(days)
    found: NDArray[np.object_] = np.asarray(distinct).astype("datetime64[D]").astype(object)
    return found[codes]


def audit_frame(
    rows: Rows,
    why: NDArray[np.object_],
    *,
    catalysts: Sequence[Catalyst],
    scores: Sequence[Score],
    published_ns: IntArray,
    known_ns: IntArray,
    listings: Sequence[Listing],
) -> pd.DataFrame:
    """Put the audit together.

    Returns
    -------
    DataFrame
        Columns :data:`AUDIT_COLUMNS`, a fresh integer index. Times are ``datetime64[ns, UTC]``, `session` a
        ``datetime.date`` or None, `symbol` empty where the catalyst reaches no listing of the run.
    """
    of = rows.fan.catalyst
    columns = {
        "catalyst_id": _texts([item.id for item in catalysts], of),
        "symbol": _texts([*(item.symbol for item in listings), ""], rows.fan.listing),
        "published_at": utc_index(published_ns)[of],
        "known_at": utc_index(known_ns)[of],
        "tradable_at": utc_index(rows.placement.tradable_ns),
        "session": day_objects(rows.placement.day),
        "score": rows.score,
        "half_life": np.array([score.half_life for score in scores], dtype=np.float64)[of],
        "status": _texts(list(STATUSES), rows.status),
        "why": pd.array(why, dtype="str"),
        "headline": _texts([item.headline for item in catalysts], of),
        "category": _texts([item.category for item in catalysts], of),
        "relation": _texts(rows.fan.relations, rows.fan.relation),
        "novelty": rows.novelty,
        "weight": rows.fan.weight,
        "hindsight": np.array([score.hindsight for score in scores], dtype=np.bool_)[of],
        "net_score": rows.net_score,
    }
    return pd.DataFrame({name: columns[name] for name in AUDIT_COLUMNS})


def _texts(distinct: Sequence[str], codes: IntArray) -> pd.api.extensions.ExtensionArray:
    """Texts by number, as a column of dtype ``str`` made without spelling each row out; -1 is the last."""
    return pd.array(list(distinct), dtype="str")[codes]
