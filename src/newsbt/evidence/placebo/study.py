"""What a placebo test found: the run's figures among those of its worlds (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from newsbt.evidence.placebo.chance import Chance
from newsbt.evidence.placebo.draws import Spread

__all__ = ["FEW", "KindResult", "PlaceboStudy"]

#: With fewer stories than this, the words say that they are few.
FEW = 20


@dataclass(frozen=True)
class KindResult:
    """One kind of placebo.

    Parameters
    ----------
    kind : str
        One of :data:`newsbt.evidence.placebo.draws.KINDS`.
    chance : Chance
        Of the chosen statistic.
    spread : Spread
        How much room the kind has.
    """

    kind: str
    chance: Chance
    spread: Spread


@dataclass(frozen=True)
class PlaceboStudy:
    """A run among its placebo worlds.

    Parameters
    ----------
    statistic : str
        Key of a metric.
    less : bool
        A smaller figure is better.
    two_sided : bool
    engine : str
        ``"fast"`` or ``"backtrader"``.
    asked, worlds : int
        Worlds of each kind that were asked for, and that were run.
    signals, stories, listings : int
        Netted signals on sessions with prices, the stories they come from, the listings they are of.
    metrics : mapping
        The run's own, every metric; None where undefined.
    results : tuple of KindResult
    skipped : mapping of str to str
        Kinds that cannot be, and why.
    null : DataFrame
        A world a row: ``kind``, ``world``, and every metric; nan where undefined.
    info : mapping
        The specification and the files behind it.
    """

    statistic: str
    less: bool
    two_sided: bool
    engine: str
    asked: int
    worlds: int
    signals: int
    stories: int
    listings: int
    metrics: Mapping[str, float | None]
    results: tuple[KindResult, ...]
    skipped: Mapping[str, str]
    null: pd.DataFrame
    info: Mapping[str, Any] = field(default_factory=dict)

    @property
    def few(self) -> bool:
        """Whether there are too few stories for much to be said."""
        return self.stories < FEW

    @property
    def p_values(self) -> dict[str, float]:
        """p-value of each kind."""
        return {item.kind: item.chance.p_value for item in self.results}

    def __repr__(self) -> str:
        """The p-values: the frames would fill pages."""
        values = ", ".join(f"{kind} {value:.3f}" for kind, value in self.p_values.items())
        return f"<PlaceboStudy of {self.statistic}: p {values or 'of no kind'}>"

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        from newsbt.notebook.studies import placebo_card

        return placebo_card(self)
