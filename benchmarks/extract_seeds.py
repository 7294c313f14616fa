"""How much of what five articles report is drafted right: python benchmarks/extract_seeds.py [--list]

Needs the folder ``../shared`` with ``seeds`` and ``facts/seed_gold.csv``, 54 rows made by reading.

A row is *hit* by a draft of an article that the row names as its source, if

- the draft's day is the row's ``event_date``, or its days hold that date: ``day`` (that day), ``near`` (a
  range of at most 31 days) or ``wide`` (a longer one, which is no more than the article says);
- they share an issuer (a listing counts as its issuer);
- the direction is the same;
- the category is the same, or one that people tell apart differently (``AKIN``).

A draft hits one row at most, and a row is hit once an article. What hits nothing is *wrong*, unless it
is listed in ``extract_judged.csv`` beside this file, by its offsets, as a true and rightly dated event that
the rows lack (``true``), or one that a row has and another draft hit already (``again``), judged by reading.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsbt.adapters.article_files import read_article
from newsbt.adapters.workspace import find_workspace
from newsbt.api.extract import extract_article
from newsbt.articles.draft_rows import DraftRow
from newsbt.universe import Universe

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
#: Inferred in catalysts_notes.md from the articles' own words; the texts have no dates.
PUBLISHED = {
    "000": "2025-02-12",
    "001": "2025-02-13",
    "002": "2025-02-21",
    "003": "2025-02-18",
    "004": "2025-02-26",
}
#: Kept back while the first rules were written; looked at since.
HELD_OUT = ("002", "003")
NEAR_DAYS = 31
#: Categories that people tell apart differently; a draft is of the row's category, or one beside it here.
AKIN = (
    {"regulation", "policy", "macro"},
    {"regulation", "legal"},
    {"earnings", "guidance"},
    {"ownership", "capital"},
    {"leadership", "policy"},
)


@dataclass(frozen=True)
class Gold:
    """A row of the fact base."""

    id: str
    date: dt.date
    issuers: frozenset[str]
    direction: int
    category: str
    headline: str
    sources: str


def issuers_of(symbols: Sequence[str], universe: Universe) -> frozenset[str]:
    """Issuers of listings; other names as they are."""
    return frozenset(listing.issuer for name in symbols for listing in universe.resolve(name)) | frozenset(
        name for name in symbols if not universe.resolve(name)
    )


def read_gold(path: Path, universe: Universe) -> list[Gold]:
    """All rows."""
    with path.open(encoding="utf-8") as file:
        return [
            Gold(
                row["id"],
                dt.date.fromisoformat(row["event_date"]),
                issuers_of(row["symbols"].split(";"), universe),
                int(row["direction"]),
                row["category"],
                row["headline"],
                row["source"],
            )
            for row in csv.DictReader(file)
        ]


def grade(row: DraftRow, gold: Gold, universe: Universe) -> str:
    """``day``, ``near``, ``wide``, or empty where `row` does not hit `gold`."""
    draft = row.draft
    if draft.direction != gold.direction or not draft.when.holds(gold.date):
        return ""
    if draft.category != gold.category and not any({draft.category, gold.category} <= akin for akin in AKIN):
        return ""
    if not issuers_of(draft.symbols, universe) & gold.issuers:
        return ""
    return "day" if draft.when.days == 1 else "near" if draft.when.days <= NEAR_DAYS else "wide"


def match(
    rows: Sequence[DraftRow], gold: Sequence[Gold], universe: Universe
) -> dict[str, tuple[DraftRow, str]]:
    """Row of the fact base to the draft that hits it: as many pairs as can be, finer ones first."""
    fits = {
        item.id: sorted(
            ((at, found) for at, row in enumerate(rows) if (found := grade(row, item, universe))),
            key=lambda pair: ("day", "near", "wide").index(pair[1]),
        )
        for item in gold
    }
    taken: dict[int, tuple[str, str]] = {}

    def place(name: str, tried: set[int]) -> bool:
        for at, found in fits[name]:
            if at not in tried:
                tried.add(at)
                if at not in taken or place(taken[at][0], tried):
                    taken[at] = (name, found)
                    return True
        return False

    for name in sorted(fits, key=lambda item: len(fits[item])):
        place(name, set())
    return {name: (rows[at], found) for at, (name, found) in taken.items()}


def judged() -> dict[tuple[str, int, int], str]:
    """Drafts judged by reading: article, start and end of the first evidence to the verdict."""
    path = HERE / "extract_judged.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return {(row["seed"], int(row["start"]), int(row["end"])): row["verdict"] for row in rows}


def main() -> None:
    """Print hits, misses and wrong drafts, an article a block, and the totals."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--list", action="store_true", help="show headlines of drafts, too")
    parser.add_argument("--seed", help="this article only")
    options = parser.parse_args()
    place = find_workspace(HERE.parent)
    universe = place.universe()
    gold, verdicts = read_gold(SHARED / "facts" / "seed_gold.csv", universe), judged()
    best: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        seed = path.name[:3]
        if options.seed and seed != options.seed:
            continue
        rows = extract_article(read_article(path, PUBLISHED[seed]), place).rows
        mine = [item for item in gold if f"seed {seed}_" in item.sources]
        hits = match(rows, mine, universe)
        used = {row.id for row, _ in hits.values()}
        rest = [row for row in rows if row.id not in used]
        verdict = {
            row.id: verdicts.get((seed, row.draft.evidence[0].start, row.draft.evidence[0].end), "")
            for row in rest
        }
        wrong = [row for row in rest if not verdict[row.id]]
        held = " (kept back at first)" if seed in HELD_OUT else ""
        print(f"{seed}{held}: {len(hits)} of {len(mine)} rows hit, {len(rows)} drafts, {len(wrong)} wrong")
        for item in mine:
            row, found = hits.get(item.id, (None, "miss"))
            text = f" | {row.draft.kind}, {row.draft.when.first}..{row.draft.when.last}" if row else ""
            print(f"  {item.id} {found:4} {item.date} {item.direction:+d} {item.headline[:64]}{text}")
            rank = ("miss", "wide", "near", "day")
            best[item.id] = max(best.get(item.id, "miss"), found, key=rank.index)
        for row in rest:
            draft = row.draft
            name = verdict[row.id] or "WRONG"
            text = f" {draft.headline[:70]}" if options.list else ""
            print(
                f"  {name:5} {draft.evidence[0].start}-{draft.evidence[0].end} {draft.kind}"
                f" {draft.when.first}..{draft.when.last} {','.join(draft.symbols)} {draft.direction:+d}"
                f" {draft.confidence}{text}"
            )
        counts.update(
            pairs=len(mine),
            hit_pairs=len(hits),
            drafts=len(rows),
            wrong=len(wrong),
            judged=len(rest) - len(wrong),
        )
    grades = Counter(best.values())
    total = len(best)
    hit = total - grades["miss"]
    print(
        f"\nrows drafted right from at least one article: {hit} of {total} ({hit / total:.0%}):"
        f" {grades['day']} to the day, {grades['near']} to a range of at most {NEAR_DAYS} days,"
        f" {grades['wide']} to a wider one"
    )
    print(f"rows and articles: {counts['hit_pairs']} of {counts['pairs']}")
    print(
        f"drafts: {counts['drafts']}, wrong {counts['wrong']}"
        f" ({counts['wrong'] / max(counts['drafts'], 1):.0%}),"
        f" judged by reading {counts['judged']}"
    )


if __name__ == "__main__":
    main()
