"""The library in a few functions; the command line is a skin on it."""
