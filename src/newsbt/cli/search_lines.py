"""What the number of settings tried leaves of the best one, as lines (pure)."""

from __future__ import annotations

from newsbt.cli import layout
from newsbt.evidence.search import SearchEvidence
from newsbt.evidence.search_words import search_sentences

__all__ = ["search_evidence_lines"]


def search_evidence_lines(evidence: SearchEvidence, width: int = 80) -> list[str]:
    """What the number of settings tried leaves of the best one."""
    return [
        line
        for text in search_sentences(evidence)
        for line in layout.paragraph(text, width=width, hanging="  ")
    ]
