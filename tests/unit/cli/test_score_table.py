"""``newsbt catalysts score --column`` in this process: any table of headlines, with labels beside."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from newsbt.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
TABLE = """no,Title,Company
1,"Quexlo profit zooms 40%, shares rally",Quexlo
2,Quexlo gains market share from Zorvex,Zorvex
3,,Zorvex
"""


def call(*args: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["catalysts", "score", *map(str, args), "--workspace", str(ROOT)])
    return int(ended.value.code or 0)


def labels(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return [(row.get("no", ""), row["label"]) for row in csv.DictReader(handle)]


def test_a_table_is_written_again_with_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text(TABLE, encoding="utf-8")
    assert call(table, "--column", "Title", "--names", "Company", "-o", out) == 0
    assert labels(out) == [("1", "positive"), ("2", "negative"), ("3", "neutral")]
    assert capsys.readouterr().out.splitlines() == [
        "3 headlines read by headline: 1 good, 1 bad, 1 neutral, 1 of those without an opinion",
        f"written to {out}",
    ]
    assert call(table, "--column", "Title", "--model", "sentiment", "-o", out, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == sum(told["labels"].values()) == 3 and told["model"] == "sentiment"


def test_a_text_needs_no_column_and_a_catalogue_no_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, out = tmp_path / "in.txt", tmp_path / "out.csv"
    text.write_text("Zorvex tanks 9%\n", encoding="utf-8")
    assert call(text, "-o", out) == 0
    assert labels(out) == [("", "negative")]
    out.unlink()
    assert call(tmp_path / "in.csv", "--names", "x", "-o", out) == 2
    assert "--names goes with --column" in capsys.readouterr().err
    assert not out.exists()
