"""A listing whose file of prices ends before the run does, through the whole pipeline."""

import json
import shutil

import pytest

QUICK = ("--symbols", "Alibaba", "--start", "2024-12-02", "--end", "2025-02-28", "--no-figures")


@pytest.fixture
def prices(workspace, tmp_path):
    """The sample with BABA cut off after 2025-01-15."""
    folder = shutil.copytree(workspace / "data" / "prices" / "sample", tmp_path / "prices")
    lines = (folder / "BABA.csv").read_text(encoding="utf-8").splitlines()
    kept = [lines[0], *(line for line in lines[1:] if line[:10] <= "2025-01-15")]
    (folder / "BABA.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("strategy", "held"), [("hold", True), ("cash", False)])
def test_a_position_left_behind_is_named(newsbt, workspace, prices, tmp_path, strategy, held):
    out = tmp_path / "out"
    done = newsbt("run", strategy, *QUICK, "--prices", prices, "--out", out, "--name", "r", cwd=workspace)
    assert done.returncode == 0, done.stderr
    run = json.loads((out / "r" / "run.json").read_text(encoding="utf-8"))
    found = [item for item in run["findings"] if item["code"] == "prices-end"]
    assert [(item["severity"], item["where"]) for item in found] == [("warning", "BABA 2025-01-15")] * held
    assert ("BABA 2025-01-15" in done.stdout) == held
