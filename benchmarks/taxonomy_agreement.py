"""How often the taxonomy's rules have an opinion on the shipped catalogue, and agree with its labels.

Prints the table that docs/signals.md shows; ``--write`` puts it there. Run from anywhere:
``python benchmarks/taxonomy_agreement.py``. Prices play no part.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tomllib
import zlib
from collections.abc import Sequence
from pathlib import Path

from newsbt.adapters.catalogue import read_catalogues
from newsbt.records import Catalyst
from newsbt.scoring.taxonomy import Taxonomy
from newsbt.scoring.taxonomy_table import parse_taxonomy

ROOT = Path(__file__).resolve().parents[1]
DOC = ROOT / "docs" / "signals.md"
BEGIN, END = "<!-- begin: python benchmarks/taxonomy_agreement.py -->", "<!-- end -->"
#: The author of the rules had met headlines of some events before this day while reading the fact base.
UNMET = dt.datetime(2024, 10, 1, tzinfo=dt.UTC)


def written_on(catalyst: Catalyst) -> bool:
    """Whether the rules were written looking at this row."""
    return zlib.crc32(catalyst.id.encode()) % 2 == 0


def line(name: str, rows: Sequence[Catalyst], rules: Taxonomy) -> str:
    values = [rules.judge(row.headline, row.category).value for row in rows]
    spoken = sum(value != 0.0 for value in values)
    both = [
        (row.direction, value) for row, value in zip(rows, values, strict=True) if row.direction and value
    ]
    agree = sum(direction * value > 0 for direction, value in both)
    longs = sum(direction > 0 for direction, _ in both)
    silent = [value == 0.0 for row, value in zip(rows, values, strict=True) if row.direction == 0]
    cells = (
        name,
        f"{len(rows)}",
        f"{spoken / len(rows):.0%}",
        f"{len(both)}",
        f"{agree / len(both):.1%}",
        f"{max(longs, len(both) - longs) / len(both):.0%}",
        f"{sum(silent)} of {len(silent)}",
    )
    return f"| {' | '.join(cells)} |"


def table() -> str:
    """Make the table in Markdown."""
    with (ROOT / "data" / "taxonomy.toml").open("rb") as file:
        rules = parse_taxonomy(tomllib.load(file), "data/taxonomy.toml")
    catalysts = read_catalogues(sorted((ROOT / "data" / "catalysts").glob("*.csv")))
    events = [row for row in catalysts if row.role == "event"]
    aside = [row for row in events if not written_on(row)]
    groups = {
        "half the rules were written on": [row for row in events if written_on(row)],
        "half kept aside": aside,
        "... results and guidance": [row for row in aside if row.category in ("earnings", "guidance")],
        "... everything else": [row for row in aside if row.category not in ("earnings", "guidance")],
        "... since October 2024": [row for row in aside if row.published_at >= UNMET],
    }
    titles = (
        "rows",
        "events",
        "with an opinion",
        "both have one",
        "same sign",
        "the commoner sign",
        "silent on label 0",
    )
    head = f"| {' | '.join(titles)} |"
    rule = f"| --- |{' ---: |' * (len(titles) - 1)}"
    return "\n".join([head, rule, *(line(name, rows, rules) for name, rows in groups.items())])


def documented() -> str:
    """Table as the page has it."""
    return DOC.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0].strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/signals.md")
    fresh = table()
    if parser.parse_args().write:
        text = DOC.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        DOC.write_text(f"{before}{BEGIN}\n{fresh}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    print(fresh)


if __name__ == "__main__":
    main()
