"""Buy and hold: what the listings did by themselves."""

from newsbt.engine import Desk, NewsStrategy


class Hold(NewsStrategy):
    """Buy every listing in equal shares at its first session and keep it: the baseline."""

    params = {"weight": 1.0}

    def on_session(self, desk: Desk) -> None:
        """Buy once."""
        if not desk.memory.setdefault("asked", False):
            desk.memory["asked"] = True
            self.target(desk, self.p.weight / len(self.desks), "hold")
