"""Planted leak: trades every signal one session before it may."""

from newsbt.engine import Desk, NewsStrategy


class EarlyTrader(NewsStrategy):
    """With tomorrow's news."""

    params = {"hold": 3, "weight": 0.3}

    def on_session(self, desk: Desk) -> None:
        """Look up the signal of the next session."""
        tape = self.broker.tape(desk.feed)
        if desk.bars + 1 < len(tape):
            signal = self.world.signals_of(desk.symbol).get(tape.day(desk.bars + 1))
            if signal is not None:
                self.target(desk, self.p.weight * signal.score, "leak", signal.catalyst_ids)
