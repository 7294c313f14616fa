"""The compiled engine: the rule book of :mod:`newsbt.engine` on arrays, for the strategies that ship (pure).

:mod:`.rules` holds what strategies decide, as plain functions that both engines call. Everything else here is
compiled with numba on first use and cached; nothing in this folder is imported by a run in Backtrader but the
rules.
"""
