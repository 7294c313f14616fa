"""The linter's rules, each with its code, severity and meaning, and the findings made from them (pure)."""

from __future__ import annotations

from newsbt.records import Finding, Severity

__all__ = ["RULES", "finding"]

#: Code of each rule: how severe it is, and what it finds.
RULES: dict[str, tuple[Severity, str]] = {
    "broken-line": ("error", "a line that cannot be taken apart: cells that do not fit the header, no JSON"),
    "misspelt-column": ("error", "a key of a JSONL line that is near to a column and is none"),
    "unknown-column": ("error", "a column that no catalogue has"),
    "missing-value": ("error", "an empty cell in a required column"),
    "bad-text": ("error", "a control character or half a character inside a text"),
    "bad-id": ("error", "an id with a ';' or a space in it"),
    "duplicate-id": ("error", "an id that another row has already, in this file or another"),
    "bad-time": ("error", "a time that is not ISO 8601, or outside the years 1900 to 2199"),
    "impossible-date": ("error", "a date or time that does not exist, such as 30 February"),
    "no-offset": ("error", "a time without its UTC offset"),
    "later-than-today": ("error", "published after today (UTC); a row of role calendar may be"),
    "unknown-precision": ("error", "time_precision that is none of minute, session, day"),
    "unknown-category": ("error", "a category that does not exist"),
    "unknown-scope": ("error", "a scope that is none of company, sector, market"),
    "unknown-role": ("error", "a role that does not exist"),
    "unknown-symbol": ("error", "a symbol that is no issuer, listing or outside name of data/universe.toml"),
    "bad-symbols": ("error", "symbols without a name"),
    "bad-direction": ("error", "a direction that is none of -1, 0, 1"),
    "bad-strength": ("error", "a strength that is no number from 0 to 1"),
    "bad-scheduled": ("error", "scheduled that is neither yes nor no"),
    "bad-number": ("error", "a figure that is no plain number"),
    "garbled-text": ("warning", "traces of a file read in the wrong encoding"),
    "repeated-symbol": ("warning", "a symbol that the row names twice"),
    "repeated-headline": ("warning", "the headline of another row within three days, about the same symbol"),
    "half-a-label": (
        "warning",
        "a direction of 1 or -1 without a strength, or a strength without a direction",
    ),
    "label-in-future": ("warning", "judged after today (UTC)"),
    "unsorted": ("warning", "earlier than the row before it"),
    "no-rows": ("warning", "a header without rows"),
    "undated-label": ("info", "a direction without labelled_at; it counts as judged in hindsight"),
    "minute-at-midnight": ("info", "midnight to the minute; perhaps only the date is known"),
    "session-without-venue": ("info", "precision session, but no calendar for the first symbol; read as day"),
    "venue-shut": ("info", "published on a day without a session at the venue of the first symbol"),
}


def finding(code: str, where: str, message: str, action: str = "") -> Finding:
    """A finding of the rule `code`, with the rule's severity."""
    return Finding(code, RULES[code][0], where, message, action)
