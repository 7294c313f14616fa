"""Cards of a tuning, a walk-forward, an event study, a placebo test and a leak check (pure)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsbt.evidence.events.split import PARTS
from newsbt.evidence.events.study import EventStudy
from newsbt.evidence.events.words import percent, study_words
from newsbt.evidence.leaks.report import LeakReport
from newsbt.evidence.placebo.study import PlaceboStudy
from newsbt.evidence.placebo.words import figure, label_of, placebo_words, probability
from newsbt.evidence.search_words import search_sentences
from newsbt.metrics.daily import daily_equity
from newsbt.metrics.table import METRICS
from newsbt.notebook.html import card, sentences, table
from newsbt.notebook.line import line_svg
from newsbt.notebook.runs import warnings_of
from newsbt.records import Finding
from newsbt.tuning.objective import Objective
from newsbt.tuning.request import TuneResult
from newsbt.tuning.walk import Walk
from newsbt.tuning.walk_words import decay_words, objective_text

__all__ = ["leak_card", "placebo_card", "study_card", "tune_card", "walk_card"]

BY_KEY = {metric.key: metric for metric in METRICS}
BEST = 5
BESIDE = ("total_return", "max_drawdown", "trades")


def tune_card(found: TuneResult) -> str:
    """The five best trials and what their number leaves of the first."""
    names = [axis.name for axis in found.axes]
    first = found.objectives[0]
    top = found.trials.sort_values("objective", ascending=False, kind="stable").head(BEST)
    rows = [
        (
            row["trial"],
            *(row[name] for name in names),
            objective_text(row["objective"], first),
            *(BY_KEY[key].formatter(_known(row[key])) for key in BESIDE if key in row),
        )
        for row in top.to_dict("records")
    ]
    header = ("trial", *names, first.text, *(BY_KEY[key].label for key in BESIDE if key in top))
    said = search_sentences(found.evidence) if found.evidence is not None else []
    return card(
        f"{found.spec.strategy} on signal {found.spec.signal}: {len(found.trials):,} trials of"
        f" {', '.join(names)}",
        table(header, rows, left=()),
        sentences(said),
        sentences(warnings_of(found.findings), warn=True),
    )


def walk_card(walk: Walk, names: Sequence[str], objective: Objective, findings: tuple[Finding, ...]) -> str:
    """The folds, and what was left of the objective on days the search had not seen."""
    rows = [
        (
            row["fold"],
            f"{row['test_start']:%Y-%m-%d}",
            f"{row['test_end']:%Y-%m-%d}",
            *(row[name] for name in names),
            objective_text(row["is_objective"], objective),
            objective_text(row["oos_objective"], objective),
        )
        for row in walk.folds.to_dict("records")
    ]
    equity = walk.whole.equity
    line = line_svg([np.asarray(daily_equity(equity), dtype=np.float64)], "equity out of sample")
    return card(
        f"{len(rows)} windows, each searched and then traded on the days after it",
        line,
        table(("fold", "test from", "to", *names, "searched", "traded"), rows, left=(0, 1, 2)),
        sentences([decay_words(walk.folds, walk.is_objective, walk.oos_objective, objective)]),
        sentences(warnings_of((*walk.findings, *findings)), warn=True),
    )


def study_card(study: EventStudy) -> str:
    """The reaction in parts, the mean abnormal return by session, and what it means."""
    if not len(study.events):
        return card("Event study of no events", sentences(study_words(study)))
    split, caar = study.split, study.caar
    parts = split[(split["grouping"] == "all") & split["part"].isin(PARTS)]
    rows = [
        (row["part"], *(percent(row[column]) for column in ("mean", "low", "high")))
        for row in parts.to_dict("records")
    ]
    path = caar.loc[caar["grouping"] == "all", "caar"].to_numpy(dtype=np.float64)
    return card(
        f"Event study of {len(study.events)} events on {study.events['cluster'].nunique()} dates",
        line_svg([np.asarray(path, dtype=np.float64)], "mean cumulative abnormal return by session"),
        table(("part", "abnormal", "from", "to"), rows),
        sentences(study_words(study)),
        sentences(warnings_of(study.findings), warn=True),
    )


def placebo_card(study: PlaceboStudy) -> str:
    """How often placebo worlds did as well, by kind."""
    rows = [
        (item.kind, f"{item.chance.as_good:,} of {item.chance.worlds:,}", probability(item.chance.p_value))
        for item in study.results
    ]
    own = study.metrics.get(study.statistic)
    shown = figure(study.statistic, float("nan") if own is None else own)
    return card(
        f"Placebo test: {label_of(study.statistic)} {shown}, {study.stories} stories",
        table(("worlds with other", "as good", "p"), rows),
        sentences(placebo_words(study)),
    )


def leak_card(report: LeakReport) -> str:
    """What rests on the future, or that nothing was found."""
    checked = (
        f"strategy {report.strategy} with signal {report.signal}"
        if report.strategy
        else f"signal {report.signal}"
    )
    found = "no leak found" if report.clean else f"{len(report.findings)} things changed that must not"
    return card(
        f"{checked}: {found} ({report.probes} probes, {len(report.cuts)} cuts)",
        sentences([leak.text for leak in report.findings[:BEST]], warn=True),
        sentences(report.notes),
    )


def _known(value: float) -> float | None:
    """A figure of a table; None for nan."""
    return None if value != value else value
