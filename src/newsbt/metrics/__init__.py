"""Performance figures: one metric, one pure function."""
