"""Every file in signals/ keeps the contract of a signal model."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsbt.adapters.plugins import PluginRef, discover, find
from newsbt.adapters.signal_models import ModelSource, build_model
from newsbt.errors import InputError, UnknownNameError
from newsbt.scoring.model import Score, SignalModel
from newsbt.testing import SignalContract, sample_catalysts
from newsbt.universe_table import parse_universe

ROOT = Path(__file__).resolve().parents[2]
#: Those that need a server or weights are tried with stand-ins in test_optional_signals.py.
REFS = [ref for ref in discover(ROOT / "signals") if ref.name not in ("finbert", "llm")]


def read_table(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "data" / name).read_text(encoding="utf-8"))


def maker(name: str, **params: Any) -> Callable[[], SignalModel]:
    universe = parse_universe(read_table("universe.toml"), "data/universe.toml")
    source = ModelSource(universe, lambda other: find(ROOT / "signals", other, "signal"), read_table)
    return lambda: build_model(name, params, source).model


@pytest.mark.parametrize("ref", REFS, ids=lambda ref: ref.name)
class TestShippedSignals(SignalContract):
    @pytest.fixture
    def make_model(self, ref: PluginRef) -> Callable[[], SignalModel]:
        return maker(ref.name)


def test_the_signals_of_the_design_ship() -> None:
    names = {"catalogue", "taxonomy", "sentiment", "headline", "surprise", "reaction", "ensemble"}
    assert names <= {ref.name for ref in REFS}


def test_taxonomy_reads_no_label() -> None:
    make = maker("taxonomy")
    rows = sample_catalysts()
    blind = [
        replace(row, direction=None, strength=None, labelled_at=None, note="", source="", role="event")
        for row in rows
    ]
    swapped = [replace(row, direction=-(row.direction or 1), strength=0.9) for row in rows]
    assert make().score(rows) == make().score(blind) == make().score(swapped)


def test_taxonomy_is_never_hindsight_and_names_its_cues() -> None:
    scores = maker("taxonomy")().score(sample_catalysts())
    assert not any(score.hindsight for score in scores)
    assert all(score.why.startswith("cues: ") for score in scores if score.value)
    assert any(score.value for score in scores) and any(not score.value for score in scores)


def test_taxonomy_scale_multiplies_before_clipping() -> None:
    plain, double = (
        maker("taxonomy")().score(sample_catalysts()),
        maker("taxonomy", scale=2.0)().score(sample_catalysts()),
    )
    assert [score.value for score in double] == [max(-1.0, min(1.0, 2 * score.value)) for score in plain]


def test_catalogue_is_direction_times_strength() -> None:
    make = maker("catalogue", half_life=8.0)
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


def test_surprise_speaks_where_there_is_history() -> None:
    rows = sample_catalysts(400)
    scores = maker("surprise", min_history=2)().score(rows)
    said = {row.id for row, score in zip(rows, scores, strict=True) if score.value}
    both = {row.id for row in rows if None not in (row.revenue_actual, row.revenue_consensus)}
    both |= {row.id for row in rows if None not in (row.eps_actual, row.eps_consensus)}
    assert said and said < both
    revenue = maker("surprise", min_history=2, figures="revenue")().score(rows)
    assert all("eps" not in score.why for score in revenue)


def test_reaction_says_that_it_has_no_prices() -> None:
    assert {score.why for score in maker("reaction")().score(sample_catalysts())} == {
        "there are no prices to learn from"
    }


def test_ensemble_of_one_is_that_one() -> None:
    rows = sample_catalysts()
    alone, mixed = maker("taxonomy")().score(rows), maker("ensemble", models="taxonomy")().score(rows)
    assert [score.value for score in mixed] == pytest.approx([score.value for score in alone])


def test_an_ensemble_cannot_ask_itself() -> None:
    with pytest.raises(InputError, match=r"'ensemble' asks itself .ensemble asks ensemble.; leave it out"):
        maker("ensemble", models="taxonomy+ensemble")()


def test_an_ensemble_names_what_it_cannot_find() -> None:
    with pytest.raises(UnknownNameError, match="taxonmy"):
        maker("ensemble", models="taxonmy")()
