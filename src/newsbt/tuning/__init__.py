"""Tuning: which combinations of parameters are tried, in what order, and what the trials say together."""
