"""Articles on disk: plain text, and pages with what they say of themselves."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsbt.articles.model import Article
from newsbt.articles.published import Moment, find_published, parse_moment
from newsbt.errors import InputError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

__all__ = ["LARGEST", "read_article"]

#: Bytes: far above any article.
LARGEST = 8 * 2**20
#: Characters of a story, markup aside.
LONGEST = 300_000
TABLES = (".csv", ".jsonl", ".json", ".parquet")
_BLOCKS = (
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "table",
    "section",
    "article",
    "header",
    "blockquote",
    "figcaption",
    "title",
)
_NO_TEXT = (
    "script",
    "style",
    "noscript",
    "nav",
    "aside",
    "footer",
    "form",
    "iframe",
    "svg",
    "button",
    "template",
)
_STAMPS = (
    ("property", "article:published_time"),
    ("property", "og:article:published_time"),
    ("name", "article:published_time"),
    ("itemprop", "datePublished"),
    ("name", "pubdate"),
    ("name", "publishdate"),
    ("name", "publish-date"),
    ("name", "date"),
    ("name", "parsely-pub-date"),
    ("name", "dc.date"),
    ("name", "DC.date.issued"),
    ("name", "sailthru.date"),
)


def read_article(path: Path, published: str | None = None) -> Article:
    """Read one article.

    Parameters
    ----------
    path : Path
        UTF-8 text, or a page in HTML (found by its content).
    published : str, optional
        ISO 8601 day or moment with an offset; goes before what the article says of itself.

    Raises
    ------
    InputError
            and an article that does not say when it was published.
    """
    if path.suffix.lower() in TABLES:
        raise InputError(f"{path} is a table, no article; give articles as text or HTML, or a file of drafts")
    text = _decoded(path)
    stamps: list[str] = []
    if _is_page(text):
        text, stamps = _page_text(text)
    if not text.strip():
        raise InputError(f"{path} holds no text")
    if len(text) > LONGEST:
        raise InputError(f"{path} holds over {LONGEST:,} characters, which is no article; give one a file")
    moment = _given(published) if published is not None else find_published(text, stamps)
    if moment is None:
        raise InputError(
            f"{path} does not say when it was published, and 'on Wednesday' means nothing without that;"
            " give the day with --published 2025-02-13"
        )
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if isinstance(moment, dt.datetime):
        return Article(text, moment.date(), moment, str(path), digest)
    return Article(text, moment, None, str(path), digest)


def _given(published: str) -> Moment:
    moment = parse_moment(published)
    if moment is None or not 1900 <= moment.year <= 2199:
        raise InputError(
            f"--published {published!r} is no date; write it as 2025-02-13, or 2025-02-13T18:30:00+08:00"
        )
    return moment


def _decoded(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(
                f"{path} has over {LARGEST // 2**20} MiB, which is no article; give one article a file"
            )
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from error
    if b"\0" in content[:4096]:
        raise InputError(f"{path} is binary; give the article as text or HTML")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path}:{line}: not UTF-8 text (byte {error.start}); save the file as UTF-8"
        ) from error


def _is_page(text: str) -> bool:
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html", "<?xml")) or "<body" in head or "<article" in head


def _page_text(page: str) -> tuple[str, list[str]]:
    """Text of the story, a line a block, and the page's own fields for its date, the surest first."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page, "html.parser")
    stamps = [*_stamps(soup)]
    for tag in soup.find_all(_NO_TEXT):
        tag.decompose()
    for tag in soup.find_all(_BLOCKS):
        tag.insert_before("\n")
        tag.insert_after("\n")
    story = soup.find("article") or soup.find("main") or soup.body or soup
    lines = (" ".join(line.split()) for line in story.get_text("").split("\n"))
    body = "\n".join(line for line in lines if line)
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    return (f"{title}\n{body}" if title and title not in body[:400] else body), stamps


def _stamps(soup: BeautifulSoup) -> Iterator[str]:
    for key, name in _STAMPS:
        tag = soup.find("meta", attrs={key: name})
        if tag is not None and tag.get("content"):
            yield str(tag["content"])
    for script in soup.find_all("script", type="application/ld+json"):
        yield from _linked_data(script.get_text())
    for tag in soup.find_all("time", limit=3):
        if tag.get("datetime"):
            yield str(tag["datetime"])


def _linked_data(text: str) -> Iterator[str]:
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if isinstance(item.get("datePublished"), str):
                yield item["datePublished"]
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
