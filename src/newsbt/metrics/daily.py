"""From the equity of every step to daily equity, daily returns and the length of a year (pure)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from newsbt.records import FloatArray

__all__ = ["DAYS_PER_YEAR", "daily_equity", "daily_returns", "elapsed_years", "periods_per_year"]

#: Mean length of a calendar year.
DAYS_PER_YEAR = 365.25


def daily_equity(equity: pd.DataFrame) -> pd.Series[float]:
    """Equity at the last step of each UTC date that has a step.

    Parameters
    ----------
    equity : DataFrame
        One row a step, ascending: at (``datetime64[ns, UTC]``), equity (base currency).

    Returns
    -------
    Series
        Indexed by UTC midnight of the date (``datetime64[ns, UTC]``), ascending, unique; empty without steps.
    """
    dates = pd.DatetimeIndex(pd.to_datetime(equity["at"], utc=True)).as_unit("ns").normalize()
    last = ~dates.duplicated(keep="last")
    values = equity["equity"].to_numpy(dtype=np.float64)
    return pd.Series(values[last], index=dates[last], name="equity")


def daily_returns(daily: pd.Series[float], initial_cash: float) -> pd.Series[float]:
    """Simple return of each date (decimal, 0.01 = 1 %); the first one is measured from the initial capital.

    Parameters
    ----------
    daily : Series
        As :func:`daily_equity` gives it.
    initial_cash : float
        Capital before the first step, base currency, positive.

    Returns
    -------
    Series
        Same index as `daily`. NaN where the equity before was zero or less: no return can be told then.
    """
    value = daily.to_numpy(dtype=np.float64)
    before = np.concatenate(([initial_cash], value[:-1])) if len(value) else value
    usable = np.where(before > 0, before, np.nan)
    return pd.Series(value / usable - 1.0, index=daily.index, name="return")


def elapsed_years(dates: pd.DatetimeIndex) -> float:
    """Calendar length from the start of the first date to the end of the last, in years of 365.25 days.

    Zero without dates, so that a single date lasts 1/365.25 of a year.
    """
    if not len(dates):
        return 0.0
    return ((dates[-1] - dates[0]).days + 1) / DAYS_PER_YEAR


def periods_per_year(dates: pd.DatetimeIndex) -> float:
    """Number of daily returns a year: number of dates / :func:`elapsed_years`.

    About 252 for one venue and 255 to 262 for New York and Hong Kong together. A run of a few days is
    counted without its weekends (a Monday to Friday gives 365), which only a longer run evens out. NaN
    without dates.
    """
    years = elapsed_years(dates)
    return len(dates) / years if years else float("nan")


def spread(values: FloatArray) -> float:
    """Sample standard deviation (ddof 1); 0.0 where it is only rounding noise, NaN for fewer than 2 values.

    Daily returns of an account that does nothing differ by about 1e-16; the limit is 1e-14.
    """
    if len(values) < 2 or not np.isfinite(values).all():
        return float("nan")
    deviation = float(values.std(ddof=1))
    return deviation if deviation > 1e-14 else 0.0
