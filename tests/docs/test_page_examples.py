"""The examples of the tutorial and of the how-to pages run, and print what the pages show."""

from __future__ import annotations

import csv
import gc
from pathlib import Path

import pytest

from doc_examples import columns_of, examples, run_page

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [DOCS / "tutorial.md", DOCS / "own-news.md", *sorted((DOCS / "howto").glob("*.md"))]


@pytest.fixture
def in_workspace(tmp_path, monkeypatch):
    """A workspace of its own, as ``newsbt init`` makes it, as the current folder."""
    from newsbt.adapters.scaffold import init_workspace

    monkeypatch.setenv("NEWSBT_LEDGER", str(tmp_path / "ledger.sqlite"))
    thresholds = gc.get_threshold()
    init_workspace(tmp_path / "mine")
    monkeypatch.chdir(tmp_path / "mine")
    yield
    gc.set_threshold(*thresholds)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_do_what_the_page_says(page, in_workspace):
    assert run_page(page) > 0
    for table in Path("results").glob("*/*.csv") if Path("results").is_dir() else ():
        with table.open(encoding="utf-8", newline="") as file:
            assert_documented(table.name, next(csv.reader(file)))


def assert_documented(name, columns):
    """Its columns stand in docs/formats.md; a few tables have one more for each run, axis, session or fee."""
    named = columns_of(name.removeprefix("walk_"))
    more = {"metrics.csv", "folds.csv", "null.csv", "events.csv", "fills.csv"}
    assert set(named) <= set(columns), name
    assert name in more or set(columns) <= {*named, "fold"}, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_output_shown_follows_a_command(page):
    kinds = [example.language for example in examples(page) if not example.title]
    assert kinds[0] in ("bash", "python")
    assert set(kinds) <= {"bash", "python", "text", "toml", "csv"}
