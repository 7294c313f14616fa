"""News files that are wrong are refused with the line; those that cannot be written leave what was there."""

import datetime as dt

import pytest

from newsbt.adapters.news_files import read_news, read_news_table, write_news
from newsbt.errors import InputError, OutputError
from newsbt.news.items import NewsItem

ITEM = NewsItem("a", dt.datetime(2025, 2, 11, tzinfo=dt.UTC), "day", "=1+1", tickers=("A", "B"))
GOOD = '{"id": "a", "published_at": "2025-02-11T00:00:00Z", "precision": "day", "title": "x"}\n'


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", "", r"ends in \.txt"),
        ("a", "", "no suffix"),
        ("a.jsonl", GOOD + '{"id": "b"}\n', r"a\.jsonl:2: published_at is missing"),
        ("a.jsonl", GOOD + "x\n" + GOOD, r"a\.jsonl:2: the line is no JSON object"),
        ("a.jsonl", "[1]\n", "but no object"),
        ("a.jsonl", GOOD.replace("Z", ""), "without its UTC offset"),
        ("a.jsonl", GOOD.replace("2025-02-11T00:00:00Z", "yesterday"), "should be as 2025"),
        ("a.jsonl", GOOD.replace('"day"', '"hour"'), "precision is 'hour'"),
        ("a.jsonl", GOOD.replace('"x"', "[]"), "title holds list"),
        ("a.csv", "id,title\na,x\n", "no column published_at"),
        ("a.csv", "id,published_at,precision,title\na,2025-02-11T00:00:00Z,day,x,y\n", "more or fewer cells"),
        ("a.csv", 'id,published_at,precision,title\na,2025-02-11T00:00:00Z,day,"x\n', "cannot be read"),
        ("a.parquet", "no parquet", "no Parquet file"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_news(path)


def test_a_file_that_is_missing_or_in_another_encoding(tmp_path):
    with pytest.raises(InputError, match="cannot be read: no such file"):
        read_news(tmp_path / "none.jsonl")
    (tmp_path / "a.jsonl").write_bytes(GOOD.replace("x", "\xe9").encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_news(tmp_path / "a.jsonl")


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_a_failure_leaves_what_was_there(tmp_path, suffix):
    path = tmp_path / f"news{suffix}"
    write_news(path, [ITEM])
    before = path.read_bytes()

    def broken():
        yield ITEM
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_news(path, broken())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    assert read_news(path) == [ITEM]
    with pytest.raises(OutputError, match="cannot be written"):
        write_news(tmp_path / "no" / f"news{suffix}", [ITEM])


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_an_empty_file_is_a_table_without_rows(tmp_path, suffix):
    path = tmp_path / f"news{suffix}"
    assert write_news(path, []) == 0
    table = read_news_table(path)
    assert len(table) == 0
    assert str(table.published_at.dtype) == str(table.fetched_at.dtype) == "datetime64[us, UTC]"


def test_a_spreadsheet_finds_no_formula(tmp_path):
    write_news(tmp_path / "a.csv", [ITEM])
    assert ",'=1+1," in (tmp_path / "a.csv").read_text(encoding="utf-8")
