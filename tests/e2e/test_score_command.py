"""``newsbt catalysts score``: a catalogue without judgements becomes one with them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

HEADER = "id,published_at,time_precision,headline,category,scope,symbols,direction,strength,labelled_at\n"
ROWS = (
    "a,2025-03-03T09:00:00+08:00,minute,Tencent quarterly profit beats estimates,,company,Tencent,,,\n"
    "b,2021-03-03T09:00:00+08:00,minute,Regulator fines Meituan,,company,Meituan,,,\n"
    "c,2025-03-04T09:00:00+08:00,minute,JD.com jumps,product,company,JD,-1,0.5,2025-03-04T10:00:00+08:00\n"
    "d,2025-03-05T09:00:00+08:00,minute,百度大跌 业绩不及预期,,company,Baidu,,,\n"
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return path


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["id"]: row for row in csv.DictReader(handle)}


def test_every_row_is_labelled_or_listed(newsbt, workspace, catalogue: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    done = newsbt("catalysts", "score", catalogue, "-o", out, "--json", "--workspace", workspace)
    told = json.loads(done.stdout)
    assert (told["rows"], told["labelled"], told["hindsight"]) == (4, 3, 1)
    assert told["unlabelled"] == {"c": "has a direction already"}
    found = rows(out)
    assert {name: row["direction"] for name, row in found.items()} == {
        "a": "1",
        "b": "-1",
        "c": "-1",
        "d": "-1",
    }
    assert {row["category"] for name, row in found.items() if name != "b"} == {"earnings", "product"}
    assert found["b"]["category"] == "regulation"
    assert found["a"]["labelled_at"] == told["trained_until"] == "2022-03-08T00:00:00+00:00"
    assert found["c"]["labelled_at"] == "2025-03-04T10:00:00+08:00"
    checked = newsbt("catalysts", "check", out, "--workspace", workspace)
    assert "no errors" in checked.stdout


def test_mistakes_leave_nothing_behind(refused, workspace, catalogue: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    for arguments, message in (
        (("--model", "hedline"), "did you mean 'headline'"),
        (("--set", "befor_cutoff=refuse"), "before_cutoff"),
    ):
        assert message in refused(
            "catalysts", "score", catalogue, "-o", out, *arguments, "--workspace", workspace
        )
    assert not out.exists()
