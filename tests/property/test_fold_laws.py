"""Laws of walk-forward windows, of the purge and of stitching, for any plan and any calendar."""

import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newsbt.errors import InputError
from newsbt.sessions import VenueCalendar
from newsbt.tuning.folds import LEAST_TEST, Plan, Span, folds, leftover, parse_plan
from newsbt.tuning.purge import embargoes, training_events
from newsbt.tuning.stitch import stitch
from walk_tools import run_of

DAY = dt.timedelta(days=1)
EPOCH = dt.date(1970, 1, 1)

days = st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31))
spans = st.one_of(st.builds(Span, st.integers(1, 36)), st.builds(Span, st.just(0), st.integers(20, 400)))
plans = st.builds(
    Plan,
    spans,
    spans,
    anchored=st.booleans(),
    embargo=st.one_of(st.just(Span()), st.builds(Span, st.just(0), st.integers(1, 60))),
    purge=st.one_of(st.none(), st.integers(0, 60)),
)


def cut(first, length, plan):
    last = first + length * DAY
    try:
        return folds(first, last, plan), last
    except InputError:
        assume(False)


@given(days, st.integers(0, 6000), plans)
def test_no_training_day_is_a_test_day_or_later(first, length, plan):
    found, _ = cut(first, length, plan)
    for fold in found:
        assert first <= fold.train_start <= fold.train_end < fold.test_start <= fold.test_end
        assert fold.train_end + DAY == fold.test_start


@given(days, st.integers(0, 6000), plans)
def test_test_windows_cover_everything_after_the_first_training_once(first, length, plan):
    found, last = cut(first, length, plan)
    for before, after in itertools.pairwise(found):
        assert after.test_start == before.test_end + DAY
        assert after.train_start == first if plan.anchored else after.train_start > before.train_start
    rest = leftover(found, last)
    if rest is None:
        assert found[-1].test_end == last
    else:
        assert rest == (found[-1].test_end + DAY, last)
        # What is left out is less than half of the window that would come next.
        whole = (plan.train + plan.test * (len(found) + 1)).after(first) - rest[0]
        assert (last - rest[0]).days + 1 < LEAST_TEST * whole.days


@given(days, st.integers(0, 6000), plans)
def test_a_longer_period_changes_no_fold_but_the_last(first, length, plan):
    found, last = cut(first, length, plan)
    longer = folds(first, last + 200 * DAY, plan)
    assert longer[: len(found) - 1] == found[:-1]
    assert longer[len(found) - 1].train_end == found[-1].train_end


@given(plans)
def test_a_plan_reads_back(plan):
    assert parse_plan(str(plan)) == plan


@st.composite
def calendars(draw):
    """Two venues with their own holidays from 2020 on."""
    noise = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    first = (dt.date(2020, 1, 1) - EPOCH).days
    found = []
    for venue, zone in (("XNYS", "America/New_York"), ("XHKG", "Asia/Hong_Kong")):
        numbers = np.arange(first, first + 500, dtype=np.int64)
        numbers = numbers[(noise.random(500) > draw(st.sampled_from([0.0, 0.3, 0.8])))]
        opens = numbers * 86_400 * 10**9 + (2 if venue == "XHKG" else 15) * 3600 * 10**9
        found.append(VenueCalendar(venue, zone, numbers, opens, opens + 6 * 3600 * 10**9))
    return found


@settings(max_examples=50, deadline=None)
@given(calendars(), plans, st.integers(0, 30), st.integers(0, 2**32 - 1))
def test_no_event_that_is_used_reaches_into_the_test(venues, plan, window, seed):
    found, _ = cut(dt.date(2020, 1, 5), 490, plan)
    noise = np.random.default_rng(seed)
    assume(all(len(venue.days) for venue in venues))
    at = np.column_stack([noise.integers(-2, len(venue.days), 40) for venue in venues])
    for fold in found:
        embargoed = embargoes(fold, found[: fold.number - 1], plan.embargo)
        kept = training_events(at, venues, fold, window, embargoed)
        for row, used, purged, barred in zip(at, kept.used, kept.purged, kept.embargoed, strict=True):
            assert used + purged + barred <= 1
            firsts = [venue.day(place) for venue, place in zip(venues, row, strict=True) if place >= 0]
            ends = [
                venue.day(place + window) if place + window < len(venue.days) else dt.date.max
                for venue, place in zip(venues, row, strict=True)
                if place >= 0
            ]
            soon = any(start <= day <= end for start, end in embargoed for day in firsts)
            # Exactly those whose every window ends in training, none of them embargoed.
            late = -2 in row or any(end > fold.train_end for end in ends)
            assert used == (not late and not soon)
            if any(fold.train_start <= day <= fold.train_end for day in firsts):
                assert used + purged + barred == 1


@given(plans)
def test_embargoes_begin_after_a_test_that_ended_before_training_did(plan):
    found, _ = cut(dt.date(2020, 1, 1), 3000, plan)
    for fold in found:
        for start, end in embargoes(fold, found[: fold.number - 1], plan.embargo):
            assert start - DAY in {item.test_end for item in found[: fold.number - 1]}
            assert start <= end
            assert start <= fold.train_end


def test_an_impossible_period_is_refused():
    with pytest.raises(InputError):
        folds(dt.date(2020, 1, 2), dt.date(2020, 1, 1), parse_plan("train=1d,test=1d"))


returns = st.lists(st.floats(-0.3, 0.3).map(lambda value: round(value, 4)), min_size=1, max_size=8)


@settings(max_examples=20, deadline=None)
@given(st.lists(returns, min_size=1, max_size=4), st.sampled_from([1.0, 1e3, 1e9]))
def test_stitched_equity_is_continuous_and_the_product_of_the_tests(windows, cash):
    money, day, results = cash, dt.date(2024, 1, 1), []
    for made in windows:
        result = run_of(day.isoformat(), money, made, trades=[0.1])
        results.append(result)
        money, day = float(result.metrics["final_equity"]), day + len(made) * DAY
    whole = stitch(results, cash)
    product = np.prod([1.0 + float(result.metrics["total_return"]) for result in results])
    assert whole.metrics["total_return"] == pytest.approx(product - 1.0, abs=1e-12)
    # Step by step the account makes what the windows made: nothing is gained or lost at a border.
    held = np.concatenate([[cash], whole.equity["equity"].to_numpy()])
    np.testing.assert_allclose(held[1:] / held[:-1] - 1.0, np.concatenate(windows), atol=1e-12)
    parts = whole.equity["pnl_price"] + whole.equity["pnl_fx"] - whole.equity["fees"]
    np.testing.assert_allclose(cash + parts, whole.equity["equity"], rtol=1e-12)
    assert whole.equity["at"].is_monotonic_increasing
    assert whole.metrics["trades"] == len(windows)
