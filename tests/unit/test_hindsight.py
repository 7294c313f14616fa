"""A run beside its twin without labels: which runs have one, on which engine, and that it changes nothing."""

import dataclasses
import math

import pandas as pd
import pytest

from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace
from newsbt.api import hindsight as under_test
from newsbt.api.backtest import backtest, run
from newsbt.api.hindsight import TOO_LONG, without_hindsight
from newsbt.api.inputs import gather
from newsbt.errors import UnknownNameError
from newsbt.hindsight import hindsight_share, hindsight_table, label_counts, label_warnings


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("twin") / "mine"
    init_workspace(folder)
    return Workspace(folder)


def spec_of(place, signal="catalogue"):
    fields = {"symbols": ("BABA",), "start": "2025-01-02", "end": "2025-03-14", "signal": signal}
    (spec,) = build_specs(["drift"], place, load_settings(place), fields, {})
    return spec


@pytest.fixture(scope="module")
def labelled(place):
    spec = spec_of(place)
    inputs = gather(spec, place)
    return backtest(spec, inputs, "x"), inputs


def test_the_twin_is_the_run_on_taxonomy(place, labelled):
    result, inputs = labelled
    table, found = without_hindsight(result, inputs, place, 0.1)
    alone = run(spec_of(place, "taxonomy"), place, save=False, ledger="none")
    assert found == ()
    assert table["signal"].tolist() == ["catalogue", "taxonomy"]
    assert table["hindsight"].tolist() == [1.0, 0.0]
    for row, own in zip(table.to_dict("records"), (result, alone), strict=True):
        for key in ("total_return", "max_drawdown", "trades"):
            assert row[key] == own.metrics[key]


@pytest.mark.parametrize(
    ("seconds", "engine", "taken"),
    [
        (0.1, "auto", "backtrader"),
        (3.0, "auto", "fast"),
        (60.0, "auto", "fast"),
        (0.1, "fast", "fast"),
        (4.0, "backtrader", "backtrader"),
    ],
)
def test_short_runs_are_repeated_in_backtrader_and_long_ones_compiled(
    place, labelled, monkeypatch, seconds, engine, taken
):
    asked = []

    def fake(spec, inputs, name, progress, chosen):
        asked.append((spec.signal, chosen))
        return dataclasses.replace(labelled[0], spec=spec)

    monkeypatch.setattr(under_test, "backtest", fake)
    table, _ = without_hindsight(*labelled, place, seconds, engine)
    assert asked == [("taxonomy", taken)]
    assert len(table) == 2


def test_a_strategy_without_a_compiled_rule_that_took_long_is_not_repeated(place, labelled, monkeypatch):
    monkeypatch.setattr(under_test, "compiled_kind", lambda path: ("", "own.py has no compiled rule"))
    table, (found,) = without_hindsight(*labelled, place, TOO_LONG + 1.0)
    assert table.empty
    assert (found.code, found.severity) == ("no-hindsight-check", "info")
    assert "about 6 s" in found.message


def test_the_user_names_the_twin(place):
    text = (place.signals / "taxonomy.py").read_text(encoding="utf-8")
    (place.signals / "own_words.py").write_text(text, encoding="utf-8")
    result = run(spec_of(place), place, save=False, ledger="none", hindsight_check=True, twin="own_words")
    assert result.hindsight["signal"].tolist() == ["catalogue", "own_words"]
    assert result.hindsight["hindsight"].tolist() == [1.0, 0.0]


def test_a_twin_that_is_not_there_is_an_error_before_anything_runs(place):
    with pytest.raises(UnknownNameError, match="there is no signal 'taxonomi'"):
        run(spec_of(place), place, save=False, ledger="none", hindsight_check=True, twin="taxonomi")


def test_a_run_without_labels_has_no_twin(place):
    spec = spec_of(place, "taxonomy")
    inputs = gather(spec, place)
    table, found = without_hindsight(backtest(spec, inputs, "x"), inputs, place, 0.1)
    assert table.empty
    assert found == ()


def test_a_signal_that_cannot_be_read_is_named_and_the_run_stays(tmp_path):
    init_workspace(tmp_path / "own")
    place = Workspace(tmp_path / "own")
    (place.signals / "taxonomy.py").unlink()
    result = run(spec_of(place), place, save=False, ledger="none", hindsight_check=True)
    assert result.hindsight.empty
    (found,) = [item for item in result.findings if item.code == "no-hindsight-check"]
    assert "there is no signal 'taxonomy'" in found.message


def test_the_twin_is_not_counted_and_not_made_unless_asked_for(place, tmp_path):
    ledger = str(tmp_path / "ledger.sqlite")
    plain = run(spec_of(place), place, save=False, ledger=ledger)
    checked = run(spec_of(place), place, save=False, ledger=ledger, hindsight_check=True)
    assert plain.hindsight.empty
    assert len(checked.hindsight) == 2
    assert checked.tried.trials == 1
    assert checked.metrics == plain.metrics


def test_undefined_figures_are_nan(labelled):
    result = labelled[0]
    nothing = dataclasses.replace(
        result,
        metrics={**result.metrics, "sharpe": None},
        manifest={"hindsight": {"signals": 0, "hindsight": 0}},
    )
    (row,) = hindsight_table([nothing]).to_dict("records")
    assert math.isnan(row["sharpe"])
    assert math.isnan(row["hindsight"])
    assert hindsight_share(nothing) is None
    assert list(hindsight_table([]).columns) == list(hindsight_table([nothing]).columns)


def test_what_reaches_the_strategy_is_counted_and_said_only_where_labels_are_late():
    audit = pd.DataFrame(
        {
            "status": ["signal", "signal", "no-score", "signal", "signal"],
            "hindsight": [True, False, True, True, True],
        }
    )
    assert label_counts(audit) == {"signals": 4, "hindsight": 3}
    (found,) = label_warnings(label_counts(audit), "catalogue", "that reach the best trial")
    assert found.severity == "warning"
    assert found.message.startswith(
        "75% of the 4 signals that reach the best trial rest on labels made after"
    )
    assert label_warnings({"signals": 4, "hindsight": 0}, "taxonomy", "of all") == ()
    assert label_warnings(label_counts(audit.iloc[:0]), "taxonomy", "of all") == ()
