"""The table of imported files: names of any length and script leave the figures in line."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsbt
from newsbt.cli import layout
from newsbt.cli.news_lines import show_report


def test_long_names_leave_the_figures_in_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["short.csv", f"{'download_of_a_feed_' * 4}.csv", f"{'新闻下载的很长的文件名字' * 3}.csv"]
    for at, name in enumerate(names):
        (tmp_path / name).write_text(f"time,title\n{1_700_000_000 + at},Orchard {at}\n", encoding="utf-8")
    report = newsbt.import_news([tmp_path / name for name in names], tmp_path / "out.jsonl")
    show_report(report, "out.jsonl", "")
    table = capsys.readouterr().out.splitlines()[2:6]
    assert len({layout.width_of(line) for line in table}) == 1
    assert table[1].startswith("short.csv ") and "…" in table[2] and ".csv " in table[3]
