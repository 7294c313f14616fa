"""A compiled rule is used for the very file that it was made for, and for no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsbt.adapters.rule_files import compiled_kind, fingerprint
from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace
from newsbt.api.evaluate import evaluator_for
from newsbt.errors import InputError, PluginError
from newsbt.kernel.fingerprints import FINGERPRINTS
from newsbt.runs import RunSpec

STRATEGIES = Path(__file__).parents[3] / "strategies"
DRIFT = (STRATEGIES / "drift.py").read_text(encoding="utf-8")
PERIOD = {"symbols": "9988.HK", "start": "2024-09-02", "end": "2024-12-31"}


@pytest.mark.parametrize("name", FINGERPRINTS)
def test_the_shipped_file_is_the_one_the_rule_was_made_for(name: str) -> None:
    found = fingerprint(STRATEGIES / f"{name}.py")
    assert found == FINGERPRINTS[name], (
        f"strategies/{name}.py has changed: bring its rule in src/newsbt/kernel to what it says now, run"
        f' tests/parity, then write "{name}": "{found}" into src/newsbt/kernel/fingerprints.py'
    )


def test_every_shipped_strategy_has_a_compiled_rule() -> None:
    assert {path.stem for path in STRATEGIES.glob("[a-z]*.py")} == set(FINGERPRINTS)


def changed(tmp_path: Path, before: str, after: str) -> str:
    assert before in DRIFT
    path = tmp_path / "drift.py"
    path.write_text(DRIFT.replace(before, after), encoding="utf-8")
    return fingerprint(path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("class Drift", "# A remark.\nclass Drift"),
        ('"""Go the way of the score."""', '"""Other words."""'),
        ('"""With the news', '"""Without the news'),
        ('"hold": 10', '"hold": 3'),
        ("    params = {", '    bounds = {"hold": (1, 9, "sessions")}\n    params = {'),
        ("def on_signal", "\n    def on_signal"),
    ],
)
def test_words_defaults_and_bounds_do_not_count(tmp_path: Path, before: str, after: str) -> None:
    assert changed(tmp_path, before, after) == FINGERPRINTS["drift"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("signal.score", "-signal.score"),
        ("self.follow(", "self.target("),
        ("class Drift", "LIMIT = 1\n\n\nclass Drift"),
        ("def on_signal", "minimum = 0.5\n\n    def on_signal"),
        ("import Signal", "import Signal as News"),
    ],
)
def test_any_change_of_code_counts(tmp_path: Path, before: str, after: str) -> None:
    assert changed(tmp_path, before, after) != FINGERPRINTS["drift"]


def test_a_file_that_cannot_be_parsed_is_named(tmp_path: Path) -> None:
    (tmp_path / "drift.py").write_text("class")
    with pytest.raises(PluginError, match=r"drift\.py.*cannot be read"):
        compiled_kind(tmp_path / "drift.py")


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    init_workspace(tmp_path / "mine")
    return Workspace(tmp_path / "mine")


def spec_of(place: Workspace, name: str) -> RunSpec:
    return build_specs([name], place, load_settings(place), PERIOD, {"": {}})[0]


def test_a_shipped_strategy_runs_compiled_even_with_other_defaults(place: Workspace) -> None:
    path = place.root / "strategies" / "drift.py"
    path.write_text(DRIFT.replace('"hold": 10', '"hold": 3'), encoding="utf-8")
    assert evaluator_for(spec_of(place, "drift"), place, "auto").engine == "fast"


@pytest.mark.parametrize(
    ("name", "why"), [("drift", "is not the file that"), ("mine", "has no compiled rule")]
)
def test_another_strategy_runs_in_backtrader_or_is_refused(place: Workspace, name: str, why: str) -> None:
    """An edited file of a shipped strategy, and one of the user's own."""
    path = place.root / "strategies" / f"{name}.py"
    text = DRIFT.replace("signal.score", "-signal.score").replace("class Drift", f"class {name.title()}")
    path.write_text(text, encoding="utf-8")
    spec = spec_of(place, name)
    assert evaluator_for(spec, place, "auto").engine == "backtrader"
    with pytest.raises(InputError) as refusal:
        evaluator_for(spec, place, "fast")
    assert str(refusal.value).startswith(f"{name}.py {why}")
    assert str(refusal.value).endswith("; use --engine backtrader, or auto")
    assert "\n" not in str(refusal.value)
