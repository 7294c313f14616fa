"""What an event study says, in sentences for a trader (pure)."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from newsbt.evidence.events.battery import TESTS
from newsbt.evidence.events.reasons import REASONS
from newsbt.evidence.events.study import EventStudy
from newsbt.evidence.events.tables import FEW_DATES, FEW_EVENTS, is_small

__all__ = ["count", "leading_test", "percent", "study_words"]

#: p-values up to this are called rare.
RARE = 0.05


def percent(value: float) -> str:
    """A log return in percent with its sign: ``+0.93 %``."""
    return "none" if pd.isna(value) else f"{value * 100:+.2f} %"


def leading_test(study: EventStudy) -> str:
    """The test to quote of what could be traded.

    The wild bootstrap, or where windows of different dates share sessions, which it takes as independent, the
    t across shared sessions.
    """
    across, by_date = (_p(study, "tradable", test) for test in ("overlap", "clustered"))
    same = math.isclose(across, by_date, rel_tol=1e-9) or (pd.isna(across) and pd.isna(by_date))
    return "wild" if same else "overlap"


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
    test = leading_test(study)
    p = _p(study, "tradable", test)
    tradable = mean["first-session"] + mean["drift"]
    if pd.isna(p):
        why = "one date alone" if test == "wild" else "dates whose windows share most of their sessions"
        verdict = f"{why} cannot be tested"
    else:
        verdict = f"{TESTS[test].label}, p = {p:.3f}: " + (
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
            " and find too much. Bands, the t across shared sessions and the tests named clustered, portfolio"
            " and wild count dates; the adjusted and the rank tests allow for what events have in common."
        )
    return said


def _groups(study: EventStudy) -> list[str]:
    chosen = (study.tests["window"] == "tradable") & (study.tests["test"] == leading_test(study))
    rows = study.tests[chosen & (study.tests["grouping"] != "all")].dropna(subset=["p_value"])
    small = int(study.caar[study.caar["small"]].groupby(["grouping", "group"]).ngroups)
    said = ""
    if len(rows):
        low = int((rows["p_value"] <= RARE).sum())
        said = (
            f"Of {len(rows)} groups, {low} {'has' if low == 1 else 'have'} p at or below 5 % for what could"
            f" be traded; about {len(rows) * RARE:.0f} would by chance alone."
            if len(rows) >= 10
            else " be traded; one in twenty would by chance alone."
        )
    if small:
        verb = "is" if small == 1 else "are"
        said += f" {count(small, 'group')} {verb} marked small: too few events or dates to tell."
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
        parts = [
            f"other events of the same listing lie inside the windows of {confounded:,} (confounded)",
            f"the windows of {shared - confounded:,}{' more' if confounded else ''} share sessions with those"
            " of others (overlapping)",
        ]
        told = ", and ".join(parts[not confounded : 1 + (shared > confounded)])
        leave = " --confounded drop leaves the confounded out." if confounded else ""
        said.append(f"{told[0].upper()}{told[1:]}: such drift is not of one event alone.{leave}")
    if leading_test(study) == "overlap":
        said.append(
            "Windows of different dates share sessions. Bands, the t across shared sessions and the adjusted"
            " and rank tests allow for that; the tests named clustered, portfolio and wild take such dates as"
            " independent and find too much where news points one way."
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


def _p(study: EventStudy, window: str, test: str) -> float:
    rows = study.tests[(study.tests["grouping"] == "all") & (study.tests["test"] == test)]
    found = rows.loc[rows["window"] == window, "p_value"]
    return float(found.iloc[0]) if len(found) else float("nan")


def count(number: int, noun: str) -> str:
    """A number and a noun in the singular, which gets its plural: ``1 event``, ``1,020 events``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
