"""Prices as the engine sees them: bars, exchange rates, the quality gate (pure)."""
