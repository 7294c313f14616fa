"""Arrays that are indexed from their beginning: the same elements, and no index before the first."""

from __future__ import annotations

from typing import Any, NamedTuple

import numba
import numpy as np
import pytest
from numba.core.errors import LoweringError

from newsbt.kernel.compile import allocating, outlined
from newsbt.kernel.lend import lend, stay_apart
from newsbt.records import FloatArray

RECORD = np.dtype([("number", "i4"), ("price", "f8")], align=True)


class Shelf(NamedTuple):
    """A vector, a table and records."""

    line: FloatArray
    table: FloatArray
    records: Any


@outlined
def _work(shelf: Shelf) -> float:
    stay_apart()
    row = shelf.table[1]
    shelf.line[2] = row[1] + shelf.table[0, 2]
    shelf.line[3:5] = 7.0
    shelf.table[1, 1] = row[2]
    shelf.records[1].number = len(shelf.line[1:])
    total = 0.0
    for place in range(len(shelf.line)):
        total += shelf.line[place]
    return total + shelf.records[0].price


@allocating
def worked(shelf: Shelf) -> float:
    """Read and write by number, by two numbers, by slice and by field."""
    return _work(lend(shelf))


@outlined
def _read(shelf: Shelf) -> float:
    stay_apart()
    return float(shelf.line[-1])


@outlined
def _read_in_table(shelf: Shelf) -> float:
    stay_apart()
    return float(shelf.table[-1, 0])


@outlined
def _write(shelf: Shelf) -> None:
    stay_apart()
    shelf.line[-1] = 1.0


@outlined
def _write_in_table(shelf: Shelf) -> None:
    stay_apart()
    shelf.table[0, -1] = 1.0


FROM_THE_END = (_read, _read_in_table, _write, _write_in_table)


def shelf() -> Shelf:
    """A fresh one."""
    records = np.zeros(2, dtype=RECORD).view(np.recarray)
    records.price = 0.5
    return Shelf(np.arange(6.0), np.arange(6.0).reshape(2, 3), records)


def test_elements_are_those_of_numpy() -> None:
    """Reading and writing, and views of views."""
    place = shelf()
    assert worked(place) == 0 + 1 + (4 + 2) + 7 + 7 + 5 + 0.5
    assert place.line.tolist() == [0.0, 1.0, 6.0, 7.0, 7.0, 5.0]
    assert place.table.tolist() == [[0.0, 1.0, 2.0], [3.0, 5.0, 5.0]]
    assert place.records.number.tolist() == [0, 5]


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")  # type: ignore[attr-defined]
@pytest.mark.parametrize("counts", FROM_THE_END, ids=lambda counts: counts.py_func.__name__)
def test_an_index_before_the_beginning_does_not_compile(counts: Any) -> None:
    """It would be read from, or written, before the array."""

    @allocating
    def call(shelf: Shelf) -> None:
        counts(lend(shelf))

    with pytest.raises(LoweringError, match="indexed from their beginning, and -1 is before it"):
        call(shelf())
