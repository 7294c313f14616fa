"""Chinese headlines of a real week, labelled by reading; only hashes of them are in the project."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from newsbt.sentiment.lexicon import LexiconScorer
from newsbt.sentiment.text_signal import linker_of

ROOT = Path(__file__).resolve().parents[3]
WEEK = ROOT.parent / "shared" / "news" / "china_tech_headlines_2025-02.csv"
SIGNS = {"negative": -1, "neutral": 0, "positive": 1}


@pytest.mark.skipif(not WEEK.exists(), reason="the real week is not beside the project")
def test_the_lexicon_on_80_chinese_headlines(lexicon: LexiconScorer) -> None:
    with (ROOT / "tests" / "data" / "chinese_week_labels.csv").open(encoding="utf-8", newline="") as handle:
        labels = {row["title_sha256"]: row for row in csv.DictReader(handle)}
    with WEEK.open(encoding="utf-8", newline="") as handle:
        titles = {
            hashlib.sha256(row["title"].encode()).hexdigest()[:16]: row["title"]
            for row in csv.DictReader(handle)
        }
    aliases = tomllib.loads((ROOT / "data" / "aliases.toml").read_text(encoding="utf-8"))
    linker = linker_of(json.dumps(aliases, sort_keys=True))
    texts = [titles[key] for key in labels]
    names = []
    for text, row in zip(texts, labels.values(), strict=True):
        found = [text[m.start : m.end] for m in linker.link(text) if m.issuer == row["issuer"]]
        names.append(tuple(found[:1]))
    found_signs = np.array([np.sign(opinion.value) for opinion in lexicon.score(texts, names)])
    right = np.mean(found_signs == np.array([SIGNS[row["label"]] for row in labels.values()]))
    assert len(labels) == 80 and right >= 0.65
