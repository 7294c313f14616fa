"""Every metric of a run, compiled: the same figures as :mod:`newsbt.metrics`, without frames.

Their order is that of :data:`newsbt.metrics.table.METRICS`; nan stands for None.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from newsbt.kernel.compile import compiled, outlined
from newsbt.kernel.drawdown import drawdown
from newsbt.kernel.lend import stay_apart
from newsbt.kernel.run_state import Run
from newsbt.kernel.sums import losses, powers, products, total
from newsbt.kernel.tail import low_quantile
from newsbt.records import FloatArray, IntArray

__all__ = ["COUNT", "Span", "daily_returns", "measure"]

#: Number of metrics.
COUNT = 31
#: Daily returns of an account that does nothing differ by rounding only.
NOISE = 1e-14
MIN_FOR_TAIL = 20


class Span(NamedTuple):
    """The dates of a run, and the benchmark on them.

    Parameters
    ----------
    first_step : int
        First step that counts.
    last_steps : array of int64, shape (dates,)
        Last step of each UTC date.
    dates : array of int64, shape (steps,)
        UTC date of each step, days.
    crowded : array of int64, shape (n, 2)
        Dates with three steps or more that count: their first step, and the one after their last.
    years, per_year : float
        Calendar length, and dates a year.
    common : array of int64, shape (points,)
        Dates (places in `last_steps`) that the benchmark has too; -1 is the initial capital.
    jumps : array of int64, shape (n,)
        Places in `common` that other dates follow before the next one in common.
    benchmark : array, shape (points - 1,)
        Its returns between them.
    common_per_year : float
        Such returns a year.
    benchmark_growth, benchmark_mean, benchmark_square : float
        Product of 1 + those returns; their mean; sum of squares of their distances from it.
    benchmark_apart : array, shape (points - 1,)
        These distances.
    """

    first_step: int
    last_steps: IntArray
    dates: IntArray
    crowded: IntArray
    years: float
    per_year: float
    common: IntArray
    jumps: IntArray
    benchmark: FloatArray
    common_per_year: float
    benchmark_growth: float
    benchmark_mean: float
    benchmark_square: float
    benchmark_apart: FloatArray


@compiled
def daily_returns(span: Span, path: FloatArray, cash: float, daily: FloatArray, into: FloatArray) -> bool:
    """Equity of each date, and its simple return, the first one from the initial capital.

    Gives whether every date began with money; the returns of those that did not are nan.
    """
    days = len(span.last_steps)
    if not days:
        return True
    for date in range(days):
        # Each signed place would be tested for being negative.
        daily[date] = path[np.uint64(span.last_steps[date])]
    into[0] = daily[0] / cash - 1.0
    before, after, gains = daily[: days - 1], daily[1:days], into[1:days]
    without = 0
    for k in range(days - 1):
        gains[k] = after[k] / before[k] - 1.0
        without += 1 if not before[k] > 0.0 else 0
    if without:
        for k in range(days - 1):
            gains[k] = gains[k] if before[k] > 0.0 else math.nan
    return without == 0


@outlined
def measure(
    run: Run,
    span: Span,
    daily: FloatArray,
    returns: FloatArray,
    room: FloatArray,
    out: FloatArray,
) -> None:
    """Write every metric of a finished run into `out`.

    `daily` and `returns` have place for a value a date and two more, `room` for twice as many; daily equity
    and returns are left in the first two.
    """
    stay_apart()
    account, cash, path = run.account[0], run.market.rules[0].cash, run.path
    days = len(span.last_steps)
    final = path[span.last_steps[days - 1]] if days else cash
    money = daily_returns(span, path, cash, daily, returns)
    out[:] = math.nan
    out[0] = final
    out[1] = final / cash - 1.0
    if days >= 2 and final >= 0.0:
        out[2] = (final / cash) ** (1.0 / span.years) - 1.0
    _moments(span, returns[:days], room, out)
    if span.first_step < len(path):
        out[6], out[7] = drawdown(path[span.first_step :], span.dates[span.first_step :], cash)
    if out[6] > 0.0:
        out[8] = out[2] / out[6]
    out[12] = account.trades
    still_open = 0
    for place in range(account.active):
        still_open += 1 if run.desks[run.active[place]].position != 0 else 0
    out[13] = still_open
    if account.trades:
        out[14] = account.wins / account.trades
        out[16] = account.returns / account.trades
        out[17] = account.best
        out[18] = account.worst
        out[19] = account.sessions / account.trades
    if account.lost > 0.0:
        out[15] = account.gained / account.lost
    if days:
        out[20] = _exposed(span, path, run.exposure) / days
        mean = total(daily[:days], room) / days
        if mean > 0.0:
            out[21] = account.traded / mean / span.years
        out[30] = span.per_year
    out[22] = account.fees
    out[23] = account.borrow
    out[24] = account.dividends
    _relative(span, daily, returns, cash, money, room, out)
    out[29] = days
    for place in range(len(out)):
        if not math.isfinite(out[place]):
            out[place] = math.nan


@compiled
def _moments(span: Span, returns: FloatArray, room: FloatArray, out: FloatArray) -> None:
    """Volatility, Sharpe, Sortino, skewness, kurtosis and value at risk of the daily returns."""
    days = len(returns)
    whole = total(returns, room)
    if days < 2 or not math.isfinite(whole):
        return
    mean = whole / days
    second, third, fourth = powers(returns, mean, room)
    deviation = math.sqrt(second / (days - 1))
    if deviation <= NOISE:
        deviation = 0.0
    year = math.sqrt(span.per_year)
    out[3] = deviation * year
    if deviation > 0.0:
        out[4] = mean / deviation * year
        variance = second / days
        if days >= 3:
            out[9] = third / days / (variance * math.sqrt(variance))
        if days >= 4:
            out[10] = fourth / days / (variance * variance) - 3.0
    downside = math.sqrt(losses(returns, room) / days)
    if downside > NOISE:
        out[5] = mean / downside * year
    if days >= MIN_FOR_TAIL:
        out[11] = -low_quantile(returns, (days - 1) * 0.05, mean, deviation, room)


@compiled
def _exposed(span: Span, path: FloatArray, exposure: FloatArray) -> int:
    """Number of dates with exposure, or nothing left to hold it with, after at least one step."""
    first = span.first_step
    worths, held, dates = path[first:], exposure[first:], span.dates[first:]
    next_worths, next_held, next_dates = worths[1:], held[1:], dates[1:]
    last = len(worths) - 1
    count = 1 if _holds(worths[last], held[last]) else 0
    # Unbroken rows of such steps of a date are counted: there is one at most among one or two steps.
    for k in range(last):
        now, then = _holds(worths[k], held[k]), _holds(next_worths[k], next_held[k])
        count += 1 if now else 0
        count -= 1 if now & then & (dates[k] == next_dates[k]) else 0
    for place in range(len(span.crowded)):
        begin, end = span.crowded[place, 0] - first, span.crowded[place, 1] - first
        rows, before = 0, False
        for step in range(begin, end):
            now = _holds(worths[step], held[step])
            rows += 1 if now and not before else 0
            before = now
        count -= max(rows - 1, 0)
    return count


@compiled
def _holds(worth: float, exposure: float) -> bool:
    return (exposure != 0.0) | (not worth > 0.0)


@compiled
def _relative(
    span: Span,
    daily: FloatArray,
    returns: FloatArray,
    cash: float,
    money: bool,
    room: FloatArray,
    out: FloatArray,
) -> None:
    """Benchmark return, alpha, beta and correlation on the dates that both have."""
    points = len(span.benchmark)
    if points < 1 or not (money or _solvent(span, daily)):
        return
    own, rest = room[:points], room[points:]
    _own_returns(span, daily, returns, cash, own)
    out[25] = span.benchmark_growth - 1.0
    if points < 2:
        return
    mine = total(own, rest) / points
    own_square, together = products(own, mine, span.benchmark_apart, rest)
    other_square = span.benchmark_square
    if not math.sqrt(other_square / (points - 1)) > NOISE:
        return
    out[27] = together / other_square
    out[26] = (1.0 + mine - out[27] * span.benchmark_mean) ** span.common_per_year - 1.0
    if math.sqrt(own_square / (points - 1)) > NOISE:
        out[28] = max(-1.0, min(1.0, together / math.sqrt(own_square * other_square)))


@compiled
def _solvent(span: Span, daily: FloatArray) -> bool:
    """Whether there was money at every point in common but the last."""
    without = 0
    for point in range(len(span.benchmark)):
        date = span.common[point]
        without += 1 if date >= 0 and not daily[date] > 0.0 else 0
    return without == 0


@compiled
def _own_returns(span: Span, daily: FloatArray, returns: FloatArray, cash: float, own: FloatArray) -> None:
    """Returns between the points in common: daily ones, but for the jumps over other dates."""
    begin = 0
    for jump in range(len(span.jumps) + 1):
        end = span.jumps[jump] if jump < len(span.jumps) else len(own)
        _copy(returns[span.common[begin] + 1 :], own[begin:end])
        if end < len(own):
            before = span.common[end]
            worth = daily[before] if before >= 0 else cash
            own[end] = daily[span.common[end + 1]] / worth - 1.0
        begin = end + 1


@compiled
def _copy(source: FloatArray, target: FloatArray) -> None:
    for k in range(len(target)):
        target[k] = source[k]
