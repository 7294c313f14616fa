"""A world as the flat records of the compiled engine (pure)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from newsbt.engine.cost_tables import (
    Tables,
    fee_table,
    periods,
    slippage,
    spread_book,
    tick_tables,
)
from newsbt.engine.fee_sums import fee_sums
from newsbt.engine.world import EPOCH, HISTORY, Tape, World, steps
from newsbt.kernel.desk import LINE
from newsbt.kernel.market import BAR, DETAIL, LISTING, NEWS, RULES, TIME, Market, Records
from newsbt.kernel.plans import draw_plan
from newsbt.kernel.premium import deviations, relative_prices
from newsbt.kernel.run_state import POINT
from newsbt.records import FloatArray, IntArray, ParamValue

__all__ = ["pack", "pack_news", "pack_series", "points_of", "records"]

#: Words of parameters and their codes.
CODES: dict[str, dict[str, float]] = {
    "side": {"both": 0, "long": 1, "short": -1},
    "hedge": {"auto": 0, "etf": 1, "peers": 2},
    "legs": {"one": 0, "both": 1},
}
#: Parameters whose field has another name: records of numpy have a method `take`.
FIELDS = {"take": "gain", "legs": "both_legs"}
#: `direction` means one thing to runup and another to lead_lag.
WAYS = {"long": 1, "short": -1, "last": 0}
Points = Sequence[Mapping[str, ParamValue]] | pd.DataFrame


def records(count: int, kind: Any) -> Records:
    """Empty records whose fields are read by name; the first one begins a line of the processor's cache."""
    size = count * np.dtype(kind).itemsize
    room = np.zeros(size + LINE, dtype=np.uint8)
    begin = -room.ctypes.data % LINE
    found: Records = room[begin : begin + size].view(kind).view(np.recarray)
    return found


def points_of(points: Points) -> Records:
    """Strategy parameters of each point as records; 0 for what a strategy does not have.

    What no compiled rule reads is left out.
    """
    table = points if isinstance(points, pd.DataFrame) else pd.DataFrame([dict(point) for point in points])
    packed = records(len(table), POINT)
    packed["weight"] = 1.0
    for name in table.columns:
        column = table[name]
        if name in CODES:
            codes = column.map(CODES[name]).to_numpy()
            packed[FIELDS.get(name, name)] = codes
        elif name == "direction":
            packed["way"] = column.map(lambda word: WAYS.get(word, 0)).to_numpy()
            packed["by_score"] = (column == "score").to_numpy()
        elif FIELDS.get(name, name) in (POINT.names or ()):
            packed[FIELDS.get(name, name)] = column.to_numpy()
    return packed


def pack(world: World) -> Market:
    """Flat bars, news and tables of a world."""
    at = steps(world.tapes)
    sizes = [len(tape) for tape in world.tapes]
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    bars, details = records(int(offsets[-1]), BAR), records(int(offsets[-1]), DETAIL)
    tables = Tables()
    bar_at = np.full((len(at), len(sizes)), -1, dtype=np.int32)
    times = records(int(offsets[-1]), TIME)
    fees, entries = fee_table(world)
    totals, blocks = fee_sums(fees)
    for place, tape in enumerate(world.tapes):
        flat = slice(int(offsets[place]), int(offsets[place + 1]))
        _fill_details(details[flat], world, tape, tables)
        _fill_bars(bars[flat], world, tape, tables)
        bars["fees"][flat] = entries[place]
        times["step"][flat] = np.searchsorted(at, tape.closes_at)
        bar_at[times["step"][flat], place] = np.arange(flat.start, flat.stop)
    times["number"] = bars["number"]
    news, known = _news(world, offsets)
    listings, events = _listings(world, offsets, news)
    bounds, grid = tables.arrays()
    last = np.ascontiguousarray(np.maximum.accumulate(bar_at, axis=0).T)
    values = _by_step(bars["close"] * bars["fx"], last)
    paid = _brought(bars, details, listings)
    bars["paid_short"], bars["borrowed"] = paid[1], paid[2]
    worths = np.stack([values + _by_step(paid[0], last), values + _by_step(paid[1] + paid[2], last)])
    return Market(
        bar_at=bar_at,
        values=values,
        worths=worths,
        closes=bars["close"].copy(),
        lows=np.concatenate([tape.low for tape in world.tapes]),
        highs=np.concatenate([tape.high for tape in world.tapes]),
        closes_at=np.concatenate([tape.closes_at for tape in world.tapes]),
        bars=bars,
        details=details,
        listings=listings,
        news=news,
        fees=fees,
        totals=totals,
        blocks=blocks,
        rules=_rules(world),
        times=times,
        known=known,
        events=events,
        bounds=bounds,
        grid=grid,
        series=np.full((1, 1), math.nan),
    )


def _by_step(by_bar: FloatArray, last: IntArray) -> FloatArray:
    """Of each listing at each step, shape (listings, steps): that of its `last` bar, 0 before the first."""
    return np.where(last >= 0, by_bar[last], 0.0)


def _brought(bars: Records, details: Records, listings: Records) -> FloatArray:
    """What a share has brought up to each bar of its listing, base currency: shape (3, bars).

    Dividends of one that is held; dividends and borrow fees of one that is sold short, which are what its
    holder owes.
    """
    before = np.append(0.0, (bars["close"] * bars["fx"])[:-1])
    flows = np.stack(
        [
            details["paid_long"] * bars["fx"] * details["pays"],
            details["paid_short"] * bars["fx"] * details["pays"],
            before * np.maximum(details["borrow"], 0.0) * details["gap"] / 360.0,
        ]
    )
    for line in listings:
        flows[:, line.first : line.end] = np.cumsum(flows[:, line.first : line.end], axis=1)
    return flows


def _rules(world: World) -> Records:
    rules, limits, margin = records(1, RULES), world.limits, world.shorting.margin
    for name, value in slippage(world.costs).items():
        rules[name] = value
    rules["cash"], rules["gross"] = world.cash, world.gross_limit
    rules["weight"], rules["volume"], rules["shares"] = limits.weight, limits.volume, limits.shares
    rules["initial"], rules["maintenance"] = margin.initial, margin.maintenance
    rules["at_close"] = world.entry == "close"
    return rules


def _fill_bars(rows: Records, world: World, tape: Tape, tables: Tables) -> None:
    listing, shorting = tape.listing, world.shorting
    for name in ("open", "close", "fx"):
        rows[name] = getattr(tape, name)
    rows["ticks"] = tick_tables(world.ticks, tape, tables)
    if world.limits.volume or slippage(world.costs)["impact"]:
        rows["average_volume"] = _average_volume(tape)
    rows["number"], rows["tradable"] = tape.numbers, ~tape.placeholder
    starts = [(day - EPOCH).days for day, _ in listing.lots]
    lots = np.array([lot for _, lot in listing.lots])
    rows["lot"] = lots[np.maximum(np.searchsorted(starts, tape.days, side="right") - 1, 0)]
    rows["live"] = tape.days >= (world.first_day - EPOCH).days
    rows["live"][:1] = False
    banned = bool(shorting.refusal(listing))
    fell = np.array(
        [
            index > 0 and shorting.triggered(listing, tape.low[index], tape.close[index - 1])
            for index in range(len(tape))
        ]
        if shorting.drop and listing.venue in shorting.drop_venues
        else np.zeros(len(tape)),
        dtype=np.bool_,
    )
    rows["no_short_open"] = banned | np.append(False, fell[:-1])
    rows["no_short_close"] = rows["no_short_open"] | fell


def _fill_details(rows: Records, world: World, tape: Tape, tables: Tables) -> None:
    rows["paid_short"] = tape.dividend
    rows["paid_long"] = np.maximum(tape.dividend - tape.listing.adr_fee, 0.0)
    rows["spread"] = tick_tables(spread_book(world.costs), tape, tables)
    if slippage(world.costs)["impact"]:
        rows["volatility"] = [tape.volatility(index) for index in range(len(tape))]
    rows["pays"] = tape.dividend != 0.0
    rows["gap"] = np.diff(tape.days, prepend=tape.days[:1])
    schedule = world.shorting.schedule(tape.listing)
    if schedule is not None:
        for first, end, rate in periods(schedule, tape):
            rows["borrow"][first:end] = rate


def _average_volume(tape: Tape) -> FloatArray:
    """:meth:`Tape.average_volume` of every bar."""
    early = [tape.average_volume(index) for index in range(min(HISTORY, len(tape)))]
    if len(tape) <= HISTORY:
        return np.array(early)
    windows = np.lib.stride_tricks.sliding_window_view(tape.volume[:-1], HISTORY)
    return np.concatenate([early, windows.mean(axis=1)])


def pack_news(world: World) -> tuple[Records, IntArray]:
    """Signals by listing and session as the compiled engine has them, and the first flat bar of each tape.

    A signal whose session has no bar is left out; of two in one session the later one counts.
    """
    offsets = np.concatenate([[0], np.cumsum([len(tape) for tape in world.tapes])]).astype(np.int64)
    return _news(world, offsets)[0], offsets


def _news(world: World, offsets: IntArray) -> tuple[Records, IntArray]:
    """Signals by listing and session, with what is known of the catalysts behind them."""
    place_of = {tape.listing.symbol: place for place, tape in enumerate(world.tapes)}
    bar_of = [{int(day): bar for bar, day in enumerate(tape.days)} for tape in world.tapes]
    latest: dict[tuple[int, int], int] = {}
    for source, signal in enumerate(world.signals):
        place = place_of.get(signal.symbol)
        bar = bar_of[place].get((signal.session - EPOCH).days) if place is not None else None
        if place is not None and bar is not None:
            latest[place, bar] = source
    news = records(len(latest), NEWS)
    known: list[int] = []
    for row, ((place, bar), source) in enumerate(sorted(latest.items())):
        signal = world.signals[source]
        news["bar"][row] = offsets[place] + bar
        news["number"][row] = world.tapes[place].numbers[bar]
        news["score"][row], news["source"][row] = signal.score, source
        news["first_known"][row] = len(known)
        known += [world.known_at.get(name, -1) for name in signal.catalyst_ids]
        news["end_known"][row] = len(known)
    return news, np.array(known, dtype=np.int64)


def _listings(world: World, offsets: IntArray, news: Records) -> tuple[Records, IntArray]:
    rows = records(len(world.tapes), LISTING)
    events: list[int] = []
    issuers = list(dict.fromkeys(tape.listing.issuer for tape in world.tapes))
    venues = ("XNYS", "XHKG")
    for place, tape in enumerate(world.tapes):
        row, listing = rows[place], tape.listing
        row.first, row.end = offsets[place], offsets[place + 1]
        row.first_news, row.end_news = np.searchsorted(news["bar"], [row.first, row.end])
        row.first_event = len(events)
        events += world.agenda.get(listing.symbol, ())
        row.end_event = len(events)
        row.issuer, row.venue = issuers.index(listing.issuer), venues.index(listing.venue)
        row.is_fund, row.other = listing.kind == "etf", -1
    for issuer in range(len(issuers)):
        lines = [[p for p, row in enumerate(rows) if row.issuer == issuer and row.venue == v] for v in (0, 1)]
        if lines[0] and lines[1]:
            ads, ordinary = lines[0][0], lines[1][0]
            rows[ads].other, rows[ordinary].other, rows[ads].is_ads = ordinary, ads, True
    return rows, np.array(events, dtype=np.int64)


def pack_series(world: World, strategy: str, points: Points) -> tuple[FloatArray, IntArray]:
    """Numbers by bar that depend on a parameter but not on the account, and the row of each point."""
    table = points if isinstance(points, pd.DataFrame) else pd.DataFrame([dict(point) for point in points])
    keys: list[Any]
    build: Callable[[World, Any], list[FloatArray]]
    if strategy == "random":
        keys, build = list(table["min_score"].astype(float)), _plan
    elif strategy == "parity":
        keys, build = list(zip(table["measure"], table["window"].astype(int), strict=True)), _premiums
    else:
        return np.full((1, 1), math.nan), np.zeros(len(table), dtype=np.int64)
    distinct = list(dict.fromkeys(keys))
    row_of = {key: row for row, key in enumerate(distinct)}
    rows = [np.concatenate(build(world, key)) for key in distinct]
    return np.array(rows).reshape(len(rows), -1), np.array([row_of[key] for key in keys], dtype=np.int64)


def _plan(world: World, min_score: float) -> list[FloatArray]:
    """Scores of the random baseline on its sessions, nan on the others."""
    series = []
    for tape in world.tapes:
        symbol = tape.listing.symbol
        scores = [s.score for s in world.signals if s.symbol == symbol and abs(s.score) >= min_score]
        bars = [bar for bar in range(1, len(tape)) if tape.day(bar) >= world.first_day]
        plan = draw_plan(scores, bars, world.seed, symbol)
        series.append(np.array([plan.get(bar, math.nan) for bar in range(len(tape))]))
    return series


def _premiums(world: World, key: tuple[str, int]) -> list[FloatArray]:
    """Premium of each ADS over its ordinary shares as known before each bar of either; nan for none."""
    measure, window = key
    rows, _ = _listings(world, np.zeros(len(world.tapes) + 1, dtype=np.int64), records(0, NEWS))
    series = []
    for place, tape in enumerate(world.tapes):
        other = int(rows[place].other)
        if other < 0:
            series.append(np.full(len(tape), math.nan))
            continue
        ads, ordinary = (place, other) if rows[place].is_ads else (other, place)
        ratio = world.tapes[ads].listing.shares_per_ads / world.tapes[ordinary].listing.shares_per_ads
        relative = relative_prices(tape, world.tapes[other], int(tape.numbers[-1]) + 1)
        premium = relative / ratio - 1.0 if place == ads else 1.0 / (relative * ratio) - 1.0
        if measure == "deviations":
            padded = np.concatenate([np.full(window, math.nan), premium])
            premium = deviations(np.lib.stride_tricks.sliding_window_view(padded, window + 1))
        series.append(np.append(math.nan, premium[:-1]))
    return series
