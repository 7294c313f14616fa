"""Buy and hold on real prices: price plus dividends, worked out from the files themselves."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import newsbt

ROOT = Path(__file__).parents[2]
PRICES = ROOT.parent / "shared" / "prices"

pytestmark = pytest.mark.skipif(
    not PRICES.is_dir(), reason="the folder of real prices is not beside the project"
)


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((PRICES / name).read_text(encoding="utf-8").splitlines()))


def rate(day: str) -> float:
    """HKD per USD: the last fixing up to `day`."""
    return float([row["close"] for row in rows("USDHKD.csv") if row["date"] <= day][-1])


@pytest.mark.parametrize(("symbol", "fee"), [("BABA", 0.02), ("9988.HK", 0.0)])
def test_hold_earns_the_price_and_the_dividends(symbol: str, fee: float) -> None:
    """An ADS pays the depositary 0.02 USD of each dividend; the Hong Kong share's are declared in USD too."""
    result = newsbt.run(
        "hold", symbols=[symbol], prices=str(PRICES), start="2023-01-03", end="2026-07-20",
        broker="zero", max_volume=0, workspace=ROOT,
    )  # fmt: skip
    (fill,) = result.fills.to_dict("records")
    local = [row for row in rows(f"{symbol}.csv") if "2023-01-03" <= row["date"] <= "2026-07-20"]
    entry = next(row for row in local if row["date"] == str(fill["session"]))
    assert fill["price"] == pytest.approx(float(entry["open"]))
    hong_kong = symbol.endswith(".HK")
    last = float(local[-1]["close"]) / (rate(local[-1]["date"]) if hong_kong else 1.0)
    paid = float(entry["open"]) / (rate(entry["date"]) if hong_kong else 1.0)
    dividends = [
        float(row["amount"]) - fee
        for row in rows("DIVIDENDS.csv")
        if row["symbol"] == symbol and entry["date"] < row["ex_date"] <= local[-1]["date"]
    ]
    assert len(dividends) == 4
    expected = 1_000_000 + fill["size"] * (last - paid + sum(dividends))
    assert result.metrics["final_equity"] == pytest.approx(expected, rel=1e-9)
    assert result.metrics["dividends"] == pytest.approx(fill["size"] * sum(dividends))


def test_tencents_distributions_in_kind_are_in_its_prices() -> None:
    """Yahoo scales what came before 2022-01-20 (JD shares) and 2023-01-05 (Meituan shares) as if for splits.

    The traded price, on steps of 0.20, comes back with the two factors; so the distributions are no loss in
    the scaled series, and nothing needs to be paid for them.
    """
    frame = newsbt.run("cash", symbols=["0700.HK"], prices=str(PRICES), workspace=ROOT).bars["0700.HK"]
    for day, factor in (("2022-01-19", 1.084767), ("2023-01-04", 1.052877), ("2023-01-05", 1.0)):
        steps = frame.loc[day, "close"] * factor / 0.2
        assert steps == pytest.approx(round(steps), abs=0.02)
    for day in ("2022-01-20", "2023-01-05"):
        assert abs(frame["close"].pct_change().loc[day]) < 0.07
    assert not frame["dividend"].loc[["2022-01-20", "2023-01-05"]].any()


@pytest.mark.parametrize("strategy", ["drift", "parity"])
def test_the_base_currency_does_not_change_what_is_traded(strategy: str) -> None:
    usd, hkd = (
        newsbt.run(strategy, prices=str(PRICES), start="2024-01-02", end="2025-06-30", base=base, cash=cash,
                   symbols=["Alibaba", "JD.com"], workspace=ROOT)
        for base, cash in (("USD", 1_000_000), ("HKD", 7_811_900))
    )  # fmt: skip
    assert len(usd.fills) > 10
    columns = ["session", "symbol", "side", "reason", "price"]
    assert usd.fills[columns].to_dict("records") == hkd.fills[columns].to_dict("records")
    assert usd.fills["size"].to_numpy() == pytest.approx(hkd.fills["size"].to_numpy(), rel=0.02, abs=200)
