"""Files made to hurt: bombs, entities, endless lines, broken encodings: refused or read, memory bounded."""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from news_tools import FOLDER, read_bytes, read_file, reading
from newsbt.adapters.news_sources import open_source
from newsbt.errors import InputError, UnknownNameError
from newsbt.news.items import NewsItem

ITEM = "<item><title>{}</title><pubDate>Thu, 27 Feb 2025 17:03:00 GMT</pubDate></item>"
RSS = "<rss version='2.0'><channel><title>x</title>{}</channel></rss>"
ROW = {"time": 1700000000, "title": "A row"}


def rss(*titles: str) -> bytes:
    return RSS.format("".join(ITEM.format(title) for title in titles)).encode()


def kinds(outcomes):
    return [outcome.title if isinstance(outcome, NewsItem) else outcome.code for outcome in outcomes]


def laughs(levels=9):
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels)
    )
    return f"<!DOCTYPE rss [{entities}]>" + RSS.format(ITEM.format(f"&l{levels - 1};"))


@pytest.mark.parametrize(
    "text",
    [
        laughs(),
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + RSS.format(ITEM.format("&x;")),
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">' + RSS.format(""),
        "<!DOCTYPE rss>" + RSS.format(""),
    ],
    ids=["laughs", "external entity", "external type", "type"],
)
def test_a_document_type_is_refused(text):
    with pytest.raises(InputError, match="document type or entities"):
        read_bytes(text.encode())


def test_an_entity_that_nobody_declared_is_text_and_those_of_html_are_resolved():
    assert kinds(read_bytes(rss("a &nbsp;b &eacute; &secret; & c &#0; &#x41;"))) == [
        "a b é &secret; & c \ufffd A"
    ]
    assert kinds(read_bytes(rss("<![CDATA[R&D <b>&amp;</b> &copy;]]>"))) == ["R&D & ©"]


def test_what_comes_before_a_break_is_kept_and_the_break_is_listed():
    whole = rss("one", "two", "three")
    assert kinds(read_bytes(whole[: whole.index(b"three")])) == ["one", "two", "broken"]
    rows = json.dumps([ROW, ROW | {"title": "Another"}]).encode()
    assert kinds(read_bytes(rows[:-15])) == ["A row", "broken"]
    assert (
        kinds(read_bytes(b"[" + json.dumps(ROW).encode() + b', "text", null, [1]]'))
        == ["A row"] + ["broken"] * 3
    )


@pytest.mark.parametrize(
    ("number", "in_array", "in_lines"),
    [
        # Longer than a parser takes: no JSON. Shorter: a number, and no moment.
        ("9" * 5_000, "broken", "broken"),
        ("9" * 1_000_000, "broken", "broken"),
        ("9" * 20, "bad-time", "bad-time"),
        ("-" + "9" * 400, "bad-time", "bad-time"),
        # What reads an array as a stream refuses such an exponent; the other reads infinity.
        ("1e999999999999999999999", "broken", "bad-time"),
    ],
)
def test_numbers_beyond_all_measure_are_refused(number, in_array, in_lines):
    rows = f'[{{"time": 1700000000, "title": "x"}}, {{"time": {number}, "title": "y"}}]'
    assert kinds(read_bytes(rows.encode())) == ["x", in_array]
    lines = f'{{"time": 1700000000, "title": "x"}}\n{{"time": {number}, "title": "y"}}\n'
    assert kinds(read_bytes(lines.encode())) == ["x", in_lines]


@pytest.mark.parametrize("depth", [100, 100_000])
def test_depth_is_bounded(depth):
    opened = "<item>" + "<b>" * depth
    assert kinds(read_bytes(RSS.format(opened).encode())) == ["broken"]
    assert "broken" in kinds(read_bytes(b'[{"time": 1700000000, "title": "x"},' + b"[" * depth))
    row = '{"time": 1700000000, "title": "x"}\n{"a": ' + "[" * depth + "\n"
    assert kinds(read_bytes(row.encode())) == ["x", "broken"]


def test_an_entry_beyond_two_megabytes_is_refused():
    long = "x" * (3 * 2**20)
    assert kinds(read_bytes(rss("one", long))) == ["one", "too-large"]
    assert kinds(read_bytes(json.dumps([ROW, ROW | {"title": long}, ROW]).encode())) == ["A row", "too-large"]
    lines = [json.dumps(ROW), json.dumps(ROW | {"title": long}), json.dumps(ROW)]
    assert kinds(read_bytes("\n".join(lines).encode())) == ["A row", "too-large", "A row"]
    table = f"time,title\n1700000000,one\n1700000000,{long}\n1700000000,three\n"
    assert kinds(read_bytes(table.encode())) == ["one", "broken", "three"]


def test_a_quote_that_is_never_closed_costs_its_own_row_only():
    rows = "".join(f"1700000000,row {n}\n" for n in range(300))
    found = kinds(read_bytes(f'time,title\n1700000000,"open\n{rows}'.encode()))
    assert found == ["broken", *(f"row {n}" for n in range(300))]


def test_rows_that_do_not_fit_the_header_are_listed_with_their_lines():
    content = 'time,title\n1700000000,a,b\n1700000000\n\n1700000000,"two\nlines"\n1700000000,last\n'
    found = read_bytes(content.encode())
    assert kinds(found) == ["broken", "broken", "two lines", "last"]
    assert [outcome.line for outcome in found] == [2, 3, 5, 7]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["checked.csv", "gdelt.json", "rss2.xml"])
def test_encodings_of_unicode_are_found(name, encoding):
    content = (FOLDER / name).read_text(encoding="utf-8-sig")
    plain = [outcome for outcome in read_bytes(content.encode())]
    assert read_bytes(content.encode(encoding)) == plain


def test_bytes_that_are_no_utf_8_are_refused_with_the_way_out():
    content = "time,title\n1700000000,果园\n1700000000,plain\n".encode("gb18030")
    first, second = read_bytes(content)
    assert (first.code, second.title) == ("bad-bytes", "plain")
    assert "--encoding gb18030" in first.reason
    lines = (json.dumps(ROW | {"title": "果园"}, ensure_ascii=False) + "\n" + json.dumps(ROW)).encode(
        "gb18030"
    )
    assert kinds(read_bytes(lines)) == ["bad-bytes", "A row"]


def test_an_encoding_that_is_named(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes("time,title\n1700000000,果园\n".encode("gb18030"))
    assert kinds(open_source(path, reading(), encoding="gb2312").outcomes()) == ["果园"]
    for name in ("klingon", "zlib", "idna"):
        with pytest.raises(InputError, match="encoding"):
            open_source(path, reading(), encoding=name)


def test_bytes_lost_in_xml_leave_a_note():
    content = rss("caf\xe9 one", "two")
    (one, two) = read_bytes(content.replace("\xe9".encode(), b"\xe9"))
    assert (one.title, two.note) == ("caf\ufffd one", "")
    assert "could not be read" in one.note
    declared = b"<?xml version='1.0' encoding='iso-8859-1'?>" + content.replace("\xe9".encode(), b"\xe9")
    assert kinds(read_bytes(declared)) == ["café one", "two"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"PK\x03\x04aaaa", "spreadsheet"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"%PDF-1.7", "PDF"),
        (b"\x00\x01\x02\x03\x04\x05", "binary"),
        (b"<!doctype html><html><body>x</body></html>", "web page"),
        (b"<html><body>x</body></html>", "web page"),
        (b"<opml></opml>", "no RSS or Atom"),
        (b"<rss", "no XML"),
        (b'{"Information": "call limit reached"}', "the service answers 'call limit reached'"),
        (b'{"status": "error", "code": "x", "message": "too many"}', "the service answers 'too many'"),
        (b'{"error": {"code": 429, "message": "slow down"}}', "the service answers 'slow down'"),
        (b"2025-03-01T10:00:00Z,Orchard grows\n", "the first line holds a row"),
        (b"Orchard grows;1740823200\n", "the first line holds a row"),
        (b"hello there", "no feed and no table"),
        (b"a,b\n1,2\n", "--map published_at=COLUMN,title=COLUMN"),
        (b"time,text of it\n1700000000,x\n", "--map title=COLUMN"),
        (b",".join([b"x"] * 5000), "5,000 cells"),
    ],
)
def test_what_is_no_feed_is_refused_in_one_sentence(content, message):
    with pytest.raises(InputError, match=message) as caught:
        read_bytes(content)
    assert "\n" not in str(caught.value)


def test_a_format_that_is_named_must_exist_and_fit():
    with pytest.raises(UnknownNameError, match="did you mean 'finnhub'"):
        read_bytes(b"[]", "finhub")
    with pytest.raises(InputError, match="cannot be read as rss"):
        read_bytes(b"[]", "rss")
    with pytest.raises(InputError, match="cannot be read as gdelt"):
        read_bytes(rss("x"), "gdelt")
    with pytest.raises(InputError, match="is rss2, and cannot be read as atom"):
        read_bytes(rss("x"), "atom")
    assert kinds(read_bytes(rss("x"), "rss")) == ["x"]
    assert read_bytes(b"[]") == []
    assert read_bytes(b" { }\n") == []
    assert read_bytes(b'{"articles": []}') == []
    assert read_bytes(rss()) == []


def parquet(path: Path, **columns) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_parquet_with_times_of_all_kinds(tmp_path):
    seconds = [1700000000, 1700000060]
    naive = pa.array([value * 10**9 for value in seconds]).cast(pa.timestamp("ns"))
    for column in (
        pa.array(seconds),
        naive.cast(pa.timestamp("ns", "UTC")),
        naive.cast(pa.timestamp("us", "Asia/Tokyo")),
    ):
        path = parquet(
            tmp_path / "a.parquet", published=column, headline=["a", "b"], tickers=[["A", "B"], None]
        )
        found = list(open_source(path, reading()).outcomes())
        assert [int(item.published_at.timestamp()) for item in found] == seconds
        assert found[0].tickers == ("A", "B")
    refused = list(
        open_source(parquet(tmp_path / "b.parquet", time=naive, title=["a", "b"]), reading()).outcomes()
    )
    assert kinds(refused) == ["no-offset", "no-offset"]


def test_damaged_parquet_is_refused(tmp_path):
    path = parquet(tmp_path / "a.parquet", time=[1700000000] * 1000, title=[f"row {n}" for n in range(1000)])
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError, match="no Parquet file that can be read"):
        open_source(path, reading())


#: The most memory of its own, MB: what getrusage tells begins with that of the process it was forked from.
CHILD = """
import sys
from newsbt import import_news
for path in sys.argv[2:]:
    import_news(path, sys.argv[1])
    status = dict(line.split(":", 1) for line in open("/proc/self/status", encoding="utf-8"))
    print(int(status["VmHWM"].split()[0]) // 1024)
"""


def table(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["time", "title", "summary"])
        writer.writerows([1700000000 + n, f"Row number {n} of many", "word " * 4000] for n in range(rows))
    return path


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell its memory")
def test_memory_does_not_grow_with_the_file_nor_with_a_text_that_all_rows_of_parquet_share(tmp_path):
    shared = pa.DictionaryArray.from_arrays(pa.array([0] * 600, pa.int32()), pa.array(["x" * 2**22]))
    times = [1700000000 + n for n in range(600)]
    bomb = parquet(tmp_path / "bomb.parquet", time=times, title=[str(n) for n in times], summary=shared)
    small, large = table(tmp_path / "small.csv", 20), table(tmp_path / "large.csv", 1_500)
    assert large.stat().st_size > 30_000_000
    assert bomb.stat().st_size < 9_000_000  # 2.4 GB of text
    command = [sys.executable, "-c", CHILD, tmp_path / "out.jsonl", small, large, bomb]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    before, after, blown = map(int, done.stdout.split())
    assert after - before < 12
    assert blown < 500


def test_a_packed_file_that_breaks_off_gives_what_can_be_unpacked():
    rows = "".join(f"2025-03-01T10:00:00Z,{n} orchards\n" for n in range(3000))
    packed = gzip.compress(f"time,title\n{rows}".encode(), mtime=0)
    whole, cut = read_file(packed), read_file(packed[: len(packed) // 2])
    assert len(whole) == 3000
    found = kinds(cut)
    assert found[:-1] and found[-1] == "broken" and found[0] == "0 orchards"
    assert "cannot be unpacked any further" in cut[-1].reason
    with pytest.raises(InputError, match="more than once"):
        read_file(gzip.compress(packed))
    with pytest.raises(InputError, match="cannot be unpacked"):
        read_file(packed[:8])


def test_scripts_in_atom_are_no_text():
    body = (
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>One <b>two</b></p><script>three()</script> four</div>'
    )
    entry = (
        f'<entry><id>u:1</id><title>t</title><updated>2025-03-01T05:00:00Z</updated><content type="xhtml">'
        f"{body}</content></entry>"
    )
    (item,) = read_bytes(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode())
    assert item.summary == "One two four"


def test_a_line_with_a_title_and_a_list_is_a_row_where_it_has_a_time():
    row = {"title": "a", "published_at": "2025-03-01T05:00:00Z", "data": [{"x": 1}]}
    feed = {"title": "a", "items": [{"title": "b", "date_published": "2025-03-01T05:00:00Z"}]}
    lines = "\n".join(map(json.dumps, (row, feed)))
    assert kinds(read_bytes(lines.encode(), columns={"published_at": "published_at"})) == ["a", "no-time"]
    assert kinds(read_bytes(json.dumps(feed).encode())) == ["b"]


def test_whole_numbers_of_any_length_cost_nothing():
    rows = [{**ROW, "title": str(n), "key": 10**n - 2**63} for n in (1, 18, 30, 400)]
    assert kinds(read_bytes(json.dumps(rows).encode())) == ["1", "18", "30", "400"]


def test_halves_of_characters_are_nowhere_in_an_item():
    half = "\\ud800"
    row = f'{{"id": "a{half}b", "title": "t{half}", "time": 1700000000, "feed": "f{half}", "url": "u{half}"}}'
    dates = f'"date_published": "2025-03-01T10:00:00Z", "date_modified": "x{half}"'
    note = f'{{"id": "1", "url": "u", "title": "t", {dates}}}'
    columns = {"published_at": "time", "feed": "feed"}
    items = [*read_bytes(row.encode(), columns=columns), *read_bytes(f"[{note}]".encode())]
    assert len(items) == 2
    for item in items:
        assert isinstance(item, NewsItem)
        repr(item).encode("utf-8")


def test_nan_which_python_writes_is_nothing():
    rows = [{**ROW, "title": f'{n} NaN, "NaN" x\\', "key": float("nan")} for n in range(9000)]
    content = json.dumps(
        [*rows, {**ROW, "time": float("inf")}, {**ROW, "title": "last", "key": [float("nan")] * 3}]
    )
    found = kinds(read_bytes(content.encode()))
    assert found == [row["title"] for row in rows] + ["no-time", "last"]


@pytest.mark.parametrize(
    "answer",
    [
        {"code": 0, "data": {"total": 2, "news": [ROW]}},
        {
            "status": "OK",
            "response": {"docs": [{"headline": {"main": "A row"}, "pub_date": "2025-03-01T10:00:00Z"}]},
        },
        {"response": {"results": [{"webTitle": "A row", "webPublicationDate": "2025-03-01T10:00:00Z"}]}},
        [{"title": {"rendered": "A row"}, "date": "2025-03-01T10:00:00", "date_gmt": "2025-03-01T10:00:00"}],
    ],
)
def test_entries_are_found_further_within(answer):
    for indent in (None, 1):
        assert kinds(read_bytes(json.dumps(answer, indent=indent).encode())) == ["A row"]
