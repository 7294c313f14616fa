"""The vocabulary of newsbt as frozen records: catalysts, listings' signals, findings.

Boundaries (file readers, settings, the command line) build these once and validate there; everything
inside trusts them. Times are time-zone aware. Returns are decimals (0.01 = 1 %).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ACTED_ON",
    "CATEGORIES",
    "CUT_BY_VOLUME",
    "REACHED_ENGINE",
    "ROLES",
    "BoolArray",
    "Catalyst",
    "Entry",
    "Finding",
    "FloatArray",
    "IntArray",
    "ParamValue",
    "Precision",
    "Role",
    "Scope",
    "Severity",
    "Signal",
]

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]

ParamValue: TypeAlias = float | int | str | bool
Precision: TypeAlias = Literal["minute", "session", "day"]
Scope: TypeAlias = Literal["company", "sector", "market"]
Role: TypeAlias = Literal["event", "umbrella", "noise", "calendar"]
Entry: TypeAlias = Literal["open", "close"]
Severity: TypeAlias = Literal["error", "warning", "info"]

CATEGORIES: tuple[str, ...] = (
    "earnings",
    "guidance",
    "product",
    "partnership",
    "regulation",
    "policy",
    "macro",
    "capital",
    "ownership",
    "analyst",
    "legal",
    "leadership",
    "listing",
    "peer_news",
)

ROLES: dict[str, str] = {
    "event": "a point event; trades",
    "umbrella": "stands for a period of many events; its day is a label and does not trade",
    "noise": "unrelated to the universe; kept as a negative control and does not trade",
    "calendar": "a date announced in advance whose outcome the row does not tell; does not trade",
}

#: In the explanation of an order that ``max_volume`` cut.
CUT_BY_VOLUME: Final = "of the average daily volume"

#: Statuses in the audit of signals that a strategy acted on: a trade, or a position kept for longer.
ACTED_ON: tuple[str, ...] = ("traded", "renewed")
#: Statuses of signals that came to the strategy at all.
REACHED_ENGINE: tuple[str, ...] = (*ACTED_ON, "not-traded")


@dataclass(frozen=True, slots=True)
class Catalyst:
    """One dated news event.

    Parameters
    ----------
    id : str
        Unique within a run.
    published_at : datetime
        Moment of publication, aware; its UTC offset is the one the row was written in.
    time_precision : {"minute", "session", "day"}
        How well `published_at` is known; see :mod:`newsbt.clock`.
    headline : str
        What happened, in one sentence.
    category : str
        One of :data:`CATEGORIES`.
    scope : {"company", "sector", "market"}
        Whom it concerns: the named symbols, or the whole group.
    symbols : tuple of str
        Issuers (``"Alibaba"``) or listings (``"BABA"``); the first is the one the story is about.
    direction : int or None
        Judged on the text alone: -1, 0, 1, or None where nobody has judged.
    strength : float or None
        Judged on the text alone, 0 to 1.
    scheduled : bool
        The date was known in advance.
    labelled_at : datetime or None
        When direction and strength were judged. None, or later than `published_at`: a hindsight label.
    chain : str
        Groups follow-ups of one story; empty for none.
    source, note : str
        Where it is reported; anything else. Never read by a signal.
    role : {"event", "umbrella", "noise", "calendar"}
        Only ``"event"`` rows trade; see :data:`ROLES`.
    revenue_actual, revenue_consensus, eps_actual, eps_consensus : float or None
        For results: actual and consensus in the same currency and on the same basis.
    """

    id: str
    published_at: dt.datetime
    time_precision: Precision
    headline: str
    category: str
    scope: Scope
    symbols: tuple[str, ...]
    direction: int | None = None
    strength: float | None = None
    scheduled: bool = False
    labelled_at: dt.datetime | None = None
    chain: str = ""
    source: str = ""
    note: str = ""
    role: Role = "event"
    revenue_actual: float | None = None
    revenue_consensus: float | None = None
    eps_actual: float | None = None
    eps_consensus: float | None = None

    @property
    def hindsight(self) -> bool:
        """Whether direction and strength were judged after publication (or at an unknown time)."""
        return self.labelled_at is None or self.labelled_at > self.published_at


@dataclass(frozen=True, slots=True)
class Signal:
    """What the news says about one listing for one session, after netting.

    Parameters
    ----------
    symbol : str
        The listing.
    session : date
        Session of the listing's own venue at whose open (or close) the signal may first trade.
    tradable_at : datetime
        That open (or close), UTC.
    score : float
        In [-1, 1]; the sign is the direction.
    half_life : float
        In sessions of the listing.
    catalyst_ids : tuple of str
        The catalysts behind it, oldest first.
    """

    symbol: str
    session: dt.date
    tradable_at: dt.datetime
    score: float
    half_life: float
    catalyst_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found, and what was done about it.

    Parameters
    ----------
    code : str
        Stable short name, such as ``"missing-session"``.
    severity : {"error", "warning", "info"}
        ``error``: cannot be used as it is. ``warning``: used, but look. ``info``: worth knowing.
    where : str
        File and line, or symbol and session: ``"mine.csv:12"``, ``"9988.HK 2025-01-28"``.
    message : str
        What is wrong, with the value.
    action : str
        What was done, or what to write instead.
    """

    code: str
    severity: Severity
    where: str
    message: str
    action: str = ""
