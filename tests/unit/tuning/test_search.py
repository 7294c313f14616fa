"""Searches: every point once, the same by seed, even where it matters, better where it learns."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from newsbt.errors import InputError, UnknownNameError
from newsbt.params import COMMON, Param
from newsbt.tuning.axes import parse_axes
from newsbt.tuning.constraints import parse_where
from newsbt.tuning.search import (
    SEARCHES,
    GridSearch,
    RandomSearch,
    SobolSearch,
    TpeSearch,
    make_search,
)
from newsbt.tuning.space import Space

KNOWN = {**COMMON, **{name: Param(name, 0, 0, 999) for name in "abc"}, "flip": Param("flip", True)}


def space(*texts, where=()):
    axes = parse_axes(texts, KNOWN)
    return Space(axes, [parse_where(text, [axis.name for axis in axes]) for text in where])


def points(search, count, step, function=None):
    """The first `count` points of `search`, told after every `step`."""
    parts = []
    while count > 0 and len(batch := search.ask(min(step, count))):
        values = np.zeros(len(batch)) if function is None else function(batch).to_numpy()
        search.tell(batch, values[:, None])
        parts.append(batch)
        count -= len(batch)
    return pd.concat(parts, ignore_index=True)


def bowl(batch):
    return -((batch["hold"] - 7) ** 2) / 100 - 100 * (batch["stop"] - 0.31) ** 2


DISCRETE = space("hold=1:4", "stop=0.3,0.1,0.2", "side=long,short", "flip=yes,no")
LIMITED = space(
    "take=0.1:0.9:0.1", "stop=0.1:0.9:0.1", "side=long,short", where=["take > stop or side == 'long'"]
)
MIXED = space("hold=1:20", "stop=0:1", "side=long,short", where=["stop < 0.5 or hold > 10"])


@pytest.mark.parametrize("name", SEARCHES)
def test_every_point_of_a_discrete_space_comes_once(name):
    # LIMITED: 81 with "long"; of 81 with "short" the 36 above the diagonal.
    for tested, size in ((DISCRETE, 48), (LIMITED, 117)):
        if name == "tpe" and tested is LIMITED:
            continue  # the same filling up with random points, slower
        found = points(make_search(name, tested, 5), 10**6, 7)
        assert len(found) == size
        whole = tested.grid()
        assert (
            found.sort_values(list(found.columns))
            .reset_index(drop=True)
            .equals(whole.sort_values(list(whole.columns)).reset_index(drop=True))
        )


def test_the_grid_is_in_order_and_ends():
    search = GridSearch(DISCRETE)
    parts = [search.ask(20), search.ask(20), search.ask(20), search.ask(20)]
    assert [len(part) for part in parts] == [20, 20, 8, 0]
    assert pd.concat(parts, ignore_index=True).equals(DISCRETE.grid())
    assert parts[3].dtypes.equals(parts[0].dtypes)


@pytest.mark.parametrize("name", ["random", "sobol", "tpe"])
@pytest.mark.parametrize("tested", [LIMITED, MIXED], ids=["discrete", "continuous"])
def test_the_seed_is_all_that_matters(name, tested):
    def run(seed, step):
        return points(make_search(name, tested, seed), 25, step, lambda batch: -batch["stop"])

    found = run(1, 7)
    assert found.equals(run(1, 25))
    assert not found.equals(run(2, 7))
    assert tested.allowed(found).all()


@pytest.mark.parametrize(("name", "finished"), list(itertools.product(SEARCHES, [10, 17])))
def test_told_the_finished_trials_a_new_search_goes_on_as_the_old(name, finished):
    for tested in (LIMITED, MIXED):
        if name == "grid" and tested is MIXED:
            continue
        whole = points(make_search(name, tested, 3), 36, 9, lambda batch: -((batch["stop"] - 0.4) ** 2))
        resumed = make_search(name, tested, 3)
        done = whole.iloc[:finished]
        resumed.tell(done, -((done[["stop"]].to_numpy() - 0.4) ** 2))
        rest = points(resumed, 36 - finished, 4, lambda batch: -((batch["stop"] - 0.4) ** 2))
        assert rest.equals(whole.iloc[finished:].reset_index(drop=True))


def test_skipping_is_asking_without_looking():
    for make in (GridSearch, lambda s: RandomSearch(s, 4), lambda s: SobolSearch(s, 4)):
        for tested in (DISCRETE, LIMITED):
            passed, asked = make(tested), make(tested)
            passed.ask(3)
            passed.skip(11)
            asked.ask(14)
            assert passed.ask(5).equals(asked.ask(5))


def test_a_grid_of_a_thousand_million_points_is_entered_anywhere():
    search = GridSearch(space("a=0:999", "b=0:999", "c=0:999"))
    search.skip(987_654_321)
    assert search.ask(2).to_numpy().tolist() == [[987, 654, 321], [987, 654, 322]]


def test_random_points_of_a_large_grid_are_distinct_and_spread():
    found = RandomSearch(space("a=0:999", "b=0:999", "c=0:999"), 9).ask(20_000)
    assert not found.duplicated().any()
    # The mean of 20,000 uniform numbers of 0..999 has deviation 288.7 / sqrt(20000) = 2.04.
    assert (np.abs(found.mean() - 499.5) < 5 * 2.04).all()


def test_sobol_points_are_even_as_random_ones_are_not():
    tested = space("stop=0:1", "take=0:1")
    for column in ("stop", "take"):
        even = SobolSearch(tested, 1).ask(256)[column]
        assert np.bincount((even * 256).astype(int), minlength=256).tolist() == [1] * 256
        assert np.bincount((RandomSearch(tested, 1).ask(256)[column] * 256).astype(int)).max() > 1


def test_tpe_learns():
    tested = space("hold=1:200", "stop=0:1")
    for seed in (1, 2):
        learned = bowl(points(TpeSearch(tested, seed), 80, 10, bowl)).max()
        drawn = bowl(points(RandomSearch(tested, seed), 80, 10)).max()
        assert learned > drawn
        assert learned > -0.05


def test_tpe_takes_several_objectives_and_undefined_results():
    search = TpeSearch(space("hold=1:20", "stop=0:1"), 1, objectives=2)
    for _ in range(4):
        batch = search.ask(10)
        assert len(batch) == 10
        values = np.column_stack([-batch["stop"], batch["hold"]]).astype(float)
        values[batch["hold"] > 10] = [math.nan, math.nan]
        search.tell(batch, values)
    assert len(search.ask(10)) == 10


def test_tpe_gives_one_generation_at_a_time():
    search = TpeSearch(MIXED, 1)
    assert [len(search.ask(n)) for n in (4, 100, 3)] == [4, 6, 3]


def test_trials_of_another_space_are_refused():
    other = space("take=0.1:0.9:0.1", "stop=0.15,0.2", "side=long").grid(0, 1)
    with pytest.raises(InputError, match=r"stop = 0\.15, which this search does not take"):
        TpeSearch(LIMITED, 1).tell(other, np.zeros((1, 1)))


@pytest.mark.parametrize("name", SEARCHES)
def test_constraints_that_nothing_meets_are_said(name, monkeypatch):
    monkeypatch.setattr("newsbt.tuning.stream.Stream.patience", 5000)
    spaces = [space("hold=1:20", "stop=0:1:0.1", where=["hold + stop < 1"])]
    if name != "grid":
        spaces.append(space("hold=1:20", "stop=0:1", where=["hold + stop < 1"]))
    for tested in spaces:
        with pytest.raises(InputError, match=r"none of .* points meets --where 'hold \+ stop < 1'"):
            make_search(name, tested, 1).ask(1)


def test_a_search_there_is_none_of_is_refused():
    with pytest.raises(UnknownNameError, match="did you mean 'random'"):
        make_search("randm", DISCRETE, 1)
    with pytest.raises(InputError, match="has no step"):
        make_search("grid", MIXED, 1)


def test_points_beyond_64_bits_are_drawn_too():
    huge = space(
        *(f"{name}=0:999" for name in "abc"), *(f"{name}=0:1:0.000002" for name in ("stop", "take", "trail"))
    )
    assert huge.size > 2**62
    for name in ("random", "sobol"):
        assert not make_search(name, huge, 1).ask(500).duplicated().any()
