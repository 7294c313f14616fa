"""Linking against 300 headlines of a real week, labelled by reading before any rule was tuned.

``linking_labels.csv`` holds ids, not sentences: the first twelve hex digits of the SHA-1 of
``published_utc|source|title``. The headlines lie beside the repository and are no part of it.
"""

import csv
import hashlib
import tomllib
from pathlib import Path

import pytest

from newsbt.linking.linker import Linker

ROOT = Path(__file__).parents[2]
WEEK = ROOT.parent / "shared" / "news" / "china_tech_headlines_2025-02.csv"
ENGLISH = ROOT.parent / "shared" / "news" / "sentfin_headlines_train.csv"
ALONE = "the headlines lie beside the repository, which is alone here"
LABELS = Path(__file__).parent / "linking_labels.csv"


def identity(row):
    return hashlib.sha1(f"{row['published_utc']}|{row['source']}|{row['title']}".encode()).hexdigest()[:12]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def linker():
    return Linker.from_table(tomllib.loads((ROOT / "data" / "aliases.toml").read_text("utf-8")))


def test_the_labels_are_whole():
    labels = rows(LABELS)
    assert len(labels) == len({row["row"] for row in labels}) == 300
    table = tomllib.loads((ROOT / "data" / "aliases.toml").read_text("utf-8"))
    assert {name for row in labels for name in row["issuers"].split(";") if name} <= set(table["issuer"])


@pytest.mark.skipif(not WEEK.is_file(), reason=ALONE)
def test_precision_and_recall_on_the_labelled_headlines(linker):
    titles = {identity(row): row["title"] for row in rows(WEEK)}
    right = wrong = missed = 0
    for row in rows(LABELS):
        want = set(row["issuers"].split(";")) - {""}
        got = {mention.issuer for mention in linker.link(titles[row["row"]])}
        right, wrong, missed = right + len(got & want), wrong + len(got - want), missed + len(want - got)
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.95


@pytest.mark.skipif(not ENGLISH.is_file(), reason=ALONE)
def test_no_false_alarm_on_headlines_from_another_market(linker):
    # Headlines of Indian finance: ten of 7,169 are about one of the issuers, all of them Alibaba by name.
    found = [title for row in rows(ENGLISH) if linker.link(title := row["Title"])]
    assert len(found) == 10
    assert all("Alibaba" in title for title in found)
