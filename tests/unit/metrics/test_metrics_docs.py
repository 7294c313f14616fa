"""``docs/metrics.md`` holds the table as the code has it; the table's keys are those of the design."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from newsbt.metrics import METRICS
from newsbt.metrics.markdown import metrics_markdown

PAGE = Path(__file__).parents[3] / "docs" / "metrics.md"
BEGIN, END = "<!-- begin: python -m newsbt.metrics -->\n", "<!-- end -->"


def test_generated_part_is_current():
    page = PAGE.read_text(encoding="utf-8")
    generated = page.split(BEGIN)[1].split(END)[0]
    assert generated == metrics_markdown(), "paste the output of: python -m newsbt.metrics"


def test_module_prints_it():
    printed = subprocess.run(
        [sys.executable, "-m", "newsbt.metrics"], capture_output=True, check=True, encoding="utf-8"
    )
    assert printed.stdout == metrics_markdown()


def test_keys_are_unique_and_every_entry_is_filled():
    keys = [metric.key for metric in METRICS]
    assert len(set(keys)) == len(keys)
    for metric in METRICS:
        assert metric.key.isidentifier()
        assert metric.label and metric.unit
        assert metric.description.endswith(".")
        assert "|" not in metric.description


def test_formats():
    written = {metric.key: metric.formatter(0.1234) for metric in METRICS}
    assert written["total_return"] == "+12.34 %"
    assert written["max_drawdown"] == "12.34 %"
    assert written["sharpe"] == "0.12"
    money = {metric.key: metric.formatter(-1234567.891) for metric in METRICS}
    assert money["fees"] == "-1,234,567.89"
    assert money["trades"] == "-1,234,568"
