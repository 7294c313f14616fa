"""The compiled engine's entrance: a world and points in, metrics, daily returns or a journal out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from newsbt.engine.journal import CashEntry, FillEntry, Journal, MarginCall, OrderEntry, Parts, StepEntry
from newsbt.engine.outcome import Outcome, margin_findings
from newsbt.engine.packing import pack, pack_series, points_of, records
from newsbt.engine.spaces import lent_space
from newsbt.engine.spans import build_span
from newsbt.engine.world import World, steps
from newsbt.kernel.codes import KINDS, REASONS
from newsbt.kernel.market import Records
from newsbt.kernel.measure import COUNT
from newsbt.kernel.moved_news import sweep_news
from newsbt.kernel.run_state import FILL, PAYMENT, Log
from newsbt.kernel.sweep import sweep
from newsbt.records import FloatArray, IntArray, ParamValue

__all__ = ["CompiledWorld"]

#: Reasons of orders that a signal was behind.
OF_SIGNALS = ("signal", "reversal", "opposite")
#: Kinds of the orders that levels send.
ORDERS = {"stop": "stop", "trail": "stop", "take": "limit", "margin": "market"}


class CompiledWorld:
    """One world, packed for the compiled engine; may be used from several threads at once.

    Parameters
    ----------
    world : World
    strategy : str
        One of :data:`newsbt.kernel.codes.KINDS`.
    benchmark : Series or None
        As :func:`newsbt.metrics.table.compute` takes it.

    Raises
    ------
    SettingsError
        For a day on which a fee, a borrow rate or a price step is not in its table.
    """

    def __init__(self, world: World, strategy: str, benchmark: pd.Series[float] | None = None) -> None:
        self.world = world
        self.kind = KINDS.index(strategy)
        self._strategy = strategy
        self._market = pack(world)
        self._span = build_span(steps(world.tapes), world.first_day, benchmark)

    @property
    def dates(self) -> pd.DatetimeIndex:
        """UTC dates of the daily returns."""
        days = self._span.dates[self._span.last_steps].astype("datetime64[D]").astype("datetime64[ns]")
        return pd.DatetimeIndex(days).tz_localize("UTC")

    def metrics(self, points: Sequence[Mapping[str, ParamValue]] | pd.DataFrame) -> FloatArray:
        """Every metric of every point: shape (points, metrics), in the order of ``METRICS``; nan for None."""
        return self._sweep(points, daily=False)[0]

    def daily_returns(self, points: Sequence[Mapping[str, ParamValue]] | pd.DataFrame) -> FloatArray:
        """Daily returns of every point: shape (points, dates)."""
        return self._sweep(points, daily=True)[1]

    def news_metrics(
        self, params: Mapping[str, ParamValue], bars: IntArray, scores: FloatArray
    ) -> FloatArray:
        """Every metric of one point on other arrangements of the same news.

        Parameters
        ----------
        params : mapping
            Of a strategy that trades on signals; the plan of ``random`` and announced dates stay as they are.
        bars : array of int64, shape (worlds, signals)
            Flat bar of each signal, in the order of :func:`newsbt.engine.packing.pack_news`; no bar twice
            in a world.
        scores : array, shape (worlds, signals)

        Returns
        -------
        array, shape (worlds, metrics)
            In the order of ``METRICS``; nan for None. The run's own bars and scores give its own metrics.
        """
        point, market = self._packed([params])
        own = market._replace(
            news=market.news.copy(), listings=market.listings.copy(), known=market.known.copy()
        )
        out = np.empty((len(bars), COUNT))
        with lent_space(market, 1) as space:
            sweep_news(
                own,
                self._span,
                self.kind,
                point,
                space,
                _no_log(),
                market.news,
                market.known,
                np.ascontiguousarray(bars, dtype=np.int64),
                np.ascontiguousarray(scores, dtype=np.float64),
                out,
            )
        return out

    def journal(self, params: Mapping[str, ParamValue]) -> Journal:
        """Everything that one run did, as the reference engine's journal, but for the orders."""
        packed, market = self._packed([params])
        room, none = 64, np.empty((0, len(self._span.last_steps)))
        while True:
            log = Log(
                records(room, FILL),
                records(room, PAYMENT),
                np.zeros((room, len(self.world.costs.columns))),
                np.empty(0),
                np.zeros((len(market.bar_at), 9)),
                np.zeros((room, 4)),
            )
            with lent_space(market, 1) as space:
                sweep(market, self._span, self.kind, packed, space, log, np.empty((1, COUNT)), none)
                account = space.account[0].copy()
            wanted = max(int(account.fills), int(account.payments), int(account.calls))
            if wanted <= room:
                return self._journal(account, log)
            room = wanted

    def _sweep(
        self, points: Sequence[Mapping[str, ParamValue]] | pd.DataFrame, daily: bool
    ) -> tuple[FloatArray, FloatArray]:
        packed, market = self._packed(points)
        out = np.empty((len(packed), COUNT))
        returns = np.empty((len(packed) if daily else 0, len(self._span.last_steps)))
        with lent_space(market, len(packed)) as space:
            sweep(market, self._span, self.kind, packed, space, _no_log(), out, returns)
        return out, returns

    def outcome(self, params: Mapping[str, ParamValue]) -> Outcome:
        """As :func:`newsbt.engine.reference.run_reference`, with an order for every fill and no more."""
        journal = self.journal(params)
        for fill in journal.fills:
            kind = ORDERS.get(fill.reason, "close" if fill.inside else "market")
            journal.orders.append(
                OrderEntry(
                    number=len(journal.orders) + 1,
                    accepted_after=0,
                    symbol=fill.symbol,
                    kind=kind,
                    size=fill.size,
                    reason=fill.reason,
                    catalyst_ids=fill.catalyst_ids,
                    filled=fill.size,
                    status="filled",
                )
            )
        return Outcome(journal, margin_findings(journal, self.world))

    def _packed(self, points: Sequence[Mapping[str, ParamValue]] | pd.DataFrame) -> tuple[Records, Any]:
        packed = points_of(points)
        series, rows = pack_series(self.world, self._strategy, points)
        packed["series"] = rows
        return packed, self._market._replace(series=series)

    def _journal(self, account: Any, log: Log) -> Journal:
        journal, at = Journal(), steps(self.world.tapes)
        for place in range(int(account.fills)):
            journal.fills.append(self._fill(log.fills[place], log.fees[place]))
            self._tell(journal, log.fills[place])
        for row in log.payments[: int(account.payments)]:
            tape, bar = self._place(int(row.listing), int(row.bar))
            entry = CashEntry(tape.day(bar), tape.listing.symbol, bar, int(row.shares), float(row.amount))
            (journal.borrows if row.borrow else journal.dividends).append(entry)
        for place, step in enumerate(log.steps):
            worth, cash, gross, net, *parts = map(float, step)
            journal.steps.append(StepEntry(int(at[place]), worth, cash, gross, net, Parts(*parts)))
        for call in log.calls[: int(account.calls)]:
            journal.margin_calls.append(MarginCall(int(at[int(call[0])]), *map(float, call[1:])))
        return journal

    def _tell(self, journal: Journal, row: Any) -> None:
        """Enter what became of the signal behind a fill."""
        if REASONS[int(row.reason)] in OF_SIGNALS:
            signal = self.world.signals[int(self._market.news[int(row.ids)].source)]
            done = f"{'bought' if row.shares > 0 else 'sold'} {abs(int(row.shares))}"
            journal.outcomes[signal.symbol, signal.session] = ("traded", done)

    def _place(self, listing: int, flat: int) -> tuple[Any, int]:
        return self.world.tapes[listing], flat - int(self._market.listings[listing].first)

    def _fill(self, row: Any, fees: FloatArray) -> FillEntry:
        tape, bar = self._place(int(row.listing), int(row.bar))
        inside = bool(row.inside)
        news = int(row.ids)
        ids: tuple[str, ...] = ()
        if news >= 0:
            ids = self.world.signals[int(self._market.news[news].source)].catalyst_ids
        columns = self.world.costs.columns
        return FillEntry(
            at=int((tape.closes_at if inside else tape.opens_at)[bar]),
            session=tape.day(bar),
            symbol=tape.listing.symbol,
            size=int(row.shares),
            price=float(row.price),
            fx=float(tape.fx[bar]),
            fees=dict(zip(columns, map(float, fees), strict=True)),
            fees_base=float(row.fees),
            reason=REASONS[int(row.reason)],
            catalyst_ids=ids,
            currency=tape.listing.currency,
            bar=bar,
            number=int(tape.numbers[bar]),
            inside=inside,
        )


def _no_log() -> Log:
    return Log(
        records(0, FILL),
        records(0, PAYMENT),
        np.zeros((0, 1)),
        np.empty(0),
        np.zeros((0, 9)),
        np.zeros((0, 4)),
    )
