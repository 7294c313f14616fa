"""The answer on one screen: key figures with their units, and what to keep in mind (pure)."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from newsbt.evidence.of_run import run_figures, run_sentences
from newsbt.metrics.formats import Formatter, count, money, percent, plain, signed_percent
from newsbt.records import Finding
from newsbt.report.values import minus
from newsbt.runs import RunResult

__all__ = ["FEW_TRADES", "Card", "Caution", "cards", "cautions", "period_of"]

#: Fewer closed trades or days than this are called a small sample.
FEW_TRADES, FEW_DAYS = 30, 252
#: Findings shown at the top; all of them are further down.
MOST = 6


class Card(NamedTuple):
    """One figure at the top: what it is, its value with its unit, and what stands beside it."""

    label: str
    value: str
    note: str
    tone: str = ""


class Caution(NamedTuple):
    """Something to keep in mind, and how serious it is: ``warning`` or ``note``."""

    kind: str
    text: str


def period_of(run: RunResult) -> str:
    """First and last day with a step."""
    at = run.equity["at"]
    return f"{at.iloc[0]:%Y-%m-%d} to {at.iloc[-1]:%Y-%m-%d}" if len(at) else "no sessions"


def cards(run: RunResult) -> list[Card]:
    """Return, benchmark, drawdown, Sharpe ratio with its interval, trades, costs, what searching leaves."""
    get, spec = run.metrics.get, run.spec
    sure = run_figures(run)
    low, high = sure["sharpe_low"], sure["sharpe_high"]
    interval = (
        f"95 % interval {minus(plain(low))} to {minus(plain(high))}"
        if low is not None and high is not None
        else "no interval: too few days"
    )
    costs = (get("fees") or 0.0) + (get("borrow") or 0.0)
    traded = float(run.fills["value_base"].sum()) if len(run.fills) else 0.0
    found = [
        Card(
            "Total return",
            minus(signed_percent(get("total_return"))),
            f"after all costs; {minus(signed_percent(get('cagr')))} a year; {money(get('final_equity'))}"
            f" {spec.base} from {count(spec.cash)}",
            _tone(get("total_return")),
        )
    ]
    if spec.benchmark not in ("", "none"):
        beside = f"beta {minus(plain(get('beta')))}, alpha {minus(signed_percent(get('alpha')))} a year"
        found.append(
            Card(f"Benchmark {spec.benchmark}", minus(signed_percent(get("benchmark_return"))), beside)
        )
    found += [
        Card(
            "Maximum drawdown",
            percent(get("max_drawdown")),
            f"below the peak for up to {count(get('max_drawdown_days'))} days",
        ),
        Card("Sharpe ratio", minus(plain(get("sharpe"))), f"a year; {interval}"),
        Card("Volatility", percent(get("volatility")), "a year"),
        Card(
            "Closed trades",
            count(get("trades")),
            f"{percent(get('win_rate'))} won; {count(get('open_trades'))} still open; in the market"
            f" {percent(get('exposure'))} of the days",
        ),
        Card(
            "Costs",
            f"{money(costs)} {spec.base}",
            f"fees and borrowing: {percent(costs / traded)} of the value traded,"
            f" {percent(costs / spec.cash)} of the capital"
            if traded
            else "nothing was traded",
        ),
    ]
    if sure["deflated_sharpe"] is not None:
        found.append(
            Card(
                "Deflated Sharpe ratio",
                percent(sure["deflated_sharpe"]),
                f"confidence after {count(sure['trials'])} trials, whose best would show"
                f" {plain(sure['expected_best_sharpe'])} a year by luck",
            )
        )
    else:
        tried = run.tried.trials if run.tried else 0
        found.append(Card("Trials on record", count(tried) if tried else "not known", _trials_note(tried)))
    return found


def _trials_note(tried: int) -> str:
    if tried > 1:
        return "no deflated Sharpe ratio: the run lost, or no trial differs"
    return "on these prices, listings and dates" if tried else "counted when the run was made"


def cautions(run: RunResult) -> list[Caution]:
    """Hindsight labels, a small sample, what the Sharpe ratio allows, and the serious findings."""
    found = []
    counts = run.manifest.get("hindsight") or {}
    if counts.get("signals"):
        share = counts["hindsight"] / counts["signals"]
        if share:
            found.append(
                Caution(
                    "warning",
                    f"{share:.0%} of the {counts['signals']} signals traded rest on hindsight labels: their"
                    " direction was judged after publication, so the return is no evidence by itself.",
                )
            )
    if len(run.hindsight) > 1:
        other = run.hindsight.iloc[1]
        found.append(
            Caution(
                "warning",
                f"The same run on signal {other['signal']}, which reads no label: return"
                f" {_written(other['total_return'], signed_percent)}, Sharpe ratio"
                f" {_written(other['sharpe'], plain)}, drawdown {_written(other['max_drawdown'], percent)},"
                f" {_written(other['trades'], count)} trades.",
            )
        )
    trades, days = run.metrics.get("trades") or 0, run.metrics.get("days") or 0
    if trades < FEW_TRADES or days < FEW_DAYS:
        found.append(
            Caution(
                "warning",
                f"Small sample: {trades:,.0f} closed trades on {days:,.0f} days."
                " Figures a year are extrapolated.",
            )
        )
    found += [Caution("note", text) for text in run_sentences(run)]
    serious = [item for item in run.findings if item.severity in ("error", "warning")]
    found += [Caution("warning", finding_text(item)) for item in serious[:MOST]]
    if len(serious) > MOST:
        found.append(Caution("warning", f"{len(serious) - MOST} more warnings under Data quality."))
    missing = [item.where for item in run.findings if item.code == "no-prices" and item not in serious]
    if missing:
        found.append(Caution("note", f"No prices for {', '.join(missing)}: left out."))
    return found


def finding_text(item: Finding) -> str:
    """Where, what and what was done, as one sentence."""
    return f"{item.where}: {item.message}" + (f"; {item.action}" if item.action else "")


def _written(value: float, formatter: Formatter) -> str:
    return minus(formatter(None if pd.isna(value) else value))


def _tone(value: float | int | None) -> str:
    return "" if not value or pd.isna(value) else "up" if value > 0 else "down"
