"""Gather everything one run depends on: the only part of the API that asks the adapters."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsbt.adapters.calendars import FIRST_DAY, LAST_DAY, load_calendars
from newsbt.adapters.catalogue import read_catalogues
from newsbt.adapters.plugins import PluginRef
from newsbt.adapters.prices.load import load_prices, open_source
from newsbt.adapters.settings import load_settings
from newsbt.adapters.settings_errors import validate
from newsbt.adapters.settings_tables import Broker, Settings
from newsbt.adapters.signal_models import BuiltModel, ModelSource, build_model
from newsbt.adapters.workspace import Workspace
from newsbt.api.costs import build_costs
from newsbt.costs import CostModel
from newsbt.errors import DataUnavailableError, InputError
from newsbt.prices.book import PriceBook
from newsbt.records import Catalyst
from newsbt.runs import RunSpec
from newsbt.scoring.model import SignalModel
from newsbt.sessions import VenueCalendar
from newsbt.shorting import ShortBook, parse_shorting
from newsbt.ticks import TickBook
from newsbt.universe import VENUES, Listing, Universe

__all__ = ["WARM_UP", "Inputs", "adapt", "gather", "with_model"]

#: Calendar days of prices loaded before the start, as history for decisions: 60 sessions and holidays.
WARM_UP = dt.timedelta(days=100)
#: Calendar days beyond the prices in which a story still finds its session.
CALENDAR_MARGIN = dt.timedelta(days=30)

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Inputs:
    """What a run is made of, read and checked.

    Parameters
    ----------
    universe, calendars, book : Universe, mapping, PriceBook
        Reference data; `book` holds the run's listings, and the benchmark where the source has it.
    listings : tuple of Listing
        Those of the run that have prices, in table order.
    benchmark : Listing or None
        None where it is switched off or has no prices.
    first_day, last_day : date
        Period of the run.
    catalysts : sequence of Catalyst
        By publication.
    model : SignalModel
        Ready to score.
    strategy : PluginRef
        File of the strategy.
    broker : Broker
        Settings of the costs.
    costs : CostModel
        The costs themselves.
    shorting : ShortBook
        Margin, borrow fees and permission.
    ticks : TickBook
        Price steps by date.
    hashes : mapping of str to str
        SHA-256 of every file read besides prices, by its path within the workspace.
    whole : bool
        The book begins where the source does, not just before the run, for a signal that learns.
    """

    universe: Universe
    calendars: Mapping[str, VenueCalendar]
    book: PriceBook
    listings: tuple[Listing, ...]
    benchmark: Listing | None
    first_day: dt.date
    last_day: dt.date
    catalysts: Sequence[Catalyst]
    model: SignalModel
    strategy: PluginRef
    broker: Broker
    costs: CostModel
    shorting: ShortBook
    ticks: TickBook
    hashes: Mapping[str, str]
    whole: bool = False


def gather(spec: RunSpec, workspace: Workspace, progress: Progress | None = None) -> Inputs:
    """Read what `spec` names from `workspace`.

    Raises
    ------
    InputError
        For a name, file or table that cannot be used.
    DataUnavailableError
        For prices that are not to be had.
    """
    settings, universe = load_settings(workspace), workspace.universe()
    broker = _broker(spec, settings)
    costs = build_costs(broker, workspace)
    strategy = workspace.strategy(spec.strategy)
    listings = _tradable(universe.select(spec.symbols))
    files = [Path(name) for name in spec.catalysts] or workspace.catalogue_files()
    if not files:
        raise InputError(
            f"there is no catalyst file in {workspace.catalysts}; name one with --catalysts FILE"
        )
    catalysts = read_catalogues(files)
    built = _model(spec, workspace, universe)
    benchmark = _benchmark(spec, universe)
    wanted = [*listings, *([benchmark] if benchmark and benchmark not in listings else [])]
    source = open_source(spec.prices, workspace.data)
    span = source.span(listings)
    if span is None:
        raise DataUnavailableError(
            f"prices {spec.prices} have none of {', '.join(item.symbol for item in listings)}; choose other"
            " symbols or another source with --prices"
        )
    first, last = max(spec.start or span[0], span[0]), min(spec.end or span[1], span[1])
    if last < first:
        raise DataUnavailableError(
            f"prices {spec.prices} reach from {span[0]} to {span[1]}, and the run from"
            f" {spec.start or 'their start'} to {spec.end or 'their end'}; choose a period inside"
        )
    calendars = load_calendars(
        tuple(VENUES),  # all: a story's own venue says when it was known, whatever the run trades
        workspace.overlay_file,
        *_calendar_period(catalysts, first, last),
    )
    named = {item.symbol for name in spec.symbols for item in universe.resolve(name)}
    book = load_prices(
        source,
        wanted,
        calendars,
        span[0] if built.learns else max(first - WARM_UP, span[0]),
        spec.end if spec.end and spec.end < span[1] else None,  # None: to the last bar of each venue
        progress=(lambda symbol, at, total: progress(f"prices of {symbol}", at / total))
        if progress
        else None,
        required=named,
    )
    plain_files = [strategy.path, *built.files, workspace.universe_file, workspace.overlay_file]
    tables_of_costs = (workspace.fees_file, workspace.ticks_file)
    plain_files += [path for path in tables_of_costs if path.exists()]
    plain_files += [
        workspace.data / "shorting.toml",
        workspace.settings_file,
        *files,
        *(workspace.data / name for name in built.tables),
    ]
    return Inputs(
        universe=universe,
        calendars=calendars,
        book=book,
        listings=tuple(item for item in listings if item.symbol in book.bars),
        benchmark=benchmark if benchmark and benchmark.symbol in book.bars else None,
        first_day=first,
        last_day=last,
        catalysts=catalysts,
        model=built.model,
        strategy=strategy,
        broker=broker,
        costs=costs,
        shorting=parse_shorting(workspace.table("shorting.toml"), str(workspace.data / "shorting.toml")),
        ticks=workspace.ticks(),
        hashes={_within(path, workspace): _digest(path) for path in plain_files},
        whole=built.learns,
    )


def adapt(inputs: Inputs, old: RunSpec, new: RunSpec, workspace: Workspace) -> Inputs:
    """The inputs of `new`, which differs from `old` in its signal, its broker and what needs no file.

    Prices, news, calendars and hashes of files are those of `inputs`, unless the new signal learns from
    earlier prices.
    """
    if (new.signal, new.signal_params) != (old.signal, old.signal_params):
        built = _model(new, workspace, inputs.universe)
        if built.learns and not inputs.whole:
            return gather(new, workspace)
        inputs = dataclasses.replace(inputs, model=built.model)
    if (new.broker, new.broker_params) != (old.broker, old.broker_params):
        broker = _broker(new, load_settings(workspace))
        inputs = dataclasses.replace(inputs, broker=broker, costs=build_costs(broker, workspace))
    return inputs


def with_model(inputs: Inputs, spec: RunSpec, workspace: Workspace) -> Inputs:
    """`inputs` with the signal model of `spec`; for inputs that came from another process without one."""
    return dataclasses.replace(inputs, model=_model(spec, workspace, inputs.universe).model)


def _model(spec: RunSpec, workspace: Workspace, universe: Universe) -> BuiltModel:
    """The signal model of `spec`, and what it was built from."""
    source = ModelSource(universe, workspace.signal, workspace.table)
    return build_model(spec.signal, spec.signal_params, source)


def _broker(spec: RunSpec, settings: Settings) -> Broker:
    """The broker of `spec` with the figures that replace those of its table."""
    named = settings.broker_named(spec.broker)
    figures = {**named.model_dump(), **spec.broker_params}
    return validate(Broker, figures, f"broker {spec.broker}") if spec.broker_params else named


def _calendar_period(catalysts: Sequence[Catalyst], first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Days that hold the run, its warm-up and the news, as far as calendars are known."""
    news = [catalyst.published_at.date() for catalyst in catalysts]
    begin = min([first - WARM_UP, *news]) - CALENDAR_MARGIN
    finish = max([last, *news]) + CALENDAR_MARGIN
    return max(begin, FIRST_DAY), min(finish, LAST_DAY)


def _tradable(listings: Sequence[Listing]) -> tuple[Listing, ...]:
    for listing in listings:
        if listing.kind == "index":
            raise InputError(f"{listing.symbol} is an index and cannot be traded; name an ETF or its members")
    return tuple(listings)


def _benchmark(spec: RunSpec, universe: Universe) -> Listing | None:
    if spec.benchmark in ("", "none"):
        return None
    found = universe.select([spec.benchmark])
    if len(found) > 1:
        names = ", ".join(item.symbol for item in found)
        raise InputError(f"benchmark {spec.benchmark} has several listings; name one of {names}")
    return found[0]


def _within(path: Path, workspace: Workspace) -> str:
    resolved = path.resolve()
    return (
        resolved.relative_to(workspace.root).as_posix()
        if resolved.is_relative_to(workspace.root)
        else str(path)
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def describe_book(book: PriceBook) -> dict[str, Any]:
    """Provenance of every series, as JSON values."""
    return {symbol: dict(rows) for symbol, rows in book.provenance.items()}
