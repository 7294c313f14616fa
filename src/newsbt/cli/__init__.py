"""The command line: parse, call :mod:`newsbt.api`, render."""
