"""``newsbt run --capacity``: one run at several sizes of capital, through the real command line."""

import csv
import json
import signal
import subprocess
import sys
import time

import pytest

import newsbt as package

QUICK = ("--symbols", "Alibaba", "--start", "2024-12-02", "--end", "2025-02-28", "--no-figures")
CAPITALS = [1e5, 1e6, 1e7, 1e8, 1e9]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [{key: float(value or "nan") for key, value in row.items()} for row in csv.DictReader(file)]


def test_impact_makes_more_capital_earn_less(newsbt, own):
    with (own / "newsbt.toml").open("a", encoding="utf-8") as file:
        file.write("\n[broker.impact]\ncommission = 0.001\nimpact = 1.0\n")
    options = (*QUICK, "--broker", "impact", "--set", "run.max_volume=0", "--capacity")
    done = newsbt("run", "hold", *options, "--name", "one", cwd=own)
    assert (done.returncode, done.stderr) == (0, "")
    table = rows(own / "results" / "one" / "capacity.csv")
    assert [row["capital"] for row in table] == CAPITALS
    returns = [row["total_return"] for row in table]
    # With 100,000 a board lot of 9988.HK is one percent of the capital, and rounding outweighs impact.
    assert sorted(returns[1:], reverse=True) == returns[1:]
    assert returns[0] - returns[-1] > 0.01
    assert [row["cut_by_volume"] for row in table] == [0.0] * 5
    assert [row["costs_of_traded"] for row in table] == pytest.approx([0.001] * 5)
    metrics = json.loads((own / "results" / "one" / "metrics.json").read_text())
    assert table[1]["total_return"] == metrics["total_return"]
    assert table[1]["sharpe"] == metrics["sharpe"]
    assert "with capital of" in done.stdout
    assert f"1,000,000,000  {returns[-1]:+.2%}".replace("%", " %") in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_cap_on_volume_binds_with_much_capital(newsbt, own):
    done = newsbt("run", "drift", "cash", *QUICK, "--capacity", "--json", cwd=own)
    drift, cash = json.loads(done.stdout)["runs"]
    cut = [row["cut_by_volume"] for row in drift["capacity"]]
    assert sorted(cut) == cut
    assert (cut[0], cut[-1] > 0.1) == (0.0, True)
    assert [row["sharpe"] for row in cash["capacity"]] == [None] * 5
    assert "capacity.csv" in drift["files"]


def test_without_it_there_is_no_table(newsbt, own):
    done = newsbt("run", "cash", *QUICK, "--name", "plain", cwd=own)
    assert "with capital of" not in done.stdout
    assert not (own / "results" / "plain" / "capacity.csv").exists()


def test_a_fixed_number_of_shares_is_refused_before_the_run(refused, own):
    said = refused("run", "drift", *QUICK, "--capacity", "--set", "run.shares=100", "--name", "no", cwd=own)
    assert said.startswith("run.shares = 100 fixes every size")
    assert not (own / "results" / "no").exists()


def test_ctrl_c_in_the_table_leaves_nothing(own):
    # The second backtest is the first of the table: there the run waits for the signal.
    code = (
        "import time, newsbt.api.backtest as b, newsbt.cli.main as m\n"
        "real, calls = b.backtest, []\n"
        "def slow(*args):\n"
        "    calls.append(args)\n"
        "    if len(calls) == 2:\n"
        "        print('waiting', flush=True)\n"
        "        time.sleep(60)\n"
        "    return real(*args)\n"
        "b.backtest = slow\n"
        f"m.main(['run', 'hold', '--capacity', *{QUICK!r}, '--out', 'there'])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "waiting\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr == "newsbt: interrupted; nothing half-written is left\n"
    assert list((own / "there").iterdir()) == []


def test_from_python(own):
    fields = {"symbols": "Alibaba", "start": "2024-12-02", "end": "2025-02-28", "workspace": own}
    table = package.capacity("drift", multiples=(1, 10), **fields)
    one = package.run("drift", cash=10_000_000, **fields)
    assert table["total_return"].tolist()[1] == one.metrics["total_return"]
    assert table["traded_value"].tolist()[1] == one.fills["value_base"].sum()
    assert one.capacity.empty
