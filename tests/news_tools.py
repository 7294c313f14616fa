"""Feeds made up for tests, what must come of them, and bytes that are nearly feeds."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from newsbt.adapters.news_files import news_line
from newsbt.adapters.news_sources import open_bytes, open_source
from newsbt.errors import InputError
from newsbt.news.items import NewsItem
from newsbt.news.outcome import CODES, Reading, Rejected
from newsbt.news.rows import from_row

FOLDER = Path(__file__).parent / "data" / "news"
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
#: How a file of the folder is read that does not say all itself.
HOW = {
    "table.csv": {"timezone": ZoneInfo("Asia/Hong_Kong")},
    "table.jsonl": {"columns": {"published_at": "when", "title": "say.title", "tickers": "tags"}},
}


def reading(**fields) -> Reading:
    return Reading(**{"file": "", "now": NOW, **fields})


def outcomes(name: str) -> list[NewsItem | Rejected]:
    """What becomes of the entries of a file of the folder."""
    return list(open_source(FOLDER / name, reading(**HOW.get(name, {}))).outcomes())


def read_bytes(content: bytes, format_: str = "", **fields) -> list[NewsItem | Rejected]:
    """What becomes of the entries of `content`."""
    return list(open_bytes(content, "made up", reading(**fields), format_=format_).outcomes())


def read_file(content: bytes, **fields) -> list[NewsItem | Rejected]:
    """As :func:`read_bytes`, from a file: what is packed, and Parquet."""
    with tempfile.NamedTemporaryFile(prefix="newsbt-feed-") as handle:
        handle.write(content)
        handle.flush()
        return list(open_source(Path(handle.name), reading(**fields)).outcomes())


def expected() -> dict[str, list[dict[str, str]]]:
    """By file, what each entry must become: written by hand."""
    files: dict[str, list[dict[str, str]]] = {}
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            files.setdefault(row["file"], []).append(row)
    return files


SAMPLES = sorted(path for path in FOLDER.iterdir() if path.name != "expected.csv")
#: Pieces that parsers stumble over.
NASTY = (
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"&#xD800;", b"&nbsp;", b"<![CDATA[", b"]]>",
    b"<!--", b"-->", b"<item>", b"</item>", b"</", b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf",
    b"\xff\xfe", b'"', b"'", b"\\ud800", b"\\", b"{", b"}", b"[", b"]" * 20, b"[" * 100, b'{"a":' * 100,
    b"null", b"NaN", b"1e999", b"-1", b"9" * 400, b",", b";", b"\n", b"\r", b"\t", b'"' * 3,
    b"0001-01-01", b"9999-12-31T23:59:60Z", b"Sat, 31 Dec 9999 23:59:59 +1400", b"CST", b"\xa0",
    "\u2028\u202e\u200b".encode(), b" " * 50, b"<b>" * 50, b"0", b"true", b"encoding='utf-7'", b"PAR1",
    b"\x1f\x8b", b"&lt;script&gt;", b"T24:00:00Z", b"+99:99",
)  # fmt: skip


def mangled(rng: random.Random, content: bytes, most: int = 6) -> bytes:
    """`content` with pieces cut out, doubled, changed or put in."""
    data = bytearray(content)
    for _ in range(rng.randint(1, most)):
        at, size = rng.randint(0, len(data)), rng.randint(0, 60)
        kind = rng.randint(0, 5)
        if kind == 0:
            del data[at : at + size]
        elif kind == 1:
            data[at:at] = data[at : at + size] * 3
        elif kind == 2:
            data[at : at + 1] = bytes(rng.randint(0, 255) for _ in range(rng.randint(1, 4)))
        elif kind == 3 or kind == 4:
            data[at:at] = rng.choice(NASTY)
        elif size < 6:
            del data[at:]
    return bytes(data)


TEXTS = (
    "2025-02-11T14:21:08Z",
    "Thu, 27 Feb 2025 17:03:00 +0800",
    "20240728T150900",
    "<p>&amp;</p>",
    "x",
    "http://[",
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = (
    "id", "uuid", "title", "headline", "summary", "description", "url", "link", "source", "publisher",
    "provider", "content", "pubDate", "displayTime", "canonicalUrl", "clickThroughUrl", "finance",
    "stockTickers", "symbol", "relatedTickers", "providerPublishTime", "datetime", "related",
    "category", "time_published", "line", "time", "ticker_sentiment", "ticker", "seendate", "domain",
    "language", "published_at", "precision", "tickers", "date", "tz_check", "displayName", "lang",
    "contentType", "feed", "fetched_at", "revises",
)  # fmt: skip


def entries() -> st.SearchStrategy[dict]:
    """Objects with the keys that interfaces have, and any values."""
    keys = st.sampled_from(KEYS)
    return st.dictionaries(keys, VALUES | st.dictionaries(keys, VALUES, max_size=4), max_size=10)


def survives(content: bytes, **fields) -> list[NewsItem | Rejected]:
    """Read `content` as an importer would; a refusal as a whole is an answer, too."""
    try:
        in_file = content.startswith((b"PAR1", b"\x1f\x8b")) and not fields
        found = read_file(content) if in_file else read_bytes(content, **fields)
    except InputError as error:
        assert str(error)
        return []
    for outcome in found:
        if isinstance(outcome, Rejected):
            assert outcome.code in CODES
            assert outcome.reason
        else:
            assert outcome.title
            assert outcome.published_at.tzinfo is dt.UTC
            assert from_row(json.loads(news_line(outcome).encode("utf-8"))) == outcome
    return found
