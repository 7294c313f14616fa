"""What is read from an article and what is drafted from it, as frozen records (pure)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from newsbt.articles.spans import When
from newsbt.records import Role, Scope

__all__ = ["Article", "DatedBy", "Draft", "Evidence"]

DatedBy: TypeAlias = Literal["words", "clause", "context", "publication"]


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was read.

    Parameters
    ----------
    text : str
        Plain text; offsets of drafts count its characters.
    published : date
        Local date of publication.
    published_at : datetime or None
        The moment, aware, where it is known.
    file : str
        As messages name it.
    digest : str
        SHA-256 of the text in hex: offsets hold for this text only.
    """

    text: str
    published: dt.date
    published_at: dt.datetime | None = None
    file: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of the article that a draft rests on: ``article.text[start:end] == text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A catalyst that an article seems to report; nothing before somebody has accepted it.

    Parameters
    ----------
    headline : str
        What happened, in the article's own words.
    when : When
        The days on one of which it happened, as far as the article says.
    dated_by : {"words", "clause", "context", "publication"}
        Date words beside it; those of the clause that tells a consequence; those of an earlier sentence;
        nothing but that the article could report it.
    symbols : tuple of str
        Issuers or outside names, the one it is about first.
    category, scope, role : str
        As in a catalogue.
    direction : int
        -1, 0 or 1, by the words alone.
    confidence : float
        0 to 1: how sure it is that the row is right; an order, not a probability.
    evidence : tuple of Evidence
        Sentences it rests on, the best first.
    date_words : Evidence or None
        The words that date it.
    kind : str
        Of the rule that found it (``"price cut"``), or ``"llm"``.
    """

    headline: str
    when: When
    dated_by: DatedBy
    symbols: tuple[str, ...]
    category: str
    scope: Scope
    role: Role
    direction: int
    confidence: float
    evidence: tuple[Evidence, ...]
    date_words: Evidence | None
    kind: str
