"""A row of texts to a catalyst and back (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, get_args

from newsbt.catalysts import cells
from newsbt.catalysts.columns import BROKEN, COLUMNS, FIGURES, misspelt
from newsbt.catalysts.rules import finding
from newsbt.errors import CatalystError
from newsbt.records import CATEGORIES, ROLES, Catalyst, Finding, Precision, Scope

__all__ = ["examine_row", "format_row", "parse_row"]

READERS: Final[dict[str, Callable[[str], Any]]] = {
    "id": cells.read_id,
    "published_at": cells.read_time,
    "time_precision": partial(cells.read_choice, choices=get_args(Precision), code="unknown-precision"),
    "headline": cells.read_text,
    "category": partial(cells.read_choice, choices=CATEGORIES, code="unknown-category"),
    "scope": partial(cells.read_choice, choices=get_args(Scope), code="unknown-scope"),
    "symbols": cells.read_symbols,
    "direction": cells.read_direction,
    "strength": cells.read_strength,
    "scheduled": cells.read_yes_no,
    "labelled_at": cells.read_time,
    "chain": cells.read_text,
    "role": partial(cells.read_choice, choices=ROLES, code="unknown-role"),
    "source": cells.read_text,
    "note": cells.read_text,
    **dict.fromkeys(FIGURES, cells.read_number),
}


def examine_row(row: Mapping[str, str], where: str) -> tuple[Catalyst | None, list[Finding]]:
    """Read `row` and say everything that is wrong with it.

    Parameters
    ----------
    row : mapping of column to text
        Spaces around a text do not count. Absent and empty cells are the same. Columns that are not ours are
        not read. The key :data:`~newsbt.catalysts.columns.BROKEN` says why the line could not be taken apart.
    where : str
        ``"file:line"``.

    Returns
    -------
    Catalyst or None
        None where anything is wrong.
    list of Finding
        All of severity ``error``; empty where nothing is wrong.
    """
    if row.get(BROKEN):
        return None, [finding("broken-line", where, row[BROKEN], "correct the line")]
    meant = misspelt(row)
    found = [
        finding("misspelt-column", where, f"there is no column {name!r}", f"write {near}")
        for name, near in meant.items()
    ]
    values: dict[str, Any] = {}
    for column in COLUMNS:
        text = row.get(column.name, "").strip()
        if text:
            try:
                values[column.name] = READERS[column.name](text)
            except cells.CellError as error:
                found.append(finding(error.code, where, f"{column.name} {error.message}", error.action))
        elif column.required and column.name not in meant.values():
            action = f"write {column.description}"
            found.append(finding("missing-value", where, f"{column.name} is empty", action))
    return (None if found else Catalyst(**values)), found


def parse_row(row: Mapping[str, str], where: str) -> Catalyst:
    """Read `row`; see :func:`examine_row`.

    Raises
    ------
    CatalystError
        With everything that is wrong.
    """
    catalyst, found = examine_row(row, where)
    if catalyst is None:
        raise CatalystError(f"{where}: " + ". ".join(f"{item.message}; {item.action}" for item in found))
    return catalyst


def format_row(catalyst: Catalyst) -> dict[str, str]:
    """Texts of all columns, in their order; :func:`parse_row` gives an equal catalyst back.

    That holds for texts as reading leaves them: no space around them, line breaks as single line feeds.
    """
    values: dict[str, Any] = {column.name: getattr(catalyst, column.name) for column in COLUMNS}
    texts = {name: "" if value is None else str(value) for name, value in values.items()}
    texts["published_at"] = catalyst.published_at.isoformat()
    texts["labelled_at"] = catalyst.labelled_at.isoformat() if catalyst.labelled_at else ""
    texts["symbols"] = ";".join(catalyst.symbols)
    texts["scheduled"] = "yes" if catalyst.scheduled else "no"
    for name in ("strength", *FIGURES):
        if values[name] is not None:
            texts[name] = cells.write_number(values[name])
    return texts
