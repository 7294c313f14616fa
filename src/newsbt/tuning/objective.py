"""What a search maximises: one metric or a formula of several (pure)."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from newsbt.errors import InputError, UnknownNameError
from newsbt.metrics.table import METRICS
from newsbt.records import FloatArray
from newsbt.tuning.expression import Values, evaluate, names_of, parse_formula

__all__ = ["MINIMISED", "Objective", "objective_values", "parse_objective", "parse_objectives"]

#: Metrics of which less is better: alone as an objective they are negated.
MINIMISED: Final = frozenset(
    {"max_drawdown", "max_drawdown_days", "volatility", "var_95", "turnover", "fees", "borrow"}
)
COLUMNS: Final = {metric.key: place for place, metric in enumerate(METRICS)}


@dataclass(frozen=True, slots=True)
class Objective:
    """One figure to maximise.

    Parameters
    ----------
    text : str
        As written.
    metrics : tuple of str
        Keys of the metrics in it.
    minimised : bool
        Whether it is a metric of :data:`MINIMISED` alone: its values are then the metric's, negated.
    tree : ast.expr
        Checked by :func:`newsbt.tuning.expression.parse_formula`.
    """

    text: str
    metrics: tuple[str, ...]
    minimised: bool
    tree: ast.expr = field(compare=False, repr=False)

    def values(self, metrics: FloatArray) -> FloatArray:
        """The figure of each point, larger is better.

        Parameters
        ----------
        metrics : array, shape (P, M)
            In the order of :data:`newsbt.metrics.table.METRICS`; nan where undefined.

        Returns
        -------
        array, shape (P,)
            nan where a metric in the formula is undefined, or the result is not finite.
        """

        def column(name: str) -> Values:
            values: Values = metrics[:, COLUMNS[name]]
            return values

        found = np.array(np.broadcast_to(evaluate(self.tree, column), (len(metrics),)), dtype=np.float64)
        undefined = ~np.isfinite(metrics[:, [COLUMNS[key] for key in self.metrics]]).all(axis=1)
        found[undefined | ~np.isfinite(found)] = np.nan
        return -found if self.minimised else found

    def shown(self, value: float) -> float:
        """`value` with the sign that its text has: a minimised metric as it is, not negated."""
        return -value if self.minimised else value


def parse_objective(text: str) -> Objective:
    """Read one objective.

    Parameters
    ----------
    text : str
        A metric (``sharpe``) or a formula (``sharpe - 0.5*max_drawdown``). A metric of :data:`MINIMISED`
        alone is minimised; in a formula every metric counts as written.

    Raises
    ------
    UnknownNameError
        For a metric that there is none of, with the nearest.
    InputError
        For what is no formula, or one without a metric.
    """
    tree = parse_formula(text, "--objective", logic=False)
    keys = tuple(dict.fromkeys(names_of(tree)))
    for key in keys:
        if key not in COLUMNS:
            raise UnknownNameError("metric", key, COLUMNS, where="--objective")
    if not keys:
        raise InputError(f"--objective {text!r} has no metric in it; write one such as: sharpe")
    alone = isinstance(tree, ast.Name)
    return Objective(text.strip(), keys, alone and keys[0] in MINIMISED, tree)


def parse_objectives(texts: Iterable[str]) -> tuple[Objective, ...]:
    """Every objective of a search, in the order given; see :func:`parse_objective`.

    Raises
    ------
    InputError
        As :func:`parse_objective`, and if one is there twice, or none.
    """
    objectives = tuple(parse_objective(text) for text in texts)
    if not objectives:
        raise InputError("nothing is maximised; write one such as: --objective sharpe")
    seen: set[str] = set()
    for objective in objectives:
        key = ast.dump(objective.tree)
        if key in seen:
            raise InputError(f"--objective {objective.text} is there twice; write it once")
        seen.add(key)
    return objectives


def objective_values(objectives: Sequence[Objective], metrics: FloatArray) -> FloatArray:
    """Every objective of every point, shape (P, objectives), larger is better."""
    return np.column_stack([objective.values(metrics) for objective in objectives])
