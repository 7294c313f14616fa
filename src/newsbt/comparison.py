"""Runs side by side: the common period, one table, what differs (pure)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from newsbt.errors import InputError
from newsbt.hindsight import hindsight_share
from newsbt.metrics.inputs import MetricInputs
from newsbt.metrics.table import METRICS, compute
from newsbt.runs import RunResult
from newsbt.specs import spec_to_json

if TYPE_CHECKING:
    from newsbt.evidence.side_by_side import SideBySide

__all__ = ["Comparison", "compare_runs"]

MOST = 20


@dataclass(frozen=True)
class Comparison:
    """Two to twenty runs over one period in one currency.

    Parameters
    ----------
    runs : tuple of RunResult
        Cut to the common period; their metrics are of that period.
    labels : tuple of str
        Unique short names, in the order of `runs`.
    table : DataFrame
        One row a metric (index: key), one column a label; None where undefined.
    differences : DataFrame
        Settings in which the runs differ: one row a setting, one column a label.
    evidence : SideBySide
        Intervals of the metrics, and tests of the first run against each other one.
    notes : tuple of str
        What was done to make them comparable, and what still is not.
    """

    runs: tuple[RunResult, ...]
    labels: tuple[str, ...]
    table: pd.DataFrame
    differences: pd.DataFrame
    evidence: SideBySide
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """The labels: the frames would fill pages."""
        return f"<Comparison of {', '.join(self.labels)}>"

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        from newsbt.notebook.runs import comparison_card

        return comparison_card(self)


def compare_runs(runs: Sequence[RunResult]) -> Comparison:
    """Bring `runs` to one period and tabulate them.

    Raises
    ------
    InputError
        For fewer than two or more than twenty runs, different base currencies, or periods without a common
        day: nothing that could be put in one picture honestly.
    """
    from newsbt.evidence.side_by_side import side_by_side

    if not 2 <= len(runs) <= MOST:
        raise InputError(f"{len(runs)} runs to compare; name two to {MOST} strategies or results folders")
    bases = {run.spec.base for run in runs}
    if len(bases) > 1:
        raise InputError(
            f"the runs are in {' and '.join(sorted(bases))}; run them again with one --base to compare them"
        )
    labels = _labels(runs)
    empty = [label for label, run in zip(labels, runs, strict=True) if run.equity.empty]
    if empty:
        raise InputError(f"run {empty[0]} has no steps; leave it out")
    starts = [run.equity["at"].iloc[0].normalize() for run in runs]
    ends = [run.equity["at"].iloc[-1].normalize() for run in runs]
    first, last = max(starts), min(ends)
    if last < first:
        raise InputError(
            f"the runs have no common day: one starts on {first:%Y-%m-%d}, another ends on {last:%Y-%m-%d}"
        )
    notes = []
    if len(set(starts)) > 1 or len(set(ends)) > 1:
        spans = "; ".join(
            f"{label} {start:%Y-%m-%d} to {end:%Y-%m-%d}"
            for label, start, end in zip(labels, starts, ends, strict=True)
        )
        notes.append(f"periods differ ({spans}): all figures are of {first:%Y-%m-%d} to {last:%Y-%m-%d}")
    capitals = [_capital(run, first) for run in runs]
    cut = tuple(
        run if (start, end) == (first, last) else _cut(run, first, last, capital)
        for run, start, end, capital in zip(runs, starts, ends, capitals, strict=True)
    )
    differences = _differences(cut, labels)
    for setting in ("cash", "broker", "prices", "entry"):
        if setting in differences.index:
            values = ", ".join(str(value) for value in dict.fromkeys(differences.loc[setting]))
            notes.append(f"{setting} differs ({values}): part of the difference may come from that alone")
    notes += _hindsight(cut, labels)
    table = pd.DataFrame(
        {
            label: [run.metrics.get(metric.key) for metric in METRICS]
            for label, run in zip(labels, cut, strict=True)
        },
        index=[metric.key for metric in METRICS],
        dtype=object,
    )
    inputs = [
        MetricInputs(run.equity, capital, run.fills, run.trades, run.benchmark)
        for run, capital in zip(cut, capitals, strict=True)
    ]
    return Comparison(cut, labels, table, differences, side_by_side(labels, inputs), tuple(notes))


def _hindsight(runs: Sequence[RunResult], labels: Sequence[str]) -> list[str]:
    """Say of which runs the returns are no evidence, because their labels were made after the fact."""
    shares = [(label, hindsight_share(run)) for label, run in zip(labels, runs, strict=True)]
    found = [f"{label} {share * 100:.0f} %" for label, share in shares if share]
    if not found:
        return []
    return [
        f"hindsight labels ({', '.join(found)} of the signals traded): the direction was judged after "
        "publication, so such a return is no evidence by itself"
    ]


def _labels(runs: Sequence[RunResult]) -> tuple[str, ...]:
    """Strategy names, or run names where a strategy comes more than once; numbered as a last resort."""
    strategies = [run.spec.strategy for run in runs]
    chosen = [run.spec.strategy if strategies.count(run.spec.strategy) == 1 else run.name for run in runs]
    return tuple(
        label if chosen.count(label) == 1 else f"{label} #{chosen[: place + 1].count(label)}"
        for place, label in enumerate(chosen)
    )


def _capital(run: RunResult, first: pd.Timestamp) -> float:
    """Equity of the step before `first`."""
    before = run.equity.loc[run.equity["at"] < first]
    return float(before["equity"].iloc[-1]) if len(before) else run.spec.cash


def _cut(run: RunResult, first: pd.Timestamp, last: pd.Timestamp, capital: float) -> RunResult:
    """Keep the days from `first` to `last`."""
    end = last + pd.Timedelta(days=1)
    equity = run.equity.loc[(run.equity["at"] >= first) & (run.equity["at"] < end)].reset_index(drop=True)
    peak = equity["equity"].cummax().clip(lower=capital)
    equity["drawdown"] = 1.0 - equity["equity"] / peak
    fills = run.fills.loc[(run.fills["at"] >= first) & (run.fills["at"] < end)].reset_index(drop=True)
    opened = run.trades["opened_at"]
    trades = run.trades.loc[(opened >= first) & (opened < end)].reset_index(drop=True)
    trades.loc[trades["closed_at"] >= end, "closed_at"] = pd.NaT
    metrics = compute(equity, capital, fills, trades, run.benchmark)
    return dataclasses.replace(run, equity=equity, fills=fills, trades=trades, metrics=metrics)


def _differences(runs: Sequence[RunResult], labels: Sequence[str]) -> pd.DataFrame:
    rows: dict[str, list[str]] = {}
    for place, run in enumerate(runs):
        for name, value in spec_to_json(run.spec).items():
            inner = value if isinstance(value, dict) else {"": value}
            for key, item in inner.items():
                row = rows.setdefault(f"{name}.{key}" if key else name, [""] * len(runs))
                row[place] = ", ".join(map(str, item)) if isinstance(item, list) else str(item)
    kept = {name: row for name, row in rows.items() if len(set(row)) > 1 and name != "strategy"}
    return pd.DataFrame.from_dict(kept, orient="index", columns=list(labels), dtype=object)
