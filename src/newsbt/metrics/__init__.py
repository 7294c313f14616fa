"""Performance figures: one metric, one pure function; :data:`METRICS` is the one ordered list of them."""

from newsbt.metrics.daily import daily_equity, daily_returns, elapsed_years, periods_per_year
from newsbt.metrics.further import FURTHER, further_metrics
from newsbt.metrics.inputs import MetricInputs
from newsbt.metrics.table import METRICS, Metric, compute

__all__ = [
    "FURTHER",
    "METRICS",
    "Metric",
    "MetricInputs",
    "compute",
    "daily_equity",
    "daily_returns",
    "elapsed_years",
    "further_metrics",
    "periods_per_year",
]
