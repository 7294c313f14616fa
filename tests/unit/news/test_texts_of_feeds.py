"""Texts without markup and invisible characters; languages; offsets of whole hours and midnights noticed."""

import datetime as dt

import pytest

from newsbt.news.entries import MIDNIGHT
from newsbt.news.items import NewsItem
from newsbt.news.languages import language_tag
from newsbt.news.seen import Seen
from newsbt.news.texts import plain_text, tidy_tokens
from newsbt.news.watch import Watch


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("<p>One (<a href='x'>ORCH</a>)</p><p>two</p>", "One (ORCH) two"),
        ("a<br/>b", "a b"),
        ("Tom &amp; Ann", "Tom & Ann"),
        ("Tom &amp;amp; Ann", "Tom & Ann"),
        ("&lt;b&gt;bold&lt;/b&gt;", "bold"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("<unnamed> says <b>no</b>", "<unnamed> says no"),
        ("a<!-- hidden -->b", "ab"),
        ("a<!-- never closed", "a"),
        ("<![CDATA[x]]>", "x"),
        ("<p>a<script>alert('b')</script>c</p>", "ac"),
        ("one\u00a0two\u3000three\r\n four", "one two three four"),
        ("a\u200bb\u202ec\ufeff", "abc"),
        ("a\x0bb\x00c", "a b c"),
        ("\ud800", "\ufffd"),
        ("阿里<b>巴巴</b>", "阿里巴巴"),
    ],
)
def test_plain_text(raw, plain):
    assert plain_text(raw) == plain


def test_a_text_is_cut_and_says_so():
    assert plain_text("abc " * 100, 10) == "abc abc a…"
    assert len(plain_text("x" * 10_000_000)) == 20_000


@pytest.mark.parametrize(
    "piece", ["<b>", "<!--", "&lt;", "<a b='", "<table><tr><td>", "&amp;amp;", "</b>", "<script>"]
)
def test_no_text_takes_long(piece):
    assert len(plain_text(piece * 100_000)) <= 20_000


def test_spaces_of_a_tokeniser_are_taken_out():
    assert (
        tidy_tokens("Ports reopen , ships wait ( again ) : officials !")
        == "Ports reopen, ships wait (again): officials!"
    )
    assert tidy_tokens("港口 「 重开 」 。") == "港口 「重开」。"


@pytest.mark.parametrize(
    ("declared", "text", "tag"),
    [
        ("en-us", "Orchard grows", "en"),
        ("zh_HK", "果園", "zh-Hant"),
        ("zh-CN", "果园", "zh-Hans"),
        ("zh-Hant-TW", "果園", "zh-Hant"),
        ("Chinese", "果园", "zh"),
        ("Japanese", "港", "ja"),
        ("zh-HK", "Orchard grows", ""),
        ("en", "果园汽车上涨", "zh"),
        ("", "Orchard", ""),
        ("12", "Orchard", ""),
    ],
)
def test_a_language_that_cannot_be_is_not_believed(declared, text, tag):
    assert language_tag(declared, text) == tag


def item(n, at, source="wire", note="", title=""):
    title = title or f"A headline that is long {n}"
    return NewsItem(f"{source}{n}", at, "second", title, source=source, feed="rss2", note=note)


START = dt.datetime(2025, 2, 11, 9, 0, 7, tzinfo=dt.UTC)


def messages(items):
    watch = Watch()
    for one in items:
        watch.see(one)
    return [(found.code, found.items, found.message) for found in watch.warnings()]


def test_a_feed_five_hours_early_is_reported_with_the_figure():
    step = dt.timedelta(minutes=37)
    right = [item(n, START + n * step, "post") for n in range(6)]
    early = [item(n, START + n * step - dt.timedelta(hours=5, minutes=-2 * n), "late wire") for n in range(4)]
    found = messages(right + early)
    assert [(code, count) for code, count, _ in found] == [("hours-apart", 4)]
    assert "late wire (rss2) is 5 h earlier than post (rss2) on 4 of 4 common stories" in found[0][2]


def test_one_story_to_the_second_hours_apart_is_no_accident_and_a_lag_of_minutes_is():
    hours = dt.timedelta(hours=8)
    assert messages([item(1, START, "a"), item(1, START + hours, "b")])[0][0] == "hours-apart"
    assert messages([item(n, START + n * hours, "a") for n in range(9)]) == []
    lagged = [item(n, START + dt.timedelta(hours=n, minutes=7 * n), "b") for n in range(9)]
    assert messages([item(n, START + dt.timedelta(hours=n), "a") for n in range(9)] + lagged) == []
    # Once, and not to the second, is an accident.
    assert messages([item(1, START, "a"), item(1, START + hours + dt.timedelta(seconds=9), "b")]) == []


def test_clusters_at_midnight_are_reported():
    plain = [item(n, START + dt.timedelta(minutes=n)) for n in range(40)]
    marked = [item(100 + n, START, note=MIDNIGHT) for n in range(3)]
    assert [(code, count) for code, count, _ in messages(plain + marked)] == [("midnight", 3)]
    assert messages(plain + marked[:2]) == []
    shanghai = [item(200 + n, dt.datetime(2025, 2, 1 + n, 16, tzinfo=dt.UTC)) for n in range(20)]
    code, count, message = messages(plain + shanghai)[0]
    assert (code, count) == ("midnight", 20)
    assert "Hong Kong" in message


def test_ids_are_remembered_with_their_content():
    seen = Seen()
    items = [item(n, START) for n in range(5000)]
    assert {seen.add(one) for one in items} == {"new"}
    assert {seen.add(one) for one in items} == {"same"}
    assert len(seen) == 5000
    assert seen.add(item(7, START, title="Another headline")) == "changed"
    assert seen.add(item(7, START + dt.timedelta(hours=1))) == "changed"
    assert seen.add(item(7, START)) == "same"
