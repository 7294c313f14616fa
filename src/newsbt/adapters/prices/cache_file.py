"""One cached symbol as one Parquet file: bars and actions in columns, provenance in the metadata."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pandas as pd

from newsbt.adapters.prices.cache_table import COLUMNS

__all__ = ["CacheFileError", "Cached", "cache_path", "read_cached", "write_cached"]

_KEY = b"newsbt"
_FORMAT = "1"


class CacheFileError(Exception):
    """A cache file that cannot be used; the message says why."""


@dataclass(frozen=True)
class Cached:
    """Content of a cache file.

    Parameters
    ----------
    frame : DataFrame
        As :func:`newsbt.adapters.prices.cache_table.to_table` gives it; at least one row.
    start, end : date
        Days that have been asked for, both included; wider than the bars.
    provenance : mapping of str to str
        Of the last fetch.
    """

    frame: pd.DataFrame
    start: dt.date
    end: dt.date
    provenance: Mapping[str, str]


def cache_path(folder: Path, symbol: str) -> Path:
    """File of `symbol`, whatever signs its name has."""
    return folder / f"{quote(symbol, safe='=^')}.parquet"


def read_cached(path: Path) -> Cached | None:
    """Read a cache file; None if there is none.

    Raises
    ------
    CacheFileError
        If it is damaged, or was written in another format.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if not path.exists():
            return None
        # Read whole, so that no handle stays open on a file about to be replaced.
        table = pq.read_table(pa.BufferReader(path.read_bytes()))
        meta = json.loads((table.schema.metadata or {})[_KEY])
        if meta.pop("format") != _FORMAT:
            raise CacheFileError("written by another version of newsbt")
        start, end = (dt.date.fromisoformat(meta.pop(name)) for name in ("start", "end"))
        columns = {name: table.column(name).to_numpy() for name in COLUMNS}
        dates = pd.DatetimeIndex(table.column("date").to_numpy()).as_unit("ns")
    except (pa.ArrowException, OSError, KeyError, ValueError, TypeError) as error:
        raise CacheFileError(str(error).splitlines()[0] if str(error) else type(error).__name__) from error
    if not len(dates):
        raise CacheFileError("no bars in it")
    return Cached(pd.DataFrame(columns, index=dates), start, end, meta)


def write_cached(path: Path, cached: Cached) -> None:
    """Write a cache file, whole or not at all.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    frame = cached.frame
    arrays = {"date": pa.array(np.asarray(frame.index, dtype="datetime64[D]"))}
    for name in COLUMNS:
        kind = pa.string() if name == "dividend_currency" else pa.float64()
        arrays[name] = pa.array(frame[name].to_list(), type=kind)
    meta = {**cached.provenance, "format": _FORMAT}
    meta |= {"start": cached.start.isoformat(), "end": cached.end.isoformat()}
    table = pa.table(arrays).replace_schema_metadata({_KEY: json.dumps(meta, sort_keys=True).encode()})
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            pq.write_table(table, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
