"""Hold what the news adds up to: every score fades with a half-life, the position follows the sum."""

from newsbt.engine import Desk, NewsStrategy
from newsbt.records import Signal


class Decay(NewsStrategy):
    """Target weight follows the sum of scores, each fading with a half-life in sessions."""

    params = {"half_life": 5.0, "weight": 0.1, "min_score": 0.1, "side": "both", "delay": 0, "band": 0.02}
    bounds = {"band": (0.0, 1.0, "smallest change of the target weight that is traded, share of equity")}

    def refusal(self, signal: Signal) -> str:
        """Take every score into the sum; `min_score` and `side` bound what the sum asks for."""
        return ""

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Add the score to the sum."""
        desk.memory.setdefault("scores", []).append((desk.number, signal.score))
        desk.memory["last"] = signal
        self.report(signal, "renewed", "added to the sum of scores; the change was within the band")

    def on_session(self, desk: Desk) -> None:
        """Bring the position to what the faded sum asks for."""
        scores = desk.memory.get("scores")
        if not scores:
            return
        total = sum(score * 0.5 ** ((desk.number - since) / self.p.half_life) for since, score in scores)
        total = max(-1.0, min(1.0, total))
        if abs(total) < self.p.min_score:
            total = 0.0
            scores.clear()
        if (self.p.side == "long" and total < 0) or (self.p.side == "short" and total > 0):
            total = 0.0
        wanted = self.p.weight * total
        now = desk.memory.get("weight", 0.0)
        if wanted == now or (wanted and abs(wanted - now) < self.p.band):
            return
        desk.memory["weight"] = wanted
        signal = desk.memory["last"]
        fresh = signal if scores and desk.number == scores[-1][0] else None
        self.target(desk, wanted, "signal" if fresh else "rebalance", signal.catalyst_ids, fresh)
