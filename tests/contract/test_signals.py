"""Every file in signals/ keeps the contract of a signal model."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsbt.adapters.plugins import PluginRef, discover, load
from newsbt.scoring.model import Score, SignalContext, SignalModel
from newsbt.testing import SignalContract, sample_catalysts
from newsbt.universe_table import parse_universe

ROOT = Path(__file__).resolve().parents[2]
REFS = discover(ROOT / "signals")


def read_table(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "data" / name).read_text(encoding="utf-8"))


def maker(ref: PluginRef, **params: Any) -> Callable[[], SignalModel]:
    model_class = load(ref, SignalModel)
    universe = parse_universe(read_table("universe.toml"), "data/universe.toml")

    def make() -> SignalModel:
        tables = {name: read_table(name) for name in model_class.tables}
        return model_class(SignalContext(universe, tables), params)

    return make


@pytest.mark.parametrize("ref", REFS, ids=lambda ref: ref.name)
class TestShippedSignals(SignalContract):
    @pytest.fixture
    def make_model(self, ref: PluginRef) -> Callable[[], SignalModel]:
        return maker(ref)


def test_both_signals_ship() -> None:
    assert {"catalogue", "taxonomy"} <= {ref.name for ref in REFS}


def test_taxonomy_reads_no_label() -> None:
    make = maker(PluginRef(ROOT / "signals" / "taxonomy.py"))
    rows = sample_catalysts()
    blind = [
        replace(row, direction=None, strength=None, labelled_at=None, note="", source="", role="event")
        for row in rows
    ]
    swapped = [replace(row, direction=-(row.direction or 1), strength=0.9) for row in rows]
    assert make().score(rows) == make().score(blind) == make().score(swapped)


def test_taxonomy_is_never_hindsight_and_names_its_cues() -> None:
    scores = maker(PluginRef(ROOT / "signals" / "taxonomy.py"))().score(sample_catalysts())
    assert not any(score.hindsight for score in scores)
    assert all(score.why.startswith("cues: ") for score in scores if score.value)
    assert any(score.value for score in scores) and any(not score.value for score in scores)


def test_taxonomy_scale_multiplies_before_clipping() -> None:
    ref = PluginRef(ROOT / "signals" / "taxonomy.py")
    plain, double = maker(ref)().score(sample_catalysts()), maker(ref, scale=2.0)().score(sample_catalysts())
    assert [score.value for score in double] == [max(-1.0, min(1.0, 2 * score.value)) for score in plain]


def test_catalogue_is_direction_times_strength() -> None:
    make = maker(PluginRef(ROOT / "signals" / "catalogue.py"), half_life=8.0)
    row = sample_catalysts(1)[0]
    known = replace(row, direction=-1, strength=0.25, labelled_at=row.published_at)
    rows = [
        known,
        replace(known, labelled_at=None),
        replace(known, direction=None),
        replace(known, direction=0),
        replace(known, strength=None),
    ]
    assert make().score(rows) == [
        Score(-0.25, 8.0, "catalogue: direction -1, strength 0.25", False),
        Score(-0.25, 8.0, "catalogue: direction -1, strength 0.25, labelled after publication", True),
        Score(0.0, 8.0, "the row has no direction"),
        Score(0.0, 8.0, "the row's direction is 0"),
        Score(0.0, 8.0, "the row has direction -1 but no strength"),
    ]
