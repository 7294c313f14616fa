"""What a run trades, from its inputs: signals, tapes, the world of an engine, the benchmark."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pandas as pd

from newsbt.adapters.plugins import load
from newsbt.adapters.rule_files import compiled_kind
from newsbt.api.inputs import WARM_UP, Inputs
from newsbt.engine.world import Limits, World, build_tape
from newsbt.prices.index import total_return_index
from newsbt.records import Signal
from newsbt.runs import RunSpec
from newsbt.scoring.agenda import build_agenda
from newsbt.scoring.apply import score_catalysts
from newsbt.scoring.past import PastMarket
from newsbt.scoring.pipeline import build_signals
from newsbt.scoring.settings import SignalSettings
from newsbt.sessions import VenueCalendar
from newsbt.universe import Listing

__all__ = ["benchmark_index", "build_signals_of", "build_world", "past_market", "traded_bars"]


def build_world(spec: RunSpec, inputs: Inputs) -> tuple[pd.DataFrame, World]:
    """What any engine trades: the same for every value of the strategy's own parameters.

    Returns
    -------
    audit : DataFrame
        Every catalyst and listing with what became of it, before trading; see
        :func:`newsbt.scoring.pipeline.build_signals`.
    world : World
        A plain Backtrader strategy, which would trade in the warm-up, gets none.
    """
    audit, signals = build_signals_of(spec, inputs)
    return audit, _world(spec, inputs, audit, signals, warm=_sees_signals(inputs))


def build_signals_of(
    spec: RunSpec, inputs: Inputs, *, of_period: bool = True
) -> tuple[pd.DataFrame, list[Signal]]:
    """Audit and signals of a run, before trading: :func:`newsbt.scoring.pipeline.build_signals`.

    Parameters
    ----------
    of_period : bool
        Whether news outside the period of the run is left out.
    """
    return build_signals(
        inputs.catalysts,
        score_catalysts(inputs.model, inputs.catalysts, spec.signal, past_market(spec, inputs)),
        universe=inputs.universe,
        listings=inputs.listings,
        calendars=inputs.calendars,
        bars=inputs.book.bars,
        start=inputs.first_day if of_period else None,
        end=inputs.last_day if of_period else None,
        settings=SignalSettings(
            entry=spec.entry,
            latency=spec.latency,
            spillover=spec.spillover,
            netting=spec.netting,  # type: ignore[arg-type]
        ),
    )


def past_market(spec: RunSpec, inputs: Inputs) -> PastMarket:
    """What a signal that learns from prices may ask in a run."""
    return PastMarket(
        inputs.universe, inputs.listings, inputs.calendars, inputs.book.bars, spec.entry, spec.latency
    )


def benchmark_index(spec: RunSpec, inputs: Inputs) -> pd.Series[float] | None:
    """Total return index that a run is held against, base currency; None where there is none.

    From the last close before the run on, indexed by the UTC time of each close.
    """
    return _benchmark(spec, inputs) if inputs.benchmark else None


def traded_bars(inputs: Inputs) -> tuple[dict[str, pd.DataFrame], dict[str, pd.Series[Any]]]:
    """Bars of each listing from the first day of a run on, and the UTC close of each of them."""
    first = pd.Timestamp(inputs.first_day)
    bars = {item.symbol: inputs.book.bars[item.symbol] for item in inputs.listings}
    bars = {symbol: frame.loc[frame.index >= first] for symbol, frame in bars.items()}
    return bars, {
        item.symbol: _closes(bars[item.symbol], inputs.calendars[item.venue]) for item in inputs.listings
    }


def _world(spec: RunSpec, inputs: Inputs, audit: pd.DataFrame, signals: list[Signal], warm: bool) -> World:
    book = inputs.book
    if inputs.whole or not warm:
        first = pd.Timestamp(inputs.first_day - WARM_UP if warm else inputs.first_day)
        kept = {symbol: frame.loc[frame.index >= first] for symbol, frame in book.bars.items()}
        book = dataclasses.replace(book, bars=kept)
    tapes = [
        build_tape(item, book, inputs.calendars[item.venue], spec.base)
        for item in inputs.listings
        if len(book.bars[item.symbol])
    ]
    return World(
        tapes=tuple(tapes),
        signals=tuple(signals),
        costs=inputs.costs,
        cash=spec.cash,
        base=spec.base,
        entry=spec.entry,
        limits=Limits(spec.max_gross, spec.max_weight, spec.max_volume, spec.shares),
        shorting=inputs.shorting,
        ticks=inputs.ticks,
        first_day=inputs.first_day,
        seed=spec.seed,
        agenda=build_agenda(
            audit,
            inputs.catalysts,
            universe=inputs.universe,
            listings=inputs.listings,
            calendars=inputs.calendars,
            entry=spec.entry,
        ),
        known_at=dict(
            zip(
                audit["catalyst_id"],
                audit["known_at"].astype("datetime64[ns, UTC]").astype("int64"),
                strict=True,
            )
        ),
    )


def _sees_signals(inputs: Inputs) -> bool:
    """Whether the strategy sees signals; Backtrader, slow to import, is not asked about a shipped one."""
    if compiled_kind(inputs.strategy.path)[0]:
        return True
    import backtrader as bt

    from newsbt.engine.strategy import NewsStrategy

    return issubclass(load(inputs.strategy, bt.Strategy), NewsStrategy)


def _benchmark(spec: RunSpec, inputs: Inputs) -> pd.Series[float] | None:
    listing: Listing = inputs.benchmark  # type: ignore[assignment]
    tape = build_tape(listing, inputs.book, inputs.calendars[listing.venue], spec.base)
    index = pd.DatetimeIndex(tape.closes_at.astype("datetime64[ns]")).tz_localize("UTC")
    held = total_return_index(tape.close, tape.dividend, tape.fx)
    series = pd.Series(held, index=index, name=listing.symbol)
    before = int((tape.days < (inputs.first_day - dt.date(1970, 1, 1)).days).sum())
    return series.iloc[max(0, before - 1) :]


def _closes(frame: pd.DataFrame, calendar: VenueCalendar) -> pd.Series[Any]:
    days = frame.index.to_numpy().astype("datetime64[D]").astype("int64")
    stamps = calendar.closes[calendar.days.searchsorted(days)].astype("datetime64[ns]")
    return pd.Series(pd.DatetimeIndex(stamps).tz_localize("UTC"), index=frame.index, name="close_at")
