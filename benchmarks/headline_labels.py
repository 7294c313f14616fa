"""How often lexicon, classifier and VADER are right on the made-up sentences of docs/text-signals.md.

    python benchmarks/headline_labels.py

The scorers by themselves, with the name that a row gives and without it. Macro-F1 of negative, neutral and
positive, and the share that is right; of sentences with two names the share of names that is right.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from newsbt.adapters.scorers.shipped import headline_scorer, lexicon_scorer
from newsbt.sentiment.scorer import Scorer

ROOT = Path(__file__).resolve().parents[1]
SIGNS = {"negative": -1, "neutral": 0, "positive": 1}
#: VADER's own bound between neutral and the rest.
VADER_BOUND = 0.05
#: Sentences of two_names.csv that stood there while rules were written; the others came after.
FIRST = 42


def read_rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "data" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def told(name: str, wanted: Sequence[int], found: Sequence[float]) -> str:
    """A line of the table."""
    labels, signs = np.array(wanted), np.sign(found)
    each = [
        2 * np.sum((labels == sign) & (signs == sign)) / (np.sum(labels == sign) + np.sum(signs == sign))
        for sign in SIGNS.values()
    ]
    return f"| {name} | {np.mean(each):.3f} | {np.mean(labels == signs):.1%} |"


def main() -> None:
    """Print both tables."""
    table = tomllib.loads((ROOT / "data" / "lexicon.toml").read_text(encoding="utf-8"))
    scorers: dict[str, Scorer] = {"lexicon": lexicon_scorer(table), "classifier": headline_scorer(table)}
    vader = SentimentIntensityAnalyzer()
    print("| sentences, scorer | macro-F1 | right |\n| --- | ---: | ---: |")
    for file in ("own_headlines.csv", "more_headlines.csv"):
        rows = read_rows(file)
        texts, wanted = [row["text"] for row in rows], [SIGNS[row["label"]] for row in rows]
        named = [(row["aspect"],) if row["aspect"] else () for row in rows]
        for name, scorer in scorers.items():
            for said, aspects in (("", named), (", no name given", [()] * len(rows))):
                values = [opinion.value for opinion in scorer.score(texts, aspects)]
                print(told(f"{file}, {name}{said}", wanted, values))
        tones = [vader.polarity_scores(text)["compound"] for text in texts]
        print(told(f"{file}, VADER", wanted, [tone if abs(tone) >= VADER_BOUND else 0.0 for tone in tones]))
    rows = read_rows("two_names.csv")
    print(f"\n| right of two names | first {FIRST} | other {len(rows) - FIRST} |\n| --- | ---: | ---: |")
    signs = np.array([[SIGNS[row["label"]], SIGNS[row["other_label"]]] for row in rows])
    for name, scorer in scorers.items():
        opinions = scorer.score([row["text"] for row in rows], [(row["name"], row["other"]) for row in rows])
        right = np.sign([opinion.by_aspect for opinion in opinions]) == signs
        first, other = right[:FIRST], right[FIRST:]
        print(f"| {name} | {first.sum()} of {first.size} | {other.sum()} of {other.size} |")


if __name__ == "__main__":
    main()
