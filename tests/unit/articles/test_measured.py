"""The figures of docs/extract.md hold: on our own articles, and on the five real ones where they are."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SEEDS = ROOT.parent / "shared" / "seeds"


def load(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_articles_of_our_own():
    found = load("extract_own").measure()
    assert len(found) == 10
    hit, missed, wrong = (sum(len(part[at]) for part in found.values()) for at in range(3))
    assert hit >= 0.8 * (hit + missed)
    assert wrong <= 0.3 * (hit + wrong)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five articles are not part of the repository")
def test_five_real_articles():
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "extract_seeds.py"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    rows, _, drafts = done.stdout.splitlines()[-3:]
    hit, total = (int(word) for word in rows.partition("article: ")[2].split("(")[0].split(" of "))
    count, wrong = (
        int(part.split()[-1]) for part in drafts.partition(" (")[0].replace(",", "").split("wrong")
    )
    assert total == 54
    assert hit >= 0.8 * total
    assert wrong <= 0.3 * count
