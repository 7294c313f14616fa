"""Laws of search spaces and of what is made of trials."""

from __future__ import annotations

import itertools
from decimal import Decimal

import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newsbt.errors import NewsbtError
from newsbt.params import COMMON, Param
from newsbt.tuning.axes import parse_axes, parse_axis
from newsbt.tuning.constraints import parse_where
from newsbt.tuning.importance import importance, slices
from newsbt.tuning.neighbours import neighbours, stability
from newsbt.tuning.objective import parse_objective
from newsbt.tuning.pareto import pareto_front
from newsbt.tuning.search import GridSearch, RandomSearch, SobolSearch
from newsbt.tuning.space import Space

KNOWN = {
    **COMMON,
    "run.entry": Param("entry", "open", choices=("open", "close")),
    "broker.commission": Param("commission", None),
}
TEXTS = (
    "hold=1:7",
    "stop=0:0.4:0.1",
    "take=0.3,0.1,0.2",
    "side=both,long,short",
    "delay=0:4:2",
    "entry=open,close",
)
WHERE = ("take > stop", "hold < 4 or side == 'long'", "not delay == 2", "hold * stop <= 1")

spaces = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4, unique=True).flatmap(
    lambda texts: st.lists(st.sampled_from(WHERE), max_size=2, unique=True).map(
        lambda where: make(texts, where)
    )
)
results = st.one_of(st.integers(-3, 3).map(float), st.floats(-1e3, 1e3), st.just(np.nan))


def make(texts: list[str], where: list[str]) -> Space:
    """The space of `texts`, with those of `where` whose names are tuned."""
    axes = parse_axes(texts, KNOWN)
    found = []
    for text in where:
        try:
            found.append(parse_where(text, [axis.name for axis in axes]))
        except NewsbtError:
            continue
    return Space(axes, found)


@given(st.decimals(-5, 5, places=3), st.integers(0, 300), st.decimals(Decimal("0.001"), 1, places=3))
def test_steps_are_decimals_as_written(low, count, step):
    high = low + step * count
    axis = parse_axis(f"x={low}:{high}:{step}", {"x": Param("x", 0.5)})
    assert list(axis.column(np.arange(count + 1))) == list(
        float(str(low + step * place)) for place in range(count + 1)
    )


@given(st.text(max_size=30))
def test_any_text_is_an_axis_or_a_sentence(text):
    for written in (text, f"hold={text}", f"broker.commission={text}"):
        try:
            axis = parse_axis(written, KNOWN)
        except NewsbtError as error:
            assert str(error)
        else:
            assert axis.size is None or axis.size == len(set(axis.values))


@given(st.text("take>stop<=+-*/()!'\"and or.not0123456789%&|[]{}:,~^@\n", max_size=40))
def test_any_text_is_a_formula_or_a_sentence(text):
    batch = pd.DataFrame({"take": [0.1, 0.2], "stop": [0.2, 0.1]})
    try:
        assert parse_where(text, ["take", "stop"]).allows(batch).shape == (2,)
    except NewsbtError as error:
        assert str(error)
    try:
        assert parse_objective(text).values(np.ones((2, 31))).shape == (2,)
    except NewsbtError as error:
        assert str(error)


@given(spaces, st.lists(st.integers(0, 400), max_size=6))
@settings(max_examples=40)
def test_slices_of_a_grid_make_the_grid(space, cuts):
    borders = [0, *sorted(min(cut, space.size) for cut in cuts), space.size]
    parts = [space.grid(start, stop) for start, stop in itertools.pairwise(borders)]
    assert pd.concat(parts, ignore_index=True).equals(space.grid())


@given(spaces)
@settings(max_examples=40)
def test_a_grid_is_the_product_of_its_axes_less_what_is_not_allowed(space):
    free = Space(space.axes)
    rows = list(free.grid().itertuples(index=False, name=None))
    assert rows == list(itertools.product(*(axis.column(np.arange(axis.size or 0)) for axis in space.axes)))
    assert space.grid().equals(free.grid()[space.allowed(free.grid())].reset_index(drop=True))


@given(spaces, st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_random_and_sobol_searches_go_through_the_whole_grid_once(space, seed):
    whole = space.grid()
    assume(len(whole))
    for search in (GridSearch(space), RandomSearch(space, seed), SobolSearch(space, seed)):
        found = search.ask(10**6)
        assert len(found) == len(whole)
        assert not found.duplicated().any()
        assert space.allowed(found).all()


@given(spaces, st.data())
@settings(max_examples=25)
def test_neighbours_are_mutual(space, data):
    trials = space.grid()
    assume(len(trials))
    own = data.draw(st.integers(0, len(trials) - 1))
    for other in neighbours(trials, space.axes, own).index:
        assert own != other
        assert own in neighbours(trials, space.axes, int(other)).index


@given(spaces, st.data())
@settings(max_examples=25)
def test_scores_do_not_change_with_scale_shift_or_order(space, data):
    trials = space.grid()
    assume(len(trials))
    drawn = data.draw(st.lists(st.one_of(st.integers(-50, 50), st.none()), min_size=9, max_size=9))
    trials["objective"] = np.resize(np.array([np.nan if v is None else v for v in drawn]), len(trials))
    moved = trials.assign(objective=4 * trials["objective"] + 32)
    score = stability(trials, space.axes)
    np.testing.assert_allclose(stability(moved, space.axes), score, rtol=1e-9)
    defined = score[~np.isnan(score)]
    assert ((defined > 0) & (defined <= 1)).all()
    shares = importance(trials, space.axes)
    np.testing.assert_allclose(importance(moved, space.axes)[shares.index], shares, rtol=1e-9, atol=1e-12)
    back = trials.iloc[::-1].reset_index(drop=True)
    np.testing.assert_allclose(importance(back, space.axes)[shares.index], shares, rtol=1e-9, atol=1e-12)
    if not space.where and not trials["objective"].isna().any():
        assert shares.sum() <= 1 + 1e-9 or shares.isna().all()


@given(spaces, st.data())
@settings(max_examples=25)
def test_slices_hold_every_trial_in_order(space, data):
    trials = space.grid()
    assume(len(trials))
    trials["objective"] = np.resize(
        np.array(data.draw(st.lists(results, min_size=5, max_size=5))), len(trials)
    )
    for axis in space.axes:
        table = slices(trials, axis)
        assert table["trials"].sum() == len(trials)
        assert table["undefined"].sum() == trials["objective"].isna().sum()
        spread = table[["worst", "lower", "median", "upper", "best"]].dropna().to_numpy()
        assert (np.diff(spread, axis=1) >= -1e-9).all()
        assert table["best"].max() == trials["objective"].max() or table["best"].isna().all()


@given(st.integers(1, 4).flatmap(lambda k: st.lists(st.lists(results, min_size=k, max_size=k), max_size=20)))
def test_a_front_beats_the_rest_and_not_itself(rows):
    values = np.array(rows, dtype=float).reshape(len(rows), len(rows[0]) if rows else 1)
    front = pareto_front(values)
    for own, kept in zip(values, front, strict=True):
        beaten = any((other >= own).all() and (other > own).any() for other in values)
        assert kept == (not beaten and not np.isnan(own).any())
