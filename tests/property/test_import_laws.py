"""Laws of importers: nothing crashes them, every entry is answered, and what is written is read back."""

import datetime as dt
import json
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news_tools import SAMPLES, entries, mangled, read_bytes, survives
from newsbt.adapters.news_files import read_news, write_news
from newsbt.news.items import NewsItem
from newsbt.news.moments import entered_at, entered_precision

quick = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(st.binary(max_size=400))
@quick
def test_any_bytes_are_answered(content):
    survives(content)


@given(st.randoms(use_true_random=False), st.sampled_from(SAMPLES))
@settings(quick, max_examples=100)
def test_mangled_feeds_are_answered(rng: random.Random, path):
    survives(mangled(rng, path.read_bytes()))


@given(
    st.lists(entries(), min_size=1, max_size=4),
    st.sampled_from(["yfinance", "finnhub", "gdelt", "alphavantage"]),
)
@quick
def test_every_entry_of_an_interface_is_imported_or_refused(found, name):
    content = json.dumps(found, allow_nan=False, default=str) if _plain(found) else json.dumps([{}])
    outcomes = survives(content.encode(), format_=name)
    assert len(outcomes) == len(json.loads(content))


def _plain(value) -> bool:
    """Whether `value` can be written as JSON proper."""
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
moments = st.datetimes(dt.datetime(1900, 1, 2), dt.datetime(2199, 12, 30), timezones=st.just(dt.UTC))  # noqa: DTZ001
items = st.builds(
    NewsItem,
    id=st.text("abcXYZ019-_", min_size=1, max_size=20),
    published_at=moments,
    precision=st.sampled_from(["second", "minute", "day"]),
    title=texts.filter(bool),
    summary=texts,
    url=texts,
    source=texts,
    feed=texts,
    language=texts,
    tickers=st.lists(st.text("ABC.9", min_size=1, max_size=6), max_size=3).map(tuple),
    fetched_at=st.none() | moments,
    revises=st.text("abc", max_size=5),
    file=texts,
    line=st.integers(0, 10**9),
    note=texts,
)


@given(st.lists(items, max_size=4), st.sampled_from([".jsonl", ".csv", ".parquet"]))
@settings(quick, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_written_is_read_back(tmp_path, news, suffix):
    path = tmp_path / f"news{suffix}"
    assert write_news(path, news) == len(news)
    assert read_news(path) == news


@given(items, st.sampled_from(["published", "fetched"]))
@quick
def test_an_item_never_enters_before_it_was_out(item, rule):
    at, precision = entered_at(item, rule), entered_precision(item, rule)
    assert at >= item.published_at
    if precision == "day":  # a catalogue counts it as public at the end of that local day
        assert (at.hour, at.minute) == (0, 0)
        assert at.utcoffset() is not None
        assert at == item.published_at
    if item.fetched_at is not None and (rule == "fetched" or item.revises):
        assert at >= min(item.fetched_at, at)
        assert at == max(item.published_at, item.fetched_at)


@given(st.integers(0, 10**9), texts.filter(lambda text: len(text.strip()) > 2))
@quick
def test_a_poll_and_a_file_agree_on_ids(seconds, title):
    content = json.dumps([{"uuid": "u-1", "title": title, "providerPublishTime": seconds + 1}]).encode()
    seen = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    (one,), (two,) = read_bytes(content), read_bytes(content, seen_at=seen)
    if isinstance(one, NewsItem):
        assert (one.id, one.title, one.published_at) == (two.id, two.title, two.published_at)
        assert (one.fetched_at, two.fetched_at) == (None, seen)
