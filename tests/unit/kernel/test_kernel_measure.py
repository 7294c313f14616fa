"""Figures of the compiled engine against numpy, plain loops and the metrics of a run that is written down."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsbt.engine.spans import build_span
from newsbt.kernel import drawdown as kernel_drawdown
from newsbt.kernel import measure as kernel
from newsbt.kernel import sums, tail
from newsbt.kernel.compile import allocating
from newsbt.kernel.measure import Span
from newsbt.kernel.premium import deviations
from newsbt.metrics import drawdown
from newsbt.metrics.daily import daily_equity, elapsed_years, periods_per_year
from newsbt.metrics.daily import daily_returns as returns_of
from newsbt.metrics.relative import align
from newsbt.records import FloatArray, IntArray

HOUR = 3_600_000_000_000
DAY = 24 * HOUR
CASH = 1_000.0
#: Equity that falls to nothing and below, too.
WORTHS = st.integers(-50_000, 500_000).map(lambda cents: cents / 100) | st.sampled_from([CASH, 0.0, 999.0])


def plain(function: Any) -> Any:
    """The function before compilation."""
    return getattr(function, "py_func", function)


@st.composite
def paths(draw: st.DrawFn) -> tuple[FloatArray, FloatArray]:
    """Moments of steps, one or two a date, and equity after each."""
    days = draw(st.lists(st.integers(19_700, 19_760), min_size=1, max_size=40, unique=True))
    hours = [draw(st.sampled_from([(8,), (21,), (8, 21)])) for _ in days]
    at = sorted(day * DAY + hour * HOUR for day, some in zip(days, hours, strict=True) for hour in some)
    worth = draw(st.lists(WORTHS, min_size=len(at), max_size=len(at)))
    return np.array(at, dtype=np.int64), np.array(worth)


def frame(at: FloatArray, worth: FloatArray) -> pd.DataFrame:
    return pd.DataFrame(
        {"at": pd.to_datetime(at, unit="ns", utc=True).astype("datetime64[ns, UTC]"), "equity": worth}
    )


@allocating
def low_quantile(values: FloatArray, place: float, mean: float, deviation: float) -> float:
    return tail.low_quantile(values, place, mean, deviation, np.empty(len(values)))


@allocating
def drawdown_of(path: FloatArray, dates: IntArray, cash: float) -> tuple[float, int]:
    return kernel_drawdown.drawdown(path, dates, cash)


@allocating
def exposed(span: Span, path: FloatArray, exposure: FloatArray) -> int:
    return kernel._exposed(span, path, exposure)


@allocating
def sums_of(
    values: FloatArray, mean: float, other: FloatArray
) -> tuple[float, float, tuple[float, float, float], tuple[float, float]]:
    room = np.empty(2 * len(values) + 4)
    return (
        sums.total(values, room),
        sums.losses(values, room),
        sums.powers(values, mean, room),
        sums.products(values, mean, other, room),
    )


@allocating
def own_returns(span: Span, path: FloatArray, cash: float) -> FloatArray:
    """Returns of the account between the dates in common."""
    daily, returns = np.empty(len(span.last_steps)), np.empty(len(span.last_steps))
    own = np.empty(len(span.benchmark))
    kernel.daily_returns(span, path, cash, daily, returns)
    if len(own):
        kernel._own_returns(span, daily, returns, cash, own)
    return own


@settings(deadline=None, max_examples=300)
@given(
    st.integers(2, 400),
    st.sampled_from([1, 2, 15]),
    st.sampled_from([0.01, 0.05, 0.5, 0.95]),
    st.floats(-2.0, 2.0),
    st.sampled_from([0.0, 1e-9, 0.02, 1.0, 3.0]),
    st.integers(0, 2**32 - 1),
)
def test_quantile_wherever_it_is_looked_for_first(
    count: int, decimals: int, share: float, mean: float, deviation: float, seed: int
) -> None:
    """Of values that are all different, and of values of which many are the same."""
    values = np.random.default_rng(seed).normal(size=count).round(decimals)
    if (count - 1) * share + 1 >= count - 1:
        return  # the kernel keeps one value beyond the quantile
    found = low_quantile(values, (count - 1) * share, mean, deviation)
    assert found == pytest.approx(float(np.quantile(values, share)), rel=1e-12, abs=1e-15)


@settings(deadline=None)
@given(
    st.integers(0, 300), st.sampled_from([1e-9, 0.01, 1e6]), st.floats(-1.0, 1.0), st.integers(0, 2**32 - 1)
)
def test_sums(count: int, size: float, mean: float, seed: int) -> None:
    """Of any number of values, within what rounding may do to the sum of their absolutes."""
    draw = np.random.default_rng(seed)
    values, other = draw.normal(0.0, size, count), draw.normal(0.0, 1.0, count)
    away = values - mean
    terms = values, np.minimum(values, 0.0) ** 2, away**2, away**3, away**4, away**2, away * other
    whole, loss, (second, third, fourth), (square, product) = sums_of(values, mean, other)
    for found, each in zip((whole, loss, second, third, fourth, square, product), terms, strict=True):
        assert abs(found - math.fsum(each)) <= 1e-14 * math.fsum(np.abs(each))


@st.composite
def crowded_paths(draw: st.DrawFn) -> tuple[IntArray, FloatArray, FloatArray]:
    """Moments of one to five steps a date, equity and exposure after each, with nan in both."""
    most = draw(st.sampled_from([1, 2, 5]))
    counts = draw(st.lists(st.integers(1, most), min_size=1, max_size=40))
    at = [(19_700 + day) * DAY + step * HOUR for day, count in enumerate(counts) for step in range(count)]
    size = len(at)
    worth = draw(st.lists(st.sampled_from([1.0, 1.0, 0.0, -3.0, math.nan]), min_size=size, max_size=size))
    held = draw(st.lists(st.sampled_from([0.0, 0.0, 5.0, math.nan]), min_size=size, max_size=size))
    return np.array(at, dtype=np.int64), np.array(worth), np.array(held)


@settings(deadline=None)
@given(crowded_paths(), st.integers(19_695, 19_705))
def test_dates_with_exposure(path: tuple[IntArray, FloatArray, FloatArray], first: int) -> None:
    at, worth, held = path
    span = build_span(at, dt.date(1970, 1, 1) + dt.timedelta(days=first), None)
    if len(span.last_steps):
        counts = ((held != 0.0) | ~(worth > 0.0)) & (at >= first * DAY)
        assert exposed(span, worth, held) == len(set(at[counts] // DAY))


@settings(max_examples=60, deadline=None)
@given(paths())
def test_drawdown(path: tuple[FloatArray, FloatArray]) -> None:
    same_drawdown(*path)


def same_drawdown(at: FloatArray, worth: FloatArray) -> None:
    deepest, longest = drawdown_of(worth, at // DAY, CASH)
    assert deepest == pytest.approx(drawdown.max_drawdown(worth, CASH), rel=1e-12)
    index = pd.DatetimeIndex(at.astype("datetime64[ns]")).tz_localize("UTC")
    assert longest == drawdown.max_drawdown_days(index, worth, CASH)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 150) | st.sampled_from([64, 128]),
            st.floats(-0.02, 0.02) | st.sampled_from([0.0, 0.0, 1e-13]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.floats(0.0, 0.01),
    st.sampled_from([0.9, 1.0, 1.01, 9.0]),
    st.integers(0, 2**32 - 1),
)
@example([(1, -0.02), (63, 0.0), (1, 0.1), (127, 0.0)], 0.0, 1.0, 0)
@example([(128, 0.0), (100, -0.001)], 0.0, 1.0, 0)
def test_drawdown_of_long_paths(rows: list[tuple[int, float]], noise: float, most: float, seed: int) -> None:
    """Rows of steps that rise, fall or stay at their highest, longer than what is looked at together."""
    moves = np.repeat([move for _, move in rows], [count for count, _ in rows])
    moves = moves + noise * np.random.default_rng(seed).normal(size=len(moves)) * (moves != 0.0)
    at = 19_000 * DAY + 12 * HOUR * np.arange(len(moves))
    same_drawdown(at, CASH * np.minimum(np.exp(np.cumsum(moves)), most))


@settings(max_examples=60, deadline=None)
@given(paths(), st.integers(19_690, 19_765))
def test_dates_and_daily_returns(path: tuple[FloatArray, FloatArray], first: int) -> None:
    """Each date's last step; a date that did not begin with money has no return."""
    at, worth = path
    begin = dt.date(1970, 1, 1) + dt.timedelta(days=first)
    span = build_span(at, begin, None)
    kept = at >= first * DAY
    daily = daily_equity(frame(at[kept], worth[kept]))
    assert len(span.last_steps) == len(daily)
    if not len(daily):
        return
    assert span.years == pytest.approx(elapsed_years(pd.DatetimeIndex(daily.index)), rel=1e-12)
    assert span.per_year == pytest.approx(periods_per_year(pd.DatetimeIndex(daily.index)), rel=1e-12)
    equity, returns = np.empty(len(daily)), np.empty(len(daily))
    with np.errstate(all="ignore"):
        plain(kernel.daily_returns)(span, worth, CASH, equity, returns)
    np.testing.assert_array_equal(equity, daily.to_numpy())
    np.testing.assert_allclose(returns, np.asarray(returns_of(daily, CASH)), rtol=1e-12, atol=1e-15)


@settings(max_examples=60, deadline=None)
@given(
    paths(),
    st.lists(st.integers(19_680, 19_765), max_size=40, unique=True),
    st.sampled_from([8, 21]),
    st.randoms(use_true_random=False),
)
def test_dates_that_the_benchmark_has_too(
    path: tuple[FloatArray, FloatArray], days: list[int], hour: int, chance: Any
) -> None:
    at, worth = path
    worth = np.abs(worth) + 1.0
    closes = [chance.choice([math.nan, *[chance.uniform(5.0, 50.0) for _ in range(4)]]) for _ in days]
    moments = np.array(sorted(days), dtype=np.int64) * DAY + hour * HOUR
    index = pd.DatetimeIndex(moments.astype("datetime64[ns]")).tz_localize("UTC")
    benchmark = pd.Series(closes, index=index, dtype="float64")
    pair = align(daily_equity(frame(at, worth)), CASH, benchmark)
    span = build_span(at, dt.date.min, benchmark)
    np.testing.assert_allclose(span.benchmark, pair.benchmark, rtol=1e-12)
    np.testing.assert_allclose(span.common_per_year, pair.per_year, rtol=1e-12, equal_nan=True)
    np.testing.assert_allclose(own_returns(span, worth, CASH), pair.returns, rtol=1e-12, atol=1e-15)


@given(
    st.lists(st.floats(-0.5, 0.5) | st.just(math.nan), min_size=3, max_size=25),
    st.integers(2, 12),
)
def test_premium_in_deviations(premiums: list[float], window: int) -> None:
    rows = [([math.nan] * window + premiums)[place : place + window + 1] for place in range(len(premiums))]
    found = deviations(np.array(rows))
    for row, value in zip(rows, found, strict=True):
        known = [premium for premium in row[:-1] if not math.isnan(premium)]
        expected = math.nan
        if 2 * len(known) >= window and len(known) > 1 and not math.isnan(row[-1]):
            mean = sum(known) / len(known)
            squares = sum((premium - mean) ** 2 for premium in known)
            if squares > 0.0:
                expected = (row[-1] - mean) / math.sqrt(squares / (len(known) - 1))
        if not (math.isnan(expected) and not math.isfinite(value)):
            assert value == pytest.approx(expected, rel=1e-6, abs=1e-9, nan_ok=True)
