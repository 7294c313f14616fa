"""What results show in a notebook: the figures of the metrics, texts escaped, no scripts, no network."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from newsbt.comparison import compare_runs
from newsbt.evidence.leaks.report import LeakReport
from newsbt.metrics.table import SUMMARY, compute
from newsbt.notebook.html import card, sentences, table, text
from newsbt.notebook.line import line_svg, thinned
from newsbt.records import Finding
from newsbt.runs import RunResult, RunSpec

HOSTILE = '<script>alert(1)</script>\u202e & "quoted" \''
TIMES = ("at", "opened_at", "closed_at")
FIGURES = ("pnl_base", "return", "sessions_held", "value_base", "fees_base", "borrow_base", "dividends_base")


def run_of(strategy="drift", count=60, seed=1, findings=()):
    at = pd.bdate_range("2024-01-02", periods=count, tz="UTC") + pd.Timedelta(hours=21)
    worth = 1e6 * np.cumprod(1 + np.random.default_rng(seed).normal(0.0005, 0.01, count))
    equity = pd.DataFrame({"at": at, "equity": worth, "gross_exposure": 1.0})
    empty = pd.DataFrame({name: pd.Series([], dtype="datetime64[ns, UTC]") for name in TIMES})
    empty = empty.assign(**dict.fromkeys(FIGURES, pd.Series([], dtype=float)))
    metrics = compute(equity, 1e6, empty, empty)
    manifest = {"listings": ["BABA"], "hindsight": {"signals": 4, "hindsight": 1}}
    return RunResult(
        f"{strategy}-1", RunSpec(strategy), equity, empty, empty, empty, empty, metrics,
        findings=findings, manifest=manifest,
    )  # fmt: skip


class Reader(HTMLParser):
    """Names and attributes of the elements, each closed in its turn."""

    def __init__(self, source):
        super().__init__()
        self.open, self.names, self.attributes, self.words = [], [], [], []
        self.feed(source)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.handle_startendtag(tag, attrs)

    def handle_startendtag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def test_a_run_shows_its_summary_and_its_warnings():
    warning = Finding("BABA", "missing-session", "warning", "two sessions lack")
    run = run_of(findings=(warning,))
    shown = Reader(run._repr_html_())
    words = " ".join(shown.words)
    assert "drift on signal catalogue: 2024-01-02 to 2024-03-25, BABA, USD" in words
    assert f"{run.metrics['final_equity']:,.2f}" in words and f"{run.metrics['sharpe']:.2f}" in words
    assert "25% of the 4 signals traded rest on hindsight labels" in words
    assert "two sessions lack" in words
    assert shown.names.count("polyline") == 1, "equity, and no benchmark to draw"


def test_a_run_without_steps_still_shows_itself():
    run = run_of(count=0)
    assert "no sessions" in run._repr_html_()
    assert repr(run) == "<RunResult drift-1: no sessions, return +0.00%>"


def test_a_comparison_shows_both_and_the_test():
    compared = compare_runs([run_of(), run_of("hold", seed=2)])
    shown = Reader(compared._repr_html_())
    assert shown.names.count("polyline") == 2
    assert sum(word in ("drift", "hold") for word in shown.words) >= 2
    assert "comes by chance in" in " ".join(shown.words)
    assert shown.names.count("tr") == 1 + len(SUMMARY)


def test_a_leak_check_says_what_was_found():
    clean = LeakReport("drift", "catalogue", ("2025-02-11",), 14, ())
    assert "no leak found (14 probes, 1 cuts)" in clean._repr_html_()


@pytest.mark.parametrize("piece", [text(HOSTILE), table(("a", HOSTILE), [(HOSTILE, 1)]), sentences([HOSTILE]),
                                   card(HOSTILE), line_svg([np.arange(3.0)], HOSTILE)])  # fmt: skip
def test_hostile_text_stays_text(piece):
    assert "<script" not in piece
    shown = Reader(f"<div>{piece}</div>")
    assert "script" not in shown.names
    assert any("alert(1)" in word for word in shown.words)


def test_nothing_is_fetched():
    source = run_of()._repr_html_()
    assert not re.search(r"\b(src|href|url\()", source)
    assert not {name for name, _ in Reader(source).attributes} & {"onclick", "onload", "src", "href"}


def test_long_texts_are_cut():
    assert len(text("x" * 10_000)) == 400


def test_a_line_goes_from_edge_to_edge_and_up_is_more():
    points = re.search(r'points="([^"]+)"', line_svg([np.array([1.0, 3.0, 2.0])], "t"))[1].split()
    across, down = zip(*(map(float, point.split(",")) for point in points), strict=True)
    assert across == (3.0, 210.0, 417.0)
    assert down == (87.0, 3.0, 45.0)


@pytest.mark.parametrize("values", [[], [1.0], [np.nan, np.nan], [np.nan, 1.0, np.inf]])
def test_nothing_to_draw_draws_nothing(values):
    assert line_svg([np.array(values, dtype=float)], "t") == ""


def test_thinning_keeps_the_ends():
    kept = thinned(np.arange(1000.0), 7)
    assert (len(kept), kept[0], kept[-1]) == (7, 0.0, 999.0)
