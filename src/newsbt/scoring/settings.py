"""How a run turns scores into signals: entry, latency, spillover, novelty, netting (pure)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from newsbt.errors import ParameterError
from newsbt.records import Entry

__all__ = ["Netting", "SignalSettings"]

Netting: TypeAlias = Literal["sum", "mean", "strongest", "latest"]


@dataclass(frozen=True, slots=True)
class SignalSettings:
    """Settings of the way from catalysts to signals.

    Parameters
    ----------
    entry : {"open", "close"}
        Trade at the first open or at the first close after the news.
    latency : timedelta
        Added to exact publication times.
    cutoff : timedelta
        With entry ``"close"``: how long before the close an order must be in.
    spillover : float
        Share of a company's score passed on to its peers, times their weight in the universe; 0 to 1.
    novelty : tuple of float
        Share of the score that the first, second, ... story of a chain keeps; each in [0, 1]. Stories beyond
        the end of the tuple keep half as much as the one before.
    novelty_window : timedelta
        A story of a chain that comes longer than this after the one before counts as the first again.
    netting : {"sum", "mean", "strongest", "latest"}
        One score from several for one listing and session; see :func:`newsbt.scoring.netting.net`.

    Raises
    ------
    ParameterError
        For a value outside these bounds.
    """

    entry: Entry = "open"
    latency: dt.timedelta = dt.timedelta(minutes=5)
    cutoff: dt.timedelta = dt.timedelta(minutes=10)
    spillover: float = 0.0
    novelty: tuple[float, ...] = (1.0, 0.5, 0.25)
    novelty_window: dt.timedelta = dt.timedelta(days=30)
    netting: Netting = "sum"

    def __post_init__(self) -> None:
        """Refuse values out of bounds."""
        if self.entry not in get_args(Entry):
            raise ParameterError(f"entry is {self.entry!r}; choose from {', '.join(get_args(Entry))}")
        if self.netting not in get_args(Netting):
            raise ParameterError(f"netting is {self.netting!r}; choose from {', '.join(get_args(Netting))}")
        if not 0.0 <= self.spillover <= 1.0:
            raise ParameterError(f"spillover is {self.spillover}; it must lie between 0 and 1")
        if not self.novelty or not all(0.0 <= share <= 1.0 for share in self.novelty):
            raise ParameterError(f"novelty is {self.novelty}; give one or more shares between 0 and 1")
        for name in ("latency", "cutoff", "novelty_window"):
            if getattr(self, name) < dt.timedelta(0):
                raise ParameterError(f"{name} is {getattr(self, name)}; it must not be negative")
