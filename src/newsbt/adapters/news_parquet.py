"""Rows of Parquet batches as Python's values: zones that nobody knows, bytes for text, times out of range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from newsbt.news.outcome import Broken

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["rows_of"]


def rows_of(batch: pa.RecordBatch) -> Iterator[Mapping[str, Any] | Broken]:
    """Each row of `batch`; what cannot be turned into values of Python's is a broken row by itself.

    A time with a zone is a moment whatever the zone is called, so a zone without rules (``Mars/Phobos``)
    is read as UTC. Bytes that are UTF-8 are texts: some writers do not mark their texts as such.
    """
    batch = _known_zones(batch)
    try:
        rows = batch.to_pylist()
    except (ValueError, OverflowError):
        rows = [_one(batch.slice(at, 1)) for at in range(batch.num_rows)]
    texts = [
        name for name, kind in zip(batch.schema.names, batch.schema.types, strict=True) if _is_bytes(kind)
    ]
    for row in rows:
        yield row if isinstance(row, Broken) or not texts else _decoded(row, texts)


def _known_zones(batch: pa.RecordBatch) -> pa.RecordBatch:
    import pyarrow as pa
    from pyarrow.types import is_timestamp

    for at, field in enumerate(batch.schema):
        if is_timestamp(field.type) and field.type.tz:
            try:
                pa.scalar(0, field.type).as_py()
            except (ValueError, LookupError, OSError):
                kind = pa.timestamp(field.type.unit, "UTC")
                batch = batch.set_column(at, field.name, batch.column(at).cast(kind))
    return batch


def _one(batch: pa.RecordBatch) -> Mapping[str, Any] | Broken:
    try:
        row: Mapping[str, Any] = batch.to_pylist()[0]
        return row
    except (ValueError, OverflowError) as error:
        return Broken("broken", f"the row holds a value that cannot be read: {str(error)[:100]}")


def _is_bytes(kind: pa.DataType) -> bool:
    from pyarrow.types import is_binary, is_large_binary

    return bool(is_binary(kind) or is_large_binary(kind))


def _decoded(row: Mapping[str, Any], names: list[str]) -> Mapping[str, Any] | Broken:
    try:
        return {
            **row,
            **{name: row[name].decode("utf-8") for name in names if isinstance(row[name], bytes)},
        }
    except UnicodeDecodeError:
        return Broken("bad-bytes", "the row holds bytes that are no UTF-8 text")
