"""``newsbt run`` and ``newsbt compare``: what they print, what they write, and that both say the same."""

import csv
import json
import shutil
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[1] / "plugins"
QUICK = ("--symbols", "Alibaba", "--start", "2025-01-02", "--end", "2025-03-31")
FILES = {
    "run.json",
    "metrics.json",
    "equity.csv",
    "fills.csv",
    "trades.csv",
    "signals.csv",
    "orders.csv",
    "equity.png",
    "equity.svg",
    "monthly.png",
    "monthly.svg",
    "signals.png",
    "signals.svg",
    "price_BABA.png",
    "price_BABA.svg",
}


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def own(untouched, tmp_path_factory):
    """A workspace that these tests fill with results."""
    return shutil.copytree(untouched, tmp_path_factory.mktemp("runs") / "own")


def test_a_run_prints_a_summary_and_writes_its_files(newsbt, own):
    done = newsbt("run", "drift", *QUICK, "--name", "first", cwd=own)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(FILES) <= {path.name for path in (own / "results" / "first").iterdir()}
    assert done.stdout.startswith("drift on signal catalogue: 2025-01-02 to 2025-03-31, BABA, 9988.HK, USD\n")
    for words in (
        "Final equity",
        "Total return",
        "Sharpe ratio",
        "Maximum drawdown",
        "Fees",
        "hindsight labels",
        "95 % interval",
    ):
        assert words in done.stdout
    assert "saved  results/first\n" in done.stdout
    assert "results/first/equity.png" in done.stdout
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_json_is_json_alone_and_says_what_the_files_say(newsbt, own):
    done = newsbt("run", "drift", "hold", *QUICK, "--json", "--no-figures", cwd=own)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = json.loads(done.stdout)["runs"]
    assert (first["spec"]["strategy"], second["spec"]["strategy"]) == ("drift", "hold")
    assert first["listings"] == ["BABA", "9988.HK"]
    folder = Path(first["path"])
    assert first["metrics"] == json.loads((folder / "metrics.json").read_text())
    assert first["spec"] == json.loads((folder / "run.json").read_text())["spec"]
    assert first["files"] == sorted(path.name for path in folder.iterdir())
    assert not [name for name in first["files"] if name.endswith((".png", ".svg"))]
    steps = rows(folder / "equity.csv")
    cash = first["spec"]["cash"]
    assert float(steps[-1]["equity"]) / cash - 1 == pytest.approx(first["metrics"]["total_return"], rel=1e-12)
    assert all(step["at"].endswith("Z") for step in steps)


def test_the_same_run_gives_the_same_files(newsbt, own):
    for name in ("one", "two"):
        assert newsbt("run", "random", *QUICK, "--seed", "7", "--name", name, cwd=own).returncode == 0
    for path in sorted((own / "results" / "one").iterdir()):
        if path.name not in ("run.json", "report.html"):  # both tell the name of the run and the time
            assert path.read_bytes() == (own / "results" / "two" / path.name).read_bytes(), path.name


def test_several_strategies_end_with_one_table(newsbt, own):
    done = newsbt("run", "drift", "hold", "cash", *QUICK, "--no-figures", cwd=own)
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[-4:]] == ["run", "drift", "hold", "cash"]
    assert "+0.00 %" in lines[-1]
    assert max(map(len, lines)) <= 80


def test_a_run_without_trades_is_a_normal_run(newsbt, own):
    done = newsbt("run", "cash", *QUICK, "--name", "none", cwd=own)
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(own / "results" / "none" / "fills.csv") == []
    metrics = json.loads((own / "results" / "none" / "metrics.json").read_text())
    assert (metrics["total_return"], metrics["trades"], metrics["win_rate"]) == (0.0, 0, None)
    assert (own / "results" / "none" / "equity.png").is_file()


def test_presets_and_settings_reach_the_run(newsbt, own):
    done = newsbt(
        *("run", "alibaba", "--start", "2025-02-03", "--end", "2025-02-28", "--set", "hold=3", "--json"),
        *("--set", "run.max_gross=0.5", "--latency", "1h", "--entry", "close", "--broker", "zero"),
        *("--signal", "taxonomy", "--base", "HKD", "--no-figures"),
        cwd=own,
    )
    (run,) = json.loads(done.stdout)["runs"]
    spec = run["spec"]
    assert (spec["strategy"], spec["symbols"], spec["params"]["hold"]) == ("drift", ["Alibaba"], 3)
    assert (spec["max_gross"], spec["latency"], spec["entry"], spec["base"]) == (0.5, "1h", "close", "HKD")
    assert run["metrics"]["fees"] == 0
    assert run["hindsight_share"] in (0, None)


def test_a_users_own_backtrader_strategy_runs(newsbt, own):
    (own / "strategies" / "mine.py").write_text(
        "import backtrader as bt\n\n\nclass Mine(bt.Strategy):\n"
        '    """Buys ten shares once."""\n\n    params = (("size", 10),)\n\n'
        "    def next(self):\n        if not self.position:\n            self.buy(size=self.p.size)\n"
    )
    done = newsbt("run", "mine", *QUICK, "--symbols", "BABA", "--set", "size=20", "--name", "own", cwd=own)
    assert (done.returncode, done.stderr) == (0, "")
    (fill,) = rows(own / "results" / "own" / "fills.csv")
    assert (fill["side"], float(fill["size"])) == ("buy", 20.0)


def test_runs_go_where_they_are_sent(newsbt, own, tmp_path):
    done = newsbt("run", "cash", *QUICK, "--no-figures", "--out", tmp_path / "there", "--name", "x", cwd=own)
    assert done.returncode == 0
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["x"]


def test_comparing_strategies_and_comparing_their_results_is_the_same(newsbt, own, tmp_path):
    for name in ("drift", "hold"):
        assert newsbt("run", name, *QUICK, "--no-figures", "--name", f"c-{name}", cwd=own).returncode == 0
    fresh = newsbt("compare", "drift", "hold", *QUICK, "--json", "--out", tmp_path, cwd=own)
    saved = newsbt(
        "compare", "results/c-drift", "c-hold", "--json", "--out", tmp_path, "--name", "named", cwd=own
    )
    assert (fresh.stderr, saved.stderr) == ("", "")
    first, second = json.loads(fresh.stdout), json.loads(saved.stdout)
    for left, right in zip(first["runs"], second["runs"], strict=True):
        assert left["metrics"] == right["metrics"]
    assert second["files"] == [
        "compare.html",
        "compare.png",
        "compare.svg",
        "comparison.json",
        "intervals.csv",
        "metrics.csv",
    ]
    assert first["tests"] == second["tests"] != []
    assert second["saved"] == str(tmp_path / "named")


def test_a_comparison_explains_what_differs(newsbt, own):
    for name, day in (("early", "2025-02-28"), ("late", "2025-03-31")):
        args = ("--symbols", "BABA", "--start", "2025-02-03", "--end", day, "--no-figures", "--name", name)
        assert newsbt("run", "drift", *args, cwd=own).returncode == 0
    done = newsbt("compare", "early", "late", "--no-figures", cwd=own)
    assert (done.returncode, done.stderr) == (0, "")
    assert "all figures are of 2025-02-03 to 2025-02-28" in " ".join(done.stdout.split())
    assert "end" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_runs_in_two_currencies_are_not_compared(newsbt, refused, own):
    for base in ("USD", "HKD"):
        args = ("--base", base, "--no-figures", "--name", f"in-{base}")
        assert newsbt("run", "drift", *QUICK, *args, cwd=own).returncode == 0
    assert "one --base" in refused("compare", "in-USD", "in-HKD", cwd=own)


def test_options_of_a_run_are_not_for_finished_ones(newsbt, refused, own):
    assert newsbt("run", "cash", *QUICK, "--no-figures", "--name", "done", cwd=own).returncode == 0
    assert "leave them out" in refused("compare", "done", "done", "--cash", "5", cwd=own)
    assert "two to" in refused("compare", "done", cwd=own)
