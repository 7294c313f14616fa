"""Importing several files: counts add up, duplicates, rejected entries in a file, nothing half-written."""

import csv
import datetime as dt
import json

import pytest

import newsbt
from news_tools import FOLDER, NOW, expected
from newsbt.adapters.news_files import read_news
from newsbt.errors import InputError, UnknownNameError

START = 1_700_000_000


@pytest.fixture
def made(tmp_path):
    def call(name, *rows, header="time,title,source"):
        path = tmp_path / name
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return path

    return call


def test_every_entry_of_every_sample_is_counted_once(tmp_path):
    names = [name for name in expected() if not name.startswith("table")]
    out, rejects = tmp_path / "all.jsonl", tmp_path / "left.jsonl"
    report = newsbt.import_news([FOLDER / name for name in names], out, rejects=rejects, now=NOW)
    rows = [row for name in names for row in expected()[name]]
    # gdelt.json and gdelt.csv hold the same two articles.
    assert report.items == sum(bool(row["published_at"]) for row in rows) - 2
    assert report.duplicates == 2
    assert report.rejected == sum(not row["published_at"] for row in rows)
    assert sum(file.entries for file in report.files) == len(rows)
    for file in report.files:
        assert file.entries == file.items + file.duplicates + file.rejected
    assert len(read_news(out)) == report.items
    left = [json.loads(line) for line in rejects.read_text(encoding="utf-8").splitlines()]
    assert [(case["file"], case["code"]) for case in left] == [
        (row["file"], row["precision"]) for row in rows if not row["published_at"]
    ]
    assert report.reasons == {"no-time": 3, "no-offset": 4, "bad-time": 5}
    assert [warning.code for warning in report.warnings] == ["crawl-time"]
    assert report.first == dt.datetime(2019, 1, 18, 21, 7, tzinfo=dt.UTC)


def test_a_second_entry_of_an_id_is_a_duplicate_or_listed(made, tmp_path):
    header = "id,time,title"
    one = made("one.csv", f"a,{START},First", f"b,{START},Second", f"a,{START},First", header=header)
    two = made("two.csv", f"a,{START},First put otherwise", f"b,{START + 60},Second", header=header)
    report = newsbt.import_news([one, two, one], tmp_path / "out.jsonl")
    assert (report.items, report.duplicates, report.rejected) == (2, 1, 2)
    assert report.reasons == {"changed-duplicate": 2}
    assert [(case.file, case.line) for case in report.examples] == [("two.csv", 2), ("two.csv", 3)]


def test_rejected_entries_are_written_even_if_nothing_is_imported(made, tmp_path):
    path = made("naive.csv", "2025-02-11 10:00,=1+1,x", "2025-02-11 11:00,b,x")
    out, rejects = tmp_path / "out.jsonl", tmp_path / "left.csv"
    with pytest.raises(
        InputError, match=r"nothing can be imported: naive\.csv:2: time is .*--timezone.*\(1 more\)"
    ):
        newsbt.import_news(path, out, rejects=rejects)
    assert not out.exists()
    with rejects.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [(row["line"], row["code"], row["title"]) for row in rows] == [
        ("2", "no-offset", "'=1+1"),
        ("3", "no-offset", "b"),
    ]
    assert {path.name for path in tmp_path.iterdir()} == {"naive.csv", "left.csv"}


def test_what_was_there_stays_if_a_file_cannot_be_read(made, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("before\n", encoding="utf-8")
    good, bad = made("good.csv", f"{START},a,x"), tmp_path / "bad.xml"
    bad.write_text("<html></html>", encoding="utf-8")
    with pytest.raises(InputError, match="web page"):
        newsbt.import_news([good, bad], out)
    with pytest.raises(InputError, match="does not exist"):
        newsbt.import_news([good, tmp_path / "none"], out)
    assert out.read_text(encoding="utf-8") == "before\n"


def test_options_that_cannot_be_are_refused(made, tmp_path):
    path, out = made("a.csv", f"{START},a,x"), tmp_path / "out.jsonl"
    for how, message in (
        ({"timezone": "Asia/Atlantis"}, "no time zone"),
        ({"format": "gdelte"}, "did you mean 'gdelt'"),
        ({"columns": {"published_at": "tyme"}}, "did you mean 'time'"),
        ({"columns": {"headline": "title"}}, "no column 'headline'"),
        ({"columns": {"title": "title"}, "format": "gdelt"}, "--map is for tables"),
        ({"rejects": out}, "two files"),
        ({"rejects": tmp_path / "left.txt"}, "jsonl or a .csv"),
        ({"rejects": path}, "one of the files to read"),
    ):
        with pytest.raises(InputError, match=message):
            newsbt.import_news(path, out, **how)
    with pytest.raises(InputError, match="one of the files to read"):
        newsbt.import_news(path, path)
    with pytest.raises(InputError, match="nothing to import"):
        newsbt.import_news([], out)
    with pytest.raises(InputError, match=r"ends in \.xlsx"):
        newsbt.import_news(path, tmp_path / "out.xlsx")
    assert issubclass(UnknownNameError, InputError)
    assert not out.exists()


def test_columns_that_are_mapped_make_a_table_of_anything(tmp_path):
    columns = {"published_at": "datetime", "title": "summary"}
    report = newsbt.import_news(FOLDER / "finnhub.json", tmp_path / "out.jsonl", columns=columns, now=NOW)
    assert report.files[0].format == "table"
    assert [item.title for item in read_news(tmp_path / "out.jsonl")] == ["Brakes are checked."]
    assert report.reasons == {"no-title": 1, "no-time": 1}


def test_publishers_and_tickers_as_objects_and_lists(tmp_path):
    entry = {
        "source": {"id": None, "name": "Wire"},
        "publishedAt": "2025-02-11T10:00:00Z",
        "title": "A",
        "tickers": ["B"],
    }
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"status": "ok", "articles": [entry]}), encoding="utf-8")
    newsbt.import_news(path, tmp_path / "out.jsonl", now=NOW)
    (item,) = read_news(tmp_path / "out.jsonl")
    assert (item.source, item.tickers, item.title) == ("Wire", ("B",), "A")


def test_columns_of_other_services_are_found_by_their_names(tmp_path, made):
    chinese = made(
        "em.csv",
        "果园汽车建厂,正文,2025-02-11 09:30:00,示例,x",
        header="新闻标题,新闻内容,发布时间,文章来源,新闻链接",
    )
    camel = tmp_path / "feed.json"
    entry = {
        "id": "1",
        "url": "u",
        "title": "A",
        "content_text": "b",
        "datePublished": "2025-02-11T10:00:00Z",
    }
    camel.write_text(
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [entry]}), encoding="utf-8"
    )
    report = newsbt.import_news([chinese, camel], tmp_path / "out.jsonl", timezone="Asia/Shanghai", now=NOW)
    first, second = read_news(tmp_path / "out.jsonl")
    assert report.rejected == 0
    assert (first.title, first.source, first.published_at.hour) == ("果园汽车建厂", "示例", 1)
    assert (second.title, second.summary, second.tickers) == ("A", "b", ())
    assert second.id not in ("1", "table-1"), "the number of a row is no id"


def test_a_map_for_one_file_leaves_the_others_what_they_are(tmp_path, made):
    path = made("mine.csv", f"{START},A,x", header="when,what,source")
    columns = {"published_at": "when", "title": "what"}
    report = newsbt.import_news(
        [path, FOLDER / "gdelt.json"], tmp_path / "out.jsonl", columns=columns, now=NOW
    )
    assert [file.format for file in report.files] == ["table", "gdelt"]
    assert report.items == 3


def test_numbers_of_rows_are_no_ids_of_stories(tmp_path, made):
    header = "id,time,title"
    one, two = (
        made(f"{name}.csv", f"1,{START},{name}", f"2000001,{START},{name}", header=header) for name in "ab"
    )
    report = newsbt.import_news([one, two], tmp_path / "out.jsonl", now=NOW)
    assert (report.items, report.rejected) == (3, 1)
    assert "table-2000001" in report.examples[0].reason


def test_a_news_file_is_merged_and_converted_unchanged(tmp_path):
    first, second, third = (tmp_path / name for name in ("a.jsonl", "b.csv", "c.parquet"))
    newsbt.import_news(FOLDER / "rss2.xml", first, now=NOW)
    newsbt.import_news(first, second, now=NOW)
    newsbt.import_news([second, first], third, now=NOW)
    assert read_news(first) == read_news(second) == read_news(third)
    table = newsbt.read_news_table(third)
    assert str(table.published_at.dtype) == "datetime64[us, UTC]"
    assert table.id.tolist() == [item.id for item in read_news(first)]


def test_midnights_the_future_and_wrong_zones_are_reported(made, tmp_path):
    midnight = [f"2025-02-{day:02}T00:00:00+08:00,At midnight number {day},x" for day in range(1, 6)]
    future = ["2027-01-01T10:00:00Z,From the future,x"]
    right = [f"{START + 1000 * n},The story with number {n},right" for n in range(5)]
    early = [f"{START + 1000 * n - 7200},The story with number {n},early" for n in range(5)]
    path = made("odd.csv", *midnight, *future, *right, *early)
    report = newsbt.import_news(path, tmp_path / "out.jsonl", now=NOW)
    found = {warning.code: warning for warning in report.warnings}
    assert set(found) == {"midnight", "future", "hours-apart"}
    assert (found["midnight"].items, found["future"].items) == (5, 1)
    assert "early (csv) is 2 h earlier than right (csv) on 5 of 5" in found["hours-apart"].message
    items = read_news(tmp_path / "out.jsonl")
    assert "midnight" in items[0].note
    assert "future" in items[5].note
    newsbt.import_news(path, tmp_path / "out.jsonl", now=NOW, midnight_is_day=True)
    days = read_news(tmp_path / "out.jsonl")[:5]
    assert [(item.precision, item.published_at.hour) for item in days] == [("day", 16)] * 5
