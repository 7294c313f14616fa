"""From names and settings to checked specifications."""

import shutil
from pathlib import Path

import pytest

from newsbt.adapters.settings import load_settings
from newsbt.adapters.specs import build_specs
from newsbt.adapters.workspace import Workspace
from newsbt.errors import InputError, UnknownNameError

GOOD = Path(__file__).parents[2] / "plugins" / "good"


@pytest.fixture
def build(tmp_path):
    for folder in ("strategies", "signals"):
        (tmp_path / folder).mkdir()
    shutil.copy(GOOD / "quiet.py", tmp_path / "strategies")
    shutil.copy(GOOD / "tuple_form.py", tmp_path / "strategies")
    shutil.copy(GOOD / "loud.py", tmp_path / "signals" / "catalogue.py")
    (tmp_path / "newsbt.toml").write_text(
        """
        [run.deep]
        strategy = "quiet"
        params = { depth = 8 }
        [run.rich]
        cash = 5e6
        """
    )

    def call(*names, given=None, preset=None, **sets):
        place = Workspace(tmp_path)
        return build_specs(names, place, load_settings(place), given or {}, sets, preset)

    return call


def test_texts_become_values_of_the_right_kind(build):
    (spec,) = build(
        "quiet", **{"": {"depth": "4", "loud": "yes"}, "signal": {"half_life": "7"}}, given={"cash": "9"}
    )
    assert spec.params == {"depth": 4, "loud": True}
    assert spec.signal_params == {"half_life": 7.0}
    assert spec.cash == 9


def test_presets_by_name_and_by_option(build):
    assert build("deep")[0].strategy == "quiet"
    assert build("deep")[0].params == {"depth": 8}
    assert build(preset="deep")[0].params == {"depth": 8}
    assert build("quiet", preset="deep", **{"": {"depth": "2"}})[0].params == {"depth": 2}
    assert [spec.cash for spec in build("quiet", "tuple_form", preset="rich")] == [5e6, 5e6]
    assert build("tuple_form", preset="deep")[0].params == {}


def test_with_several_strategies_a_parameter_goes_to_those_that_have_it(build):
    first, second = build(
        "quiet", "tuple_form", **{"": {"depth": "4", "period": "9"}, "quiet": {"scale": "1"}}
    )
    assert first.params == {"depth": 4, "scale": 1.0}
    assert second.params == {"period": 9}


def test_run_fields_may_be_set_too(build):
    assert build("quiet", run={"max_gross": "2"})[0].max_gross == 2.0


@pytest.mark.parametrize(
    ("names", "how", "kind", "message"),
    [
        ((), {}, InputError, "no strategy is named"),
        ((), {"preset": "rich"}, InputError, "preset rich names no strategy"),
        (("rich",), {}, InputError, "preset rich names no strategy"),
        (("deep",), {"preset": "rich"}, InputError, "use one of the two"),
        (("quite",), {}, UnknownNameError, "did you mean 'quiet'"),
        (("depe",), {}, UnknownNameError, "did you mean 'deep'"),
        (("quiet",), {"preset": "depp"}, UnknownNameError, "did you mean 'deep'"),
        (("quiet",), {"": {"dpeth": "1"}}, UnknownNameError, "in strategy quiet; did you mean 'depth'"),
        (
            ("quiet", "tuple_form"),
            {"": {"x": "1"}},
            UnknownNameError,
            "strategy quiet or strategy tuple_form",
        ),
        (("quiet",), {"quite": {"depth": "1"}}, UnknownNameError, "did you mean 'quiet'"),
        (
            ("quiet",),
            {"tuple_form": {"period": "1"}},
            InputError,
            "--set tuple_form.period is for strategy tuple_form, which does not run; name one of quiet",
        ),
        (("quiet",), {"signal": {"x": "1"}}, UnknownNameError, "in signal catalogue"),
        (("quiet",), {"run": {"cahs": "1"}}, InputError, "did you mean 'cash'"),
        (("quiet",), {"given": {"signal": "catalog"}}, UnknownNameError, "did you mean 'catalogue'"),
        (
            ("quiet",),
            {"": {"depth": "10"}},
            InputError,
            "strategy quiet: depth is '10'; write a whole number, 1 to 9",
        ),
    ],
)
def test_what_is_wrong_is_named(build, names, how, kind, message):
    with pytest.raises(kind, match=message):
        build(*names, **how)
