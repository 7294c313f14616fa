"""How much of ten articles of our own is drafted right: python benchmarks/extract_own.py

The articles of ``tests/data/articles`` are made up, in varied styles (wire, press release, timeline, blog,
simplified and traditional Chinese, feature, market report, deal, commentary). ``gold.csv`` beside them holds
what they report. It was written before the first draft was seen; rules were then changed after looking at
what was missed: the figures say what the rules can do on text of these kinds, not on text nobody has seen.

A row is hit by a draft of its article of the same direction and category (or one that people tell apart
differently) that names its issuer and whose days meet the row's, in a range of at most 31 days more than the
row's own.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from newsbt.adapters.article_files import read_article
from newsbt.adapters.workspace import find_workspace
from newsbt.api.extract import extract_article
from newsbt.articles.draft_rows import DraftRow
from newsbt.articles.spans import When

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "tests" / "data" / "articles"
AKIN = (
    {"regulation", "policy", "macro"},
    {"regulation", "legal"},
    {"earnings", "guidance"},
    {"ownership", "capital"},
)
SLACK_DAYS = 31


def hits(row: dict[str, str], made: DraftRow) -> bool:
    """Whether the draft `made` tells of what `row` holds."""
    draft = made.draft
    true = When(dt.date.fromisoformat(row["event_first"]), dt.date.fromisoformat(row["event_last"]))
    category = row["category"] == draft.category or any(
        {row["category"], draft.category} <= akin for akin in AKIN
    )
    return (
        category
        and row["symbols"] in draft.symbols
        and int(row["direction"]) == draft.direction
        and true.meet(draft.when) is not None
        and draft.when.days <= true.days + SLACK_DAYS
    )


def measure(folder: Path = ARTICLES) -> dict[str, tuple[list[str], list[str], list[str]]]:
    """For each article what was hit, what was missed, and the drafts that are wrong."""
    place = find_workspace(ROOT)
    with (folder / "gold.csv").open(encoding="utf-8") as file:
        gold = list(csv.DictReader(file))
    found = {}
    for path in sorted(folder.glob("*.txt")):
        name = path.stem[:3]
        rows: Sequence[DraftRow] = extract_article(read_article(path), place).rows
        free = list(rows)
        hit, missed = [], []
        for item in (row for row in gold if row["article"] == name):
            match = next((row for row in free if hits(item, row)), None)
            (missed if match is None else hit).append(item["what"])
            if match is not None:
                free.remove(match)
        found[path.stem] = (
            hit,
            missed,
            [f"{row.draft.kind}, {row.draft.when.first}: {row.draft.headline}" for row in free],
        )
    return found


def main() -> None:
    """Print the figures, an article a block."""
    found = measure()
    for name, (hit, missed, wrong) in found.items():
        print(f"{name}: {len(hit)} of {len(hit) + len(missed)} hit, {len(wrong)} wrong")
        for text in missed:
            print(f"  miss   {text}")
        for text in wrong:
            print(f"  wrong  {text}")
    hit, missed, wrong = (sum(len(part[at]) for part in found.values()) for at in range(3))
    print(f"\n{hit} of {hit + missed} rows hit ({hit / (hit + missed):.0%})")
    print(f"{wrong} of {hit + wrong} drafts wrong ({wrong / (hit + wrong):.0%})")


if __name__ == "__main__":
    main()
