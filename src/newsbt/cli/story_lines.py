"""What ``newsbt catalysts link`` and ``chain`` show and list: tables, JSON values and CSV texts."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from newsbt.adapters.linked_files import LinkReport
from newsbt.cli import layout
from newsbt.linking.catalogue import REASONS
from newsbt.stories.catalogue import Chain, Stories

__all__ = [
    "chain_rows",
    "issuer_rows",
    "linked_json",
    "reason_rows",
    "repeated_csv",
    "stories_json",
]

#: Columns of a headline in the table of chains.
WIDEST = 44


def issuer_rows(found: LinkReport) -> list[list[object]]:
    """Issuer, items that name it, items of which it is the first; the most first."""
    return [[name, count, found.first[name]] for name, count in found.named.most_common()]


def reason_rows(found: LinkReport) -> list[list[object]]:
    """Why items were left out, and how many."""
    return [[REASONS[name], count] for name, count in _reasons(found).items()]


def linked_json(found: LinkReport) -> dict[str, Any]:
    """Counts by issuer and by reason."""
    return {
        "items": found.items,
        "linked": found.linked,
        "issuers": {str(name): {"items": count, "first": lead} for name, count, lead in issuer_rows(found)},
        "left_out": _reasons(found),
    }


def chain_rows(chains: Iterable[Chain]) -> list[list[object]]:
    """Stories, hours from the first to the last, sources, whom they are about, first headline."""
    return [
        [
            len(item.catalysts),
            f"{_hours(item):.0f}",
            len({row.source for row in item.catalysts}),
            item.catalysts[0].symbols[0],
            _cut(item.catalysts[0].headline),
        ]
        for item in chains
    ]


def stories_json(found: Stories, total: int) -> dict[str, Any]:
    """Counts, chains with the ids of their stories, and what each repetition repeats."""
    return {
        "rows": total,
        "repeated": {row.catalyst.id: row.first.id for row in found.repeated},
        "written": len(found.catalysts),
        "chains": [
            {
                "name": item.name,
                "hours": round(_hours(item), 2),
                "headline": item.catalysts[0].headline,
                "ids": [row.id for row in item.catalysts],
            }
            for item in found.chains
        ],
    }


def repeated_csv(found: Stories) -> str:
    """Repetitions: id, headline, and the row that told it first."""
    return _csv(
        ("id", "published_at", "source", "headline", "repeats", "minutes_after", "first_headline"),
        (
            (
                row.catalyst.id,
                row.catalyst.published_at.isoformat(),
                row.catalyst.source,
                row.catalyst.headline,
                row.first.id,
                round((row.catalyst.published_at - row.first.published_at) / dt.timedelta(minutes=1)),
                row.first.headline,
            )
            for row in found.repeated
        ),
    )


def _reasons(found: LinkReport) -> dict[str, int]:
    return {name: found.reasons[name] for name in REASONS if found.reasons[name]}


def _cut(text: str) -> str:
    """The beginning of a headline, as wide as a table leaves room for."""
    short = text
    while layout.width_of(short) > WIDEST:
        short = short[:-1]
    return short if short == text else f"{short.rstrip()}…"


def _hours(item: Chain) -> float:
    times = [row.published_at for row in item.catalysts]
    return (max(times) - min(times)) / dt.timedelta(hours=1)


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()
