"""Headlines a second: layout of texts, lexicon, classifier; values alone and with reasons. One core.

    python benchmarks/headlines.py [COUNT]

The headlines are made up: the sentences of tests/data/own_headlines.csv with figures of their own each.
"""

from __future__ import annotations

import csv
import os
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("NUMBA_NUM_THREADS", "1")

from newsbt.adapters.scorers.shipped import headline_scorer, lexicon_scorer

ROOT = Path(__file__).resolve().parents[1]
COUNT = 100_000
REPEATS = 3


def headlines(count: int) -> tuple[list[str], list[tuple[str, ...]]]:
    with (ROOT / "tests" / "data" / "own_headlines.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    chosen = [rows[at % len(rows)] for at in range(count)]
    texts = [f"{row['text']} by {at % 997}.{at % 7}%" for at, row in enumerate(chosen)]
    return texts, [(row["aspect"],) for row in chosen]


def rate(count: int, work: Callable[[], object]) -> float:
    """Headlines a second, the best of a few times, in processor time of this process."""
    work()
    best = float("inf")
    for _ in range(REPEATS):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return count / best


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    table = tomllib.loads((ROOT / "data" / "lexicon.toml").read_text(encoding="utf-8"))
    lexicon, classifier = lexicon_scorer(table), headline_scorer(table)
    texts, names = headlines(count)
    none: list[tuple[str, ...]] = [()] * count
    lines = [
        ("lexicon, values of whole headlines", lambda: lexicon.values(texts)),
        ("lexicon, values for a name", lambda: lexicon.values(texts, names)),
        ("lexicon, opinions with reasons", lambda: lexicon.score(texts, none)),
        ("classifier, probabilities of whole headlines", lambda: classifier.probabilities(texts, none)),
        ("classifier, probabilities for a name", lambda: classifier.probabilities(texts, names)),
        ("classifier, opinions with reasons", lambda: classifier.score(texts, names)),
    ]
    print(f"{count:,} headlines of {sum(map(len, texts)) / count:.0f} characters on average\n")
    print("| work | headlines a second |")
    print("| --- | ---: |")
    for label, work in lines:
        print(f"| {label} | {rate(count, work):,.0f} |")


if __name__ == "__main__":
    main()
