"""A workspace with every planted leak in it, two listings of real prices, and news of every shape."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path

from newsbt.adapters.catalogue_text import csv_text
from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace
from newsbt.api.leakcheck import leakcheck
from newsbt.evidence.leaks.report import LeakReport
from newsbt.records import Catalyst

PLANTED = Path(__file__).parent / "plugins" / "leaks"
#: Local time, offset in hours and precision of the rows of :func:`news`, in turn.
TIMES = (
    ("16:40", -5, "minute"),  # after New York's close
    ("12:00", -5, "minute"),  # in New York's session
    ("10:00", 8, "day"),
    ("20:00", 8, "session"),
    ("01:00", 8, "minute"),  # noon in New York, on the date before
    ("07:45", -5, "minute"),
)
TOLD = {
    1: "shares jump as profit beats forecasts",
    -1: "fined as profit falls and misses forecasts",
    0: "speaks",
}
CATEGORIES = ("product", "regulation", "partnership", "earnings")


def news(count: int = 42) -> list[Catalyst]:
    """Invented rows on Alibaba from September 2024 on; every third is judged in hindsight.

    Half of the headlines say what their row does, and half of the rows have results, so that signals which
    read either have opinions.
    """
    rows = []
    for at in range(count):
        clock, offset, precision = TIMES[at % len(TIMES)]
        day = dt.date(2024, 9, 10) + dt.timedelta(days=5 * at)
        while day.weekday() > 4:
            day += dt.timedelta(days=1)
        direction = 1 if (at * 7) % 5 < 3 else -1
        zone = dt.timezone(dt.timedelta(hours=offset))
        published = dt.datetime.combine(day, dt.time.fromisoformat(clock), zone)
        rows.append(
            Catalyst(
                id=f"N{at:02d}",
                published_at=published,
                time_precision=precision,  # type: ignore[arg-type]
                headline=f"Alibaba {TOLD[direction if at % 4 < 2 else 0]}, story {at}",
                category=CATEGORIES[at % 4],
                scope="company",
                symbols=("Alibaba",),
                direction=direction,
                strength=0.3 + 0.6 * at / count,
                scheduled=at % 9 == 4,
                labelled_at=published + dt.timedelta(days=300) if at % 3 == 0 else published,
                chain=f"story-{at // 4}" if at % 2 else "",
                revenue_actual=100.0 + (at * 5) % 7 if at % 2 else None,
                revenue_consensus=103.0 if at % 2 else None,
            )
        )
    return rows


def leaky_workspace(folder: Path) -> Workspace:
    """A new workspace with the planted leaks beside the shipped plug-ins, and the news above alone."""
    init_workspace(folder)
    place = Workspace(folder)
    for kind in ("strategies", "signals"):
        for path in sorted((PLANTED / kind).glob("*.py")):
            shutil.copy(path, folder / kind / path.name)
    for path in place.catalogue_files():
        path.unlink()
    (place.catalysts / "news.csv").write_text(csv_text(news()), encoding="utf-8")
    return place


def check(
    place: Workspace,
    strategy: str = "",
    signal: str = "catalogue",
    *,
    cuts: int = 3,
    probes: tuple[str, ...] = (),
    symbols: str = "BABA,9988.HK",
    signal_params: Mapping[str, object] | None = None,
    **fields: str,
) -> LeakReport:
    """Check a strategy, or a signal alone."""
    period = {"start": "2024-11-11", "end": "2025-02-28"}
    given = {**period, "signal": signal, "symbols": symbols, "benchmark": "none", **fields}
    sets = {"signal": signal_params} if signal_params else {}
    spec = build_specs([strategy or "cash"], place, load_settings(place), given, sets)[0]
    return leakcheck(spec, place, strategy=bool(strategy), cuts=cuts, probes=probes)
