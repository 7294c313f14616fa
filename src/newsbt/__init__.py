"""Backtests of trading signals that come from dated news, on two venues."""

__version__ = "0.1.0"
