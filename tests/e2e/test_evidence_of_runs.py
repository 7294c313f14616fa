"""``newsbt run`` and ``compare`` say how sure their figures are without being asked."""

import csv
import json
import shutil

import pytest

QUICK = ("--symbols", "Alibaba", "--start", "2025-01-02", "--end", "2025-03-31", "--no-figures")


@pytest.fixture(scope="module")
def own(workspace, tmp_path_factory):
    return shutil.copytree(workspace, tmp_path_factory.mktemp("evidence") / "own")


def test_a_run_has_its_interval(newsbt, own):
    done = newsbt("run", "drift", *QUICK, "--name", "sure", cwd=own)
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    assert (
        "95 % interval" in text
        and "probabilistic Sharpe ratio" in text
        and "years of returns like these" in text
    )


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
