"""Each reaction in three parts: what nobody could trade, the first session, the drift after (pure)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsbt.evidence.events.models import Abnormal
from newsbt.evidence.events.windows import Windows
from newsbt.records import Entry, FloatArray, IntArray

__all__ = ["PARTS", "Split", "split_reaction"]

#: Parts of a reaction, in order of time.
PARTS: tuple[str, ...] = ("untradable", "first-session", "drift")


@dataclass(frozen=True)
class Split:
    """Log returns of each event by part; arrays of shape (n, 3), columns :data:`PARTS`.

    Parameters
    ----------
    raw : array of float64
        Of the listing. The parts add up to its log return from the last close before the news to the end of
        the event window.
    abnormal : array of float64
        Less what the model expects. The parts add up to the cumulative abnormal return of the same sessions;
        nan where listing or benchmark has no open on day 0, or the news is older than the event window.
    """

    raw: FloatArray
    abnormal: FloatArray


def split_reaction(windows: Windows, abnormal: Abnormal, lead: IntArray, before: int, entry: Entry) -> Split:
    """Split every reaction at the first tradable price.

    Parameters
    ----------
    windows : Windows
    abnormal : Abnormal
        Fitted on `windows`, not signed.
    lead : array of int64, shape (n,)
        Sessions from the last close before the news to day 0; 1 or more.
    before : int
        Sessions of the event window before day 0.
    entry : {"open", "close"}
        With ``"open"`` the first tradable price is the open of day 0: ``untradable`` runs from the last close
        before the news to it, ``first-session`` from it to the close of day 0. With ``"close"`` it is the
        close of day 0, and the first session is day 1. ``drift`` is the rest of the window.

    Notes
    -----
    The benchmark's own gap and session are taken off with the event's beta. The intercept is divided as the
    estimation window divides it: its mean of ``gap - beta * benchmark's gap`` falls on the gap, the rest on
    the session, so that the parts still add up.
    """
    count, length = windows.returns.shape
    column = np.arange(length)[None, :] - before
    raw_session, ar = windows.returns, abnormal.ar
    zero = column == 0
    leading = (column > -lead[:, None]) & (column < 0)
    reach = lead - 1 <= before
    if entry == "close":
        first = column == 1
        parts = [leading | zero, first, column > 1]
        raw = [np.where(mask, raw_session, 0.0).sum(axis=1) for mask in parts]
        clean = [np.where(mask, ar, 0.0).sum(axis=1) for mask in parts]
    else:
        gap = windows.gaps[:, before]
        clean_gap = (
            gap
            - _gap_alpha(windows, abnormal)
            - abnormal.beta * _known(windows.market_gaps[:, before], abnormal)
        )
        ahead, after = np.where(leading, raw_session, 0.0).sum(axis=1), column > 0
        raw = [ahead + gap, raw_session[:, before] - gap, np.where(after, raw_session, 0.0).sum(axis=1)]
        ahead = np.where(leading, ar, 0.0).sum(axis=1)
        clean = [ahead + clean_gap, ar[:, before] - clean_gap, np.where(after, ar, 0.0).sum(axis=1)]
    known = np.column_stack(raw), np.column_stack(clean)
    told = [
        np.where(reach[:, None] & np.isfinite(table).all(axis=1, keepdims=True), table, np.nan)
        for table in known
    ]
    return Split(told[0].reshape(count, 3), told[1].reshape(count, 3))


def _known(gaps: FloatArray, abnormal: Abnormal) -> FloatArray:
    """The benchmark's gap; not asked for where it does not count."""
    return np.where(abnormal.beta == 0.0, 0.0, gaps)


def _gap_alpha(windows: Windows, abnormal: Abnormal) -> FloatArray:
    """Part of each intercept that belongs to the time between close and open."""
    if abnormal.level == 0.0:
        return np.zeros(len(windows.rows))
    beta = abnormal.beta[:, None]
    expected = windows.history_gap - np.where(beta == 0.0, 0.0, beta * windows.market_history_gap)
    there = np.isfinite(expected)
    number = there.sum(axis=1)
    total = np.where(there, expected, 0.0).sum(axis=1)
    return np.asarray(np.where(number > 0, total / np.maximum(number, 1), abnormal.alpha / 2.0))
