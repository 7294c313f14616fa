"""Whom "we" stands for in a quotation (pure)."""

from __future__ import annotations

import re

from newsbt.articles.reading import Name, Part, Reading
from newsbt.articles.sentences import Clause
from newsbt.articles.who_words import OFFICER

__all__ = ["opens_quotation", "said_by_officer", "we"]

_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|our|us)\b")


def we(reading: Reading, part: Part, clause: Clause) -> list[Name]:
    """Whose chief says "we" in a quotation: whoever is named behind it, or before it in the sentence."""
    if not _FIRST_PERSON.search(reading.text, clause.start, clause.end):
        return []
    said = reading.text[slice(*part.span)]
    outside = [
        name
        for name in part.names
        if name.inside and not opens_quotation(said[: name.start - part.sentence.start])
    ]
    return outside[-1:] if OFFICER.search(said) else []


def said_by_officer(reading: Reading, part: Part, clause: Clause) -> bool:
    """Whether a chief whom no table names says "we" in a quotation."""
    said = reading.text[slice(*part.span)]
    return _FIRST_PERSON.search(reading.text, clause.start, clause.end) is not None and (
        OFFICER.search(said) is not None and ("“" in said or '"' in said)
    )


def opens_quotation(before: str) -> bool:
    """Whether quotation marks that stand in `before`, a sentence up to a place, are still open there."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
