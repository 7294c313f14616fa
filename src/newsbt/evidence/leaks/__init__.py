"""Leak check: whether anything that a run did changes when only its future does."""
