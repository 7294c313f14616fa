"""Planted leak: before an announced event, a position the way it will turn out."""

from newsbt.engine import Desk, NewsStrategy


class AgendaOutcome(NewsStrategy):
    """In three sessions before a signal, in its direction, under the pretence that its date was announced."""

    params = {"hold": 3, "weight": 0.3}

    def on_session(self, desk: Desk) -> None:
        """Read the score of a signal that has not come out."""
        tape = self.broker.tape(desk.feed)
        scores = self.world.signals_of(desk.symbol)
        for bar in range(desk.bars + 1, min(desk.bars + 4, len(tape))):
            if tape.day(bar) in scores:
                signal = scores[tape.day(bar)]
                self.target(desk, self.p.weight * signal.score, "leak", signal.catalyst_ids)
                return
