"""The walk through drafts in a terminal: accept, edit, skip, quit; every decision is kept at once."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsbt.cli import render
from newsbt.cli.draft_lines import draft_lines

if TYPE_CHECKING:
    from newsbt.articles.draft_rows import DraftRow
    from newsbt.universe import Universe

__all__ = ["edited", "walk"]

PROMPT = "[a]ccept, [e]dit, [s]kip, [q]uit? "
#: What the end of input reads as.
QUIT = "\x04"
FIELDS = ("date", "headline", "symbols", "category", "scope", "direction", "strength", "role")


def walk(rows: list[DraftRow], drafts: Path, into: Path, universe: Universe) -> None:
    """Ask about every pending draft.

    After each answer the file of drafts and, for an accepted one, the catalogue are written whole, so that
    quitting, Ctrl-C or a lost terminal loses nothing; the next review goes on with what is pending. Drafts
    that stand as accepted in the file, by hand or by a review that ended in between, are appended first.

    Parameters
    ----------
    rows : list of DraftRow
    drafts : Path
        File they are kept in.
    into : Path
        Catalogue.
    universe : Universe
        Names that an edited draft may use.

    Raises
    ------
    InputError, OutputError
        If a file cannot be written, or the catalogue cannot be read.
    """
    from newsbt.adapters.drafts import append_catalysts, write_drafts
    from newsbt.articles.draft_rows import catalyst_of

    def keep(accepted: list[DraftRow]) -> int:
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        return append_catalysts(into, [catalyst_of(row, now) for row in accepted])

    appended = keep([row for row in rows if row.review == "accepted"])
    waiting = [at for at, row in enumerate(rows) if row.review == "pending"]
    for number, at in enumerate(waiting, 1):
        render.lines([f"Draft {number} of {len(waiting)}", *draft_lines(rows[at], render.screen_width())])
        answer = _answer()
        if answer == "q":
            break
        if answer == "e":
            rows[at] = _edit(rows[at], universe)
            answer = "a"
        rows[at] = replace(rows[at], review="accepted" if answer == "a" else "skipped")
        if answer == "a":
            appended += keep([rows[at]])
        write_drafts(drafts, rows)
        render.lines([""])
    left = sum(row.review == "pending" for row in rows)
    render.lines([f"{appended} appended to {into}; {left} still pending in {drafts}"])


def _ask(prompt: str) -> str:
    """A line from the terminal; its end and Ctrl-C read as quit, as what was decided is written already."""
    render.prompt(prompt)
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        line = ""
    return line.strip() if line else QUIT


def _answer() -> str:
    while True:
        answer = _ask(PROMPT).lower()
        if answer == QUIT:
            return "q"
        if answer[:1] in ("a", "e", "s", "q") and answer:
            return answer[0]


def _edit(row: DraftRow, universe: Universe) -> DraftRow:
    """Ask for each field; an empty line keeps what is there."""
    from newsbt.errors import InputError

    for name in FIELDS:
        while True:
            answer = _ask(f"  {name} [{_shown(row, name)}]: ")
            if not answer or answer == QUIT:
                break
            try:
                row = edited(row, name, answer, universe)
            except InputError as error:
                render.lines([f"    {error}"])
                continue
            break
    return row


def _shown(row: DraftRow, name: str) -> str:
    draft = row.draft
    if name == "date":
        return f"{draft.when.first}" if draft.when.days == 1 else f"{draft.when.first} {draft.when.last}"
    if name == "symbols":
        return ";".join(draft.symbols)
    return str(row.strength if name == "strength" else getattr(draft, name))


def edited(row: DraftRow, name: str, answer: str, universe: Universe) -> DraftRow:
    """`row` with one field as somebody typed it.

    Raises
    ------
    InputError
        For what the field cannot hold, with what it can.
    """
    from newsbt.articles.draft_rows import from_row, to_row
    from newsbt.articles.drafting import role_of
    from newsbt.errors import InputError, UnknownNameError

    values = to_row(row)
    if name == "date":
        days = answer.replace(" to ", " ").split()
        if not 1 <= len(days) <= 2:
            raise InputError(
                "write a day, 2025-02-13, or the first and the last of a range with a space between"
            )
        unit = "day" if len(set(days)) == 1 else "days"
        values |= {"date_first": days[0], "date_last": days[-1], "date_unit": unit}
    elif name == "symbols":
        names = [part.strip() for part in answer.replace(",", ";").split(";") if part.strip()]
        for item in names:
            if not universe.knows(item):
                choices = [*universe.issuers, *universe.listings, *universe.outside]
                raise UnknownNameError("symbol", item, choices, "data/universe.toml")
        values["symbols"] = names
    else:
        values[name] = answer
    made = from_row(values, name)
    if name == "date" and made.draft.role in ("event", "umbrella"):
        made = replace(made, draft=replace(made.draft, role=role_of(made.draft.when)))
    return made
