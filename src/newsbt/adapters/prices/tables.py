"""Reading a user's price tables, CSV or Parquet, with errors that say what to do."""

from __future__ import annotations

import hashlib
import io
import warnings
from pathlib import Path

import pandas as pd

from newsbt.errors import InputError

__all__ = ["SUFFIXES", "read_table"]

SUFFIXES: tuple[str, ...] = (".csv", ".parquet")
_LARGEST = 256 * 2**20


def read_table(path: Path) -> tuple[pd.DataFrame, str]:
    """Read a CSV or Parquet file.

    Returns
    -------
    DataFrame
        Its columns as they stand there; the date may be a column, an unnamed first column or the index, which
        becomes a column.
    str
        SHA-256 of the file.

    Raises
    ------
    InputError
        For a file that is missing, unreadable, empty, too large (over 256 MiB), binary, or not the format
        that its suffix says.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path} is larger than 256 MiB; one file holds one symbol's daily prices")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    if not content.strip():
        raise InputError(f"{path} is empty; it needs a header line and one line a session")
    table = _parquet(path, content) if path.suffix.lower() == ".parquet" else _csv(path, content)
    if not len(table):
        raise InputError(f"{path} has a header but no bars")
    return table, hashlib.sha256(content).hexdigest()


def _csv(path: Path, content: bytes) -> pd.DataFrame:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text (byte {error.start}); save it as CSV in UTF-8") from error
    if "\0" in text[:65536]:
        raise InputError(f"{path} is binary, not CSV; a Parquet file needs the suffix .parquet")
    try:
        with warnings.catch_warnings():
            # Lines longer than the header are cut with no more than a warning.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            table = pd.read_csv(io.StringIO(text), index_col=False, skipinitialspace=True)
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError) as error:
        reason = str(error).strip().removeprefix("Error tokenizing data. C error: ")
        raise InputError(f"{path} is not a proper CSV table: {reason}") from error
    first = str(table.columns[0])
    return table.rename(columns={first: "date"}) if first.startswith("Unnamed: 0") else table


def _parquet(path: Path, content: bytes) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table: pd.DataFrame = pq.read_table(pa.BufferReader(content)).to_pandas()
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path} is not a Parquet file: {str(error).splitlines()[0]}") from error
    if isinstance(table.index, pd.DatetimeIndex):
        table = table.rename_axis(str(table.index.name or "date")).reset_index()
    return table
