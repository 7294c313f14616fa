"""The checks of ``newsbt doctor``; each says what it found, none raises."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from newsbt.adapters.plugins import describe, load
from newsbt.adapters.results import check_writable
from newsbt.adapters.settings import load_settings
from newsbt.adapters.workspace import Workspace
from newsbt.errors import NewsbtError

__all__ = ["Check", "examine"]

PACKAGES = (
    "backtrader",
    "numpy",
    "pandas",
    "matplotlib",
    "exchange-calendars",
    "pyarrow",
    "yfinance",
    "pydantic",
)

#: Moment of publication, venue, and the first open after it (five minutes of latency added), worked out by
#: hand from the venues' hours: Apple with Alibaba (before New York's open, after Hong Kong's close), and
#: results of 2025-02-20 (10:30 UTC).
GOLDEN: tuple[tuple[str, str, str], ...] = (
    ("2025-02-11T14:21:08+00:00", "XNYS", "2025-02-11T14:30:00+00:00"),
    ("2025-02-11T14:21:08+00:00", "XHKG", "2025-02-12T01:30:00+00:00"),
    ("2025-02-20T10:30:00+00:00", "XNYS", "2025-02-20T14:30:00+00:00"),
    ("2025-02-20T10:30:00+00:00", "XHKG", "2025-02-21T01:30:00+00:00"),
)


@dataclass
class Check:
    """What one check found.

    Parameters
    ----------
    name : str
    state : {"ok", "warn", "FAIL"}
    message : str
        What was found, and what to do where it is wrong.
    """

    name: str
    state: Literal["ok", "warn", "FAIL"]
    message: str


def examine(workspace: Workspace) -> list[Check]:
    """Make every check of `workspace` and of the installation."""
    steps: dict[str, Callable[[Workspace], str]] = {
        "python": _python,
        "packages": _packages,
        "workspace": _workspace,
        "settings": _settings,
        "universe": lambda place: f"{len(place.universe().listings)} listings",
        "costs": _costs,
        "strategies": _strategies,
        "signals": _signals,
        "catalogues": _catalogues,
        "results": lambda place: _writable(place.results),
        "cache": _cache,
        "ledger": _ledger,
        "calendars": _calendars,
        "clock": _clock,
        "sample prices": _sample,
    }
    return [_run(name, step, workspace) for name, step in steps.items()]


def _run(name: str, step: Callable[[Workspace], str], workspace: Workspace) -> Check:
    try:
        message = step(workspace)
    except NewsbtError as error:
        return Check(name, "FAIL", str(error))
    except Exception as error:  # noqa: BLE001 - whatever is broken, the other checks still run
        return Check(name, "FAIL", f"{type(error).__name__}: {error}")
    state: Literal["ok", "warn"] = "warn" if message.startswith("none") else "ok"
    return Check(name, state, message)


def _python(_: Workspace) -> str:
    return f"{platform.python_version()} at {sys.executable}"


def _packages(_: Workspace) -> str:
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("newsbt", *PACKAGES))


def _workspace(place: Workspace) -> str:
    return str(place.root)


def _settings(place: Workspace) -> str:
    settings = load_settings(place)
    settings.spec("hold")
    for name, preset in settings.presets.items():
        settings.spec(preset.strategy or "hold", preset=name)
        if preset.strategy is not None:
            place.strategy(preset.strategy)
    return f"{len(settings.presets)} presets, brokers {', '.join(settings.broker)}"


def _costs(place: Workspace) -> str:
    from newsbt.shorting import parse_shorting

    fees = place.fees()
    place.ticks()
    parse_shorting(place.table("shorting.toml"), str(place.data / "shorting.toml"))
    return f"fees of {', '.join(fees.brokers) or 'no broker'}; price steps; rules for shorts"


def _strategies(place: Workspace) -> str:
    import backtrader

    refs = place.strategy_refs()
    for ref in refs:
        describe(ref)
        load(ref, backtrader.Strategy)
    return ", ".join(ref.name for ref in refs) or "none; write one in strategies/"


def _signals(place: Workspace) -> str:
    from newsbt.scoring.model import SignalModel

    refs = place.signal_refs()
    for ref in refs:
        describe(ref)
        load(ref, SignalModel)
    return ", ".join(ref.name for ref in refs) or "none; write one in signals/"


def _catalogues(place: Workspace) -> str:
    from newsbt.adapters.catalogue import read_catalogues

    files = place.catalogue_files()
    if not files:
        return "none; put catalogues of news into data/catalysts/"
    return f"{len(read_catalogues(files))} catalysts in {len(files)} files"


def _writable(folder: Path) -> str:
    check_writable(folder)
    return f"{folder} can be written"


def _cache(place: Workspace) -> str:
    check_writable(place.cache)
    sizes = [path.stat().st_size for path in place.cache.rglob("[!.]*") if path.is_file()]
    return f"{len(sizes)} files, {sum(sizes) / 1024**2:.1f} MiB; safe to delete"


def _ledger(place: Workspace) -> str:
    from newsbt.api.ledger import open_ledger

    ledger = open_ledger(place)
    return f"{ledger.name} can be written" if ledger else "switched off; no trial is counted"


def _calendars(place: Workspace) -> str:
    from newsbt.adapters.calendars import load_calendars

    calendars = load_calendars(
        ("XNYS", "XHKG"), place.overlay_file, dt.date(2019, 1, 2), dt.date(2025, 12, 31)
    )
    return ", ".join(
        f"{name} {len(calendar.days)} sessions 2019 to 2025" for name, calendar in calendars.items()
    )


def _clock(place: Workspace) -> str:
    import numpy as np

    from newsbt.adapters.calendars import load_calendars
    from newsbt.clock import first_session, tradable_at

    calendars = load_calendars(
        ("XNYS", "XHKG"), place.overlay_file, dt.date(2025, 1, 2), dt.date(2025, 12, 31)
    )
    for published, venue, expected in GOLDEN:
        known = dt.datetime.fromisoformat(published) + dt.timedelta(minutes=5)
        index = first_session(calendars[venue], np.array([_ns(known)]), "open")
        opened = int(tradable_at(calendars[venue], index, "open")[0])
        if opened != _ns(dt.datetime.fromisoformat(expected)):
            found = dt.datetime.fromtimestamp(opened / 1e9, dt.UTC).isoformat()
            raise ValueError(f"news of {published} trades on {venue} at {found} instead of {expected}")
    zone = os.environ.get("TZ") or dt.datetime.now().astimezone().tzname()
    return f"{len(GOLDEN)} golden cases right; this machine's zone is {zone}, which changes nothing"


def _sample(place: Workspace) -> str:
    from newsbt.adapters.prices.load import open_source

    source, universe = open_source("sample", place.data), place.universe()
    listings = [universe.listings[name] for name in source.symbols(universe) if name in universe.listings]
    span = source.span(listings)
    if span is None:
        raise ValueError(f"{source.describe()} holds no listing of data/universe.toml")
    bars = source.fetch(listings[0], *span)
    source.fetch_fx(*span)
    return f"{len(listings)} symbols, {span[0]} to {span[1]}; {listings[0].symbol} has {len(bars.frame)} bars"


def _ns(moment: dt.datetime) -> int:
    return round(moment.timestamp()) * 1_000_000_000
