"""Articles are read from text and pages, with the moment they state."""

import datetime as dt
import hashlib

import pytest

from newsbt.adapters.article_files import LARGEST, read_article
from newsbt.errors import InputError

PAGE = """<!DOCTYPE html><html><head><title>Baidu opens a hub</title>
<meta property="article:published_time" content="2025-02-13T18:00:00+08:00">
<script>var x = "Alibaba was fined on Monday";</script></head>
<body><nav>Markets | Alibaba</nav><article><h1>Baidu opens a hub</h1>
<p>Baidu opened a hub&nbsp;on <b>Monday</b>.</p><p>It was built for AT&amp;T.</p></article>
<footer>Posted on 1 January 2001</footer></body></html>"""


def write(folder, text, name="a.txt"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_text_is_kept_to_the_character(tmp_path):
    text = "Published: 13 February 2025\r\n\r\nBaidu 百度 rose.\n"
    article = read_article(write(tmp_path, text))
    assert article.text == text
    assert article.published == dt.date(2025, 2, 13)
    assert article.published_at is None
    assert article.digest == hashlib.sha256(text.encode()).hexdigest()


def test_a_byte_order_mark_is_no_part_of_it(tmp_path):
    assert read_article(write(tmp_path, b"\xef\xbb\xbfBaidu"), "2025-02-13").text == "Baidu"


def test_a_page_gives_its_story_and_its_moment(tmp_path):
    article = read_article(write(tmp_path, PAGE, "a.html"))
    assert article.published_at == dt.datetime.fromisoformat("2025-02-13T18:00:00+08:00")
    assert "Baidu opened a hub on Monday." in article.text.split("\n")
    assert "AT&T" in article.text
    assert "Alibaba" not in article.text
    assert "2001" not in article.text


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2025-02-13"}]}</script>',
        '<meta itemprop="datePublished" content="2025-02-13">',
        '<script type="application/ld+json">{broken</script><time datetime="2025-02-13">today</time>',
    ],
)
def test_other_places_where_pages_state_it(tmp_path, head):
    page = f"<html><head>{head}</head><body><p>Baidu rose.</p></body></html>"
    if "<time" in head:
        page = f"<html><body>{head}<p>Baidu rose.</p></body></html>"
    assert read_article(write(tmp_path, page)).published == dt.date(2025, 2, 13)


def test_what_the_user_says_goes_first(tmp_path):
    path = write(tmp_path, PAGE)
    assert read_article(path, "2024-01-02").published == dt.date(2024, 1, 2)


@pytest.mark.parametrize(
    ("content", "published", "reason"),
    [
        ("Baidu rose on Monday.", None, "give the day with --published"),
        ("Baidu rose.", "Monday", "is no date; write it as"),
        ("", "2025-02-13", "holds no text"),
        ("   \n", "2025-02-13", "holds no text"),
        (b"PK\x00\x00", "2025-02-13", "binary"),
        (b"ok\n\xff\xfe", "2025-02-13", ":2: not UTF-8"),
        (b"a" * (LARGEST + 1), "2025-02-13", "over 8 MiB"),
        (b"a" * 300_001, "2025-02-13", "over 300,000 characters"),
    ],
)
def test_what_is_refused(tmp_path, content, published, reason):
    with pytest.raises(InputError, match=reason):
        read_article(write(tmp_path, content), published)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_article(tmp_path / "none.txt", "2025-02-13")


def test_a_catalogue_is_no_article(tmp_path):
    with pytest.raises(InputError, match="is a table, no article"):
        read_article(write(tmp_path, "id,headline", "mine.csv"), "2025-02-13")
