"""Evidence: whether a result is more than luck, search or leakage."""
