"""Round trips out of fills and dividends (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Leg", "Payment", "Trade", "build_trades"]


@dataclass(frozen=True, slots=True)
class Leg:
    """One fill as a trade sees it.

    Parameters
    ----------
    at : int
        UTC nanoseconds.
    symbol : str
        Listing.
    number : int
        Position of the session in the venue's calendar.
    bar : int
        Position of the session in the listing's bars.
    size : int
        Signed shares.
    price : float
        Local currency.
    fx : float
        Base currency per unit of local currency.
    fees_base : float
        Base currency.
    inside : bool
        Filled inside the bar or at its close, not at its open.
    reason : str
        Of the order.
    catalyst_ids : tuple of str
        Behind the order.
    """

    at: int
    symbol: str
    number: int
    bar: int
    size: int
    price: float
    fx: float
    fees_base: float
    inside: bool
    reason: str
    catalyst_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """Cash for (positive) or against a position, base currency, paid before the open of bar `bar`."""

    symbol: str
    bar: int
    amount: float
    borrow: bool = False


@dataclass(slots=True)
class Trade:
    """One position from flat to flat; a reversal ends one trade and begins the next.

    ``pnl_base`` is ``pnl_price + pnl_fx - fees_base - borrow_base + dividends_base``. An open trade is marked
    with the last close and exchange rate, has no ``closed_at`` and the exit reason ``"open at the end"``.
    """

    symbol: str
    side: str
    opened_at: int
    first_bar: int
    first_number: int
    first_inside: bool
    entry_price: float
    entry_fx: float
    size: int = 0
    held: int = 0
    invested: float = 0.0
    closed_at: int | None = None
    last_bar: int = 0
    last_number: int = 0
    exit_price: float = 0.0
    exit_size: int = 0
    exit_reason: str = "open at the end"
    pnl_price: float = 0.0
    pnl_fx: float = 0.0
    fees_base: float = 0.0
    dividends_base: float = 0.0
    borrow_base: float = 0.0
    mae: float = 0.0
    mfe: float = 0.0
    catalyst_ids: dict[str, None] = field(default_factory=dict)

    @property
    def sign(self) -> int:
        """1 for a long trade, -1 for a short one."""
        return 1 if self.side == "long" else -1

    @property
    def pnl_base(self) -> float:
        """Profit after fees, borrow and dividends, base currency."""
        return self.pnl_price + self.pnl_fx - self.fees_base - self.borrow_base + self.dividends_base

    @property
    def profit(self) -> float:
        """Profit as a fraction of the money put in (sum of the opening fills), 0.01 = 1 %."""
        return self.pnl_base / self.invested if self.invested else 0.0

    def add(self, leg: Leg, shares: int, fees: float) -> None:
        """Open `shares` more at the price of `leg`."""
        total = self.held + shares
        cost = self.entry_price * self.entry_fx * self.held + leg.price * leg.fx * shares
        self.entry_price = (self.entry_price * self.held + leg.price * shares) / total
        # A market impact beyond the whole price sells at 0; the rate is that of the fill then.
        self.entry_fx = cost / (self.entry_price * total) if self.entry_price else leg.fx
        self.held = total
        self.size = max(self.size, total)
        self.invested += leg.price * leg.fx * shares
        self.fees_base += fees
        self.catalyst_ids.update(dict.fromkeys(leg.catalyst_ids))

    def cut(self, price: float, fx: float, shares: int, fees: float) -> None:
        """Close `shares` at `price`."""
        self.pnl_price += self.sign * shares * (price - self.entry_price) * self.entry_fx
        self.pnl_fx += self.sign * shares * price * (fx - self.entry_fx)
        self.exit_price = (self.exit_price * self.exit_size + price * shares) / (self.exit_size + shares)
        self.exit_size += shares
        self.held -= shares
        self.fees_base += fees


#: Lowest low and highest high over bars [first, last) of a listing.
Extremes = Callable[[str, int, int], tuple[float, float]]


def build_trades(
    legs: Iterable[Leg],
    payments: Iterable[Payment],
    last: Mapping[str, tuple[int, int, float, float]],
    extremes: Extremes,
) -> list[Trade]:
    """Pair fills into trades.

    Parameters
    ----------
    legs : iterable of Leg
        In the order they were filled.
    payments : iterable of Payment
        In any order.
    last : mapping of symbol to (bar, number, close, fx)
        The last bar of each listing, with which open trades are marked.
    extremes : callable
        ``extremes(symbol, first, last)``: lowest low and highest high over those bars, `last` not included;
        called only with a non-empty range.

    Returns
    -------
    list of Trade
        By opening time.
    """
    current: dict[str, Trade] = {}
    trades: list[Trade] = []
    for leg in legs:
        trade = current.get(leg.symbol)
        shares, share_fee = abs(leg.size), leg.fees_base / abs(leg.size)
        if trade is not None and trade.sign * leg.size < 0:
            closing = min(shares, trade.held)
            trade.cut(leg.price, leg.fx, closing, share_fee * closing)
            trade.catalyst_ids.update(dict.fromkeys(leg.catalyst_ids if trade.held else ()))
            shares -= closing
            if not trade.held:
                _finish(trade, leg.bar, leg.number, leg.inside, extremes)
                trade.closed_at, trade.exit_reason = leg.at, leg.reason
                del current[leg.symbol]
                trade = None
        if shares:
            if trade is None:
                side = "long" if leg.size > 0 else "short"
                trade = Trade(leg.symbol, side, leg.at, leg.bar, leg.number, leg.inside, leg.price, leg.fx)
                current[leg.symbol] = trade
                trades.append(trade)
            trade.add(leg, shares, share_fee * shares)
    for symbol, trade in current.items():
        bar, number, close, fx = last[symbol]
        trade.cut(close, fx, trade.held, 0.0)
        _finish(trade, bar, number, True, extremes)
    _credit(trades, payments)
    return trades


def _finish(trade: Trade, bar: int, number: int, inside: bool, extremes: Extremes) -> None:
    """Close the books of a trade whose last share went in bar `bar`, and measure its excursions.

    Inside the last bar only the exit price is known to have come while the position was held, and inside a
    first bar entered at its close nothing is; bars between count in full.
    """
    trade.last_bar, trade.last_number = bar, number
    first = trade.first_bar + 1 if trade.first_inside else trade.first_bar
    low = high = trade.exit_price
    if first < bar:
        lowest, highest = extremes(trade.symbol, first, bar)
        low, high = min(low, lowest), max(high, highest)
    if not trade.entry_price:
        return
    moves = (trade.sign * (low / trade.entry_price - 1.0), trade.sign * (high / trade.entry_price - 1.0))
    trade.mae, trade.mfe = min(0.0, *moves), max(0.0, *moves)


def _credit(trades: Sequence[Trade], payments: Iterable[Payment]) -> None:
    for payment in payments:
        for trade in trades:
            if trade.symbol == payment.symbol and trade.first_bar < payment.bar <= trade.last_bar:
                if payment.borrow:
                    trade.borrow_base -= payment.amount
                else:
                    trade.dividends_base += payment.amount
                break
