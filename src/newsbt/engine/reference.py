"""The reference run: one strategy over one world in Backtrader, in one process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import backtrader as bt

from newsbt.engine.broker import NewsBroker
from newsbt.engine.feeds import TapeFeed
from newsbt.engine.outcome import Outcome, margin_findings
from newsbt.engine.strategy import NewsStrategy
from newsbt.engine.world import World, steps
from newsbt.records import Finding, ParamValue

__all__ = ["run_reference"]

#: Steps between two reports of progress.
REPORT_EVERY = 50


class _Clock(bt.Analyzer):  # type: ignore[misc, unused-ignore]
    """Tells how far the run has come; also before every listing has its first bar."""

    params = (("report", None), ("total", 1))

    def next(self) -> None:
        """Report now and then."""
        done = len(self.strategy)
        if self.p.report is not None and done % REPORT_EVERY == 0:
            self.p.report(done / self.p.total)


def run_reference(
    world: World,
    strategy: type[Any],
    params: Mapping[str, ParamValue],
    progress: Callable[[float], None] | None = None,
) -> Outcome:
    """Run `strategy` over `world`.

    Parameters
    ----------
    world : World
        At least one tape with at least one bar.
    strategy : type
        A :class:`NewsStrategy`, or any other ``backtrader.Strategy``: that one sees the same feeds and the
        same broker, and no signals.
    params : mapping
        Strategy parameters.
    progress : callable, optional
        Called with the fraction done.
    """
    cerebro = bt.Cerebro(stdstats=False, cheat_on_open=True)
    broker = NewsBroker(world)
    cerebro.setbroker(broker)
    for tape in world.tapes:
        feed = TapeFeed(tape)
        cerebro.adddata(feed, name=tape.listing.symbol)
        broker.watch(feed, tape)
    cerebro.addanalyzer(_Clock, report=progress, total=max(len(steps(world.tapes)), 1))
    cerebro.addstrategy(strategy, **params)
    cerebro.run()
    broker.journal.close()
    if not issubclass(strategy, NewsStrategy):
        for signal in world.signals:
            why = f"{strategy.__name__} is a plain Backtrader strategy and does not see signals"
            broker.journal.outcomes[signal.symbol, signal.session] = ("not-traded", why)
    return Outcome(broker.journal, (*_late_start(world, strategy), *margin_findings(broker.journal, world)))


def _late_start(world: World, strategy: type[Any]) -> tuple[Finding, ...]:
    """Warn that Backtrader holds ``next()`` of a plain strategy back until every listing has a bar."""
    first, last = (pick(world.tapes, key=lambda tape: tape.closes_at[0]) for pick in (min, max))
    if issubclass(strategy, NewsStrategy) or first.days[0] == last.days[0]:
        return ()
    return (
        Finding(
            "late-listing",
            "warning",
            last.listing.symbol,
            f"next() of {strategy.__name__} starts on {last.day(0)}, with the first bar of "
            f"{last.listing.symbol}; the bars since {first.day(0)} reach prenext() only",
            "leave the late listing out with --symbols, or write prenext()",
        ),
    )
