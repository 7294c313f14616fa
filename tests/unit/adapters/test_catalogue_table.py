"""Catalogues as columns: the same rows, the same bytes and the same sentences as catalogues as records."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newsbt.adapters import catalogue_table
from newsbt.adapters.catalogue import read_catalogue, read_catalogues, write_catalogue
from newsbt.adapters.catalogue_table import read_catalogue_table, write_catalogue_table
from newsbt.catalysts.table import TableBuilder
from newsbt.errors import CatalystError
from newsbt.records import Catalyst
from newsbt.stories.catalogue import find_stories
from newsbt.stories.of_table import find_table_stories

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = sorted((ROOT / "data" / "catalysts").glob("*.csv"))
HEADER = (
    "id,published_at,time_precision,headline,category,scope,symbols,direction,strength,scheduled,chain,note"
)
GOOD = "a,2025-03-01T10:00:00+08:00,minute,Orchard grows,product,company,BABA,1,0.50,yes,c,x"
LATER = "b,2025-03-01,,Orchard shrinks,product,company,BABA,,,,,"


@pytest.fixture(autouse=True)
def part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of three rows have the same borders as parts of thousands."""
    monkeypatch.setattr(catalogue_table, "PART", 3)


def made(tmp_path: Path, *rows: str, header: str = HEADER, name: str = "mine.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def test_the_shipped_catalogues_are_read_and_written_alike(tmp_path: Path) -> None:
    records, table = read_catalogues(SHIPPED), read_catalogue_table(SHIPPED)
    order = table.order().tolist()
    assert [table.catalyst(at) for at in order] == records
    stamps = [row.published_at.timestamp() for row in records]
    assert (table.published[order] / 1e6).tolist() == stamps
    for suffix in (".csv", ".jsonl"):
        one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
        write_catalogue(one, records)
        write_catalogue_table(two, table, order)
        assert one.read_bytes() == two.read_bytes()
        again = read_catalogue_table([one])
        assert [again.catalyst(at) for at in range(len(again))] == records
    packed = tmp_path / "three.parquet"
    write_catalogue_table(packed, table, order)
    again = read_catalogue_table([packed])
    assert [again.catalyst(at) for at in range(len(again))] == records


def test_stories_of_a_table_are_those_of_its_records() -> None:
    records, table = read_catalogues(SHIPPED), read_catalogue_table(SHIPPED)
    one, two = find_stories(records), find_table_stories(table)
    assert list(two.stories.catalysts) == one.catalysts and len(two.rows) == len(one.catalysts)
    assert list(two.stories.repeated) == one.repeated
    assert [(chain.name, list(chain.catalysts)) for chain in two.stories.chains] == [
        (chain.name, list(chain.catalysts)) for chain in one.chains
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ["a,2025-03-01T10:00:00,minute,x,product,company,BABA,,,,,"],
        ["a,2025-02-30T10:00:00Z,minute,x,product,company,BABA,,,,,"],
        ["a,2025-03-01T10:00:00Z,minut,x,produkt,company,BABA,2,7,maybe,,"],
        [GOOD, "b;c,2025-03-01T10:00:00Z,minute,x,product,company,BABA,,,,,"],
        [GOOD, "b c,2025-03-01T10:00:00Z,minute,x,product,company,BABA,,,,,"],
        [GOOD, LATER, GOOD],
        [GOOD, GOOD.replace("a,", "b,", 1), GOOD.replace("a,", "c,", 1), GOOD, GOOD],
        [GOOD, "b,2025-03-01T10:00:00Z,minute,x,product"],
        [GOOD, "b,2025-03-01T10:00:00Z,minute,x\x07,product,company,;,,,,,"],
        [GOOD, 'b,"2025'],
    ],
)
def test_what_is_wrong_is_said_in_the_same_words(tmp_path: Path, rows: list[str]) -> None:
    path = made(tmp_path, *rows)
    with pytest.raises(CatalystError) as one:
        read_catalogue(path)
    with pytest.raises(CatalystError) as two:
        read_catalogue_table([path])
    assert str(two.value) == str(one.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"\xef\xbb\xbf \n"),
        ("a.csv", "id\n".encode("utf-16")),
        ("a.csv", b"PK\x03\x04\x00"),
        ("a.csv", b"id;published_at\n"),
        ("a.csv", HEADER.replace("headline", "headlin").encode()),
        ("a.csv", f"{HEADER},note\n".encode()),
        ("a.csv", f"{HEADER},mood\n{GOOD},\n".encode()),
        ("a.csv", f"{HEADER},direktion\n{GOOD},\n".encode()),
        ("a.jsonl", b'[{"id": 1}]\n'),
        ("a.jsonl", b'{"id": "a", "id": "b"}\n'),
        ("a.jsonl", b'{"id": "a", "mood": 1}\n{"id": "a"}\n7\n{"id"\n'),
        ("a.txt", b"x"),
    ],
)
def test_files_that_are_none_are_refused_alike(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CatalystError) as one:
        read_catalogue(path)
    with pytest.raises(CatalystError) as two:
        read_catalogue_table([path])
    assert str(two.value).replace("a .csv, a .jsonl or a .parquet", "a .csv or a .jsonl") == str(one.value)


def test_bytes_that_are_no_text_are_named_by_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"{HEADER}\n{GOOD}\n".encode() + GOOD.replace("Orchard", "\xe9").encode("latin-1"))
    with pytest.raises(CatalystError, match=r"a\.csv:3: not UTF-8"):
        read_catalogue_table([path])


def test_values_of_parquet_are_those_of_texts(tmp_path: Path) -> None:
    moments = [dt.datetime(2025, 3, 1, 10, tzinfo=dt.UTC), dt.datetime(2025, 3, 2, 11, 5, tzinfo=dt.UTC)]
    columns = {
        "id": ["a", "b"],
        "published_at": pa.array(moments, pa.timestamp("ns", "Asia/Hong_Kong")),
        "time_precision": ["minute", "day"],
        "headline": ["Orchard grows", "Orchard shrinks"],
        "category": pa.array(["product", "product"]).dictionary_encode(),
        "scope": ["company", "company"],
        "symbols": pa.array([["BABA", "JD"], ["BABA"]]),
        "direction": pa.array([1, None], pa.int8()),
        "strength": [0.5, float("nan")],
        "scheduled": [True, False],
    }
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(columns), path)
    first, second = (read_catalogue_table([path]).catalyst(at) for at in (0, 1))
    assert (first.published_at, second.published_at) == tuple(moments)
    assert (first.symbols, first.direction, first.strength) == (("BABA", "JD"), 1, 0.5)
    assert (second.direction, second.strength, second.scheduled) == (None, None, False)
    assert first.published_at.utcoffset() == dt.timedelta(hours=8)
    pq.write_table(pa.table({**columns, "published_at": [None, "soon"]}), path)
    with pytest.raises(CatalystError, match=r"a\.parquet:1: published_at is empty.*1 more"):
        read_catalogue_table([path])
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(CatalystError, match="no Parquet file"):
        read_catalogue_table([path])


def test_two_files_with_one_id_and_one_file_twice(tmp_path: Path) -> None:
    one, two = made(tmp_path, GOOD), made(tmp_path, GOOD, name="other.csv")
    assert len(read_catalogue_table([one, one])) == 1
    with pytest.raises(CatalystError, match=r"other\.csv:2: id 'a' is that of .*mine\.csv:2 too"):
        read_catalogue_table([one, two])


def test_a_part_that_is_wrong_costs_its_own_rows_only() -> None:
    builder = TableBuilder()
    builder.file("x")
    row = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))
    wrong = {"id": ["a", "b"], "strength": ["0.5", "2"]}
    builder.add([2, 3], {name: [cell, cell] for name, cell in row.items()} | wrong)
    found, count = builder.findings()
    assert (len(builder.table()), count) == (1, 1) and found is not None and found.where == "x:3"
    assert np.array_equal(builder.table().public, [1_740_794_400])


def test_nothing_is_left_where_writing_fails(tmp_path: Path) -> None:
    table = read_catalogue_table([made(tmp_path, GOOD)])
    with pytest.raises(CatalystError, match=r"ends in \.txt"):
        write_catalogue_table(tmp_path / "a.txt", table, [0])
    out = tmp_path / "out.jsonl"
    write_catalogue_table(out, table, [0], {"chain": ["new"]})
    assert json.loads(out.read_text(encoding="utf-8"))["chain"] == "new"
    with pytest.raises(IndexError):
        write_catalogue_table(out, table, [7])
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "a"
    assert {path.name for path in tmp_path.iterdir()} == {"mine.csv", "out.jsonl"}


NASTY = (
    b",", b'"', b"\n", b"\r\n", b" ", b"'", b"=", b"\x00", b";", b"0.50", b"minute", b"{", b"null",
    b'"id": "x", ', b"\xc2\xa0",
)  # fmt: skip


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_mangled_catalogues_are_read_or_refused_alike(tmp_path: Path, suffix: str) -> None:
    rng, path = random.Random(7), tmp_path / f"a{suffix}"
    write_catalogue(path, read_catalogue(SHIPPED[-1])[:9])
    whole, refused = path.read_bytes(), 0
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 3)):
            at = rng.randrange(len(data))
            data[at : at + rng.choice((0, 0, 1, 5))] = rng.choice(NASTY)
        path.write_bytes(bytes(data))
        wanted = answer(read_catalogue, path)
        assert answer(rows_of_table, path) == wanted
        refused += isinstance(wanted, str)
    assert 5 <= refused <= 55, "both outcomes were compared"


def rows_of_table(path: Path) -> list[Catalyst]:
    table = read_catalogue_table([path])
    return [table.catalyst(at) for at in range(len(table))]


def answer(read: Callable[[Path], list[Catalyst]], path: Path) -> list[Catalyst] | str:
    try:
        return read(path)
    except CatalystError as error:
        return str(error)
