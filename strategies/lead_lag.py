"""Follow the sibling: the listing that has not traded the news goes the way of the one that has.

The idea. A share listed in Hong Kong and New York is priced in turns. News that comes while one venue is shut
is answered on the other first, and the shut one catches up at its next open (Xu and Fung 2002, "Information
flows across markets: evidence from China-backed stocks dual-listed in Hong Kong and New York", Financial
Review 37). When a signal comes due here, and a sibling has closed since the news while this listing has not,
the sibling's move from its last close before the news to its last close is the reaction to follow, if it is
large enough. A story of which only the part of the day is known, in session, is known for certain by the
close, and that close has answered it.

Where it fails. The opening price has usually caught up by itself: the order is decided before the open and
filled at it, so only what the opening leaves over is earned, and costs weigh. A sibling that was in session
when the news came has moved before it too, and daily bars cannot tell the two apart. With entries at the
close the catching up is a session old. A story that names one listing only gives its sibling no signal.
"""

import numpy as np

from newsbt.engine import Desk, NewsStrategy
from newsbt.kernel.rules import AGAINST_SCORE, BARRED, UNDER_THRESHOLD, judge_sibling, sibling_move
from newsbt.records import Signal

#: Sessions in which the close before the news is looked for: longer than any holiday of one venue.
LOOK_BACK = 20


class LeadLag(NewsStrategy):
    """The listing that was shut follows the reaction of its sibling on the other venue, for N sessions."""

    params = {
        "hold": 2,
        "stop": 0.08,
        "take": 0.0,
        "trail": 0.0,
        "weight": 0.1,
        "min_score": 0.2,
        "side": "both",
        "threshold": 0.02,
        "direction": "score",
    }
    bounds = {
        "threshold": (0.0, 1.0, "smallest move of the sibling since the news that is followed, fraction"),
        "direction": (("score", "sibling"), "follow moves that agree with the score only, or either way"),
    }

    def leaning(self, signal: Signal) -> float:
        """With ``direction = sibling`` that is the sibling's, so ``side`` is tested there."""
        return signal.score if self.p.direction == "score" else 0.0

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Measure the sibling that has moved most since the news, and go with it."""
        known = [self.world.known_at.get(name, closed(desk) + 1) for name in signal.catalyst_ids]
        unanswered = [moment for moment in known if moment > closed(desk)]
        if not unanswered:
            self.ignore(signal, f"{desk.symbol} has itself closed since the news")
            return
        siblings = [other for other in self.desks if other is not desk and related(other, desk)]
        moves = [move_since(other, min(unanswered)) for other in siblings]
        moves = [move for move in moves if not np.isnan(move)]
        if not moves:
            self.ignore(signal, f"no other listing of {desk.listing.issuer} has closed since the news")
            return
        move = max(moves, key=abs)
        side = {"both": 0, "long": 1, "short": -1}[self.p.side]
        verdict = judge_sibling(move, signal.score, self.p.threshold, self.p.direction == "score", side)
        if verdict == UNDER_THRESHOLD:
            self.ignore(
                signal, f"the sibling moved {move:+.2%}, under the threshold of {self.p.threshold:.2%}"
            )
        elif verdict == AGAINST_SCORE:
            self.ignore(signal, f"the sibling moved {move:+.2%}, against the score of {signal.score:+.3f}")
        elif verdict == BARRED:
            self.ignore(signal, f"the sibling moved {move:+.2%} while side is {self.p.side}")
        else:
            self.follow(desk, float(np.copysign(signal.score, move)), signal)


def related(one: Desk, other: Desk) -> bool:
    """Whether two listings are of one issuer and on different venues."""
    return one.listing.issuer == other.listing.issuer and one.listing.venue != other.listing.venue


def closed(desk: Desk) -> int:
    """Moment of the listing's last close, UTC nanoseconds."""
    return int(desk.past(1).closes_at[-1])


def move_since(desk: Desk, moment: int) -> float:
    """Return from the last close before `moment` to the last close; nan if there was none since."""
    past = desk.past(LOOK_BACK)
    return sibling_move(past.close, past.closes_at, 0, len(past), moment)
