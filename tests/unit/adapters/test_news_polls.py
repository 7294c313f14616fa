"""Polls of feeds on loopback: what is new is appended, what fails costs a warning, servers are spared."""

import base64
import contextlib
import datetime as dt
import gzip
import json
import socket
import threading
from urllib.parse import urlsplit

import pytest

import newsbt
from feed_server import FeedServer
from news_tools import FOLDER
from newsbt.adapters.news_archive import Archive
from newsbt.adapters.news_fetch import LARGEST, check_feed, public_name
from newsbt.adapters.news_files import read_news
from newsbt.adapters.news_polls import Poller
from newsbt.errors import DataUnavailableError, InputError

RSS = (FOLDER / "rss2.xml").read_bytes()
ATOM = (FOLDER / "atom.xml").read_bytes()


@pytest.fixture
def server():
    with FeedServer() as running:
        yield running


@pytest.fixture
def path(tmp_path):
    return tmp_path / "seen.jsonl"


def test_a_poll_appends_with_the_moment_it_saw(server, path):
    feeds = [server.serve("/rss", RSS), server.serve("/atom", ATOM), server.url + "/none"]
    seen = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)
    with Archive(path) as archive:
        poll = Poller(archive, feeds, clock=lambda: seen).poll()
    rss, atom, none = poll.feeds
    # A poll has a time for the entry that gives none; the other two stay out.
    assert (rss.new, [case.code for case in rss.rejected]) == (6, ["no-offset", "bad-time"])
    assert (atom.new, atom.status, none.status) == (2, "read", "failed")
    assert "404" in none.message
    items = read_news(path)
    assert {item.fetched_at for item in items} == {seen}
    undated = next(item for item in items if item.title == "Without a date")
    assert (undated.published_at, "first seen" in undated.note) == (seen, True)


def test_what_did_not_change_is_not_sent_again(server, path):
    url = server.serve("/rss", RSS, ETag='"one"', Last_Modified="Thu, 27 Feb 2025 09:03:00 GMT")
    assert newsbt.fetch_news(url, path).feeds[0].new == 6
    size = path.stat().st_size
    assert newsbt.fetch_news(url, path).feeds[0].status == "unchanged"
    assert server.asked[1][1]["If-None-Match"] == '"one"'
    assert server.asked[1][1]["If-Modified-Since"].startswith("Thu")
    assert path.stat().st_size == size
    # Marks without their archive would hide the whole feed.
    path.unlink()
    assert newsbt.fetch_news(url, path).feeds[0].new == 6


def test_a_changed_story_is_a_later_version(server, path):
    url = server.serve("/rss", RSS)
    newsbt.fetch_news(url, path)
    server.serve("/rss", RSS.replace(b"agree on a price", b"agree on a higher price"))
    feed = newsbt.fetch_news(url, path).feeds[0]
    assert (feed.new, feed.revised, feed.known) == (0, 1, 5)
    first, *_, last = read_news(path)
    assert last.revises == first.id
    assert last.title == "Orchard & Co agree on a higher price"


def test_no_feed_at_all_is_status_3(server, path):
    with pytest.raises(DataUnavailableError, match="answers 404") as caught:
        newsbt.fetch_news([server.url + "/a", server.url + "/b"], path)
    assert caught.value.exit_status == 3
    assert "1 more feed failed" in str(caught.value)


def failure(server, path, url, **options):
    with Archive(path) as archive:
        (feed,) = Poller(archive, [url], **options).poll().feeds
    assert feed.status == "failed"
    return feed.message


def test_redirects_are_few_and_go_nowhere_else(server, path):
    server.serve("/rss", RSS)
    server.serve("/moved", b"", 301, Location="/rss")
    assert newsbt.fetch_news(server.url + "/moved", path).feeds[0].new == 6
    server.serve("/round", b"", 302, Location="/round")
    assert "redirect" in failure(server, path, server.url + "/round")
    for place in ("file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/plain,x"):
        server.serve("/away", b"", 302, Location=place)
        message = failure(server, path, server.url + "/away")
        assert "not followed" in message or "not allowed" in message


def test_answers_that_are_slow_large_or_no_feed_are_given_up(server, path):
    server.pause = 0.1
    slow = server.serve("/slow", [b"<rss>"] * 100)
    assert "in time" in failure(server, path, slow, timeout=0.3)
    server.pause = 0.0
    large = server.serve("/large", b"x" * (LARGEST + 1))
    assert "more than 16 MiB" in failure(server, path, large)
    bomb = server.serve("/bomb", gzip.compress(b" " * (4 * LARGEST)), Content_Encoding="gzip")
    assert "more than 16 MiB" in failure(server, path, bomb)
    assert "web page" in failure(server, path, server.serve("/page", b"<html><body>Sign in</body></html>"))
    assert "damaged" in failure(server, path, server.serve("/torn", b"\x1f\x8bno", Content_Encoding="gzip"))
    packed = server.serve("/packed", gzip.compress(RSS), Content_Encoding="gzip")
    assert newsbt.fetch_news(packed, path).feeds[0].new == 6
    assert newsbt.fetch_news(server.serve("/rss.xml.gz", gzip.compress(RSS)), path).feeds[0].known == 6


def test_a_server_that_asks_to_be_left_alone_is(server, path):
    now = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
    busy = server.serve("/busy", b"later", 429, Retry_After="120")
    with Archive(path) as archive:
        poller = Poller(archive, [busy], clock=lambda: now)
        (first,) = poller.poll().feeds
        assert first.status == "failed"
        assert first.message.endswith("answers 429 Too Many Requests and asks to wait 120 s")
        server.serve("/busy", RSS)
        now += dt.timedelta(seconds=119)
        assert "asks not to be asked before 12:02:00 UTC" in poller.poll().feeds[0].message
        assert len(server.asked) == 1
        now += dt.timedelta(seconds=1)
        assert poller.poll().feeds[0].new == 6
    for value in ("soon", "-5", "", "9" * 500, "Thu, 01 Jan 1970 00:00:00 GMT"):
        server.serve("/odd", b"", 503, Retry_After=value)
        assert "answers 503" in failure(server, path, server.url + "/odd")


def raw_server(answer):
    """A server that sends these bytes to whoever asks, and hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        with contextlib.suppress(OSError), listening:
            talk, _ = listening.accept()
            with talk:
                talk.recv(65536)
                talk.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}/feed"


HEAD = b"HTTP/1.1 200 OK\r\nETag: one\r\n"
PACKED = gzip.compress(RSS)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"", "cannot be had"),
        (b"nonsense\r\n\r\n", "cannot be had"),
        (
            b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(300)) + b"\r\n",
            "cannot be had",
        ),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n", "cannot be had"),
        (HEAD + b"Content-Length: 5000\r\n\r\n" + RSS[:1000], "breaks its answer off after 1,000 bytes"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n" + RSS[:1000], "cannot be had"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n" + PACKED[:-20], "breaks its answer off"),
        (HEAD + b"Content-Encoding: br\r\n\r\n" + PACKED, "encoding 'br'"),
        (HEAD + b"Content-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (HEAD + b"Content-Length: 0\r\n\r\n", "is empty"),
        (HEAD + b"\r\n" + PACKED[:-20], "gzip file that breaks off"),
        (HEAD + b"\r\n" + PACKED[:10] + b"\xff" * 99, "damaged gzip"),
        (HEAD + b"\r\n" + gzip.compress(b" " * (LARGEST + 1)), "more than 16 MiB"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "is empty"),
        (b"HTTP/1.1 500 Oops\r\n\r\n", "answers 500 Oops"),
        (b"HTTP/1.1 302 Found\r\nLocation: \r\n\r\n", "cannot be had"),
    ],
)
def test_hostile_answers_cost_one_sentence_and_nothing_of_the_archive(server, path, answer, words):
    newsbt.fetch_news(server.serve("/rss", RSS), path)
    before = path.read_bytes()
    with pytest.raises(DataUnavailableError, match=words) as caught:
        newsbt.fetch_news(raw_server(answer), path, timeout=5.0)
    assert len(str(caught.value)) < 300 and "\n" not in str(caught.value)
    assert path.read_bytes() == before
    assert not path.with_name("seen.jsonl.feeds.json").exists()


def test_secrets_in_an_address_stay_out_of_the_archive(server, path):
    host = urlsplit(server.url).netloc
    server.serve("/rss", RSS, ETag='"one"')
    newsbt.fetch_news(f"http://user:secret@{host}/rss?token=secret", path)
    assert server.asked[0][0] == "/rss?token=secret"
    assert server.asked[0][1]["Authorization"] == "Basic " + base64.b64encode(b"user:secret").decode()
    assert "secret" not in path.read_text(encoding="utf-8")
    assert "secret" not in path.with_name("seen.jsonl.feeds.json").read_text(encoding="utf-8")
    assert public_name("https://a:b@example.com/x?y=z#w") == "https://example.com/x"


@pytest.mark.parametrize(
    "feed",
    [
        "",
        "file:///etc/passwd",
        "ftp://x/y",
        "http://",
        "x",
        "yfinance:",
        "yfinance:a/b",
        "http://[",
        "http://a b",
    ],
)
def test_what_is_no_feed_is_refused_before_anything_is_asked(feed):
    with pytest.raises(InputError, match="--feed"):
        check_feed(feed)
    assert check_feed(" yfinance:baba ") == "yfinance:BABA"


class Answered:
    """As much of a session as yfinance needs for news."""

    def __init__(self, status, text):
        self.status_code, self.text, self.cookies = status, text, {}

    def json(self):
        return json.loads(self.text)


def test_yahoo_is_asked_through_yfinance(path, monkeypatch):
    import yfinance as yf

    stream = json.loads((FOLDER / "yfinance_nested.json").read_text(encoding="utf-8"))
    answers = [
        Answered(200, json.dumps({"data": {"tickerStream": {"stream": stream}}})),
        Answered(200, "Will be right back"),
        Answered(200, json.dumps({"data": {"tickerStream": {"stream": "x"}}})),
        Answered(200, json.dumps([])),
        Answered(200, "<html>busy</html>"),
    ]
    monkeypatch.setattr(yf.data.YfData, "post", lambda *args, **kwargs: answers.pop(0))
    assert newsbt.fetch_news("yfinance:ORCH", path).feeds[0].new == 2
    assert read_news(path)[0].tickers == ("ORCH", "9001.HK")
    for _ in range(4):
        assert "Yahoo" in failure(None, path, "yfinance:ORCH")
