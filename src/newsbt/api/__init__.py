"""The library, one job a module; the command line is a skin on it.

Nothing is imported here: a command starts with what it needs and no more. ``newsbt`` itself has the functions
that a notebook wants.
"""
