"""One share at two prices: against the premium of an ADS over its ordinary share.

The idea. An ADS stands for a fixed number of ordinary shares, into which it can be turned, so the two prices
should agree after conversion; where they do not, arbitrage brings them back, mostly within days (Gagnon and
Karolyi 2010, "Multi-market trading and arbitrage", Journal of Financial Economics 97). The premium is the
ADS's price over that of its ordinary shares, less 1, each price converted at the exchange rate of its own
day. Before an open it compares the last close here with the last close there, provided that the other venue
has closed since: New York's open is judged by Hong Kong's close of the same day, Hong Kong's open by New
York's close of the night before. When the premium, or its distance from the mean of the last `window` ones in
standard deviations, comes to `enter`, the listing about to trade is bought if it is the cheap one and sold if
it is the dear one; below `leave` it is closed. With ``legs = both`` the other listing takes the opposite
position at its own next open. A leg that is stopped, or cannot be opened, has the other closed at its next
open; between the two opens one leg stands alone.

A dividend leaves the two lines on different days: while one has gone ex within five sessions and the other
has not, there is no premium. Neither is there one over a bar without prices. News does not matter here;
signals are not traded.

Where it fails. The two closes are hours apart, so most of the premium is what the world did in between, and
the opening price has answered it before the order fills: one sees the gap and cannot have it. Bounds on
conversion, stamp duty in Hong Kong and borrow fees eat what is left. A premium can stay for years where
shares cannot be converted. Prices that a vendor adjusted on one line only look like a premium.
"""

import dataclasses
import math
from collections.abc import Sequence

import numpy as np

from newsbt.engine import Desk, NewsStrategy
from newsbt.kernel.premium import EX_WINDOW, deviations, relative_prices
from newsbt.kernel.rules import leave_parity, open_parity
from newsbt.records import Signal


@dataclasses.dataclass
class Pair:
    """An ADS, its ordinary share, and the position in them: who was entered first, against which sign."""

    ads: Desk
    ordinary: Desk
    leader: Desk | None = None
    sign: float = 0.0
    hedged: bool = False

    def other(self, desk: Desk) -> Desk:
        """The other listing."""
        return self.ordinary if desk is self.ads else self.ads


class Parity(NewsStrategy):
    """Against the premium of an ADS over its ordinary shares, in the listing about to trade or in both."""

    params = {
        "hold": 10,
        "stop": 0.08,
        "take": 0.0,
        "trail": 0.0,
        "weight": 0.1,
        "side": "both",
        "measure": "deviations",
        "enter": 2.0,
        "leave": 0.5,
        "window": 60,
        "legs": "one",
    }
    bounds = {
        "measure": (
            ("deviations", "fraction"),
            "unit of enter and leave: standard deviations, or the premium",
        ),
        "enter": (0.0, 10.0, "premium, either way, from which a position is opened"),
        "leave": (0.0, 10.0, "premium under which it is closed"),
        "window": (5, 250, "earlier premiums behind mean and deviation; half of them must exist"),
        "legs": (("one", "both"), "the listing that sees the premium, or the other one against it too"),
    }

    def on_start(self, desks: Sequence[Desk]) -> None:
        """Match each issuer's first listing in New York with its first one in Hong Kong."""
        self.pairs: dict[Desk, Pair] = {}
        for issuer in dict.fromkeys(desk.listing.issuer for desk in desks):
            lines = [desk for desk in desks if desk.listing.issuer == issuer]
            ads = [desk for desk in lines if desk.listing.venue == "XNYS"]
            ordinary = [desk for desk in lines if desk.listing.venue == "XHKG"]
            if ads and ordinary:
                pair = Pair(ads[0], ordinary[0])
                self.pairs |= {ads[0]: pair, ordinary[0]: pair}

    def leaning(self, signal: Signal) -> float:
        """Signals have no direction here; ``side`` is tested on the premium."""
        return 0.0

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Say that news is not traded."""
        self.ignore(signal, "parity trades one listing against the other, not news")

    def on_session(self, desk: Desk) -> None:
        """Judge the premium, look after the position, open a new one."""
        pair = self.pairs.get(desk)
        if pair is None:
            return
        before, premium = desk.memory.get("premium", 0.0), self._measured(pair, desk)
        if not math.isnan(premium):
            desk.memory["premium"] = premium
        if pair.leader is desk:
            self._keep(pair, desk, premium)
        else:
            self._hedge(pair, desk)
        sign = open_parity(premium, before, self.p.enter)
        if pair.leader is None and sign:
            self._open(pair, desk, sign)

    def _open(self, pair: Pair, desk: Desk, sign: float) -> None:
        """Sell the dear listing or buy the cheap one, whichever `desk` is."""
        direction = -sign if desk is pair.ads else sign
        if self.p.side != "both" and (direction > 0.0) != (self.p.side == "long"):
            return
        pair.leader, pair.sign, pair.hedged = desk, sign, False
        self.target(desk, direction * self.p.weight, "parity")

    def _keep(self, pair: Pair, desk: Desk, premium: float) -> None:
        """Close the first leg when the premium is gone, or when one of the legs is."""
        other = pair.other(desk)
        gone = not desk.position and not desk.waiting
        if gone or desk.sessions_held >= self.p.hold:
            pair.leader = None
        elif leave_parity(premium, pair.sign, self.p.leave):
            pair.leader = None
            self.leave(desk, "parity")
        elif pair.hedged and not other.position and not other.waiting:
            pair.leader = None
            self.leave(desk, "other leg")

    def _hedge(self, pair: Pair, desk: Desk) -> None:
        """Hold the opposite of the first leg, once, or nothing."""
        held = pair.leader.position if pair.leader is not None else 0
        if desk.position and desk.position * held >= 0:
            if not desk.leaving:
                self.leave(desk, "other leg")
        elif self.p.legs == "both" and held and not pair.hedged:
            pair.hedged = True
            self.target(desk, -math.copysign(self.p.weight, held), "hedge")

    def _measured(self, pair: Pair, desk: Desk) -> float:
        """Premium of the ADS as it is known before this open, in the unit asked for; nan for none."""
        mine, other = desk.past(self.p.window + EX_WINDOW + 1), pair.other(desk)
        ratio = pair.ads.listing.shares_per_ads / pair.ordinary.listing.shares_per_ads
        relative = relative_prices(mine, other.past(other.bars), desk.number)
        premiums = relative / ratio - 1.0 if desk is pair.ads else 1.0 / (relative * ratio) - 1.0
        if self.p.measure == "fraction":
            return float(premiums[-1])
        recent = np.full(self.p.window + 1, math.nan)
        known = premiums[-self.p.window - 1 :]
        recent[len(recent) - len(known) :] = known
        return float(deviations(recent))
