"""Where the money went, through the real command line: file, JSON and summary say the same."""

import csv
import json

import pytest

QUICK = ("--symbols", "Alibaba", "--start", "2024-12-02", "--end", "2025-02-28", "--no-figures")
GROUPS = {"issuer", "listing", "venue", "side", "category", "age", "exit", "cost"}


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_split_sums_to_what_the_run_earned(newsbt, own):
    done = newsbt("run", "drift", *QUICK, "--broker", "ibkr_tiered", "--name", "one", cwd=own)
    assert (done.returncode, done.stderr) == (0, "")
    found = rows(own / "results" / "one" / "attribution.csv")
    earned = float(rows(own / "results" / "one" / "equity.csv")[-1]["equity"]) - 1_000_000
    fills = rows(own / "results" / "one" / "fills.csv")
    assert {row["by"] for row in found} == GROUPS
    for by in GROUPS:
        assert sum(float(row["pnl"]) for row in found if row["by"] == by) == pytest.approx(earned, abs=1e-6)
    costs = {row["name"]: float(row["costs"]) for row in found if row["by"] == "cost"}
    for fee in ("commission", "stamp_duty", "taf"):
        assert costs[fee] == pytest.approx(sum(float(fill[fee]) * float(fill["fx"]) for fill in fills))
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in done.stdout
    traded = sum(float(fill["value_base"]) for fill in fills)
    for words in (
        f"after costs {earned:,.2f}",
        f"all costs {sum(costs.values()):,.2f} {sum(costs.values()) / traded * 100:.3f} %",
        "by issuer trades after costs",
        "by listing trades after costs",
        "by category trades after costs",
        "by side trades after costs",
        "by sessions held",
    ):
        assert words in " ".join(done.stdout.split())


def test_json_carries_the_split(newsbt, own):
    done = newsbt("run", "drift", "cash", *QUICK, "--json", "--out", "there", cwd=own)
    first, second = json.loads(done.stdout)["runs"]
    (folder,) = (own / "there").glob("drift-*")
    saved = rows(folder / "attribution.csv")
    assert [{**row, "trades": str(row["trades"])} for row in first["attribution"]] == [
        {key: value if key in ("by", "name", "trades") else float(value) for key, value in row.items()}
        for row in saved
    ]
    assert second["attribution"] == []


def test_a_run_without_trades_prints_and_saves_no_split(newsbt, own):
    done = newsbt("run", "cash", *QUICK, "--name", "none", cwd=own)
    assert "by listing" not in done.stdout
    assert rows(own / "results" / "none" / "attribution.csv") == []


def test_a_folder_of_an_earlier_version_still_compares(newsbt, own):
    for name in ("drift", "hold"):
        assert newsbt("run", name, *QUICK, "--name", name, cwd=own).returncode == 0
        (own / "results" / name / "attribution.csv").unlink()
    assert newsbt("compare", "results/drift", "results/hold", "--no-figures", cwd=own).returncode == 0
