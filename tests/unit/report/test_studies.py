"""Studies on the page of a run: which belong to it, and what they show, by hand."""

import json

import pandas as pd
import pytest

from newsbt.adapters.studies_beside import studies_beside
from newsbt.errors import InputError
from newsbt.report.studies import event_study, placebo_test

SPEC = {"signal": "catalogue", "entry": "open", "seed": 0}


@pytest.fixture
def results(tmp_path):
    """A run with a study inside, one beside it that is of it, and one that is not."""
    files = {"data/a.csv": "123"}
    put(tmp_path / "run" / "run.json", {"spec": {**SPEC, "strategy": "drift"}, "files": files})
    put(tmp_path / "run" / "inside" / "placebo.json", {"says": "Inside."})
    put(tmp_path / "of-it" / "events.json", {"spec": SPEC, "files": files, "says": ["Of it.", "More."]})
    put(tmp_path / "other-spec" / "events.json", {"spec": {**SPEC, "seed": 1}, "files": files, "says": "No."})
    put(tmp_path / "other-file" / "placebo.json", {"spec": SPEC, "files": {"data/a.csv": "4"}, "says": "No."})
    put(tmp_path / "damaged" / "placebo.json", None)
    return tmp_path


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{" if content is None else json.dumps(content), encoding="utf-8")


def test_studies_in_a_run_and_those_of_its_settings_beside_it_are_found(results):
    found = studies_beside(results / "run")
    assert [study.says for study in found] == [("Of it.", "More."), ("Inside.",)]


def test_a_named_study_is_shown_once_whatever_its_settings(results):
    named = [results / "other-spec", results / "of-it"]
    assert [study.title for study in studies_beside(results / "run", named)] == [
        "Event study of-it", "Event study other-spec", "Placebo test inside",
    ]  # fmt: skip


def test_what_is_no_study_is_refused(results):
    with pytest.raises(InputError, match="is no folder of a study"):
        studies_beside(results / "run", [results / "run"])


def test_an_event_study_shows_its_curve_and_its_parts():
    caar = pd.DataFrame(
        {
            "grouping": ["all", "all"], "group": ["all", "all"], "session": [-1, 0], "events": 9, "dates": 4,
            "caar": [0.01, 0.03], "low": [0.0, float("nan")], "high": [0.02, 0.05],
        }
    )  # fmt: skip
    parts = ["untradable", "first-session"]
    split = pd.DataFrame(
        {
            "grouping": "issuer", "group": "Some", "part": parts, "events": 9, "dates": 4, "small": True,
            "mean": [0.02, -0.001], "low": [0.01, -0.02], "high": [0.03, 0.018],
        }
    )  # fmt: skip
    found = event_study({"says": "Words."}, "e", caar, split)
    group = found.chart["groups"][0]
    assert (group["label"], group["session"], group["mean"]) == ("all events", [-1, 0], [0.01, 0.03])
    assert group["low"] == [0.0, None]
    assert found.rows == (
        ("issuer: Some", "9", "4", "+2.00 % (+1.00 to +3.00)", "−0.10 % (−2.00 to +1.80)", "n/a", "small"),
    )


def test_a_placebo_test_shows_how_the_worlds_are_spread():
    kinds = {
        "dates": {"worlds": 4, "as_good": 1, "p_value": 0.4, "value": 1.5, "median": -0.5, "says": "moved"}
    }
    worlds = pd.DataFrame({"kind": ["dates"] * 4 + ["signs"], "sharpe": [-1.0, -0.5, 0.0, 2.0, 9.0]})
    found = placebo_test({"statistic": "sharpe", "kinds": kinds, "says": []}, "p", worlds)
    assert found.rows == (("other dates", "1 of 4", "0.400", "1.50", "−0.50", "moved"),)
    assert sum(found.chart["groups"][0]["counts"]) == 4
    assert found.chart["value"] == 1.5


def test_tables_that_are_not_there_leave_the_words():
    nothing = pd.DataFrame()
    assert event_study({"says": "Words."}, "e", nothing, nothing)[:2] == ("Event study e", ("Words.",))
    assert placebo_test({"says": "Words."}, "p", nothing).chart == {}
