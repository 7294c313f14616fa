"""Simulated prices and news of two venues, with an effect whose size and place are known."""
