"""Base class of the strategies in ``strategies/``: a Backtrader strategy that trades on news."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import backtrader as bt

from newsbt.engine.broker import NewsBroker
from newsbt.engine.desk import Desk
from newsbt.engine.sizing import shares_for
from newsbt.engine.world import World
from newsbt.kernel.rules import NOTHING, RENEW, REVERSE, follow
from newsbt.params import COMMON, Param, check_value
from newsbt.records import CUT_BY_VOLUME, Signal

__all__ = ["NewsStrategy", "Target"]

#: Sessions of volume behind the cap on one order.
VOLUME_WINDOW = 20


@dataclass(frozen=True, slots=True)
class Target:
    """Where a decision wants the position to be: a signed share of equity, and why."""

    weight: float
    reason: str
    catalyst_ids: tuple[str, ...] = ()
    signal: Signal | None = None
    guarded: bool = True


class NewsStrategy(bt.Strategy):  # type: ignore[misc, unused-ignore]
    """Turns signals into positions by the rule book; subclasses say what a signal means.

    A subclass gives Backtrader ``params`` and, for parameters of its own, ``bounds`` (name to low, high,
    description), both as literals, and overrides :meth:`on_signal`, :meth:`on_session` or both. They are
    called before each session of a listing, and everything they can see, Backtrader's own lines included, is
    of earlier sessions. Parameters that are understood here wherever a subclass has them: ``hold``, ``stop``,
    ``take``, ``trail``, ``weight``, ``min_score``, ``side``, ``delay``.
    """

    bounds: ClassVar[dict[str, tuple[Any, ...]]] = {}
    #: What a baseline takes from the whole run on purpose: ``"news"``, ``"sessions"``. ``newsbt leakcheck``
    #: changes nothing of that, and says so.
    ahead: ClassVar[tuple[str, ...]] = ()
    broker: NewsBroker

    # What a subclass writes ---------------------------------------------------------------------------

    def on_start(self, desks: Sequence[Desk]) -> None:
        """Prepare; called once before the first session."""

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Act on a signal that has come due and passed ``min_score`` and ``side``."""
        self.ignore(signal, f"{type(self).__name__.lower()} does not trade on signals")

    def on_session(self, desk: Desk) -> None:
        """Act before any session of a listing, after its signals and its exit by time."""

    def on_step(self, desks: Sequence[Desk]) -> None:
        """Act once on all listings that trade at this step, after the turn of each of them."""

    def on_exit(self, desk: Desk, reason: str, signal: Signal | None = None) -> None:
        """Close a position whose time is over, or that `signal` speaks against where ``side`` bars a turn."""
        ids = signal.catalyst_ids if signal is not None else desk.catalyst_ids
        self.target(desk, 0.0, reason, ids, signal)

    def leaning(self, signal: Signal) -> float:
        """Sign of a position on `signal`, for the test of ``side``; 0 where that is not yet known."""
        return signal.score

    def refusal(self, signal: Signal) -> str:
        """Say why a signal does not come to :meth:`on_signal`; empty if it does."""
        least = float(self._param("min_score", 0.0))
        if abs(signal.score) < least:
            return f"score {signal.score:+.3f} is below min_score {least:g}"
        if self._barred(signal):
            return f"score {signal.score:+.3f} while side is {self._param('side', 'both')}"
        return ""

    # What a subclass calls ----------------------------------------------------------------------------

    def keep(self, desk: Desk) -> None:
        """Count the holding time of a position from this session again, and stay out of any exit."""
        desk.renew()
        self._targets.pop(desk, None)
        self._withdraw(desk, f"the holding time was renewed for {desk.session}")

    def follow(self, desk: Desk, score: float, signal: Signal) -> None:
        """Hold ``weight`` times `score`: enter, reverse, or renew the holding time of a position held."""
        action = follow(desk.position, score)
        if action == NOTHING:
            self.ignore(signal, "a score of 0 has no direction")
            return
        if action == RENEW:
            self.keep(desk)
            self.report(signal, "renewed", f"already held; the holding time counts from {desk.session} again")
            return
        reason = "reversal" if action == REVERSE else "signal"
        self.target(desk, self._param("weight", 1.0) * score, reason, signal.catalyst_ids, signal)

    def target(
        self,
        desk: Desk,
        weight: float,
        reason: str,
        catalyst_ids: tuple[str, ...] = (),
        signal: Signal | None = None,
        guarded: bool = True,
    ) -> None:
        """Ask for a position of `weight` (signed share of equity) in this session.

        ``stop``, ``take`` and ``trail`` lie around it unless it is not `guarded`.

        Raises
        ------
        ValueError
            For a weight that is not finite: no number of shares follows from it.
        """
        if not math.isfinite(weight):
            raise ValueError(
                f"the weight for {desk.symbol} in session {desk.session} is {weight}; ask for a finite one"
            )
        self._targets[desk] = Target(weight, reason, catalyst_ids, signal, guarded)

    def leave(self, desk: Desk, reason: str) -> None:
        """Close the position in this session."""
        self.target(desk, 0.0, reason, desk.catalyst_ids)

    def ignore(self, signal: Signal, why: str) -> None:
        """Say why a signal is not traded."""
        self.report(signal, "not-traded", why)

    def report(self, signal: Signal, status: str, why: str) -> None:
        """Enter what became of a signal in the audit."""
        self.broker.journal.outcomes[signal.symbol, signal.session] = (status, why)

    @property
    def world(self) -> World:
        """What the run was given: limits, seed, entry, signals, agenda."""
        return self.broker.world

    # Backtrader's side --------------------------------------------------------------------------------

    def _start(self) -> None:
        for name, param in COMMON.items():
            if hasattr(self.p, name):
                _check_kind(self, param, getattr(self.p, name))
        delay = int(self._param("delay", 0))
        self._targets: dict[Desk, Target] = {}
        self.desks = [
            Desk(feed, tape, self.world.signals_of(tape.listing.symbol), delay)
            for feed in self.datas
            for tape in (self.broker.tape(feed),)
        ]
        super()._start()
        self.on_start(self.desks)

    def next_open(self) -> None:
        """Decide on every listing that trades at this step."""
        fresh = [desk for desk in self.desks if self.broker.is_fresh(desk.feed)]
        for desk in fresh:
            # Backtrader has moved the lines on to the bar that is about to trade: hide it.
            desk.feed.lines.rewind()
        for desk in self.desks:
            desk.look(len(desk.feed), int(self.broker.positions[desk.feed].size))
        try:
            for desk in fresh:
                self._decide(desk)
            self.on_step([desk for desk in fresh if self._may_trade(desk)])
            self._send()
        finally:
            for desk in fresh:
                desk.feed.lines.advance()

    prenext_open = nextstart_open = next_open

    def _decide(self, desk: Desk) -> None:
        desk.turn_to(self.broker.entered.get(desk.feed, -1))
        due = desk.due()
        chosen = next((signal for signal in reversed(due) if not self.refusal(signal)), None)
        for signal in due:
            if signal is not chosen:
                why = "overtaken by a later signal before the next session with a price"
                self.ignore(signal, self.refusal(signal) or why)
        if not self._may_trade(desk):
            if chosen is not None:
                self.ignore(chosen, f"{desk.symbol} has no earlier price to size an order from")
            return
        hold = int(self._param("hold", 0))
        if hold and desk.position and desk.sessions_held >= hold and not desk.leaving:
            self.on_exit(desk, "time")
        if chosen is not None:
            self.on_signal(desk, chosen)
        elif due and self._barred(due[-1]) and desk.position * self.leaning(due[-1]) < 0:
            self.on_exit(desk, "opposite", due[-1])
        self.on_session(desk)

    def _may_trade(self, desk: Desk) -> bool:
        """Whether the run has begun and there is an earlier price to size an order by."""
        return bool(desk.bars) and desk.session >= self.world.first_day

    def _barred(self, signal: Signal) -> bool:
        """Whether ``side`` bars a position on the signal, whose score alone would be enough."""
        leaning, side = self.leaning(signal), self._param("side", "both")
        enough = abs(signal.score) >= float(self._param("min_score", 0.0))
        return bool(enough and ((side == "long" and leaning < 0) or (side == "short" and leaning > 0)))

    def _send(self) -> None:
        """Turn the targets of this step into orders: what frees exposure first, then the strongest."""
        planned = {desk: abs(self.broker.exposure(desk.feed)) for desk in self.desks}
        ranked = [(self._rank(desk, target), desk, target) for desk, target in self._targets.items()]
        for rank, desk, target in sorted(ranked, key=lambda item: item[0]):
            self._order(desk, target, planned, rank)
        self._targets.clear()

    def _rank(self, desk: Desk, target: Target) -> tuple[int, float, int]:
        """Exits, then reductions, then reversals, then entries; of each the largest target first."""
        turn = target.weight * desk.position
        if not target.weight:
            group = 0
        elif turn > 0 and abs(target.weight) * self.broker.equity() < abs(self.broker.exposure(desk.feed)):
            group = 1
        else:
            group = 2 if turn < 0 else 3
        return group, -abs(target.weight), self.desks.index(desk)

    def _withdraw(self, desk: Desk, why: str) -> None:
        """Cancel the order that waits for a session of the listing, if any."""
        if desk.order is not None and desk.order.alive():
            self.broker.journal.explain(desk.order, why)
            self.cancel(desk.order)

    def _order(
        self, desk: Desk, target: Target, planned: dict[Desk, float], rank: tuple[int, float, int]
    ) -> None:
        wanted, why = self._shares(desk, target.weight, sum(planned.values()) - planned[desk])
        planned[desk] = abs(wanted) * desk.value
        self._withdraw(desk, f"replaced by a new decision for {desk.session}")
        if wanted == desk.position:
            entry = target.weight != 0.0 and not desk.position
            if entry or (target.signal is not None and (why or not desk.position)):
                self.broker.journal.refused(desk.symbol, target.reason, target.catalyst_ids, why)
            if target.signal is not None and (why or not desk.position):
                self.ignore(target.signal, why)
            return
        send = self.buy if wanted > desk.position else self.sell
        levels = {name: self._param(name, 0.0) for name in ("stop", "take", "trail")}
        if not wanted or not target.guarded:
            levels = {}
        desk.order = send(
            data=desk.feed,
            size=abs(wanted - desk.position),
            exectype=bt.Order.Close if self.world.entry == "close" else bt.Order.Market,
            target=wanted,
            reduce=True,
            rank=rank,
            reason=target.reason,
            catalyst_ids=target.catalyst_ids,
            **levels,
        )
        desk.catalyst_ids = target.catalyst_ids
        if why:
            self.broker.journal.explain(desk.order, why)
        if target.signal is not None:
            self.broker.journal.follow(desk.order, target.signal)

    def _shares(self, desk: Desk, weight: float, others: float) -> tuple[int, str]:
        """Signed whole lots for `weight` within the limits, and what cut them."""
        if not weight:
            return 0, ""
        limits, equity = self.world.limits, self.broker.equity()
        lot, value = desk.listing.lot(desk.session), desk.value
        capped = max(-limits.weight, min(limits.weight, weight))
        if limits.shares:
            shares = (1 if weight > 0 else -1) * (limits.shares // lot * lot)
        else:
            shares = shares_for(capped, equity, value, lot)
        why = f"weight {weight:+.3f} capped at {limits.weight:g}" if capped != weight else ""
        if not shares:
            asked = limits.shares * value if limits.shares else abs(capped) * equity
            return 0, f"{asked:,.2f} {self.world.base} is less than one lot of {lot} at {value * lot:,.2f}"
        free = max(self.world.gross_limit * equity - others, 0.0)
        if abs(shares) * value > free:
            shares = (1 if weight > 0 else -1) * int(free / value // lot * lot)
            why = f"cut to {abs(shares)} shares: {free:,.2f} {self.world.base} of exposure is free"
        if limits.volume:
            most = int(limits.volume * float(desk.volumes(VOLUME_WINDOW).mean()) // lot * lot)
            change = shares - desk.position
            if abs(change) > most:
                shares = desk.position + (1 if change > 0 else -1) * most
                why = f"cut to {most} shares: {limits.volume:.0%} {CUT_BY_VOLUME}"
        return shares, why

    def _param(self, name: str, default: Any) -> Any:
        return getattr(self.p, name, default)


def _check_kind(strategy: NewsStrategy, param: Param, value: object) -> None:
    """Refuse a value that a common parameter cannot have; a file may set its own bounds, not another kind."""
    kind = Param(param.name, param.default, choices=param.choices)
    check_value(kind, value, f"strategy {type(strategy).__module__.rpartition('.')[2]}")
