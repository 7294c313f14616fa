"""Be there before a scheduled event, and gone before it happens.

The idea. Prices tend to rise in the days before an announcement whose date is known, results above all:
attention and the premium for the coming risk draw buyers (Barber, De George, Lehavy and Trueman 2013, "The
earnings announcement premium around the globe", Journal of Financial Economics 108; for central banks Lucca
and Moench 2015, "The pre-FOMC announcement drift", Journal of Finance 70). The position is opened `before`
sessions ahead of the event's session and closed at the last open (or close) before it, so that the outcome is
never held.

What is assumed. The date counts as public from `notice` sessions before the event. The catalogue says that a
date was announced in advance, not when: companies here announce results two to four weeks ahead, and a date
that was announced later or moved makes this a look into the future. Outcome, direction and strength of the
event are never read; with ``direction = last`` the sign is that of the last score of the same listing that
came due before.

Where it fails. In sectors that fall, since it is long by default; where the rise has moved to earlier days
because many wait for it; over few events, since one run-up is mostly the market's own move. If the last
session before the event cannot be traded (a half day without prices), the position is closed after the event.
"""

from newsbt.engine import Desk, NewsStrategy
from newsbt.kernel.rules import runup_distance
from newsbt.records import Signal


class Runup(NewsStrategy):
    """Before events of a known date, N sessions ahead, out at the last open before they happen."""

    params = {
        "before": 5,
        "notice": 10,
        "direction": "long",
        "stop": 0.08,
        "take": 0.0,
        "trail": 0.0,
        "weight": 0.1,
    }
    bounds = {
        "before": (2, 60, "sessions before the event's own at which the position is opened"),
        "notice": (2, 60, "sessions before the event's own from which its date was public: an assumption"),
        "direction": (("long", "short", "last"), "way of the position; last: the sign of the last score"),
    }

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Remember the sign of what was last said about the listing."""
        desk.memory["last"] = signal.score
        self.ignore(signal, "runup trades before scheduled events, not on what they bring")

    def on_session(self, desk: Desk) -> None:
        """Open ahead of the next event whose date is public, close before it."""
        ahead = [event for event in self.world.agenda.get(desk.symbol, ()) if event > desk.number]
        distance = runup_distance(min(ahead, default=0), desk.number, self.p.before, self.p.notice)
        if not distance:
            if desk.position or desk.waiting:
                self.leave(desk, "event")
            return
        event = desk.number + distance
        if desk.memory.get("event") == event:
            return
        desk.memory["event"] = event
        direction = {"long": 1.0, "short": -1.0, "last": desk.memory.get("last", 0.0)}[self.p.direction]
        if direction:
            self.target(desk, self.p.weight if direction > 0.0 else -self.p.weight, "runup")
        elif desk.position:
            self.leave(desk, "event")
