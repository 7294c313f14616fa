"""Stop, take-profit and trailing levels of positions (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from newsbt.engine.matching import Bar
from newsbt.ticks import TickTable

__all__ = ["Guards", "Hit", "Protection"]


class Hit(NamedTuple):
    """A level that was reached: at what price, whether that price slips, and which level."""

    price: float
    slips: bool
    reason: str


@dataclass
class Protection:
    """Levels around a position; local currency.

    Parameters
    ----------
    owner : object
        Strategy that gets the notifications.
    sign : int
        1 for a long position, -1 for a short one.
    entry : float
        Average entry price, of which `stop`, `take` and `trail` are fractions.
    stop, take, trail : float
        Distances; 0 is off.
    best : float
        Most favourable of the entry price and the closes since.
    catalyst_ids : tuple of str
        Behind the position.
    grid : TickTable or None
        Price steps that levels lie on; None leaves them as they are.
    """

    owner: Any
    sign: int
    entry: float
    stop: float
    take: float
    trail: float
    best: float
    catalyst_ids: tuple[str, ...] = ()
    grid: TickTable | None = None

    def stop_level(self) -> tuple[float, str] | None:
        """Return the nearer of the fixed and the trailing stop with its name, or None where both are off."""
        levels = []
        if self.stop:
            levels.append((self.entry * (1.0 - self.sign * self.stop), "stop"))
        if self.trail:
            levels.append((self.best - self.sign * self.trail * self.entry, "trail"))
        if not levels:
            return None
        price, name = max(levels, key=lambda level: self.sign * level[0])
        return self._on_grid(price), name

    def take_level(self) -> float | None:
        """Price at which the profit is taken, or None where it is off."""
        return self._on_grid(self.entry * (1.0 + self.sign * self.take)) if self.take else None

    def _on_grid(self, price: float) -> float:
        """Round a level on the safe side of the order that closes the position."""
        if self.grid is None:
            return price
        return self.grid.round_safe(price, "sell" if self.sign > 0 else "buy")

    def hit(self, bar: Bar) -> Hit | None:
        """Level reached on `bar`, be it the bar of the entry.

        A gap through a level fills at the open, which comes first; of two levels touched inside the bar the
        stop wins.
        """
        low, high = (bar.low, bar.high) if self.sign > 0 else (-bar.high, -bar.low)
        opened = self.sign * bar.open
        stop, take = self.stop_level(), self.take_level()
        if take is not None and opened >= self.sign * take:
            return Hit(bar.open, False, "take")
        if stop is not None and low <= self.sign * stop[0]:
            return Hit(bar.open if opened <= self.sign * stop[0] else stop[0], True, stop[1])
        if take is not None and high >= self.sign * take:
            return Hit(take, False, "take")
        return None

    def move(self, close: float) -> None:
        """Let the trailing level follow a close; it only ever moves in the position's favour."""
        if self.sign * close > self.sign * self.best:
            self.best = close


class Guards:
    """Protective levels of all positions, by feed."""

    def __init__(self) -> None:
        self._levels: dict[Any, Protection] = {}

    def of(self, feed: Any) -> Protection | None:
        """Levels around the position in `feed`, if any."""
        return self._levels.get(feed)

    def drop(self, feed: Any) -> None:
        """Forget the levels of a position that is closed or turned."""
        self._levels.pop(feed, None)

    def move(self, feed: Any) -> None:
        """Let the trailing level of a position follow the new bar's close."""
        if feed in self._levels:
            self._levels[feed].move(feed.close[0])

    def arm(self, order: Any, held: int, entry: float, grid: TickTable | None = None) -> None:
        """Put the order's levels around a position of `held` shares that it opened or added to.

        A position that was there before keeps its best close.
        """
        feed, before = order.data, self._levels.get(order.data)
        stop, take, trail = (float(order.info.get(name, 0.0)) for name in ("stop", "take", "trail"))
        if stop or take or trail:
            self._levels[feed] = Protection(
                owner=order.owner,
                sign=1 if held > 0 else -1,
                entry=entry,
                stop=stop,
                take=take,
                trail=trail,
                best=before.best if before else entry,
                catalyst_ids=tuple(order.info.get("catalyst_ids", ())),
                grid=grid,
            )
