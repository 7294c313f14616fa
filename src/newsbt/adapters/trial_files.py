"""The files in a tuning's folder: what it is, and its trials in parts or as one table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from newsbt.adapters.results import check_writable, free_folder
from newsbt.errors import InputError, OutputError

__all__ = [
    "FORMAT",
    "HEADER",
    "PARTS",
    "TABLE",
    "UNFINISHED",
    "batches",
    "count_trials",
    "encoded",
    "free_target",
    "iterate_trials",
    "part_name",
    "parts_of",
    "read_header",
    "read_part",
    "read_trials",
    "row_count",
    "tuning_folder",
    "unfinished",
    "write_part",
]

HEADER: Final = "tune.json"
TABLE: Final = "trials.parquet"
#: Ending of the folder's name until the search is done.
UNFINISHED: Final = ".unfinished"
FORMAT: Final = 1
PARTS: Final = "parts"
#: Ending of the names of columns that are written as JSON.
MIXED: Final = " (json)"


def tuning_folder(folder: Path) -> Path:
    """The folder of a tuning, finished or not, by its name with or without ``.unfinished``.

    Raises
    ------
    InputError
        If it is none.
    """
    for candidate in (folder, unfinished(folder)):
        if (candidate / HEADER).is_file():
            return candidate
    state = f"is no folder of a tuning (it has no {HEADER})" if folder.is_dir() else "is not there"
    raise InputError(f"{folder} {state}; name one that newsbt tune made, such as results/TUNING")


def read_header(folder: Path) -> dict[str, Any]:
    """What ``tune.json`` says.

    Raises
    ------
    InputError
        If it is damaged or of another version.
    """
    path = tuning_folder(folder) / HEADER
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise InputError(f"{path} is damaged ({error}); start the tuning again") from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        found = value.get("format") if isinstance(value, dict) else None
        raise InputError(f"{path} has format {found!r}; this version of newsbt reads {FORMAT}")
    return value


def read_trials(folder: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """The trials of a tuning, finished or not, in their order.

    Parameters
    ----------
    folder : Path
    columns : sequence of str, optional
        Those to read; all where it is not given.

    Raises
    ------
    InputError
        If a file is damaged or missing.
    """
    import pyarrow as pa

    pieces = list(batches(tuning_folder(folder), columns))
    if not pieces:
        return pd.DataFrame(columns=list(columns or ["trial", "objective"]))
    table = pa.concat_tables([piece.cast(pieces[0].schema) for piece in pieces])
    del pieces
    return _decoded(table.to_pandas(split_blocks=True, self_destruct=True))


def iterate_trials(folder: Path, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
    """As :func:`read_trials`, a piece at a time."""
    for batch in batches(tuning_folder(folder), columns):
        yield _decoded(batch.to_pandas())


def batches(folder: Path, columns: Sequence[str] | None) -> Iterator[Any]:
    """Tables that hold every trial once, in order; what an interrupted write left twice is taken once."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = folder / TABLE
    done = row_count(table) if table.exists() else 0
    found = [(0, done, table)] if done else []
    found += [part for part in parts_of(folder) if part[1] > done]
    at = 0
    for start, stop, path in found:
        if stop <= at:
            continue
        if start > at:
            raise InputError(f"{folder} is damaged: trials {at} to {start - 1} are missing; tune again")
        try:
            with pq.ParquetFile(path) as file:
                names = set(file.schema_arrow.names)
                wanted = [name if name in names else f"{name}{MIXED}" for name in columns or ()]
                for group in file.iter_batches(100_000, columns=wanted or None):
                    rows = pa.Table.from_batches([group])
                    skipped = min(max(at - start, 0), len(rows))
                    start += len(rows)
                    if skipped < len(rows):
                        yield rows.slice(skipped)
        except (OSError, pa.ArrowException) as error:
            raise InputError(f"{path} is damaged ({error}); tune again") from error
        at = stop


def write_part(frame: pd.DataFrame, path: Path) -> None:
    """Write `frame` as one file, whole or not at all."""
    temporary = path.with_name(f".{path.name}")
    frame.to_parquet(temporary, index=False)
    temporary.replace(path)


def read_part(path: Path) -> pd.DataFrame:
    """What :func:`write_part` wrote."""
    return pd.read_parquet(path)


def row_count(path: Path) -> int:
    """Rows of a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path} is damaged ({error}); tune again") from error


def parts_of(folder: Path) -> list[tuple[int, int, Path]]:
    """First trial, one past the last, and file of every part, in order; of those that overlap the longest."""
    paths = [path for path in (folder / PARTS).glob("*.parquet") if not path.name.startswith(".")]
    return sorted(((*_range(path), path) for path in paths), key=lambda part: (part[0], -part[1]))


def count_trials(folder: Path) -> int:
    """Trials written so far."""
    table = folder / TABLE
    ends = [stop for _, stop, _ in parts_of(folder)]
    return max([row_count(table) if table.exists() else 0, *ends])


def _range(path: Path) -> tuple[int, int]:
    start, _, stop = path.stem.partition("-")
    return int(start), int(stop)


def part_name(start: int, stop: int) -> str:
    """Name of the file of trials `start` to `stop` - 1."""
    return f"{start:012d}-{stop:012d}.parquet"


def encoded(frame: pd.DataFrame) -> pd.DataFrame:
    """Columns that mix words and numbers as JSON, and so named; files know one kind a column."""
    mixed = [name for name in frame.columns if frame[name].dtype == object]
    if not mixed:
        return frame
    coded = frame.copy()
    for name in mixed:
        coded[name] = [json.dumps(value) for value in coded[name]]
    return coded.rename(columns={name: f"{name}{MIXED}" for name in mixed})


def _decoded(frame: pd.DataFrame) -> pd.DataFrame:
    for name in [name for name in frame.columns if name.endswith(MIXED)]:
        frame[name] = pd.Series([json.loads(text) for text in frame[name]], dtype=object)
    return frame.rename(columns={name: name.removesuffix(MIXED) for name in frame.columns})


def unfinished(target: Path) -> Path:
    """Name of the folder `target` while it is written."""
    return target.parent / f"{target.name}{UNFINISHED}"  # "." and "/" have no name to be replaced


def free_target(parent: Path, stem: str, name: str | None) -> Path:
    """The folder that a search begun now will have at its end.

    Parameters
    ----------
    parent : Path
    stem : str
        Its name; a number is put behind where it is taken.
    name : str or None
        The name that the user asked for.

    Raises
    ------
    OutputError
        If `parent` cannot be written, or `name` is taken, be it by a search that is not finished.
    """
    check_writable(parent)
    target, number = free_folder(parent, name or stem, exact=bool(name)), 1
    if name and unfinished(target).exists():
        raise OutputError(
            f"{unfinished(target)} exists already; --resume it, delete it or choose another --name"
        )
    while unfinished(target).exists():
        number += 1
        target = parent / f"{stem}-{number}"
    return target
