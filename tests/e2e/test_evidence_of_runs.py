"""``newsbt run`` and ``compare`` say how sure their figures are without being asked."""

import csv
import json
import re
import shutil

import pytest

import newsbt as newsbt_package
from newsbt.cli.summary import run_lines

QUICK = ("--symbols", "Alibaba", "--start", "2025-01-02", "--end", "2025-03-31", "--no-figures")


@pytest.fixture(scope="module")
def own(untouched, tmp_path_factory):
    return shutil.copytree(untouched, tmp_path_factory.mktemp("evidence") / "own")


def test_a_comparison_has_its_test_on_the_screen_and_in_its_files(newsbt, own):
    done = newsbt("compare", "drift", "hold", *QUICK, "--name", "both", cwd=own)
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    assert "95 % intervals" in text and "comes by chance in" in text and "resamples" in text
    assert max(map(len, done.stdout.splitlines())) <= 80
    saved = json.loads((own / "results" / "both" / "comparison.json").read_text(encoding="utf-8"))
    (test,) = saved["tests"]
    assert (test["first"], test["second"]) == ("drift", "hold")
    assert 0 < test["sharpe_p_value"] <= 1
    with (own / "results" / "both" / "intervals.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["run"] for row in rows} == {"drift", "hold"}
    assert len(rows) == len(saved["intervals"])


def test_what_was_tried_before_deflates_a_run(newsbt, own, monkeypatch):
    """Three trials, then a fourth on the same data: it is told of all four."""
    place = str(own / "counted.sqlite")
    monkeypatch.setenv("NEWSBT_LEDGER", place)
    period = {"symbols": ["Alibaba"], "start": "2025-01-02", "end": "2025-03-31"}
    for hold in (2, 5, 10):
        newsbt_package.run("drift", params={"hold": hold}, workspace=own, save=False, **period)
    done = newsbt("run", "hold", *QUICK, "--json", cwd=own)
    found = json.loads(done.stdout)["runs"][0]["evidence"]
    assert found["trials"] == 4
    assert 0 < found["deflated_sharpe"] < found["probabilistic_sharpe"] < 1
    again = newsbt_package.run("hold", workspace=own, save=False, **period)
    assert "The best of 4 trials on record for these prices, listings and dates" in " ".join(run_lines(again))
    monkeypatch.setenv("NEWSBT_LEDGER", "none")
    assert newsbt_package.run("hold", workspace=own, save=False, **period).tried is None


def test_a_search_is_judged_on_the_screen_and_in_its_folder(newsbt, own):
    args = ("tune", "drift", *QUICK, "--param", "hold=1:12", "--name", "searched")
    done = newsbt(*args, cwd=own, env={"NEWSBT_LEDGER": "none"})
    assert done.returncode == 0, done.stderr
    # Nothing but how far a slow search is.
    assert re.fullmatch(r"(newsbt: \d+ of 12 points, .* a second, best sharpe .*\n)*", done.stderr), (
        done.stderr
    )
    text = " ".join(done.stdout.split())
    assert "The best of 12 settings tried would show" in text
    assert "Probability of overfitting" in text and "Hansen's test" in text
    saved = json.loads((own / "results" / "searched" / "tune.json").read_text(encoding="utf-8"))["evidence"]
    assert (saved["trials"], saved["settings"], saved["sampled"]) == (12, 12, 12)
    assert 0 < saved["deflated_sharpe"] <= saved["probabilistic_sharpe"] < 1
    assert 0 <= saved["pbo"] <= 1 and saved["spa_lower"] <= saved["spa_consistent"] <= saved["spa_upper"]
