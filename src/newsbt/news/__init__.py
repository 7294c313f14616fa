"""News as feeds give it: items, their times, their formats."""
