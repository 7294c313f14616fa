"""The news without the market: the listing of a signal against a hedge on the same venue.

The idea. Most of a share's daily return is its sector's. Against a hedge of beta times the position what
remains is the issuer's own return, the one that its news is about (the market model: MacKinlay 1997, "Event
studies in economics and finance", Journal of Economic Literature 35; trading the spread: Gatev, Goetzmann and
Rouwenhorst 2006, "Pairs trading", Review of Financial Studies 19). Beta is the slope of the listing's daily
returns on the hedge's over the last `window` sessions, kept within 0 and 3. The hedge is the first ETF of the
venue that is in the run (name one with ``--symbols``, such as KWEB), else, or with ``hedge = peers``, the
venue's other listings in equal parts: those with a price in every session of the window and without a
position of their own.

Both legs are ordered for the same session, and they end together: by time, by news the other way, or when a
level is hit. Levels lie around the signal's leg only. Where a stop closes it during a session, the hedge is
closed at its next open, and stands alone until then. One hedge serves all pairs of a venue: it is brought to
what they need together whenever one opens or ends, at the prices of that day. News on a listing of the hedge
turns it into a leg of its own and leaves the hedge to the others; a listing whose pair has just ended helps
to hedge from the next change on.

Where it fails. Beta of the past is not that of the news day. News for all listings of a venue at once leaves
nothing to hedge with, other than an ETF. A hedge has costs of its own and takes exposure: limits, lots or
missing shares to borrow can cut one leg and not the other, and one with a fixed number of shares a trade is
not weighted by beta.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np

from newsbt.engine import Desk, NewsStrategy
from newsbt.kernel.rules import beta
from newsbt.records import FloatArray, Signal


@dataclasses.dataclass(frozen=True)
class Leg:
    """A signal's position: its weight, the beta it is hedged by, and the session it was ordered in."""

    weight: float
    beta: float
    since: int


class Pair(NewsStrategy):
    """With the news, hedged by beta with an ETF or the other listings of the venue, for N sessions."""

    params = {
        "hold": 10,
        "stop": 0.08,
        "take": 0.0,
        "trail": 0.0,
        "weight": 0.1,
        "min_score": 0.2,
        "side": "both",
        "delay": 0,
        "hedge": "auto",
        "window": 60,
    }
    bounds = {
        "hedge": (("auto", "etf", "peers"), "an ETF of the run, the other listings, or auto: the ETF if any"),
        "window": (5, 250, "daily returns behind beta"),
    }

    def on_start(self, desks: Sequence[Desk]) -> None:
        """Begin without pairs."""
        self.legs: dict[Desk, Leg] = {}
        self.hedges: dict[Desk, float] = {}
        self.news: dict[Desk, Signal] = {}
        self.ended: set[Desk] = set()

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Keep the pair for longer, or wait for the other listings of the step to open one."""
        if desk in self.legs and self.legs[desk].weight * signal.score > 0.0:
            self.keep(desk)
            self.report(signal, "renewed", f"already held; the holding time counts from {desk.session} again")
        elif desk.listing.kind == "etf":
            self.ignore(signal, f"{desk.symbol} is a hedge")
        else:
            self.news[desk] = signal

    def on_exit(self, desk: Desk, reason: str, signal: Signal | None = None) -> None:
        """End a pair; the holding time of a hedge is that of its pairs."""
        if desk in self.legs:
            self._end(desk)
            super().on_exit(desk, reason, signal)

    def on_step(self, desks: Sequence[Desk]) -> None:
        """End pairs whose leg is gone, open new ones, and bring the hedge to what all of them need."""
        for desk in desks:
            leg = self.legs.get(desk)
            if leg is not None and desk.number > leg.since and not desk.position and not desk.waiting:
                self._end(desk)
        for venue in dict.fromkeys(desk.listing.venue for desk in desks):
            there = [desk for desk in desks if desk.listing.venue == venue]
            opened = self._open(there)
            if opened or self.ended.intersection(there):
                self._spread(venue, self._basket(there))
            for desk in there:
                wanted = 0.0 if desk in self.legs else self.hedges.get(desk, 0.0)
                if wanted != desk.memory.get("hedge", 0.0) and desk not in self.legs:
                    self.target(desk, wanted, "hedge", guarded=False)
                desk.memory["hedge"] = wanted
        self.ended.difference_update(desks)
        self.news.clear()

    def _end(self, desk: Desk) -> None:
        del self.legs[desk]
        self.ended.add(desk)

    def _open(self, there: Sequence[Desk]) -> bool:
        """Open a pair for each listing with news, as far as there is something to hedge it with."""
        basket, opened = self._basket(there), False
        for desk in there:
            signal = self.news.get(desk)
            if signal is None:
                continue
            if not self._complete(desk):
                self.ignore(signal, f"{desk.symbol} lacks prices in the last {self.p.window + 1} sessions")
            elif not basket:
                self.ignore(signal, f"nothing on {desk.listing.venue} to hedge {desk.symbol} with")
            else:
                self.legs[desk] = Leg(self.p.weight * signal.score, self._beta(desk, basket), desk.number)
                desk.renew()
                reason = "reversal" if desk.position * signal.score < 0.0 else "signal"
                self.target(desk, self.p.weight * signal.score, reason, signal.catalyst_ids, signal)
                opened = True
        return opened

    def _spread(self, venue: str, basket: Sequence[Desk]) -> None:
        """Share what the venue's legs need out to the basket."""
        there = [self.legs[desk] for desk in self.desks if desk in self.legs and desk.listing.venue == venue]
        need = -sum(leg.weight * leg.beta for leg in there)
        self.hedges = {desk: weight for desk, weight in self.hedges.items() if desk.listing.venue != venue}
        self.hedges |= {desk: need / len(basket) for desk in basket}

    def _basket(self, there: Sequence[Desk]) -> list[Desk]:
        """What a leg on this venue can be hedged with at this step."""
        able = [desk for desk in there if self._complete(desk)]
        funds = [desk for desk in able if desk.listing.kind == "etf"]
        if self.p.hedge == "etf" or (self.p.hedge == "auto" and funds):
            return funds[:1]
        busy = self.legs.keys() | self.news.keys() | self.ended
        return [desk for desk in able if desk.listing.kind != "etf" and desk not in busy]

    def _complete(self, desk: Desk) -> bool:
        """Whether the listing has a price in every session of the window, so that returns match."""
        numbers = desk.past(self.p.window + 1).numbers
        return bool(len(numbers) > self.p.window and desk.number - numbers[0] == self.p.window + 1)

    def _beta(self, desk: Desk, basket: Sequence[Desk]) -> float:
        """Slope of the listing's returns on the basket's, within bounds; 0 where the basket never moved."""
        hedge = np.mean([self._returns(other) for other in basket], axis=0)
        return beta(self._returns(desk), hedge)

    def _returns(self, desk: Desk) -> FloatArray:
        closes = desk.closes(self.p.window + 1)
        returns: FloatArray = np.diff(closes) / closes[:-1]
        return returns
