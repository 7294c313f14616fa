"""What a run is asked to do and what it gives back (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from newsbt.attribution import empty_attribution
from newsbt.capital import empty_capacity
from newsbt.records import Entry, Finding, ParamValue

__all__ = ["RunResult", "RunSpec", "Tried"]


@dataclass(frozen=True)
class RunSpec:
    """Everything a run depends on besides the content of the files it names.

    Parameters
    ----------
    strategy : str
        Stem of a file in ``strategies/``.
    params : mapping
        Strategy parameters that differ from the file's defaults.
    signal : str
        Stem of a file in ``signals/``.
    signal_params : mapping
        Signal parameters that differ from the file's defaults.
    symbols : tuple of str
        Symbols or issuers; empty for every traded listing that the prices hold.
    start, end : date or None
        First and last session of the run, inclusive; None for what the prices hold.
    prices : str
        ``"sample"``, ``"yahoo"`` or a folder.
    catalysts : tuple of str
        Catalyst files; empty for all of ``data/catalysts``.
    cash : float
        Initial capital in `base`.
    base : str
        ``"USD"`` or ``"HKD"``.
    broker : str
        Name of a ``[broker.NAME]`` table.
    broker_params : mapping
        Figures that replace those of the table, such as ``commission``; set by a search over costs.
    entry : {"open", "close"}
        Trade at the first open or the first close after the news.
    latency : timedelta
        Added to exact publication times.
    max_gross : float
        Cap on gross exposure, as a multiple of equity.
    max_weight : float
        Cap on one listing, as a multiple of equity.
    max_volume : float
        Cap on one order, as a share of the listing's average daily volume of 20 sessions; 0 is off.
    shares : int
        Fixed number of shares a trade, rounded down to board lots; 0 sizes by weight.
    spillover : float
        Share of a company's score passed on to its peers.
    netting : str
        Rule for several signals on one listing and session.
    benchmark : str
        Symbol the run is held against; empty for none.
    seed : int
        Of everything random.
    """

    strategy: str
    params: Mapping[str, ParamValue] = field(default_factory=dict)
    signal: str = "catalogue"
    signal_params: Mapping[str, ParamValue] = field(default_factory=dict)
    symbols: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    prices: str = "sample"
    catalysts: tuple[str, ...] = ()
    cash: float = 1_000_000.0
    base: str = "USD"
    broker: str = "percent"
    broker_params: Mapping[str, ParamValue] = field(default_factory=dict)
    entry: Entry = "open"
    latency: dt.timedelta = dt.timedelta(minutes=5)
    max_gross: float = 1.0
    max_weight: float = 1.0
    max_volume: float = 0.1
    shares: int = 0
    spillover: float = 0.0
    netting: str = "sum"
    benchmark: str = "KWEB"
    seed: int = 0


class Tried(NamedTuple):
    """The trials that a run is one of: how many, and the variance of their Sharpe ratios.

    The variance is per daily return; NaN where it is not known.
    """

    trials: int
    variance: float


@dataclass(frozen=True)
class RunResult:
    """What came out of a run; frames are ordinary pandas, clocks are UTC.

    Parameters
    ----------
    name : str
        The run's id: name of its folder under ``results/``.
    spec : RunSpec
        What was asked.
    equity : DataFrame
        One row a step: at, equity, cash, gross_exposure, net_exposure (fractions of equity), drawdown
        (fraction below the running peak, which starts at the initial capital; 0 or more).
    fills, trades, signals, orders : DataFrame
        As the files of the same names.
    metrics : mapping
        Flat; None where undefined.
    attribution : DataFrame
        Where the profit came from, see :func:`newsbt.attribution.attribute`; no rows without trades.
    capacity : DataFrame
        At other sizes of capital, see :func:`newsbt.capital.capacity_table`; no rows unless asked for.
    hindsight : DataFrame
        Beside the same run on a signal that reads no label, see :func:`newsbt.hindsight.hindsight_table`; no
        rows unless asked for, and for a run without hindsight.
    benchmark : Series or None
        Value of one share of the benchmark with its dividends reinvested, base currency, indexed by the UTC
        time of its close.
    bars : mapping of symbol to DataFrame
        Prices the run traded on, for its pictures (see :class:`newsbt.prices.book.PriceBook`).
    closes : mapping of symbol to Series
        UTC close of each session of `bars`, same index.
    findings : tuple of Finding
        Of the price gate and of the run itself.
    manifest : mapping
        ``run.json``: spec, versions, seed, hash of every input and plug-in.
    path : Path or None
        Where it was saved.
    tried : Tried or None
        Trials on record on the same prices, listings and dates, this one included; None where none are
        counted, and in a run that was read back: it is of the moment.
    """

    name: str
    spec: RunSpec
    equity: pd.DataFrame
    fills: pd.DataFrame
    trades: pd.DataFrame
    signals: pd.DataFrame
    orders: pd.DataFrame
    metrics: Mapping[str, float | int | None]
    attribution: pd.DataFrame = field(default_factory=empty_attribution)
    capacity: pd.DataFrame = field(default_factory=empty_capacity)
    hindsight: pd.DataFrame = field(default_factory=pd.DataFrame)
    benchmark: pd.Series[float] | None = None
    bars: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    closes: Mapping[str, pd.Series[Any]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    manifest: Mapping[str, Any] = field(default_factory=dict)
    path: Path | None = None
    tried: Tried | None = None

    @property
    def returns(self) -> pd.Series[float]:
        """Daily returns, see :func:`newsbt.series.run_returns`."""
        from newsbt.series import run_returns

        return run_returns(self)

    @property
    def benchmark_returns(self) -> pd.Series[float]:
        """Those of the benchmark on the same dates, see :func:`newsbt.series.benchmark_returns`."""
        from newsbt.series import benchmark_returns

        return benchmark_returns(self)

    @property
    def further(self) -> dict[str, float]:
        """Figures beside `metrics`, see :data:`newsbt.metrics.FURTHER`; nan where undefined.

        Those against a benchmark need it at hand: a run that was read back without prices has none.
        """
        from newsbt.metrics.further import further_metrics
        from newsbt.metrics.inputs import MetricInputs

        return further_metrics(
            MetricInputs(self.equity, self.spec.cash, self.fills, self.trades, self.benchmark)
        )

    def __repr__(self) -> str:
        """Name, dates and return: the frames would fill pages."""
        at, gain = self.equity["at"], self.metrics.get("total_return")
        when = f"{at.iloc[0]:%Y-%m-%d} to {at.iloc[-1]:%Y-%m-%d}" if len(at) else "no sessions"
        earned = "n/a" if gain is None else f"{gain:+.2%}"
        return f"<RunResult {self.name}: {when}, return {earned}>"

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        from newsbt.notebook.runs import run_card

        return run_card(self)
