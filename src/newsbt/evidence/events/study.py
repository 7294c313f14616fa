"""An event study from its events and prices to its tables (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd

from newsbt.evidence.events.catalogue import date_clusters
from newsbt.evidence.events.dependence import measure_dependence
from newsbt.evidence.events.models import Model, abnormal_returns
from newsbt.evidence.events.returns import ReturnSeries
from newsbt.evidence.events.settings import WindowSettings
from newsbt.evidence.events.split import PARTS, split_reaction
from newsbt.evidence.events.tables import (
    Measured,
    caar_table,
    named_windows,
    significance_table,
    split_table,
)
from newsbt.evidence.events.windows import Windows, find_windows
from newsbt.records import Entry, Finding, FloatArray, IntArray

__all__ = ["EventStudy", "StudySettings", "run_study"]


@dataclass(frozen=True)
class StudySettings:
    """How a study is made.

    Parameters
    ----------
    model : {"market", "mean", "market-adjusted"}
    windows : WindowSettings
    entry : {"open", "close"}
    confounded : {"keep", "drop"}
        What becomes of events with another one of the listing inside their window.
    draws : int
        Of the wild bootstrap.
    seed : int
    level : float
        Of the confidence bands.
    """

    model: Model = "market"
    windows: WindowSettings = field(default_factory=WindowSettings)
    entry: Entry = "open"
    confounded: Literal["keep", "drop"] = "keep"
    draws: int = 999
    seed: int = 0
    level: float = 0.95


@dataclass(frozen=True)
class EventStudy:
    """What came out of a study.

    Parameters
    ----------
    settings : StudySettings
    events : DataFrame
        One row an event that was kept: its columns of
        :data:`newsbt.evidence.events.catalogue.EVENT_COLUMNS`, ``cluster`` (number of its date), ``flags``
        (``confounded``, ``overlapping`` or empty), alpha, beta, sigma, history (sessions), ``bhar``, each
        part of the reaction (``untradable``, ``first_session``, ``drift``: abnormal; with ``raw_`` in
        front: the listing's own). Log returns, not signed; ``bhar`` is a simple return.
    abnormal : DataFrame
        Abnormal log returns, a row an event (index as `events`), a column a session from day 0.
    dropped : DataFrame
        One row an event that was dropped, is confounded or overlaps: symbol, session, headline, dropped,
        reason, detail.
    caar : DataFrame
        By grouping, group and session: events, dates, aar, caar and its band (low, high); signed.
    split : DataFrame
        By grouping, group and part: events, dates, mean, low, high, raw; signed.
    tests : DataFrame
        By grouping, group, window and test: events, dates, estimate, statistic, p_value, small; signed.
    findings : tuple of Finding
    info : mapping
        Where it comes from: spec, period, benchmarks.
    """

    settings: StudySettings
    events: pd.DataFrame
    abnormal: pd.DataFrame
    dropped: pd.DataFrame
    caar: pd.DataFrame
    split: pd.DataFrame
    tests: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    info: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """How many events: the frames would fill pages."""
        return f"<EventStudy of {len(self.events)} events, {len(self.dropped)} notes on others>"

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        from newsbt.notebook.studies import study_card

        return study_card(self)


def run_study(
    events: pd.DataFrame,
    occupied: Mapping[str, IntArray],
    series: Mapping[str, ReturnSeries],
    market: Mapping[str, ReturnSeries],
    days: Mapping[str, IntArray],
    settings: StudySettings,
) -> EventStudy:
    """Study `events` (see :func:`newsbt.evidence.events.windows.find_windows` for the arguments).

    Signs: tables multiply each event's returns by its direction, so that up is the way the news pointed;
    events without a direction count as they are.
    """
    windows = find_windows(
        events,
        occupied,
        series,
        market,
        days,
        settings.windows,
        needs_market=settings.model != "mean",
        drop_confounded=settings.confounded == "drop",
    )
    abnormal = abnormal_returns(
        settings.model, windows.history, windows.market_history, windows.returns, windows.market
    )
    kept = events.iloc[windows.rows].reset_index(drop=True)
    lead = (kept["at"] - kept["before"]).to_numpy(dtype=np.int64)
    split = split_reaction(windows, abnormal, lead, settings.windows.before, settings.entry)
    direction = kept["direction"].to_numpy(dtype=np.float64)
    sign = np.where(direction == 0.0, 1.0, direction)
    cluster = date_clusters(kept)
    signed = abnormal.signed(sign)
    bhar = _buy_and_hold(windows, abnormal.ar, settings.windows.before)
    measured = Measured(
        abnormal=signed,
        parts=split.abnormal * sign[:, None],
        raw=split.raw * sign[:, None],
        bhar=bhar * sign,
        dependence=measure_dependence(
            signed.residuals, windows.history_days, windows.days, cluster, kept["venue"].tolist()
        ),
        windows=named_windows(settings.windows, settings.entry),
        before=settings.windows.before,
        sign=sign,
    )
    kept = kept.assign(
        cluster=cluster,
        flags=_flags(windows),
        alpha=abnormal.alpha,
        beta=abnormal.beta,
        sigma=abnormal.sigma,
        history=abnormal.count.astype(np.int64),
        bhar=bhar,
        **{part.replace("-", "_"): split.abnormal[:, at] for at, part in enumerate(PARTS)},
        **{f"raw_{part.replace('-', '_')}": split.raw[:, at] for at, part in enumerate(PARTS)},
    )
    sessions = range(-settings.windows.before, settings.windows.after + 1)
    return EventStudy(
        settings=settings,
        events=kept,
        abnormal=pd.DataFrame(abnormal.ar, columns=pd.Index(sessions)),
        dropped=_listed(events, windows),
        caar=caar_table(kept, measured, settings.level),
        split=split_table(kept, measured, settings.level),
        tests=significance_table(kept, measured, settings.draws, settings.seed),
    )


def _buy_and_hold(windows: Windows, ar: FloatArray, before: int) -> FloatArray:
    """Held from the last close before day 0, less what the model expects (Barber and Lyon 1997)."""
    own = windows.returns[:, before:].sum(axis=1)
    return np.asarray(np.exp(own) - np.exp(own - ar[:, before:].sum(axis=1)))


def _flags(windows: Windows) -> list[str]:
    noted = windows.notes[~windows.notes["dropped"]]
    by_event = dict(zip(noted["event"], noted["reason"], strict=True))
    return [by_event.get(number, "") for number in windows.rows]


def _listed(events: pd.DataFrame, windows: Windows) -> pd.DataFrame:
    notes = windows.notes.sort_values(["dropped", "event"], ascending=[False, True], kind="stable")
    told = events.iloc[notes["event"]][["symbol", "session", "catalyst_ids", "headline"]].reset_index(
        drop=True
    )
    return pd.concat([told, notes[["dropped", "reason", "detail"]].reset_index(drop=True)], axis=1)
