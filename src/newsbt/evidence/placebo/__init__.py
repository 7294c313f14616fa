"""Placebo worlds: the same run on news that was moved, turned or swapped at random."""
