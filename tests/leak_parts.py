"""Two listings, ten sessions, five stories: parts of a run for tests of perturbations."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from newsbt.evidence.leaks.parts import Cut, Parts
from newsbt.records import Catalyst

HOUR = 3_600_000_000_000
DAY = 24 * HOUR
FIRST = dt.date(2024, 1, 1)
NUMBER = (FIRST - dt.date(1970, 1, 1)).days


def frame(seed: int, count: int = 10) -> pd.DataFrame:
    noise = np.random.default_rng(seed)
    close = 100.0 + np.cumsum(noise.normal(0, 2, count))
    return pd.DataFrame(
        {
            "open": close - 0.5,
            "high": close + 1.0,
            "low": close - 1.0,
            "close": close,
            "volume": noise.integers(1000, 2000, count).astype(float),
            "dividend": [0.5 if at == 6 else 0.0 for at in range(count)],
            "placeholder": [False] * count,
        },
        index=pd.DatetimeIndex(pd.date_range(str(FIRST), periods=count), name="session").as_unit("ns"),
    )


def story(name: str, day: int, **more: object) -> Catalyst:
    at = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC) + dt.timedelta(days=day)
    fields = {
        "id": name, "published_at": at, "time_precision": "minute", "headline": name, "category": "product",
        "scope": "company", "symbols": ("A",), "direction": 1, "strength": 0.8, "labelled_at": at,
    }  # fmt: skip
    return Catalyst(**{**fields, **more})  # type: ignore[arg-type]


def parts() -> Parts:
    """A opens at 14:30 UTC, H at 01:30; stories at noon of days 1, 3, 5, 7 and 8, the last one announced."""
    days = (NUMBER + np.arange(10)) * DAY
    rows = [story(f"n{day}", day) for day in (1, 3, 5, 7)]
    rows.append(story("n8", 8, scheduled=True, direction=-1, eps_actual=2.0, eps_consensus=1.0))
    return Parts(
        bars={"A": frame(1), "H": frame(2)},
        opens={"A": days + 29 * HOUR // 2, "H": days + 3 * HOUR // 2},
        catalysts=tuple(rows),
        known={row.id: int(row.published_at.timestamp()) * 1_000_000_000 for row in rows},
        last_day=FIRST + dt.timedelta(days=9),
    )


def cut_of(day: int) -> Cut:
    """The open of A on a day."""
    at = (NUMBER + day) * DAY + 29 * HOUR // 2
    return Cut(at, at, FIRST + dt.timedelta(days=day), "XNYS")
