"""What an event study says, in sentences for a trader (pure)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from newsbt.evidence.events.reasons import REASONS
from newsbt.evidence.events.study import EventStudy
from newsbt.evidence.events.tables import FEW_DATES, FEW_EVENTS, is_small

__all__ = ["count", "percent", "study_words"]

#: p-values up to this are called rare.
RARE = 0.05


def percent(value: float) -> str:
    """A log return in percent with its sign: ``+0.93 %``."""
    return "none" if pd.isna(value) else f"{value * 100:+.2f} %"


def study_words(study: EventStudy) -> list[str]:
    """Paragraphs: what moved and when, how sure that is, and what to keep in mind."""
    if not len(study.events):
        return ["No event is left to study.", *_dropped(study)]
    return [*_reaction(study), *_clustering(study), *_groups(study), *_caveats(study), *_dropped(study)]


def _reaction(study: EventStudy) -> list[str]:
    rows = study.split[study.split["grouping"] == "all"]
    if rows.empty:
        return []
    mean: Mapping[str, float] = dict(zip(rows["part"], rows["mean"], strict=True))
    after = study.settings.windows.after
    p = _p(study, "tradable")
    tradable = mean["first-session"] + mean["drift"]
    if pd.isna(p):
        verdict = "one date alone cannot be tested"
    else:
        verdict = f"wild bootstrap p = {p:.3f}: " + (
            "rare by chance" if p <= RARE else "not shown to differ from nothing"
        )
    return [
        f"In the direction of the news, the mean abnormal move was {percent(mean['untradable'])} before the"
        f" first price that anybody could trade, {percent(mean['first-session'])} in the first session and"
        f" {percent(mean['drift'])} after it, to session {after}. What could be traded is"
        f" {percent(tradable)} ({verdict})."
    ]


def _clustering(study: EventStudy) -> list[str]:
    events, dates = len(study.events), int(study.events["cluster"].nunique())
    said = []
    if is_small(events, dates):
        said.append(
            f"This is a small sample: {count(events, 'event')} on {count(dates, 'date')} (fewer than"
            f" {FEW_EVENTS} events or {FEW_DATES} dates). Read it as a few stories, not as evidence."
        )
    if 1 < dates < events:
        said.append(
            f"{events:,} events share {count(dates, 'separate date')}, so they are not {events:,}"
            " observations: the plain t, Patell, BMP and the generalised sign test take them as independent"
            " and find too much. Bands and the tests named clustered, portfolio and wild count dates; the"
            " adjusted and the rank tests allow for what events have in common."
        )
    return said


def _groups(study: EventStudy) -> list[str]:
    chosen = (study.tests["window"] == "tradable") & (study.tests["test"] == "wild")
    rows = study.tests[chosen & (study.tests["grouping"] != "all")].dropna(subset=["p_value"])
    small = int(study.caar[study.caar["small"]].groupby(["grouping", "group"]).ngroups)
    said = ""
    if len(rows):
        low = int((rows["p_value"] <= RARE).sum())
        said = (
            f"Of {len(rows)} groups, {low} {'has' if low == 1 else 'have'} p at or below 5 % for what could"
            f" be traded; about {len(rows) * RARE:.0f} would by chance alone."
        )
    if small:
        said += f" {count(small, 'group')} marked small: too few events or dates to tell."
    return [said.strip()] if said else []


def _caveats(study: EventStudy) -> list[str]:
    events, settings = study.events, study.settings
    said = []
    wide = int((events["scope"] != "company").sum())
    if wide and settings.model != "mean":
        said.append(
            f"{wide:,} of {count(len(events), 'event')} come from stories about a whole sector or market,"
            " which the benchmark itself reacts to: their abnormal returns understate the move. Look at them"
            " with --model mean, or a wider --benchmark."
        )
    shared = int((events["flags"] != "").sum())
    if shared:
        confounded = int((events["flags"] == "confounded").sum())
        said.append(
            f"Other events of the same listing lie inside the windows of {confounded:,} (confounded), and the"
            f" windows of {shared - confounded:,} more share sessions with theirs (overlapping): such drift"
            " is not of one event alone, and the tests by date take overlapping dates as independent; the"
            " adjusted ones do not. --confounded drop leaves the confounded out."
        )
    return said


def _dropped(study: EventStudy) -> list[str]:
    rows = study.dropped[study.dropped["dropped"]]
    if rows.empty:
        return []
    counts = rows["reason"].value_counts()
    told = "; ".join(f"{count:,} {REASONS[str(reason)]}" for reason, count in counts.items())
    said = [f"{count(len(rows), 'event')} dropped: {told}."]
    if int(counts.get("too-little-history", 0)) > len(study.events):
        said.append(
            "Most have too little history that is clear of other news: use prices that reach further back, or"
            " --clear 1 (leave out one session around other events instead of their windows) and a smaller"
            " --minimum."
        )
    return said


def _p(study: EventStudy, window: str) -> float:
    rows = study.tests[(study.tests["grouping"] == "all") & (study.tests["test"] == "wild")]
    found = rows.loc[rows["window"] == window, "p_value"]
    return float(found.iloc[0]) if len(found) else float("nan")


def count(number: int, noun: str) -> str:
    """A number and a noun in the singular, which gets its plural: ``1 event``, ``1,020 events``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
