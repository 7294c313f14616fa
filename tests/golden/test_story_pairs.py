"""Repetitions and chains against 246 pairs of headlines of a real week that were judged by reading.

``story_pairs.csv``: ids as in ``linking_labels.csv``; `question` is "repeat" (does the later tell nothing
new?) or "chain" (is it the same matter?). Pairs were drawn at random within strata, by what the program said.
"""

import csv
import datetime as dt
import hashlib
import tomllib
from pathlib import Path

import numpy as np
import pytest

from newsbt.linking.linker import Linker
from newsbt.sentiment.categories import category_of
from newsbt.stories.chains import find_chains
from newsbt.stories.duplicates import find_duplicates

ROOT = Path(__file__).parents[2]
WEEK = ROOT.parent / "shared" / "news" / "china_tech_headlines_2025-02.csv"
PAIRS = Path(__file__).parent / "story_pairs.csv"


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def groups():
    """For each question: the group of each headline."""
    linker = Linker.from_table(tomllib.loads((ROOT / "data" / "aliases.toml").read_text("utf-8")))
    week = sorted(rows(WEEK), key=lambda row: row["published_utc"])
    titles = [row["title"] for row in week]
    ids = [
        hashlib.sha1(f"{row['published_utc']}|{row['source']}|{row['title']}".encode()).hexdigest()[:12]
        for row in week
    ]
    stamps = [dt.datetime.fromisoformat(row["published_utc"]).timestamp() for row in week]
    times = np.array(stamps, dtype=np.int64)
    issuers = [tuple(linker.issuers_of(title)) for title in titles]
    lead = find_duplicates(titles, times, issuers)
    kept = np.flatnonzero(lead == np.arange(len(lead)))
    chain = find_chains(
        [titles[at] for at in kept],
        times[kept],
        [issuers[at] for at in kept],
        [category_of(titles[at]) for at in kept],
    )
    place = {int(at): number for number, at in enumerate(kept)}
    return {
        "repeat": {id_: int(lead[at]) for at, id_ in enumerate(ids)},
        "chain": {id_: int(chain[place[int(lead[at])]]) for at, id_ in enumerate(ids)},
    }


@pytest.mark.skipif(not WEEK.is_file(), reason="the headlines lie beside the repository, which is alone here")
@pytest.mark.parametrize("question", ["repeat", "chain"])
def test_what_is_joined_belongs_together_and_most_of_what_belongs_is_joined(groups, question):
    judged = [row for row in rows(PAIRS) if row["question"] == question]
    joined = [groups[question][row["later"]] == groups[question][row["earlier"]] for row in judged]
    same = [row["same"] == "yes" for row in judged]
    right = sum(a and b for a, b in zip(joined, same, strict=True))
    assert right / sum(joined) >= 0.9
    assert right / sum(same) >= 0.75
