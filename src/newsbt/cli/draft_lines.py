"""Drafts of catalysts as lines and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsbt.articles.draft_rows import DraftRow, to_row
from newsbt.cli import layout

if TYPE_CHECKING:
    from newsbt.api.extract import Extracted

__all__ = ["days_text", "draft_lines", "extracted_json", "tally"]

SIGNS = {1: "good", 0: "neutral", -1: "bad"}


def days_text(row: DraftRow) -> str:
    """The day, or the first and last of a range."""
    when = row.draft.when
    return f"{when.first}" if when.days == 1 else f"{when.first} to {when.last}"


def draft_lines(row: DraftRow, width: int) -> list[str]:
    """A draft in a few lines: what, when and by which words, who, which way, how sure, and the evidence."""
    draft = row.draft
    dated = (
        f'"{layout.clean(draft.date_words.text)}"'
        if draft.date_words
        else f"no date words ({draft.dated_by})"
    )
    mark = "" if row.review == "pending" else f"  [{row.review}]"
    lines = [f"{days_text(row)}  {', '.join(draft.symbols)}  {SIGNS[draft.direction]}{mark}"]
    lines += layout.paragraph(layout.clean(draft.headline), width=width, indent="  ", hanging="  ")
    facts = (
        f"{draft.category}, {draft.scope}, {draft.role}; dated by {dated}; confidence {draft.confidence:.2f}"
    )
    lines += layout.paragraph(facts, width=width, indent="  ", hanging="  ")
    for item in draft.evidence[:2]:
        text = f"{Path(row.file).name} {item.start}-{item.end}: {layout.clean(item.text)}"
        lines += layout.paragraph(text, width=width, indent="    ", hanging="      ")
    if len(draft.evidence) > 2:
        lines.append(f"    and {len(draft.evidence) - 2} more")
    return lines


def tally(rows: Sequence[DraftRow], target: Path | None) -> str:
    """How many drafts there are, and what to do next."""
    counts = Counter(row.review for row in rows)
    parts = [f"{counts[name]} {name}" for name in ("pending", "accepted", "skipped") if counts[name]]
    text = f"{len(rows)} drafts" + (f" ({', '.join(parts)})" if len(parts) > 1 else "")
    if target is not None:
        return (
            f"{text} in {target}; review them with newsbt catalysts extract {target} --review --into mine.csv"
        )
    return f"{text}; review them with --review --into mine.csv"


def extracted_json(found: Sequence[Extracted], rows: Sequence[DraftRow]) -> dict[str, Any]:
    """Drafts as in a JSONL file, what was refused, and when the articles were published."""
    articles = [
        {
            "file": item.article.file,
            "published": (item.article.published_at or item.article.published).isoformat(),
            "sha256": item.article.digest,
            "refused": list(item.refused),
        }
        for item in found
    ]
    return {"articles": articles, "drafts": [to_row(row) for row in rows]}
