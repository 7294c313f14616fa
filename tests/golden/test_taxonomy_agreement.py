"""The taxonomy agrees with the catalogue's labels about as well as docs/signals.md says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "taxonomy_agreement.py"


@pytest.fixture(scope="module")
def agreement() -> ModuleType:
    spec = importlib.util.spec_from_file_location("taxonomy_agreement", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_shows_the_figures_of_the_shipped_rules_and_catalogue(agreement: ModuleType) -> None:
    assert agreement.documented() == agreement.table(), (
        "docs/signals.md is stale: run python benchmarks/taxonomy_agreement.py --write"
    )


def test_rows_kept_aside_agree_more_often_than_the_commoner_sign_would(agreement: ModuleType) -> None:
    lines = [line.strip("| ").split(" | ") for line in agreement.table().splitlines()[2:]]
    for cells in lines[1:]:
        spoken, same, commoner = (float(cells[at].rstrip("%")) for at in (2, 4, 5))
        assert spoken >= 60 and same >= 90 and same > commoner + 15, cells
