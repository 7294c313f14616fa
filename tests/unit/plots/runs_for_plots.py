"""Made-up runs with a look of the real thing: seeded random walks, news and trades on both venues."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from newsbt.metrics import compute
from newsbt.metrics.drawdown import drawdowns
from newsbt.runs import RunResult, RunSpec

US = ["BABA", "JD", "PDD", "BIDU", "NTES", "TCOM", "BILI"]
HK = [
    "9988.HK",
    "9618.HK",
    "0700.HK",
    "3690.HK",
    "1810.HK",
    "9888.HK",
    "9999.HK",
    "9961.HK",
    "0992.HK",
    "9626.HK",
]
EQUITY = ["at", "equity", "cash", "gross_exposure", "net_exposure", "drawdown"]
FILLS = ["at", "session", "symbol", "side", "size", "price", "currency", "fx", "value_base", "commission"]
FILLS += ["fees_base", "reason", "catalyst_ids"]
TRADES = ["symbol", "side", "opened_at", "closed_at", "sessions_held", "size", "entry_price", "exit_price"]
TRADES += [
    "pnl_base",
    "pnl_price",
    "pnl_fx",
    "fees_base",
    "borrow_base",
    "dividends_base",
    "return",
    "mae",
    "mfe",
]
TRADES += ["exit_reason", "catalyst_ids"]
SIGNALS = [
    "catalyst_id",
    "symbol",
    "published_at",
    "known_at",
    "tradable_at",
    "session",
    "score",
    "half_life",
]
SIGNALS += ["status", "why", "headline", "category", "novelty", "weight", "hindsight", "net_score"]


def _hours(symbol: str) -> tuple[float, float]:
    """Open and close in UTC."""
    return (1.5, 8.0) if symbol.endswith(".HK") else (14.5, 21.0)


def _stamp(sessions: pd.DatetimeIndex, hour: float) -> pd.DatetimeIndex:
    return (sessions + pd.Timedelta(hours=hour)).tz_localize("UTC").as_unit("ns")


def bars_of(symbol: str, sessions: pd.DatetimeIndex, rng: np.random.Generator) -> pd.DataFrame:
    close = 100 * np.exp(np.cumsum(rng.standard_t(4, len(sessions)) * 0.014))
    opened = close * (1 + rng.normal(0, 0.006, len(sessions)))
    high, low = np.maximum(opened, close) * 1.008, np.minimum(opened, close) * 0.992
    frame = pd.DataFrame({"open": opened, "high": high, "low": low, "close": close}, index=sessions)
    return frame.assign(volume=1e6, dividend=0.0, placeholder=False)


def make_run(
    symbols=("BABA", "9988.HK"),
    start="2024-01-02",
    end="2025-06-30",
    signals=40,
    traded=0.6,
    seed=1,
    strategy="drift",
    name="run",
    hold=10,
    cash=1e6,
    benchmark=True,
    drift=0.0,
) -> RunResult:
    """A run of `signals` pieces of news, of which the share `traded` becomes trades of `hold` sessions."""
    rng = np.random.default_rng(seed)
    sessions = pd.bdate_range(start, end).as_unit("ns")
    bars = {symbol: bars_of(symbol, sessions, rng) for symbol in symbols}
    closes = {symbol: pd.Series(_stamp(sessions, _hours(symbol)[1]), index=sessions) for symbol in symbols}
    rows, trips = [], []
    busy = dict.fromkeys(symbols, -1)
    for number, at in enumerate(sorted(rng.integers(len(sessions), size=signals).tolist())):
        symbol = symbols[rng.integers(len(symbols))]
        score = float(np.clip(rng.normal(0.1, 0.5), -1, 1))
        session = sessions[at]
        opened = session.tz_localize("UTC") + pd.Timedelta(hours=_hours(symbol)[0])
        trade = rng.random() < traded and at > busy[symbol] and at + 1 < len(sessions)
        row = dict.fromkeys(SIGNALS, "")
        row |= {"catalyst_id": f"c{number}", "symbol": symbol, "session": session.date(), "score": score}
        row |= {"published_at": opened - pd.Timedelta(hours=2), "known_at": opened - pd.Timedelta(hours=2)}
        row |= {"tradable_at": opened, "half_life": 5.0, "novelty": 1.0, "weight": 1.0, "net_score": score}
        row |= {"status": "traded" if trade else "not-traded", "hindsight": bool(rng.random() < 0.9)}
        rows.append(row)
        if trade:
            out = min(at + hold, len(sessions) - 1)
            busy[symbol] = out
            trips.append(
                _trip(bars[symbol], symbol, at, out, score > 0, out < len(sessions) - 1, row["catalyst_id"])
            )
    for status in ("no-score", "not-selected", "no-session"):
        rows.append(dict.fromkeys(SIGNALS, "") | {"catalyst_id": status, "status": status, "session": None,
                    "published_at": pd.NaT, "known_at": pd.NaT, "tradable_at": pd.NaT, "score": 0.0,
                    "half_life": 1.0, "novelty": 1.0, "weight": 1.0, "net_score": np.nan, "hindsight": False,
                    "symbol": symbols[0]})  # fmt: skip
    trades = _typed(pd.DataFrame(trips, columns=TRADES), ("opened_at", "closed_at"))
    steps = sorted({stamp for series in closes.values() for stamp in series})
    at = pd.DatetimeIndex(steps).as_unit("ns")
    moves = rng.standard_t(4, len(at)) * 0.004 + drift if len(trips) else np.zeros(len(at))
    value = cash * np.cumprod(1 + moves)
    equity = pd.DataFrame({"at": at, "equity": value, "cash": value, "gross_exposure": 0.5 * bool(trips)})
    equity = equity.assign(net_exposure=0.1, drawdown=drawdowns(value, cash))
    first = sessions[0] - pd.Timedelta(days=3)
    index = pd.concat(
        [pd.Series([_stamp(pd.DatetimeIndex([first]), 21.0)[0]]), pd.Series(_stamp(sessions, 21.0))]
    )
    market = pd.Series(
        30 * np.exp(np.cumsum(rng.normal(0, 0.015, len(index)))), index=pd.DatetimeIndex(index), name="KWEB"
    )
    fills = _typed(pd.DataFrame(columns=FILLS), ("at",)).astype({"value_base": float, "fees_base": float})
    closing = market if benchmark else None
    return RunResult(
        name=name,
        spec=RunSpec(strategy=strategy, symbols=tuple(symbols), cash=cash),
        equity=equity,
        fills=fills,
        trades=trades,
        signals=_typed(pd.DataFrame(rows, columns=SIGNALS), ("published_at", "known_at", "tradable_at")),
        orders=pd.DataFrame(),
        metrics=compute(equity, cash, fills, trades, closing),
        benchmark=closing,
        bars=bars,
        closes=closes,
    )


def _trip(
    bars: pd.DataFrame, symbol: str, at: int, out: int, long: bool, ended: bool, why: str
) -> dict[str, object]:
    day_in, day_out = bars.index[at].tz_localize("UTC"), bars.index[out].tz_localize("UTC")
    hour = pd.Timedelta(hours=_hours(symbol)[0])
    entry, leave = float(bars["open"].iloc[at]), float(bars["open"].iloc[out])
    gain = (leave / entry - 1) * (1 if long else -1)
    return {
        "symbol": symbol, "side": "long" if long else "short", "opened_at": day_in + hour,
        "closed_at": day_out + hour if ended else pd.NaT, "sessions_held": out - at, "size": 100.0,
        "entry_price": entry, "exit_price": leave if ended else np.nan, "pnl_base": gain * 1e4,
        "pnl_price": gain * 1e4, "pnl_fx": 0.0, "fees_base": 10.0, "borrow_base": 0.0, "dividends_base": 0.0,
        "return": gain, "mae": -0.01, "mfe": 0.01, "exit_reason": "time", "catalyst_ids": why,
    }  # fmt: skip


def _typed(frame: pd.DataFrame, times: tuple[str, ...]) -> pd.DataFrame:
    for column in times:
        frame[column] = pd.to_datetime(frame[column], utc=True).dt.as_unit("ns")
    return frame


def usual() -> RunResult:
    """A year and a half of two listings."""
    return make_run()


def large() -> RunResult:
    """All listings, seven and a half years, 400 pieces of news."""
    return make_run(tuple(US + HK), "2019-01-02", "2026-06-30", 400, seed=3, drift=0.0003)


def one_listing() -> RunResult:
    """200 pieces of news on one listing in seven and a half years."""
    return make_run(("BABA",), "2019-01-02", "2026-06-30", 200, seed=4)


def no_trades() -> RunResult:
    """News that nobody trades."""
    return make_run(traded=0.0, strategy="cash")


def empty() -> RunResult:
    """Neither news nor trades nor a benchmark."""
    return make_run(signals=0, benchmark=False, strategy="cash")


def one_day() -> RunResult:
    """A single session."""
    return make_run(start="2025-02-11", end="2025-02-11", signals=3)


def two_weeks() -> RunResult:
    """Ten sessions."""
    return make_run(start="2025-02-10", end="2025-02-21", signals=8, hold=3)


def many(count: int) -> list[RunResult]:
    """Runs over the same year to be compared."""
    names = ["drift", "fade", "decay", "hold", "random", "cash"] if count <= 6 else ["drift"] * count
    settings = {"signals": 30, "start": "2023-01-03", "end": "2025-06-30"}
    return [
        make_run(
            seed=seed, strategy=name, name=f"drift-hold-{seed:02d}", drift=0.0002 * (seed % 5), **settings
        )
        for seed, name in enumerate(names[:count])
    ]


ALL = {f.__name__: f for f in (usual, large, one_listing, no_trades, empty, one_day, two_weeks)}
DAY = dt.date(2025, 2, 11)
