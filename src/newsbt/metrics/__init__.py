"""Performance figures: one metric, one pure function; :data:`METRICS` is the one ordered list of them."""

from newsbt.metrics.daily import daily_equity, daily_returns, elapsed_years, periods_per_year
from newsbt.metrics.table import METRICS, Metric, compute

__all__ = [
    "METRICS",
    "Metric",
    "compute",
    "daily_equity",
    "daily_returns",
    "elapsed_years",
    "periods_per_year",
]
