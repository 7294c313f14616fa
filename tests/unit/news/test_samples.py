"""Every entry of a made-up sample becomes what was written down by hand, and every real one an item."""

import csv
import datetime as dt
import json
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from news_tools import FOLDER, SAMPLES, expected, outcomes, reading
from newsbt.adapters.news_sources import open_source
from newsbt.news.items import NewsItem

RAW = Path(__file__).parents[3].parent / "shared" / "news" / "raw_formats"
WEEK = RAW.parent / "china_tech_headlines_2025-02.csv"
needs_raw = pytest.mark.skipif(not RAW.is_dir(), reason="real samples are not shipped: ../shared/news")


def said(outcome):
    """Time, precision or code, and title, as the table of expectations has them."""
    if isinstance(outcome, NewsItem):
        moment = outcome.published_at.replace(tzinfo=None).isoformat() + "Z"
        return moment, outcome.precision, outcome.title
    return "", outcome.code, outcome.title


def test_every_sample_has_expectations():
    assert {path.name for path in SAMPLES} == set(expected())


@pytest.mark.parametrize("name", expected())
def test_entries_become_what_was_written_down(name):
    rows = [(row["published_at"], row["precision"], row["title"]) for row in expected()[name]]
    assert [said(outcome) for outcome in outcomes(name)] == rows


@pytest.mark.parametrize(
    ("name", "format_", "container"),
    [
        ("yfinance_nested.json", "yfinance", "json"),
        ("yfinance_flat.json", "yfinance", "json"),
        ("finnhub.json", "finnhub", "json"),
        ("alphavantage.json", "alphavantage", "json"),
        ("gdelt.json", "gdelt", "json"),
        ("gdelt.csv", "gdelt", "csv"),
        ("gdelt_own.csv", "gdelt", "csv"),
        ("rss2.xml", "rss2", "xml"),
        ("rss1.xml", "rss1", "xml"),
        ("atom.xml", "atom", "xml"),
        ("checked.csv", "table", "csv"),
    ],
)
def test_a_format_is_found_by_content(tmp_path, name, format_, container):
    nameless = tmp_path / "download"
    nameless.write_bytes((FOLDER / name).read_bytes())
    source = open_source(nameless, reading())
    assert (source.format, source.container) == (format_, container)


def test_what_else_entries_say():
    nested, cut = outcomes("yfinance_nested.json")
    assert nested.id == "yf-0a1b2c3d-0001-4000-8000-000000000001"
    assert nested.summary == "Orchard Motors (ORCH) starts building cars."
    assert (nested.tickers, nested.language, nested.source) == (("ORCH", "9001.HK"), "en", "Example Wire")
    assert "shown again at 2025-04-10T10:00:00Z" in cut.note
    updated, named = outcomes("yfinance_flat.json")
    assert "18:19:03" in updated.note  # its address is four hours older than its stamp, 22:13:20
    assert named.note == ""
    assert outcomes("finnhub.json")[1].tickers == ("ORCH", "9001.HK")
    assert "UTC" in outcomes("alphavantage.json")[0].note
    assert {item.note for item in outcomes("gdelt.json")} == {
        "stamped when the feed saw it, not when it was published"
    }
    assert [item.language for item in outcomes("gdelt.csv")] == ["en", "zh"]
    first, second, *_ = outcomes("rss2.xml")
    assert (first.summary, first.source, first.language) == (
        "Both boards say yes.",
        "Example Wire: Business",
        "en",
    )
    assert second.url == "https://example.com/a/2"
    google, updated = outcomes("atom.xml")
    assert (google.url, google.summary) == ("https://example.com/b/1", "It grows fast ...")
    assert updated.summary == "One two"
    assert "last change" in updated.note
    assert outcomes("rss2_gb18030.xml")[0].language == "zh-Hans"
    unchecked = outcomes("checked.csv")[2]
    assert (unchecked.language, unchecked.note) == (
        "zh-Hant",
        "its hour is not verified: only the day is used",
    )
    assert outcomes("table.csv")[0].tickers == ("ORCH", "LNTN")
    assert outcomes("table.jsonl")[0].tickers == ("ORCH",)


def test_json_and_csv_of_one_feed_give_the_same_ids():
    assert [item.id for item in outcomes("gdelt.json")] == [item.id for item in outcomes("gdelt.csv")]


def stamps(path):
    """Times and titles of a real sample, read by other means than ours."""
    utc = dt.UTC
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as handle:
            return [
                dt.datetime.strptime(row["seendate"], "%Y%m%dT%H%M%S%z") for row in csv.DictReader(handle)
            ]
    if path.suffix == ".json":
        value = json.loads(path.read_text(encoding="utf-8"))
        entries = value if isinstance(value, list) else value.get("feed") or value["articles"]
        found = []
        for entry in entries:
            if "content" in entry:
                found.append(dt.datetime.strptime(entry["content"]["pubDate"], "%Y-%m-%dT%H:%M:%S%z"))
            elif "time_published" in entry:
                found.append(dt.datetime.strptime(entry["time_published"] + "Z", "%Y%m%dT%H%M%S%z"))
            elif "seendate" in entry:
                found.append(dt.datetime.strptime(entry["seendate"], "%Y%m%dT%H%M%S%z"))
            else:
                seconds = entry.get("datetime", entry.get("providerPublishTime"))
                found.append(dt.datetime(1970, 1, 1, tzinfo=utc) + dt.timedelta(seconds=seconds))
        return found
    feedparser = pytest.importorskip("feedparser")
    parsed = feedparser.parse(path.read_bytes()).entries
    for entry in parsed:
        if "rss" in path.name:  # a second opinion on the second opinion
            assert parsedate_to_datetime(entry.published).utctimetuple()[:6] == entry.published_parsed[:6]
    return [dt.datetime(*entry.published_parsed[:6], tzinfo=utc) for entry in parsed]


@needs_raw
@pytest.mark.parametrize("path", sorted(RAW.iterdir()) if RAW.is_dir() else [], ids=lambda path: path.name)
def test_real_samples_are_imported_whole_with_the_times_they_give(path):
    found = list(open_source(path, reading()).outcomes())
    assert [type(outcome) for outcome in found] == [NewsItem] * len(found)
    assert [item.published_at for item in found] == stamps(path)
    assert len({item.id for item in found}) == len(found)
    assert all("<" not in item.summary and "&nbsp;" not in item.summary for item in found)


@needs_raw
def test_the_real_week_needs_no_column_map():
    found = list(open_source(WEEK, reading()).outcomes())
    with WEEK.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(found) == len(rows) == 1039
    for item, row in zip(found, rows, strict=True):
        moment = dt.datetime.strptime(row["published_utc"], "%Y-%m-%dT%H:%M:%S%z")
        if row["tz_check"] == "unverified":
            assert (item.precision, item.published_at.date()) == ("day", moment.date())
        else:
            assert (item.precision, item.published_at) == ("second", moment)
