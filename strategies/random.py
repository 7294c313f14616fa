"""Random dates: what the same number of trades earns without any news."""

from collections.abc import Sequence

from newsbt.engine import Desk, NewsStrategy
from newsbt.kernel.plans import draw_plan


class Random(NewsStrategy):
    """As many entries as there are signals, on random sessions with the scores shuffled: the baseline."""

    params = {
        "hold": 10,
        "stop": 0.08,
        "take": 0.0,
        "trail": 0.0,
        "weight": 0.1,
        "min_score": 0.2,
        "side": "both",
    }
    ahead = ("news", "sessions")

    def on_start(self, desks: Sequence[Desk]) -> None:
        """Draw the sessions and the scores of each listing, from the run's seed and the symbol."""
        for desk in desks:
            scores = [
                signal.score
                for signal in self.world.signals
                if signal.symbol == desk.symbol and abs(signal.score) >= self.p.min_score
            ]
            days = [day for day in desk.tradable_sessions if day >= self.world.first_day]
            desk.memory["plan"] = draw_plan(scores, days, self.world.seed, desk.symbol)

    def on_session(self, desk: Desk) -> None:
        """Enter on the sessions drawn."""
        score = desk.memory["plan"].get(desk.session)
        if score is None or (self.p.side == "long" and score < 0) or (self.p.side == "short" and score > 0):
            return
        if desk.position * score > 0:
            self.keep(desk)
        else:
            self.target(desk, self.p.weight * score, "random")
