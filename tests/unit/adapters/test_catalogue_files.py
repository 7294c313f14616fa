"""Catalogues on disk: what is read, what is refused, and files written whole or not at all."""

from __future__ import annotations

import codecs
import os
import sys

import pytest

from newsbt.adapters import catalogue
from newsbt.adapters.catalogue import read_catalogue, read_catalogues, read_rows, write_catalogue
from newsbt.catalysts.columns import BROKEN
from newsbt.errors import CatalystError, OutputError

HEADER = "id,published_at,time_precision,headline,category,scope,symbols"
ONE = "n1,2025-02-11T14:21:08Z,minute,One,product,company,BABA"
TWO = "n2,2025-02-12T14:21:08Z,minute,Two,product,company,BABA"
JSON_ONE = (
    '{"id": "n1", "published_at": "2025-02-11T14:21:08Z", "time_precision": "minute", "headline": "One",'
    ' "category": "product", "scope": "company", "symbols": ["BABA", "9988.HK"]'
)


@pytest.fixture
def write(tmp_path):
    def call(content, name="mine.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return call


def refused(path):
    """The sentence a file is refused with; it names the file and has no line break."""
    with pytest.raises(CatalystError) as caught:
        read_rows(path)
    text = str(caught.value)
    assert str(path) in text
    assert "\n" not in text
    return text


def test_rows_with_the_line_each_begins_on(write):
    lines = [
        HEADER,
        ONE,
        "",
        TWO.replace("Two", '"Two,\nthree ""four"""'),
        " , ",
        TWO.replace("n2", "n3"),
        "",
    ]
    rows = read_rows(write("\n".join(lines)))
    assert [(line, row["id"]) for line, row in rows] == [(2, "n1"), (4, "n2"), (7, "n3")]
    assert rows[1][1]["headline"] == 'Two,\nthree "four"'


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_line_ends_and_byte_order_mark(write, end, mark):
    path = write(mark + end.join([HEADER, ONE, TWO]).encode())
    assert [(line, row["id"]) for line, row in read_rows(path)] == [(2, "n1"), (3, "n2")]
    assert [item.id for item in read_catalogue(path)] == ["n1", "n2"]


def test_any_case_of_names_and_any_order_of_columns(write):
    header = "Note, ID ,Published At,time_precision,headline,category,scope,symbols,"
    (item,) = read_catalogue(write(f"{header}\ngood,{ONE},\n"))
    assert (item.id, item.note) == ("n1", "good")


def test_a_column_of_ones_own_is_refused_by_a_run_as_by_the_linter(write):
    path = write(f"{HEADER},mood\n{ONE},good\n{TWO},bad\n")
    assert read_rows(path)[0][1]["mood"] == "good"
    words = r"mine\.csv:2: there is no column 'mood'; move it into note, or delete it$"
    for read in (read_catalogue, lambda one: read_catalogues([one])):
        with pytest.raises(CatalystError, match=words):
            read(path)
    near = write(f'{JSON_ONE}, "source": "Reuters", "sources": "AP"}}\n', "mine.jsonl")
    with pytest.raises(CatalystError, match=r"mine\.jsonl:1: .* 'sources'; move it into source"):
        read_catalogue(near)


def test_text_in_chinese(write):
    (item,) = read_catalogue(write(f"{HEADER}\n{ONE.replace('One', '阿里巴巴发布业绩')}\n"))
    assert item.headline == "阿里巴巴发布业绩"


BAD = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n\t\n", "is empty"),
    "only-a-mark": (codecs.BOM_UTF8 + b"\n", "is empty"),
    "binary": (bytes(range(256)) * 20, "binary"),
    "spreadsheet": (b"PK\x03\x04\x14\x00" + bytes(range(1, 256)), "save it as CSV"),
    "utf-16": (f"{HEADER}\n{ONE}".encode("utf-16"), "save it as UTF-8"),
    "latin-1": (f"{HEADER}\n{ONE.replace('One', 'Société')}".encode("latin-1"), "mine.csv:2: not UTF-8"),
    "gbk": (f"{HEADER}\n{ONE}\n{TWO.replace('Two', '阿里')}".encode("gbk"), "mine.csv:3: not UTF-8"),
    "semicolons": (f"{HEADER}\n{ONE}".replace(",", ";").encode(), "semicolons"),
    "tabs": (f"{HEADER}\n{ONE}".replace(",", "\t").encode(), "tabs"),
    "missing-column": (HEADER.replace("headline,", "").encode(), "lacks the column headline"),
    "missing-columns": (b"id,headline\n", "lacks the columns published_at, time_precision, category"),
    "misspelt-column": (HEADER.replace("published_at", "publishedat").encode(), "did you mean published_at?"),
    "misspelt-columns": (
        HEADER.replace("headline", "title").replace("symbols", "ticker").encode(),
        "'title', did you mean headline? there is no column 'ticker', did you mean symbols?",
    ),
    "misspelt-optional-column": (f"{HEADER},strenght\n".encode(), "did you mean strength?"),
    "column-twice": (f"{HEADER},ID\n".encode(), "id twice"),
    "no-header": (ONE.encode(), "lacks the columns"),
    "open-quote": (f"{HEADER}\n{ONE}\n{TWO.replace('Two', chr(34) + 'Two')}\n".encode(), "mine.csv:3: "),
    "text-after-quote": (
        f"{HEADER}\n{ONE.replace('One', chr(34) + 'a' + chr(34) + 'b')}\n".encode(),
        "mine.csv:2: ",
    ),
    "huge-cell": (f"{HEADER}\n{ONE.replace('One', 'x' * 200_000)}\n".encode(), "mine.csv:2: "),
}


@pytest.mark.parametrize("name", BAD)
def test_files_that_cannot_be_read_at_all(write, name):
    content, words = BAD[name]
    assert words in refused(write(content))


BAD_JSONL = {
    "empty": (b"", "is empty"),
    "list": (b'[\n{"id": "n1"}\n]\n'.replace(b"{", b" "), "one a line"),
    "pretty": (b'{\n  "id": "n1"\n}\n', "over several lines"),
    "csv": (f"{HEADER}\n{ONE}\n".encode(), "no line is a JSON object"),
}


@pytest.mark.parametrize("name", BAD_JSONL)
def test_jsonl_files_that_cannot_be_read_at_all(write, name):
    content, words = BAD_JSONL[name]
    assert words in refused(write(content, "mine.jsonl"))


@pytest.mark.parametrize("name", ["gone.csv", "folder.csv", "loop.csv", "file.csv/mine.csv"])
def test_what_is_no_readable_file(tmp_path, name):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    (tmp_path / "file.csv").write_text("x")
    assert "cannot be read" in refused(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(write):
    path = write(f"{HEADER}\n{ONE}\n")
    path.chmod(0)
    assert "permission denied" in refused(path)


@pytest.mark.parametrize("name", ["mine.txt", "mine", "mine.xlsx"])
def test_another_suffix(write, name):
    assert ".csv or a .jsonl" in refused(write(f"{HEADER}\n", name))


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as handle:
        handle.truncate(300 * 2**20)
    assert "larger than 256 MiB" in refused(path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_stream_without_a_size_is_cut_off(monkeypatch, tmp_path):
    monkeypatch.setattr(catalogue, "LARGEST", 1000)
    path = tmp_path / "endless.csv"
    path.symlink_to("/dev/zero")
    assert "larger than" in refused(path)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (ONE + ",x", "8 cells and the header 7; put texts that hold a comma"),
        ("n1,2025-02-11T14:21:08Z", "2 cells and the header 7"),
    ],
)
def test_a_line_that_does_not_fit_the_header_spoils_itself_only(write, line, words):
    path = write(f"{HEADER}\n{line}\n{TWO}\n")
    (first, broken), (second, row) = read_rows(path)
    assert (first, second, row["id"]) == (2, 3, "n2")
    assert words in broken[BROKEN]
    with pytest.raises(CatalystError, match=r"mine\.csv:2: the line has"):
        read_catalogue(path)


def test_a_value_in_a_column_without_a_name(write):
    ((_, row),) = read_rows(write(f"{HEADER},\n{ONE},x\n"))
    assert "without a name" in row[BROKEN]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": "n1"', "no JSON object"),
        ("[1, 2]", "no object"),
        ('"text"', "no object"),
        (JSON_ONE + ', "id": "n2"}', "'id' is given 2 times"),
        (JSON_ONE + ', "ID": "n2"}', "'id' is given 2 times"),
        (JSON_ONE + ', "": 1}', "a key is empty"),
        (JSON_ONE + ', "direction": [1]}', "'direction' holds list"),
        (JSON_ONE + ', "note": {"a": 1}}', "'note' holds dict"),
        ("[" * 100_000, "too many brackets"),
    ],
)
def test_a_line_of_json_that_cannot_be_used_spoils_itself_only(write, line, words):
    rows = read_rows(write(f"{JSON_ONE}}}\n{line}\n", "mine.jsonl"))
    assert [at for at, _ in rows] == [1, 2]
    assert rows[0][1]["id"] == "n1"
    assert words in rows[1][1][BROKEN]


def test_values_of_json(write):
    more = ', "direction": -1, "strength": 0.25, "scheduled": true, "chain": null, "eps_actual": 1e3}'
    (item,) = read_catalogue(write(f"\n{JSON_ONE}{more}\r\n\n", "mine.jsonl"))
    assert item.symbols == ("BABA", "9988.HK")
    assert (item.direction, item.strength, item.scheduled, item.chain) == (-1, 0.25, True, "")
    assert item.eps_actual == 1000.0


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_numbers_that_json_does_not_have(write, value):
    with pytest.raises(CatalystError, match=r"mine\.jsonl:1: strength"):
        read_catalogue(write(f'{JSON_ONE}, "strength": {value}}}\n', "mine.jsonl"))


def test_a_line_separator_inside_a_json_text_is_no_line_end(write):
    line = JSON_ONE.replace("One", "One\u2028two") + "}"
    assert [at for at, _ in read_rows(write(f"{line}\n{line}\n", "mine.jsonl"))] == [1, 2]


def test_the_first_wrong_row_and_how_many_follow(write):
    bad = TWO.replace("minute", "hour").replace("company", "world")
    path = write(f"{HEADER}\n{ONE}\n{bad}\n{ONE}\n")
    with pytest.raises(CatalystError) as caught:
        read_catalogue(path)
    text = str(caught.value)
    assert text.startswith(f"{path}:3: time_precision 'hour'")
    # The scope of line 3, and the id of line 4, which line 2 has.
    assert f"2 more; see newsbt catalysts check {path}" in text


def test_several_files_by_time_and_id(write):
    one = write(f"{HEADER}\n{TWO}\n{ONE}\n", "one.csv")
    two = write(JSON_ONE.replace("n1", "n0") + "}\n", "two.jsonl")
    assert [item.id for item in read_catalogues([one, two])] == ["n0", "n1", "n2"]
    assert read_catalogues([two, one]) == read_catalogues([one, two])
    assert read_catalogues([]) == []


def test_an_id_in_two_files_names_both_places(write):
    one = write(f"{HEADER}\n{ONE}\n", "one.csv")
    two = write(f"{HEADER}\n{TWO}\n{ONE}\n", "two.csv")
    with pytest.raises(CatalystError) as caught:
        read_catalogues([one, two])
    assert f"{two}:3" in str(caught.value)
    assert f"{one}:2" in str(caught.value)


def test_a_file_that_is_named_twice_is_read_once(write, tmp_path):
    path = write(f"{HEADER}\n{ONE}\n")
    (tmp_path / "sub").mkdir()
    assert len(read_catalogues([path, path, tmp_path / "sub" / ".." / path.name])) == 1


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "OUT.CSV"])
def test_written_and_read_back(write, tmp_path, name):
    items = read_catalogue(write(f"{HEADER}\n{ONE}\n{TWO}\n"))
    write_catalogue(tmp_path / name, items)
    assert read_catalogue(tmp_path / name) == items
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["mine.csv", name])
    before = (tmp_path / name).read_bytes()
    write_catalogue(tmp_path / name, items)
    assert (tmp_path / name).read_bytes() == before


def test_figures_are_written_only_where_a_row_has_one(write, tmp_path):
    items = read_catalogue(write(f"{HEADER},eps_actual\n{ONE},\n{TWO},2.5\n"))
    write_catalogue(tmp_path / "without.csv", items[:1])
    write_catalogue(tmp_path / "with.csv", items)
    assert "eps" not in (tmp_path / "without.csv").read_text()
    assert (tmp_path / "with.csv").read_text().splitlines()[0].endswith("note,eps_actual")


def test_a_csv_without_rows(tmp_path):
    write_catalogue(tmp_path / "none.csv", [])
    assert read_catalogue(tmp_path / "none.csv") == []


def test_writing_through_a_link_keeps_link_and_mode(write, tmp_path):
    path = write(f"{HEADER}\n{ONE}\n")
    path.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(path.name)
    write_catalogue(link, [])
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert read_catalogue(path) == []


def test_a_full_disk_leaves_the_old_file(write, monkeypatch):
    path = write(f"{HEADER}\n{ONE}\n")
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(catalogue.Path, "replace", full)
    with pytest.raises(OutputError, match="no space left"):
        write_catalogue(path, [])
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("name", ["gone/out.csv", "mine.csv/out.csv"])
def test_a_place_that_cannot_be_written(write, tmp_path, name):
    write("x")
    with pytest.raises(OutputError, match="cannot be written"):
        write_catalogue(tmp_path / name, [])


def test_a_suffix_that_cannot_be_written(tmp_path):
    with pytest.raises(CatalystError, match=r"\.csv or a \.jsonl"):
        write_catalogue(tmp_path / "out.xlsx", [])
    assert list(tmp_path.iterdir()) == []
