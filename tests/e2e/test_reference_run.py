"""The committed run in ``results/reference``, rebuilt from what the repository ships and compared."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import newsbt
from newsbt.adapters.results import read_run
from newsbt.runs import RunResult
from newsbt.specs import spec_to_json

ROOT = Path(__file__).parents[2]
HOW = "run: make reference"


@pytest.fixture(scope="module")
def committed() -> RunResult:
    return read_run(ROOT / "results/reference")


@pytest.fixture(scope="module")
def rebuilt() -> RunResult:
    return newsbt.run("drift", workspace=ROOT)


def test_it_is_the_default_run(committed: RunResult, rebuilt: RunResult) -> None:
    assert spec_to_json(committed.spec) == spec_to_json(rebuilt.spec), HOW


def test_its_inputs_are_the_shipped_ones(committed: RunResult, rebuilt: RunResult) -> None:
    assert committed.manifest["files"] == rebuilt.manifest["files"], HOW
    assert committed.manifest["prices"] == rebuilt.manifest["prices"], HOW
    assert committed.manifest["hindsight"] == rebuilt.manifest["hindsight"], HOW


def test_its_metrics_come_out_again(committed: RunResult, rebuilt: RunResult) -> None:
    assert dict(rebuilt.metrics) == pytest.approx(dict(committed.metrics), rel=1e-9, nan_ok=True), HOW


@pytest.mark.parametrize("name", ["equity", "fills", "trades", "signals", "orders", "attribution"])
def test_its_tables_come_out_again(
    name: str, committed: RunResult, rebuilt: RunResult, tmp_path: Path
) -> None:
    from newsbt.adapters.tables import read_table, write_table

    write_table(getattr(rebuilt, name), tmp_path / f"{name}.csv")
    again = read_table(tmp_path / f"{name}.csv", name)
    pd.testing.assert_frame_equal(again, getattr(committed, name), rtol=1e-9, obj=f"{name}; {HOW}")


def test_it_holds_no_path_of_one_machine() -> None:
    for path in (ROOT / "results/reference").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert str(ROOT) not in text
        assert json.loads(text)
    assert str(Path.home()) not in (ROOT / "results/reference/run.json").read_text(encoding="utf-8")


def test_its_pictures_are_there() -> None:
    names = {path.name for path in (ROOT / "results/reference").iterdir()}
    for stem in ("equity", "monthly", "signals", "price_BABA"):
        assert {f"{stem}.png", f"{stem}.svg"} <= names
