"""Planted leak: a level is worked out once a process and kept for every later run."""

from newsbt.engine import Desk, NewsStrategy

KEPT: dict[str, float] = {}


class ModuleState(NewsStrategy):
    """Long below the first level that was ever seen in this process."""

    params = {"weight": 0.4}

    def on_session(self, desk: Desk) -> None:
        """Fill the cache at the sixtieth bar of the first run, and use it in all others from the start."""
        if desk.bars == 60:
            KEPT.setdefault(desk.symbol, desk.close)
        level = KEPT.get(desk.symbol, 0.0)
        self.target(desk, self.p.weight if desk.close < level else 0.0, "leak")
