"""No text of ours runs in a spreadsheet, and every text comes back."""

import csv

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbt.adapters.news_files import read_news, write_news
from newsbt.adapters.tables import read_table, write_table
from newsbt.cells import guarded, unguarded
from newsbt.news.items import NewsItem

HOSTILE = ["=1+1", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "＝1+1", "'=1", "''@x"]


@given(st.text(alphabet="'=+-@\tab ＝", max_size=8))
def test_a_text_comes_back_and_starts_with_no_formula(text):
    safe = guarded(text)
    assert unguarded(safe) == text
    number = safe[1:].isdecimal() and safe[0] in "+-"
    assert number or safe[:1] not in {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"}


@pytest.mark.parametrize("text", ["", "plain", "'quoted'", "-0.5", "+1e-7", "a=b", "2025-01-01", "“Quote”"])
def test_other_texts_stay(text):
    assert guarded(text) == unguarded(text) == text


def test_the_tables_of_a_run_hold_no_formula_and_read_back_equal(tmp_path):
    frame = pd.DataFrame(
        {
            "catalyst_id": HOSTILE,
            "symbol": "BABA",
            "published_at": pd.Timestamp("2025-01-02", tz="UTC"),
            "status": "traded",
            "why": HOSTILE,
            "headline": HOSTILE,
            "score": -0.5,
        }
    )
    path = tmp_path / "signals.csv"
    write_table(frame, path)
    with path.open(encoding="utf-8", newline="") as file:
        for row in list(csv.DictReader(file)):
            assert row["headline"][0] not in "=+-@\t＝"
            assert row["score"] == "-0.5"
    back = read_table(path, "signals")
    assert back["headline"].tolist() == HOSTILE
    assert back["why"].tolist() == HOSTILE


def test_a_news_file_holds_no_formula_and_reads_back_equal(tmp_path):
    at = pd.Timestamp("2025-01-02 10:00", tz="UTC").to_pydatetime()
    items = [
        NewsItem(f"n{place}", at, "minute", text) for place, text in enumerate(["=1+1", "@x", "-2", "plain"])
    ]
    path = tmp_path / "news.csv"
    write_news(path, items)
    assert not any(cell.startswith(("=", "@")) for cell in path.read_text(encoding="utf-8").split(","))
    assert [item.title for item in read_news(path)] == ["=1+1", "@x", "-2", "plain"]
