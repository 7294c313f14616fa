"""Columns of a catalogue of news: their names, order and meaning, and the nearest one to a misspelt name."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from newsbt.records import CATEGORIES, ROLES

__all__ = [
    "BROKEN",
    "COLUMNS",
    "FIGURES",
    "NAMES",
    "REQUIRED",
    "Column",
    "column_name",
    "misspelt",
    "nearest_column",
]

#: Key under which a row carries why its line could not be taken apart; no column can have this name.
BROKEN = ""

#: Written only where a row has one.
FIGURES: tuple[str, ...] = ("revenue_actual", "revenue_consensus", "eps_actual", "eps_consensus")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a catalogue.

    Parameters
    ----------
    name : str
        As it stands in the header, or as key of a JSONL line.
    required : bool
        It must be there, with a value in every row. What is not required may be left out or empty.
    description : str
        What a cell holds.
    """

    name: str
    required: bool
    description: str


COLUMNS: tuple[Column, ...] = (
    Column("id", True, "a name of the row, without spaces and ';', that no other row of a run has"),
    Column("published_at", True, "moment of publication, ISO 8601 with an offset: 2025-02-20T18:30:00+08:00"),
    Column("time_precision", True, "how well the moment is known: minute, session or day"),
    Column("headline", True, "what happened, in one sentence, without how prices reacted"),
    Column("category", True, "one of " + ", ".join(CATEGORIES)),
    Column("scope", True, "whom it concerns: company, sector or market"),
    Column("symbols", True, "issuers or listings, separated by ';'; the first is whom it is about"),
    Column("direction", False, "-1, 0 or 1, judged on the text alone; empty where nobody has judged"),
    Column("strength", False, "0 to 1, judged on the text alone; empty where nobody has judged"),
    Column("scheduled", False, "yes if the date was known in advance, else no; empty is no"),
    Column("labelled_at", False, "when direction and strength were judged, ISO 8601 with an offset"),
    Column("chain", False, "a name that the follow-ups of one story share"),
    Column("role", False, "one of " + ", ".join(ROLES) + "; empty is event, the only one that trades"),
    Column("source", False, "where it is reported"),
    Column("note", False, "anything else; never read by a signal"),
    Column("revenue_actual", False, "for results: revenue, a plain number"),
    Column("revenue_consensus", False, "what was expected, in the same currency and on the same basis"),
    Column("eps_actual", False, "for results: earnings per share, a plain number"),
    Column("eps_consensus", False, "what was expected, in the same currency and on the same basis"),
)

NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)
REQUIRED: tuple[str, ...] = tuple(column.name for column in COLUMNS if column.required)

#: What other tables call these columns; used for suggestions only.
OTHER_NAMES: dict[str, str] = {
    "date": "published_at",
    "datetime": "published_at",
    "published": "published_at",
    "time": "published_at",
    "timestamp": "published_at",
    "precision": "time_precision",
    "event": "headline",
    "text": "headline",
    "title": "headline",
    "type": "category",
    "issuer": "symbols",
    "symbol": "symbols",
    "ticker": "symbols",
    "tickers": "symbols",
    "dir": "direction",
}


def column_name(text: str) -> str:
    """`text` as a column's name: lower case, without spaces around it, inner ones as underscores."""
    return text.strip().lower().replace(" ", "_")


def nearest_column(name: str, choices: Collection[str] = NAMES) -> str:
    """The one of `choices` that `name` was probably meant to be; empty if none is near."""
    other = OTHER_NAMES.get(name, "")
    if other in choices:
        return other
    near = difflib.get_close_matches(name, choices, n=1, cutoff=0.75)
    return near[0] if near else ""


def misspelt(present: Iterable[str]) -> dict[str, str]:
    """Unknown names among `present` that are near to a column which is absent.

    Returns
    -------
    dict of str to str
        The name as it stands to the column it was probably meant to be.
    """
    names = list(present)
    unknown = [name for name in names if name not in NAMES and name != BROKEN]
    if not unknown:
        return {}
    absent = [name for name in NAMES if name not in names]
    return {name: near for name in unknown if (near := nearest_column(name, absent))}
