"""Laws of placebo worlds: what each kind promises to keep, on made-up news of two venues."""

import dataclasses

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newsbt.adapters.compilation import PLACEBO, compile_once, keep_compiled

keep_compiled()

from newsbt.engine.compiled import CompiledWorld  # noqa: E402 - numba must know its folder before
from newsbt.engine.news_layout import moved_world, news_layout  # noqa: E402
from newsbt.errors import InputError  # noqa: E402
from newsbt.evidence.placebo.draws import JITTER, KINDS, Draws  # noqa: E402
from newsbt.evidence.placebo.targets import week_targets  # noqa: E402
from placebo_tools import layouts, make_layout  # noqa: E402
from strategy_tools import shipped  # noqa: E402
from worlds import worlds  # noqa: E402

SEEDS = st.integers(0, 1000)
NEWS_DRIVEN = ("drift", "fade", "decay", "lead_lag", "pair")


def batch(layout, kind, seed, number=0):
    """Bars and scores of some worlds; an example without any is of no use."""
    try:
        return Draws(layout, kind, seed).batch(number)
    except InputError:
        assume(False)


def listings(layout, bars):
    return np.searchsorted(layout.offsets, bars, side="right") - 1


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, deadline=None)
@given(layouts, SEEDS)
def test_no_two_signals_meet_and_none_leaves_the_run(kind, layout, seed):
    bars, scores = batch(layout, kind, seed)
    assert bars.shape == scores.shape == (len(bars), len(layout.bars))
    assert (np.diff(np.sort(bars, axis=1), axis=1) > 0).all()
    assert layout.usable[bars].all()


@pytest.mark.parametrize("kind", ["dates", "shift", "signs"])
@settings(max_examples=25, deadline=None)
@given(layouts, SEEDS)
def test_every_signal_stays_with_its_listing(kind, layout, seed):
    bars, _ = batch(layout, kind, seed)
    assert (listings(layout, bars) == layout.listing).all()


@settings(max_examples=40, deadline=None)
@given(layouts, SEEDS)
def test_moved_dates_keep_weekdays_and_the_listings_of_a_story_together(layout, seed):
    bars, scores = batch(layout, "dates", seed)
    moved = layout.days[bars] - layout.days[layout.bars]
    assert (moved % 7 == 0).all()
    for story in range(layout.stories):
        of_story = moved[:, layout.story == story]
        assert (of_story == of_story[:, :1]).all()
    assert (scores == layout.scores).all()


@settings(max_examples=40, deadline=None)
@given(layouts)
def test_a_story_of_one_signal_stays_in_its_third_of_volatility(layout):
    targets = week_targets(layout, fewest=0)
    sizes = np.diff(targets.first_member)
    for story in np.flatnonzero(sizes == 1):
        own = layout.bars[targets.members[targets.first_member[story]]]
        first = targets.first_bar[story]
        chosen = targets.bars[first : first + targets.counts[story]]
        begin, end = layout.offsets[listings(layout, own) : listings(layout, own) + 2]
        weekday = [
            b for b in range(begin, end) if layout.usable[b] and (layout.days[b] - layout.days[own]) % 7 == 0
        ]
        by_size = sorted(weekday, key=lambda bar: layout.volatility[bar])
        ranks = sorted(by_size.index(bar) for bar in chosen)
        assert own in chosen
        assert ranks == list(range(ranks[0], ranks[-1] + 1))  # nothing in between is left out
        assert abs(len(ranks) - len(weekday) / 3) <= 1.0


@settings(max_examples=20, deadline=None)
@given(SEEDS, SEEDS)
def test_stories_with_the_same_weeks_keep_their_distance(seed, other):
    layout = make_layout(seed, weeks=60, issuers=1, stories=3, wide=0.0)
    layout = dataclasses.replace(layout, volatility=np.ones(len(layout.days)))
    targets = week_targets(layout)
    bars, _ = batch(layout, "dates", other)
    days = layout.days[layout.bars]
    for a in range(len(days)):
        for b in range(a):
            if (days[a] - days[b]) % 7 == 0:
                count = int(targets.counts[layout.story[a]])
                weeks = {bar: place for place, bar in enumerate(weeks_of(targets, layout, a))}
                was = weeks[layout.bars[a]] - weeks[layout.bars[b]]
                now = np.array([weeks[x] - weeks[y] for x, y in bars[:, [a, b]].tolist()])
                off = (now - was + count // 2) % count - count // 2
                # One more where both would have met.
                assert np.abs(off).max() <= 2 * JITTER + 1


def weeks_of(targets, layout, signal):
    story = layout.story[signal]
    first = targets.first_bar[story]
    return targets.bars[first : first + targets.counts[story]].tolist()


@settings(max_examples=40, deadline=None)
@given(layouts, SEEDS)
def test_signs_turn_whole_stories_and_nothing_else(layout, seed):
    bars, scores = batch(layout, "signs", seed)
    assert (bars == layout.bars).all()
    turned = scores / layout.scores
    assert set(np.unique(turned)) <= {-1.0, 1.0}
    for story in range(layout.stories):
        of_story = turned[:, layout.story == story]
        assert (of_story == of_story[:, :1]).all()


@settings(max_examples=40, deadline=None)
@given(layouts, SEEDS)
def test_swapped_issuers_keep_dates_scores_and_venues(layout, seed):
    bars, scores = batch(layout, "issuers", seed)
    there = listings(layout, bars)
    assert (layout.days[bars] == layout.days[layout.bars]).all()
    assert (layout.venue[there] == layout.venue[layout.listing]).all()
    assert (scores == layout.scores).all()
    for story in range(layout.stories):
        chosen = layout.story == story
        # Listings of one issuer go to listings of one issuer, and of two to those of two.
        pairs = {
            (world, old, new)
            for world, row in enumerate(layout.issuer[there][:, chosen].tolist())
            for old, new in zip(layout.issuer[layout.listing[chosen]].tolist(), row, strict=True)
        }
        assert len(pairs) == len({(w, old) for w, old, _ in pairs}) == len({(w, new) for w, _, new in pairs})


@settings(max_examples=40, deadline=None)
@given(layouts, SEEDS)
def test_shifted_news_keep_the_order_of_a_story(layout, seed):
    bars, _ = batch(layout, "shift", seed)
    before, after = layout.days[layout.bars], layout.days[bars]
    for story in range(layout.stories):
        chosen = np.flatnonzero(layout.story == story)
        order = chosen[np.argsort(before[chosen], kind="stable")]
        steps = np.diff(before[order])
        # A listing without a bar on its date waits for the next one: at most a holiday behind the others.
        spread = after[:, order].max(axis=1) - after[:, order].min(axis=1)
        assert (spread <= steps.sum() + 14).all()


def test_without_holidays_all_news_shift_by_the_same_number_of_sessions():
    layout = make_layout(3, weeks=8, issuers=1, stories=3, wide=0.0)
    assert len(layout.venue) == 1
    bars, _ = Draws(layout, "shift", 0).batch(0)
    count = int(layout.usable.sum())
    places = np.cumsum(layout.usable) - 1
    moved = (places[bars] - places[layout.bars]) % count
    assert (moved == moved[:, :1]).all()
    assert set(np.unique(moved)) == set(range(count))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=10, deadline=None)
@given(layouts, SEEDS)
def test_the_same_seed_gives_the_same_worlds_in_any_order(kind, layout, seed):
    second, first = batch(layout, kind, seed, 1), batch(layout, kind, seed, 0)
    draws = Draws(layout, kind, seed)
    for wanted, number in ((first, 0), (second, 1)):
        for one, other in zip(wanted, draws.batch(number), strict=True):
            assert np.array_equal(one, other)


@settings(max_examples=20, deadline=None)
@given(worlds())
def test_signals_of_one_date_are_of_one_story(world):
    layout = news_layout(world)
    dates = layout.days[layout.bars]
    assert all(len(set(layout.story[dates == day].tolist())) == 1 for day in set(dates.tolist()))


@pytest.mark.parametrize("name", NEWS_DRIVEN)
@settings(max_examples=8, deadline=None)
@given(worlds(), SEEDS)
def test_news_where_they_are_give_the_run_and_moved_news_the_run_on_a_moved_world(engine, name, world, seed):
    layout = news_layout(world)
    assume(len(layout.bars))
    params = dict(shipped(name).params._getitems())
    packed = CompiledWorld(world, name)
    as_it_is = layout.bars[None, :], layout.scores[None, :]
    compile_once(PLACEBO, lambda: packed.news_metrics(params, *as_it_is))
    own = packed.news_metrics(params, *as_it_is)
    assert np.array_equal(own, packed.metrics([params]), equal_nan=True)
    for kind in KINDS:
        try:
            bars, scores = Draws(layout, kind, seed).batch(0)
        except InputError:
            continue
        found = packed.news_metrics(params, bars[:2], scores[:2])
        for row in range(2):
            moved = CompiledWorld(moved_world(world, bars[row], scores[row]), name)
            assert np.array_equal(found[row], moved.metrics([params])[0], equal_nan=True)
