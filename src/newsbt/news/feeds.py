"""Entries of RSS and Atom feeds (pure; XML comes in as elements that a hardened parser made)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

from newsbt.news import times
from newsbt.news.entries import digest, item_of, missing_time
from newsbt.news.items import NewsItem
from newsbt.news.outcome import EntryError, Reading
from newsbt.news.resolve import Moment
from newsbt.news.written import written

__all__ = ["ENTRY_TAGS", "ROOTS", "Channel", "local_name", "parse_entry"]

#: Root element of each format.
ROOTS: Final = {"rss": "rss2", "RDF": "rss1", "feed": "atom"}
#: Element that holds an entry.
ENTRY_TAGS: Final = ("item", "entry")

DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"
CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
FEEDBURNER: Final = "http://rssnamespace.org/feedburner/ext/1.0"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


_MONTH: Final = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)


@dataclass(slots=True)
class Channel:
    """What a feed says about itself, as far as it has been read.

    Parameters
    ----------
    format : str
        ``"rss2"``, ``"rss1"`` or ``"atom"``.
    title, link, language : str
        Raw; may be empty.
    """

    format: str
    title: str = ""
    link: str = ""
    language: str = ""


def local_name(tag: object) -> str:
    """Name of an element without its namespace; empty for comments and instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def parse_entry(entry: Element, channel: Channel, reading: Reading, line: int) -> NewsItem:
    """The item of an ``item`` or ``entry``.

    Times: RSS ``pubDate`` by RFC 822, else ``dc:date`` by ISO 8601. Atom ``published``, else ``updated`` with
    a note that it is the time of the last change. Each may stand in the form of the other.

    Raises
    ------
    EntryError
        See :data:`newsbt.news.outcome.CODES`.
    """
    parts = _Parts(entry)
    read = _atom if channel.format == "atom" else _rss
    return read(parts, channel, reading, line)


class _Parts:
    """Children of an entry by name; those of its own namespace by their local name."""

    def __init__(self, entry: Element) -> None:
        self.entry = entry
        own = entry.tag.rpartition("}")[0].lstrip("{")
        self._by_name: dict[tuple[str, str], list[Element]] = {}
        for child in entry:
            if isinstance(child.tag, str):
                space, _, name = child.tag.rpartition("}")
                space = space.lstrip("{")
                self._by_name.setdefault(("" if space == own else space, name), []).append(child)

    def all(self, name: str, space: str = "") -> list[Element]:
        return self._by_name.get((space, name), [])

    def text(self, name: str, space: str = "") -> str:
        """Text of the first such child that has one."""
        return next((found for child in self.all(name, space) if (found := _text(child))), "")


def _rss(parts: _Parts, channel: Channel, reading: Reading, line: int) -> NewsItem:
    guid, link = parts.text("guid"), parts.text("link")
    url = parts.text("origLink", FEEDBURNER) or link or (guid if "://" in guid else "")
    title = parts.text("title")
    summary = parts.text("description") or parts.text("encoded", CONTENT)
    chinese = _chinese(channel, url)
    raw = parts.text("pubDate")
    try:
        if raw:
            moment = _either(raw, reading, "pubDate", chinese)
        else:
            date = parts.text("date", DUBLIN_CORE)
            if not date:
                raise EntryError("no-time", "there is neither a pubDate nor a dc:date")
            moment = _either(date, reading, "dc:date", chinese)
    except EntryError as error:
        moment = missing_time(reading, error)
    known = guid if "://" in guid else f"{channel.link}\x1f{guid}" if guid else ""
    return item_of(
        reading,
        line,
        id_=f"rss-{digest(known or url or f'{channel.link}{title}{raw}')}",
        moment=moment,
        title=title,
        summary=summary,
        url=url,
        source=parts.text("source") or channel.title,
        feed=channel.format,
        language=parts.text("language", DUBLIN_CORE) or channel.language,
    )


def _atom(parts: _Parts, channel: Channel, reading: Reading, line: int) -> NewsItem:
    links = [(child.get("rel", "alternate"), child.get("href", "")) for child in parts.all("link")]
    url = next((href for rel, href in links if rel == "alternate" and href), links[0][1] if links else "")
    name, title = parts.text("id"), parts.text("title")
    chinese = _chinese(channel, url)
    published = parts.text("published") or parts.text("issued")
    updated = parts.text("updated") or parts.text("modified")
    notes = []
    try:
        if published:
            moment = _either(published, reading, "published", chinese)
            if updated and updated != published:
                notes.append(f"updated {updated[:40]}: the text may be of that version")
        elif updated:
            moment = _either(updated, reading, "updated", chinese)
            notes.append("the time of its last change; the feed gives no time of publication")
        else:
            raise EntryError("no-time", "there is neither published nor updated")
    except EntryError as error:
        moment = missing_time(reading, error)
    known = name if ":" in name else f"{channel.link}\x1f{name}" if name else ""
    named = (part for child in parts.all("source") for part in child if local_name(part.tag) == "title")
    return item_of(
        reading,
        line,
        id_=f"atom-{digest(known or url or f'{channel.link}{title}{published or updated}')}",
        moment=moment,
        title=title,
        summary=parts.text("summary") or parts.text("content"),
        url=_unwrapped(url),
        source=next((_text(part) for part in named), "") or channel.title,
        feed="atom",
        language=parts.entry.get(LANG, "") or channel.language,
        notes=notes,
    )


def _either(raw: str, reading: Reading, name: str, chinese: bool) -> Moment:
    if _is_rfc(raw):
        return times.rfc822(raw, reading.timezone, name, chinese=chinese)
    try:
        return times.iso(raw, reading.timezone, name)
    except EntryError as error:
        found = (
            written(raw.strip(), reading.timezone, name, chinese=chinese)
            if error.code == "bad-time"
            else None
        )
        if found is None:
            raise
        return found


def _is_rfc(raw: str) -> bool:
    """Whether a time has the name of a month in it, and so is no ISO 8601."""
    return _MONTH.search(raw) is not None


def _chinese(channel: Channel, url: str) -> bool:
    """Whether CST may mean China's time here."""
    hosts = [_host(address) for address in (channel.link, url)]
    ends = (".cn", ".hk", ".tw", ".mo")
    return channel.language.lower().startswith("zh") or any(host.endswith(ends) for host in hosts)


def _host(address: str) -> str:
    """Host of an address; empty where there is none."""
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def _unwrapped(url: str) -> str:
    """The address that a Google Alert's redirect leads to."""
    try:
        parts = urlsplit(url)
        if (parts.hostname or "").startswith("www.google.") and parts.path == "/url":
            query = parse_qs(parts.query)
            return (query.get("url") or query.get("q") or [url])[0]
    except ValueError:
        return url
    return url


def _text(element: Element) -> str:
    """Text of an element; of one with markup as elements (Atom's xhtml) all texts with spaces between."""
    if len(element) == 0:
        return (element.text or "").strip()
    return " ".join(part.strip() for part in _texts(element) if part.strip())


def _texts(element: Element) -> Iterator[str]:
    """Texts within, without those of scripts and styles."""
    if local_name(element.tag) in ("script", "style"):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
