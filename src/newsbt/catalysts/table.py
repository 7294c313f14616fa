"""A catalogue of a million rows, held as columns of texts: checked cell by cell as rows are (pure)."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from newsbt.catalysts import cells
from newsbt.catalysts.columns import BROKEN, COLUMNS, FIGURES, NAMES, misspelt, nearest_column
from newsbt.catalysts.parse import READERS, examine_row, format_row, parse_row
from newsbt.catalysts.rules import finding
from newsbt.records import Catalyst, Finding, IntArray

__all__ = ["CatalogueTable", "TableBuilder"]

#: Columns whose cells are mostly different texts; those of the others are few, and each is read once.
TEXTS: Final = ("headline", "note", "chain")
TIMES: Final = ("published_at", "labelled_at")
#: What an empty cell stands for where that is written out.
DEFAULTS: Final = {"scheduled": "no", "role": "event"}
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND: Final = dt.timedelta(microseconds=1)
_DAY: Final = dt.timedelta(days=1)


class CatalogueTable:
    """Rows of a catalogue by their columns.

    Parameters
    ----------
    columns : mapping of column to sequence of str
        Texts as :func:`newsbt.catalysts.parse.format_row` writes them; a column without any text is absent.
    published : array of int64
        Microseconds since 1970 in UTC.
    public : array of int64
        Seconds since 1970 at which everybody could have read each row at the latest: at once, or at the end
        of its day where only that is known.
    """

    def __init__(self, columns: Mapping[str, Sequence[str]], published: IntArray, public: IntArray) -> None:
        self.columns, self.published, self.public = columns, published, public

    def __len__(self) -> int:
        """How many rows."""
        return len(self.published)

    def text(self, name: str, at: int) -> str:
        """The cell of column `name` in row `at`."""
        column = self.columns.get(name)
        return column[at] if column is not None else ""

    def row(self, at: int) -> dict[str, str]:
        """Texts of row `at`, of all columns that have any."""
        return {name: column[at] for name, column in self.columns.items()}

    def catalyst(self, at: int) -> Catalyst:
        """Row `at` as a record."""
        return parse_row(self.row(at), "")

    def order(self) -> IntArray:
        """Rows by time of publication and id, as a catalogue has them."""
        by_time = np.argsort(self.published, kind="stable")
        ids, moments = self.columns.get("id", ()), self.published[by_time].tolist()
        rows: list[int] = by_time.tolist()
        begin = 0
        for at in range(1, len(rows) + 1):
            if at == len(rows) or moments[at] != moments[begin]:
                if at - begin > 1:
                    rows[begin:at] = sorted(rows[begin:at], key=lambda row: ids[row])
                begin = at
        return np.array(rows, dtype=np.int64)


class TableBuilder:
    """Takes rows of files in parts, checks them, and makes a table of them.

    What is wrong is kept in :attr:`first` and counted; such rows are left out.
    """

    def __init__(self) -> None:
        self._columns: dict[str, list[str]] = {}
        self._count = 0
        self._published, self._public = array("q"), array("q")
        self._lines = array("q")
        self._files: list[tuple[int, str]] = []
        self._known: dict[str, dict[str, str]] = {}
        self._unknown: dict[tuple[str, str], Finding] = {}
        self._found: Finding | None = None
        #: Ids of rows that are left out: they stand twice all the same.
        self._stray: list[str] = []
        self._wrong = 0

    def file(self, name: str) -> None:
        """Rows that follow are of this file."""
        self._files.append((self._count, name))

    def add(self, lines: Sequence[int], columns: Mapping[str, Sequence[str]]) -> None:
        """Take rows that have the same columns, with the lines they begin on."""
        names = [name for name in columns if name not in NAMES]
        fine = BROKEN not in names and not misspelt(columns)
        if fine and names:
            self._tell_unknown(lines[0], names)
        made = self._read(columns) if fine else None
        if made is None:
            self._one_by_one(lines, columns)
            return
        texts, published, public = made
        self._append(len(lines), texts)
        self._published.extend(published)
        self._public.extend(public)
        self._lines.extend(lines)

    def add_catalyst(self, catalyst: Catalyst) -> None:
        """Take a record."""
        texts = format_row(catalyst)
        self._append(1, {name: [self._shared(name, text)] for name, text in texts.items() if text})
        published, public = _moments(catalyst.published_at, catalyst.time_precision)
        self._published.append(published)
        self._public.append(public)
        self._lines.append(0)

    def findings(self) -> tuple[Finding | None, int]:
        """The first of what is wrong, and how much is: columns, rows, ids that stand twice."""
        first, count = self._found, self._wrong + len(self._unknown)
        if self._unknown:
            first = next(iter(self._unknown.values()))
        ids = self._columns.get("id", [])
        distinct = set(ids)
        stray = [name for name in self._stray if name]
        twice = len(ids) + len(stray) - len(distinct.union(stray))
        if twice and first is None:
            places: dict[str, int] = {}
            at, before = next(
                (at, places[name]) for at, name in enumerate(ids) if places.setdefault(name, at) != at
            )
            message = f"id {ids[at]!r} is that of {self._where(before)} too"
            first = finding("duplicate-id", self._where(at), message, "give it another")
        return first, count + twice

    def table(self) -> CatalogueTable:
        """All rows that were taken."""
        return CatalogueTable(
            self._columns,
            np.frombuffer(self._published, np.int64) if self._count else np.empty(0, np.int64),
            np.frombuffer(self._public, np.int64) if self._count else np.empty(0, np.int64),
        )

    def _where(self, at: int) -> str:
        name = next((name for begin, name in reversed(self._files) if begin <= at), "")
        return f"{name}:{self._lines[at]}"

    def _append(self, count: int, texts: Mapping[str, Sequence[str]]) -> None:
        for name, column in texts.items():
            if name not in self._columns:
                self._columns[name] = [DEFAULTS.get(name, "")] * self._count
            self._columns[name].extend(column)
        for name, column in self._columns.items():
            if name not in texts:
                column.extend([DEFAULTS.get(name, "")] * count)
        self._count += count

    def _read(
        self, columns: Mapping[str, Sequence[str]]
    ) -> tuple[dict[str, Sequence[str]], list[int], list[int]] | None:
        """Columns as they are written, and moments; None if anything at all is wrong with a cell."""
        made: dict[str, Sequence[str]] = {}
        moments: list[dt.datetime] = []
        try:
            for column in COLUMNS:
                if column.name not in columns:
                    if column.required:
                        return None
                    continue
                texts = list(map(str.strip, columns[column.name]))
                if column.required and "" in texts:
                    return None
                if column.name == "published_at":
                    moments = [cells.read_time(text) for text in texts]
                    made[column.name] = [moment.isoformat() for moment in moments]
                elif any(texts):
                    made[column.name] = self._written(column.name, texts)
        except cells.CellError:
            return None
        pairs = list(map(_moments, moments, made["time_precision"]))
        return made, [pair[0] for pair in pairs], [pair[1] for pair in pairs]

    def _written(self, name: str, texts: list[str]) -> list[str]:
        if name == "id":
            whole = ",".join(texts)
            if not whole.isprintable() or ";" in whole or len(whole.split()) > 1:
                return [cells.read_id(text) for text in texts]
            return texts
        if name in TEXTS:
            return texts if all(map(str.isprintable, texts)) else [cells.read_text(text) for text in texts]
        known = self._known.setdefault(name, {"": DEFAULTS.get(name, "")})
        for text in set(texts) - known.keys():
            known[text] = _canonical(name, text)
        written = [known[text] for text in texts]
        if len(known) > len(self._published) // 4 + 10_000:
            # So many different texts: not worth remembering.
            known.clear()
            known[""] = DEFAULTS.get(name, "")
        return written

    def _shared(self, name: str, text: str) -> str:
        """One object for a text that many rows have."""
        if name in ("id", *TIMES, *TEXTS):
            return text
        return self._known.setdefault(name, {}).setdefault(text, text)

    def _one_by_one(self, lines: Sequence[int], columns: Mapping[str, Sequence[str]]) -> None:
        for at, line in enumerate(lines):
            row = {name: column[at] for name, column in columns.items()}
            where = f"{self._files[-1][1]}:{line}"
            unknown = [name for name in row if name not in NAMES and name != BROKEN]
            if unknown:
                near = misspelt(row)
                self._tell_unknown(line, [name for name in unknown if name not in near])
            catalyst, found = examine_row(row, where)
            if catalyst is not None:
                self.add_catalyst(catalyst)
                self._lines[-1] = line
            else:
                self._stray.append(row.get("id", "").strip())
            self._wrong += len(found)
            self._found = self._found or next(iter(found), None)

    def _tell_unknown(self, line: int, names: Iterable[str]) -> None:
        file = self._files[-1][1]
        for name in names:
            if (file, name) not in self._unknown:
                near = nearest_column(name)
                action = f"move it into {near}, or delete it" if near else "move it into note, or delete it"
                self._unknown[file, name] = finding(
                    "unknown-column", f"{file}:{line}", f"there is no column {name!r}", action
                )


def _canonical(name: str, text: str) -> str:
    """A cell as it is written."""
    if name == "labelled_at":
        return cells.read_time(text).isoformat()
    value = READERS[name](text)
    if name == "symbols":
        return ";".join(value)
    if name in ("strength", *FIGURES):
        return cells.write_number(value)
    return text if name == "scheduled" else str(value)


def _moments(moment: dt.datetime, precision: str) -> tuple[int, int]:
    """Microseconds at which a row was published, seconds at which it was public at the latest."""
    published = (moment - _EPOCH) // _MICROSECOND
    if precision == "minute":
        return published, published // 1_000_000
    end = moment.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY
    return published, (end - _EPOCH) // _MICROSECOND // 1_000_000
