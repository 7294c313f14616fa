"""Compose the pictures of a search, without pyplot: nothing global is touched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from newsbt.plots.tuning_data import Scored, chosen_axes, scored
from newsbt.plots.tuning_frame import message_figure
from newsbt.plots.tuning_heat import heat_data, heat_figures
from newsbt.plots.tuning_parallel import parallel_data, parallel_figure
from newsbt.plots.tuning_pareto import objective_column, pareto_data, pareto_figure
from newsbt.plots.tuning_slices import (
    histogram_data,
    histogram_figure,
    importance_figure,
    slice_data,
    slices_figure,
)
from newsbt.plots.tuning_stability import stability_data, stability_figure
from newsbt.plots.tuning_text import Measure, is_are, measure, point_text, trial_count
from newsbt.records import FloatArray
from newsbt.tuning.axes import Axis

__all__ = ["tuning_figures"]

#: Axes that a picture holds.
HEAT_AXES, PARALLEL_AXES, SLICE_AXES, OBJECTIVES = 6, 9, 12, 3


def tuning_figures(
    trials: pd.DataFrame,
    axes: Sequence[Axis],
    objective_label: str,
    stability: FloatArray | None = None,
    importance: pd.Series[float] | None = None,
    objectives: Sequence[str] = (),
) -> dict[str, Figure]:
    """The pictures of a search by name.

    Parameters
    ----------
    trials : DataFrame
        The trials table: a column an axis and ``objective`` (larger is better, nan undefined), in any order.
        Of more trials than a picture can hold, it draws the best and others at random, and says so.
    axes : sequence of Axis
        Any number. Where a picture holds fewer, it shows the most important, or the first ones.
    objective_label : str
        The objective as written: a metric gets its own name and unit, anything else stands as it is.
    stability : array, shape (P,), optional
        Of :func:`newsbt.tuning.neighbours.stability`; without it there is no such picture.
    importance : Series, optional
        Of :func:`newsbt.tuning.importance.importance`; without it there is no such picture.
    objectives : sequence of str
        Two or more for a Pareto front (of the first three): columns of `trials`, metrics or formulas.

    Returns
    -------
    dict of str to Figure
        ``heatmap`` (or ``heatmap_1``, ``heatmap_2``, ...), ``parallel``, ``slices``, ``objective``,
        ``stability``, ``importance``, ``pareto``. One that has nothing to show says what is missing.

    Raises
    ------
    UnknownNameError, InputError
        For an objective that is none.
    """
    order = scored(trials["objective"])
    what = measure(objective_label, _largest(order.results))
    said = _subtitle(trials, axes, order, what)
    figures: dict[str, Figure] = {}
    if not len(order.rows):
        missing = _nothing(order.total)
        titles = {
            "heatmap": "Objective by pair of parameters",
            "parallel": "All parameters at once",
            "slices": "One parameter at a time, whatever the others are",
            "objective": "Objective of all trials",
        }
        if stability is not None:
            titles["stability"] = "Stability against objective: does the result last nearby?"
        figures = {name: message_figure(title, said, missing) for name, title in titles.items()}
    else:
        figures |= _over_axes(trials, axes, order, what, said, importance)
        figures["objective"] = histogram_figure(histogram_data(order), what, said)
        if stability is not None:
            figures["stability"] = _stability(trials, axes, order, stability, what, said)
    if importance is not None:
        figures["importance"] = (
            importance_figure(importance, said)
            if len(importance)
            else message_figure("Which parameters matter", said, "No parameter was tuned.")
        )
    if len(objectives) > 1:
        figures["pareto"] = _pareto(trials, objectives[:OBJECTIVES], len(objectives))
    return figures


def _over_axes(
    trials: pd.DataFrame,
    axes: Sequence[Axis],
    order: Scored,
    what: Measure,
    said: str,
    importance: pd.Series[float] | None,
) -> dict[str, Figure]:
    def few(most: int) -> tuple[tuple[Axis, ...], str]:
        chosen = chosen_axes(axes, importance, most)
        which = "first" if importance is None else "most important"
        note = f"the {most} {which} of {len(axes)} parameters" if len(axes) > most else ""
        return chosen, note

    figures: dict[str, Figure] = {}
    chosen, note = few(HEAT_AXES)
    if len(chosen) < 2:
        alone = "A heat map needs two parameters; one was tuned: see the slices."
        figures["heatmap"] = message_figure("Objective by pair of parameters", said, alone)
    else:
        figures |= heat_figures(heat_data(trials, chosen, order), what, said, note)
    if not axes:
        return figures
    chosen, note = few(PARALLEL_AXES)
    title = f"{note[:1].upper()}{note[1:]} at once" if note else "All parameters at once"
    figures["parallel"] = parallel_figure(parallel_data(trials, chosen, order, what), said, title)
    chosen, note = few(SLICE_AXES)
    note = f"Shown: {note}." if note else ""
    figures["slices"] = slices_figure(slice_data(trials, chosen, order), what, said, note)
    return figures


def _stability(
    trials: pd.DataFrame, axes: Sequence[Axis], order: Scored, stability: FloatArray, what: Measure, said: str
) -> Figure:
    data = stability_data(trials, axes, order, stability)
    if not len(data.x):
        missing = (
            "No trial has a neighbour: stability needs at least two trials along a parameter with numbers."
        )
        return message_figure("Stability against objective: does the result last nearby?", said, missing)
    return stability_figure(data, what, said)


def _pareto(trials: pd.DataFrame, objectives: Sequence[str], given: int) -> Figure:
    columns = [objective_column(trials, text) for text in objectives]
    data = pareto_data(np.column_stack(columns))
    if not data.defined:
        missing = "No trial has all objectives defined."
        return message_figure("Trade-off between the objectives", trial_count(len(trials)), missing)
    whats = [measure(text, _largest(values)) for text, values in zip(objectives, columns, strict=True)]
    said = f"{trial_count(len(trials))}, {data.size:,} of them on the front; right and up is better"
    notes = []
    if len(trials) > data.defined:
        notes.append(f"{is_are(len(trials) - data.defined, 'trial')} left out: an objective is undefined.")
    if len(data.others) + data.size < data.defined or len(data.front) < data.size:
        notes.append(f"Drawn: {len(data.others):,} others at random, {len(data.front):,} of the front.")
    if given > len(objectives):
        notes.append(f"The first {len(objectives)} of {given} objectives.")
    return pareto_figure(data, whats, said, " ".join(notes))


def _largest(values: FloatArray) -> float:
    """Size of the values that pictures show: the best and the 10 % quantile."""
    finite = values[np.isfinite(values)]
    return float(np.abs(np.quantile(finite, (0.1, 1.0), method="lower")).max()) if len(finite) else 0.0


def _subtitle(trials: pd.DataFrame, axes: Sequence[Axis], order: Scored, what: Measure) -> str:
    count = trial_count(order.total)
    undefined = order.total - len(order.rows)
    if undefined and len(order.rows):
        count += f", {undefined:,} undefined"
    if not len(order.rows):
        return count
    names = [axis.name for axis in axes if axis.name in trials]
    point = point_text({name: trials[name].iloc[order.best] for name in names})
    return f"{count}; best {what.write(float(order.results[-1]))} at {point}"


def _nothing(total: int) -> str:
    if not total:
        return "No trial was finished."
    return (
        "No trial has a defined objective: there may be no trades. Try a longer period or other parameters."
    )
