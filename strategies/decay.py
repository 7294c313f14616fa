"""Hold what the news adds up to: every score fades with a half-life, the position follows the sum."""

from newsbt.engine import Desk, NewsStrategy
from newsbt.kernel.rules import decay_target, faded
from newsbt.records import Signal

SIDES = {"both": 0, "long": 1, "short": -1}


class Decay(NewsStrategy):
    """Target weight follows the sum of scores, each fading with a half-life in sessions."""

    params = {"half_life": 5.0, "weight": 0.1, "min_score": 0.1, "side": "both", "delay": 0, "band": 0.02}
    bounds = {"band": (0.0, 1.0, "smallest change of the target weight that is traded, share of equity")}

    def refusal(self, signal: Signal) -> str:
        """Take every score into the sum; `min_score` and `side` bound what the sum asks for."""
        return ""

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Add the score to the sum."""
        level = self._level(desk) if "level" in desk.memory else 0.0
        desk.memory |= {"level": level + signal.score, "since": desk.number, "last": signal}
        self.report(signal, "renewed", "added to the sum of scores; the change was within the band")

    def on_session(self, desk: Desk) -> None:
        """Bring the position to what the faded sum asks for."""
        if "level" not in desk.memory:
            return
        wanted, kept = decay_target(self._level(desk), self.p.weight, self.p.min_score, SIDES[self.p.side])
        fresh = kept and desk.number == desk.memory["since"]
        if not kept:
            del desk.memory["level"]
        now = desk.memory.get("weight", 0.0)
        if wanted == now or (wanted and abs(wanted - now) < self.p.band):
            return
        desk.memory["weight"] = wanted
        signal = desk.memory["last"]
        self.target(
            desk, wanted, "signal" if fresh else "rebalance", signal.catalyst_ids, signal if fresh else None
        )

    def _level(self, desk: Desk) -> float:
        """What is left of the sum of scores."""
        return faded(desk.memory["level"], desk.number - desk.memory["since"], self.p.half_life)
