"""Drafts as rows of a file that people review, and as the catalysts they become (pure)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from newsbt.articles.model import Article, DatedBy, Draft, Evidence
from newsbt.articles.spans import DayUnit, When
from newsbt.errors import InputError
from newsbt.records import CATEGORIES, ROLES, Catalyst, Scope

__all__ = ["COLUMNS", "Decision", "DraftRow", "catalyst_of", "from_row", "row_of", "to_row"]

Decision: TypeAlias = Literal["pending", "accepted", "skipped"]
COLUMNS: tuple[str, ...] = (
    "id",
    "review",
    "date_first",
    "date_last",
    "date_unit",
    "dated_by",
    "headline",
    "category",
    "scope",
    "symbols",
    "direction",
    "strength",
    "role",
    "confidence",
    "kind",
    "date_words",
    "evidence",
    "file",
    "sha256",
    "published",
    "utc_offset",
)
#: Proposed where nobody has judged: a direction without a strength would be half a label.
STRENGTH, NEUTRAL_STRENGTH = 0.5, 0.3


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft, where it comes from, and what became of it.

    Parameters
    ----------
    id : str
        The same for the same draft of the same text whenever it is drafted again.
    review : {"pending", "accepted", "skipped"}
    draft : Draft
    strength : float
        0 to 1.
    file, digest : str
        The article, and the SHA-256 of the text that the offsets count.
    published : date
    utc_offset : int
        Minutes that the article's clock is ahead of UTC; 0 where unknown.
    """

    id: str
    review: Decision
    draft: Draft
    strength: float
    file: str
    digest: str
    published: dt.date
    utc_offset: int = 0


def row_of(article: Article, draft: Draft) -> DraftRow:
    """`draft` of `article`, waiting for review."""
    first = draft.evidence[0]
    place = f"{article.digest}:{first.start}:{first.end}"
    key = f"{place}:{draft.kind}:{','.join(draft.symbols)}:{draft.when.first}"
    offset = article.published_at.utcoffset() if article.published_at else None
    return DraftRow(
        f"x-{hashlib.sha256(key.encode()).hexdigest()[:12]}",
        "pending",
        draft,
        STRENGTH if draft.direction else NEUTRAL_STRENGTH,
        article.file,
        article.digest,
        article.published,
        int(offset.total_seconds() // 60) if offset else 0,
    )


def catalyst_of(row: DraftRow, labelled_at: dt.datetime) -> Catalyst:
    """The row of a catalogue that an accepted draft becomes.

    It is dated the last of the days it may have happened on, so that nothing trades before it was public, and
    labelled at the moment of the review: a label made with hindsight.
    """
    draft, when = row.draft, row.draft.when
    zone = dt.timezone(dt.timedelta(minutes=row.utc_offset)) if row.utc_offset else dt.UTC
    spans = ", ".join(f"{item.start}-{item.end}" for item in draft.evidence)
    words = f' by "{draft.date_words.text}"' if draft.date_words else f" by {draft.dated_by}"
    days = f"{when.first}" if when.days == 1 else f"{when.first} to {when.last}"
    return Catalyst(
        id=row.id,
        published_at=dt.datetime.combine(when.last, dt.time(12), zone),
        time_precision="day",
        headline=draft.headline,
        category=draft.category,
        scope=draft.scope,
        symbols=draft.symbols,
        direction=draft.direction,
        strength=row.strength,
        scheduled=draft.role == "calendar",
        labelled_at=labelled_at,
        role=draft.role,
        source=f"{row.file} characters {spans}",
        note=" ".join(f"dated {days}{words}; article of {row.published}; draft accepted in review".split()),
    )


def to_row(row: DraftRow) -> dict[str, Any]:
    """`row` as plain values, in the order of :data:`COLUMNS`."""
    draft = row.draft
    word = draft.date_words
    return {
        "id": row.id,
        "review": row.review,
        "date_first": draft.when.first.isoformat(),
        "date_last": draft.when.last.isoformat(),
        "date_unit": draft.when.unit,
        "dated_by": draft.dated_by,
        "headline": draft.headline,
        "category": draft.category,
        "scope": draft.scope,
        "symbols": list(draft.symbols),
        "direction": draft.direction,
        "strength": row.strength,
        "role": draft.role,
        "confidence": draft.confidence,
        "kind": draft.kind,
        "date_words": [word.start, word.end, word.text] if word else None,
        "evidence": [[item.start, item.end, item.text] for item in draft.evidence],
        "file": row.file,
        "sha256": row.digest,
        "published": row.published.isoformat(),
        "utc_offset": row.utc_offset,
    }


def from_row(values: Mapping[str, Any], where: str) -> DraftRow:
    """Read what :func:`to_row` made, perhaps edited by hand.

    Raises
    ------
    InputError
        For a value that is missing or wrong, with its place.
    """
    try:
        when = When(
            _date(values["date_first"]),
            _date(values["date_last"]),
            _one_of(values["date_unit"], get_args(DayUnit)),
        )
        if when.first > when.last:
            raise ValueError(f"date_first {when.first} lies after date_last {when.last}")
        word = values["date_words"]
        draft = Draft(
            str(values["headline"]),
            when,
            _one_of(values["dated_by"], get_args(DatedBy)),
            tuple(str(item) for item in values["symbols"]),
            _one_of(values["category"], CATEGORIES),
            _one_of(values["scope"], get_args(Scope)),
            _one_of(values["role"], tuple(ROLES)),
            _one_of(int(values["direction"]), (-1, 0, 1)),
            float(values["confidence"]),
            tuple(_evidence(item) for item in values["evidence"]),
            _evidence(word) if word else None,
            str(values["kind"]),
        )
        if not draft.evidence or not draft.symbols:
            raise ValueError("a draft needs evidence and symbols")
        return DraftRow(
            str(values["id"]),
            _one_of(values["review"], get_args(Decision)),
            draft,
            min(max(float(values["strength"]), 0.0), 1.0),
            str(values["file"]),
            str(values["sha256"]),
            _date(values["published"]),
            int(values["utc_offset"]),
        )
    except KeyError as error:
        raise InputError(f"{where}: a draft needs a value for {error}; draft the article again") from error
    except (ValueError, TypeError, IndexError) as error:
        raise InputError(f"{where}: {error}; correct it, or draft the article again") from error


def _date(text: object) -> dt.date:
    return dt.date.fromisoformat(str(text))


def _one_of(value: Any, choices: tuple[Any, ...]) -> Any:
    if value not in choices:
        raise ValueError(f"{value!r} is none of {', '.join(str(item) for item in choices)}")
    return value


def _evidence(item: Any) -> Evidence:
    start, end, text = item
    return Evidence(int(start), int(end), str(text))
