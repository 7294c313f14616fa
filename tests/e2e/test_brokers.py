"""Costs on the command line: named brokers, own ones, the columns they make, what is not confirmed."""

import csv
import json

import pytest

QUICK = ("--symbols", "Alibaba", "--start", "2024-12-02", "--end", "2025-01-31", "--no-figures")
FEES = (
    "commission", "stamp_duty", "sfc_levy", "afrc_levy", "trading_fee", "trading_tariff", "settlement_fee",
    "sec_fee", "taf", "clearing_fee", "nyse_pass_through", "finra_pass_through",
)  # fmt: skip


def fills(folder):
    with (folder / "fills.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_named_broker_charges_its_fees(newsbt, own):
    done = newsbt("run", "drift", *QUICK, "--broker", "ibkr_tiered", "--name", "a", cwd=own)
    assert (done.returncode, done.stderr) == (0, "")
    rows = fills(own / "results" / "a")
    assert {row["currency"] for row in rows} == {"USD", "HKD"}
    for row in rows:
        assert sum(float(row[fee]) for fee in FEES) * float(row["fx"]) == pytest.approx(
            float(row["fees_base"])
        )
        value = float(row["price"]) * int(row["size"])
        assert (float(row["stamp_duty"]) >= value * 0.001 - 1e-6) == (row["currency"] == "HKD")
        assert (float(row["taf"]) > 0) == (row["currency"] == "USD" and row["side"] == "sell")
    run = json.loads((own / "results" / "a" / "run.json").read_text())
    found = [item for item in run["findings"] if item["code"] == "unverified-fee"]
    assert [(item["severity"], item["where"]) for item in found] == [("info", "fees.toml [fee.XNYS.taf]")]
    assert run["costs"]["commission"] == "ibkr_tiered"
    assert {"data/fees.toml", "data/ticks.toml"} <= set(run["files"])


def test_ones_own_broker_adds_slippage(newsbt, own):
    with (own / "newsbt.toml").open("a", encoding="utf-8") as file:
        file.write('\n[broker.mine]\ncommission = "ibkr_fixed"\nslippage_ticks = 0.5\nimpact = 1.0\n')
    for broker in ("ibkr_fixed", "mine"):
        assert newsbt("run", "hold", *QUICK, "--broker", broker, "--name", broker, cwd=own).returncode == 0
    plain, slipped = (fills(own / "results" / name) for name in ("ibkr_fixed", "mine"))
    assert all(float(b["price"]) > float(a["price"]) for a, b in zip(plain, slipped, strict=True))
    listed = newsbt("list", "brokers", cwd=own).stdout
    assert "0.5 ticks + 1 x square-root impact" in " ".join(listed.split())


def test_a_broken_table_is_one_sentence(refused, own):
    path = own / "data" / "fees.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("effective = 2021-08-01", "effective = 2023-11-17"), encoding="utf-8")
    said = refused("run", "hold", *QUICK, cwd=own)
    assert "[[fee.XHKG.stamp_duty.schedule]] has two entries for 2023-11-17" in said


def test_a_day_before_the_first_fee_is_one_sentence(refused, own):
    path = own / "data" / "fees.toml"
    text = path.read_text(encoding="utf-8").replace("effective = 2014-11-01", "effective = 2025-03-03", 1)
    path.write_text(text, encoding="utf-8")
    said = refused("run", "hold", *QUICK, "--broker", "ibkr_tiered", cwd=own)
    assert "[fee.XHKG.sfc_levy] says nothing of 2024-12-0" in said


def test_a_workspace_without_fees_still_runs_on_percentages(newsbt, refused, own):
    (own / "data" / "fees.toml").unlink()
    assert newsbt("run", "hold", *QUICK, cwd=own).returncode == 0
    assert "there is no broker 'ibkr_tiered'" in refused("run", "hold", "--broker", "ibkr_tiered", cwd=own)
