"""docs/catalysts.md says what the code does: columns, words, rules, and an example that is clean."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest

from newsbt.adapters.catalogue import read_rows
from newsbt.catalysts.columns import COLUMNS
from newsbt.catalysts.lint import lint
from newsbt.catalysts.rules import RULES
from newsbt.records import CATEGORIES, ROLES
from newsbt.universe_table import parse_universe

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "catalysts.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_every_column_is_described_with_whether_it_is_required(column):
    (row,) = re.findall(rf"^\|[^|]*`{column.name}`[^|]*\| (yes|no) \|", PAGE, re.MULTILINE)
    assert (row == "yes") == column.required


@pytest.mark.parametrize(
    "word", [*CATEGORIES, *ROLES, "minute", "session", "day", "company", "sector", "market"]
)
def test_every_word_that_a_cell_may_hold_is_there(word):
    assert f"`{word}`" in PAGE


def test_the_table_of_rules_is_that_of_the_linter():
    rows = re.findall(r"^\| `([a-z-]+)` \| (error|warning|info) \| (.*) \|$", PAGE, re.MULTILINE)
    assert [(code, (severity, text)) for code, severity, text in rows] == list(RULES.items())


def test_the_example_is_clean(tmp_path):
    (example,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "mine.csv").write_text(example, encoding="utf-8")
    table = tomllib.loads((ROOT / "data" / "universe.toml").read_text(encoding="utf-8"))
    universe = parse_universe(table, "universe.toml")
    assert lint(read_rows(tmp_path / "mine.csv"), "mine.csv", universe, {}, dt.date(2025, 3, 1)) == []
