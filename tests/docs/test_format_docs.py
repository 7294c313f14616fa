"""docs/formats.md names the columns of every table that is written, and no others."""

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path

import pytest

from doc_examples import columns_of
from newsbt.news.items import NewsItem

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "name",
    [
        "equity.csv",
        "fills.csv",
        "trades.csv",
        "orders.csv",
        "signals.csv",
        "attribution.csv",
        "hindsight.csv",
    ],
)
def test_the_tables_of_the_reference_run(name):
    with (ROOT / "results" / "reference" / name).open(encoding="utf-8", newline="") as file:
        written = next(csv.reader(file))
    assert sorted(columns_of(name)) == sorted(written)


def test_the_keys_of_a_manifest():
    manifest = json.loads((ROOT / "results" / "reference" / "run.json").read_text(encoding="utf-8"))
    assert sorted(columns_of("run.json")) == sorted(manifest)


def test_a_news_file_holds_the_fields_of_a_news_item():
    assert columns_of("news.jsonl") == [field.name for field in dataclasses.fields(NewsItem)]
