"""Round trips by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsbt.trades import Leg, Payment, build_trades

LEG = Leg(1, "X", 0, 0, 100, 10.0, 1.0, 1.0, False, "signal", ("a",))


def flat(symbol: str, first: int, last: int) -> tuple[float, float]:
    return 9.0, 12.0


def leg(at: int, size: int, price: float, fx: float = 1.0, fees: float = 1.0, reason: str = "time") -> Leg:
    return replace(
        LEG, at=at, number=at, bar=at, size=size, price=price, fx=fx, fees_base=fees, reason=reason
    )


def test_a_long_round_trip() -> None:
    (trade,) = build_trades([LEG, leg(3, -100, 11.0)], [], {"X": (9, 9, 0.0, 1.0)}, flat)
    assert (trade.side, trade.size, trade.exit_reason) == ("long", 100, "time")
    assert trade.pnl_price == pytest.approx(100.0)
    assert trade.pnl_base == pytest.approx(98.0)
    assert trade.profit == pytest.approx(0.098)
    assert trade.mae == pytest.approx(-0.10)
    assert trade.mfe == pytest.approx(0.20)


def test_a_short_gains_from_a_fall_and_its_excursions_mirror() -> None:
    (trade,) = build_trades([replace(LEG, size=-100), leg(3, 100, 8.0)], [], {"X": (9, 9, 0.0, 1.0)}, flat)
    assert trade.pnl_price == pytest.approx(200.0)
    assert trade.mae == pytest.approx(-0.20)
    assert trade.mfe == pytest.approx(0.20), "out at 8"


def test_a_sale_at_nothing_has_no_excursions() -> None:
    """A market impact of the whole price sells at 0; bought back at 2 and 0.125, 100 shares cost 25."""
    (trade,) = build_trades(
        [leg(0, -100, 0.0, fx=0.125, fees=0.0), leg(3, 100, 2.0, fx=0.125, fees=0.0)],
        [],
        {"X": (9, 9, 0.0, 1.0)},
        flat,
    )
    assert (trade.pnl_price, trade.pnl_fx, trade.profit) == (-25.0, 0.0, 0.0)
    assert (trade.mae, trade.mfe) == (0.0, 0.0)


def test_a_reversal_ends_one_trade_and_begins_the_next_and_shares_the_fee() -> None:
    first, second = build_trades(
        [LEG, leg(2, -300, 11.0, fees=6.0), leg(4, 200, 10.0, fees=0.0)], [], {"X": (9, 9, 0.0, 1.0)}, flat
    )
    assert (first.side, second.side) == ("long", "short")
    assert first.fees_base == pytest.approx(1.0 + 2.0)
    assert second.fees_base == pytest.approx(4.0)
    assert second.pnl_price == pytest.approx(200.0)


def test_adding_averages_price_and_exchange_rate() -> None:
    """100 at 10 and 0.10, 100 at 20 and 0.20: cost 500 base for 200 shares at an average of 15."""
    (trade,) = build_trades(
        [
            replace(LEG, fx=0.1, fees_base=0.0),
            leg(1, 100, 20.0, fx=0.2, fees=0.0),
            leg(2, -200, 20.0, fx=0.2, fees=0.0),
        ],
        [],
        {"X": (9, 9, 0.0, 1.0)},
        flat,
    )
    assert trade.entry_price == pytest.approx(15.0)
    assert trade.pnl_base == pytest.approx(200 * 20 * 0.2 - 500)


def test_an_open_trade_is_marked_at_the_last_close() -> None:
    (trade,) = build_trades([LEG], [], {"X": (5, 5, 12.5, 1.0)}, flat)
    assert trade.closed_at is None
    assert trade.exit_reason == "open at the end"
    assert trade.pnl_price == pytest.approx(250.0)


def test_a_dividend_belongs_to_the_trade_that_held_before_the_ex_date() -> None:
    legs = [LEG, leg(3, -100, 10.0), leg(3, 100, 10.0), leg(6, -100, 10.0)]
    trades = build_trades(legs, [Payment("X", 3, 7.0)], {"X": (9, 9, 0.0, 1.0)}, flat)
    assert [trade.dividends_base for trade in trades] == [7.0, 0.0]


def test_no_fills_no_trades() -> None:
    assert build_trades([], [], {}, flat) == []
