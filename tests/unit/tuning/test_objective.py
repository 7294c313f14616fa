"""Objectives: directions, formulas by hand, what is undefined and what is refused."""

import numpy as np
import pytest

from newsbt.errors import InputError, UnknownNameError
from newsbt.metrics.table import METRICS
from newsbt.tuning.objective import MINIMISED, objective_values, parse_objective, parse_objectives

KEYS = [metric.key for metric in METRICS]


def table(**columns):
    rows = len(next(iter(columns.values())))
    metrics = np.full((rows, len(KEYS)), np.nan)
    for key, values in columns.items():
        metrics[:, KEYS.index(key)] = values
    return metrics


POINTS = table(sharpe=[1.0, 2.0, np.nan], max_drawdown=[0.5, 0.25, 0.1], calmar=[3.0, 0.0, 1.0])


@pytest.mark.parametrize(
    ("text", "values"),
    {
        "sharpe": [1.0, 2.0, np.nan],
        " sharpe ": [1.0, 2.0, np.nan],
        "max_drawdown": [-0.5, -0.25, -0.1],
        "-max_drawdown": [-0.5, -0.25, -0.1],
        "sharpe - 0.5*max_drawdown": [0.75, 1.875, np.nan],
        "0.5*sharpe + 0.25*calmar": [1.25, 1.0, np.nan],
        "sharpe / calmar": [1 / 3, np.nan, np.nan],
        "0*sharpe + 1": [1.0, 1.0, np.nan],
    }.items(),
)
def test_formulas_by_hand(text, values):
    np.testing.assert_allclose(parse_objective(text).values(POINTS), values, rtol=1e-15)


def test_only_a_minimised_metric_alone_is_negated_and_shown_as_itself():
    assert set(KEYS) >= MINIMISED
    for key in KEYS:
        objective = parse_objective(key)
        assert objective.minimised == (key in MINIMISED)
        value = objective.values(table(**{key: [0.25]}))[0]
        assert value == (-0.25 if key in MINIMISED else 0.25)
        assert objective.shown(value) == 0.25


def test_metrics_that_are_infinite_are_undefined():
    assert np.isnan(parse_objective("sharpe").values(table(sharpe=[np.inf, -np.inf]))).all()


def test_several_objectives_are_columns():
    found = objective_values(parse_objectives(["sharpe", "max_drawdown"]), POINTS)
    np.testing.assert_allclose(found, [[1.0, -0.5], [2.0, -0.25], [np.nan, -0.1]])


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("shrape", UnknownNameError, "did you mean 'sharpe'"),
        ("sharpe + 2*calmra", UnknownNameError, "did you mean 'calmar'"),
        ("1", InputError, "no metric in it"),
        ("", InputError, "is no formula"),
        ("sharpe > 1", InputError, "cannot take 'sharpe > 1'"),
        ("'a'", InputError, "cannot take"),
        ("True", InputError, "cannot take"),
        ("abs(sharpe)", InputError, "cannot take"),
    ],
)
def test_what_is_no_objective_is_refused(text, error, says):
    with pytest.raises(error) as caught:
        parse_objective(text)
    assert says in str(caught.value)


def test_objectives_are_given_once():
    with pytest.raises(InputError, match="twice"):
        parse_objectives(["sharpe", " sharpe"])
    with pytest.raises(InputError, match="nothing is maximised"):
        parse_objectives([])
