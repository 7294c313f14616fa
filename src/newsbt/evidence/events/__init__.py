"""Event study on the catalysts, clock, calendar and prices of a run (pure)."""
