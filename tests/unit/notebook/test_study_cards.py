"""Cards of searches and studies: the figures of their tables, and what they say."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd

from newsbt.evidence.events.study import EventStudy, StudySettings
from newsbt.evidence.placebo.chance import chance_of
from newsbt.evidence.placebo.draws import Spread
from newsbt.evidence.placebo.study import KindResult, PlaceboStudy
from newsbt.notebook.studies import walk_card
from newsbt.runs import RunSpec
from newsbt.tuning.axes import Axis
from newsbt.tuning.objective import parse_objective
from newsbt.tuning.request import TuneResult, Tuning, best_row
from newsbt.tuning.stitch import Stitched
from newsbt.tuning.walk import Walk

HOLD = Axis("hold", "int", 1, 7, 1, tuple(range(1, 8)))
SHARPE = parse_objective("sharpe")


def cells(html):
    """Texts of the cells, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_a_search_shows_its_five_best_by_the_objective():
    trials = pd.DataFrame(
        {"trial": range(7), "hold": range(1, 8), "objective": [0.1, 0.5, np.nan, 0.9, 0.2, 0.3, 0.4]}
    )
    trials["total_return"], trials["max_drawdown"], trials["trades"] = 0.01, 0.02, 3.0
    found = TuneResult(
        "", Tuning(RunSpec("drift"), ("hold=1:7",)), (HOLD,), (SHARPE,), trials, best_row(trials),
        "exhausted", "fast", 0.0, 0.0,
    )  # fmt: skip
    rows = cells(found._repr_html_())
    assert rows[0] == ["trial", "hold", "sharpe", "Total return", "Maximum drawdown", "Closed trades"]
    assert [row[0] for row in rows[1:]] == ["3", "1", "6", "5", "4"]
    assert rows[1] == ["3", "4", "0.90", "+1.00 %", "2.00 %", "3"]
    assert repr(found) == "<TuneResult of drift: 7 trials, best {'hold': 4}>"


def test_a_walk_shows_what_was_searched_and_what_was_traded():
    days = pd.to_datetime(["2025-01-02", "2025-01-31"]).as_unit("s")
    folds = pd.DataFrame({"fold": [1], "test_start": days[:1], "test_end": days[1:], "hold": [5]})
    folds["is_objective"], folds["oos_objective"], folds["decay"] = 2.0, 0.5, 1.5
    at = pd.to_datetime(["2025-01-02T21:00", "2025-01-03T21:00"], utc=True)
    equity = pd.DataFrame({"at": at, "equity": [1.0, 2.0]})
    whole = Stitched(equity, pd.DataFrame(), pd.DataFrame(), {}, None)
    html = walk_card(Walk(folds, whole, pd.DataFrame(), 2.0, 0.5), ("hold",), SHARPE, ())
    assert cells(html)[1] == ["1", "2025-01-02", "2025-01-31", "5", "2.00", "0.50"]
    assert "25% of it is left" in html
    assert html.count("<polyline") == 1


def test_an_event_study_shows_the_parts_of_the_reaction(monkeypatch):
    monkeypatch.setattr("newsbt.notebook.studies.study_words", lambda study: ["what it means"])
    parts = zip(("untradable", "first-session", "drift"), (0.02, 0.001, -0.03), strict=True)
    rows = [{"grouping": "all", "part": part, "mean": mean, "low": -1.0, "high": 1.0} for part, mean in parts]
    split = pd.DataFrame(rows)
    caar = pd.DataFrame({"grouping": ["all"] * 3 + ["year"], "caar": [0.0, 0.01, 0.02, 9.0]})
    events = pd.DataFrame({"cluster": [0, 0, 1]})
    nothing = pd.DataFrame()
    study = EventStudy(StudySettings(), events, nothing, nothing, caar, split, nothing)
    html = study._repr_html_()
    assert "Event study of 3 events on 2 dates" in html and "what it means" in html
    assert [row[:2] for row in cells(html)[1:]] == [
        ["untradable", "+2.00 %"],
        ["first-session", "+0.10 %"],
        ["drift", "-3.00 %"],
    ]
    assert html.count("<polyline") == 1
    assert repr(study) == "<EventStudy of 3 events, 0 notes on others>"


def test_a_placebo_test_shows_how_many_worlds_did_as_well():
    null = np.concatenate([np.full(3, 3.0), np.linspace(-1.0, 1.0, 96)])
    result = KindResult("dates", chance_of(2.0, null), Spread(0, 0, math.inf))
    study = PlaceboStudy(
        statistic="sharpe", less=False, two_sided=False, engine="fast", asked=99, worlds=99,
        signals=80, stories=40, listings=2, metrics={"sharpe": 2.0}, results=(result,), skipped={},
        null=pd.DataFrame({"kind": "dates", "world": range(99), "sharpe": null}),
    )  # fmt: skip
    html = study._repr_html_()
    assert cells(html)[1] == ["dates", "3 of 99", "0.040"]
    assert "Placebo test: Sharpe ratio 2.00, 40 stories" in html
    assert repr(study) == "<PlaceboStudy of sharpe: p dates 0.040>"
