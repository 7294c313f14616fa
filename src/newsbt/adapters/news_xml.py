"""Entries of RSS and Atom files, one after the other: no DTD, no entities of its own, bounded memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.entities import html5
from typing import IO, Final
from xml.etree.ElementTree import Element

from newsbt.adapters.news_text import LARGEST_ENTRY, EntryTooLargeError, Meter, text_stream
from newsbt.errors import InputError
from newsbt.news.feeds import ENTRY_TAGS, LANG, ROOTS, Channel, local_name
from newsbt.news.outcome import Broken

__all__ = ["feed_channel", "xml_entries"]

DEEPEST: Final = 64
#: Elements in one entry, or between two.
MOST_ELEMENTS: Final = 20_000
_LOST: Final = "what follows is not read"


def feed_channel(head: bytes, encoding: str, where: str) -> Channel:
    """The kind of feed that begins with `head`.

    Raises
    ------
    InputError
        If it is none: another root element, a document type, no XML.
    """
    channel = Channel("")
    for _ in xml_entries(io.BytesIO(head), encoding, channel, where):
        break
    return Channel(channel.format)


def xml_entries(
    handle: IO[bytes], encoding: str, channel: Channel, where: str
) -> Iterator[tuple[int, Element | Broken]]:
    """Elements of the entries with their positions from 1; what follows a break is lost, the break listed.

    Parameters
    ----------
    handle : binary file
        The document.
    encoding : str
        Of the document.
    channel : Channel
        Filled with what the feed says of itself before its entries.
    where : str
        Name of the file, for messages.

    Raises
    ------
    InputError
        For a document with a document type or entities of its own, and for one that is no feed.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError

    stream = text_stream(handle, encoding)
    meter = Meter(stream)
    count = 0
    try:
        for entry in _entries(meter, channel, where):
            count += 1
            meter.entry_done()
            yield count, entry
    except DefusedXmlException as error:
        raise InputError(
            f"{where}: the XML has a document type or entities of its own, which can read files and fill the "
            "memory; remove them: a feed needs none"
        ) from error
    except EntryTooLargeError:
        yield (
            count + 1,
            Broken("too-large", f"the entry is larger than {LARGEST_ENTRY // 2**20} MiB; {_LOST}"),
        )
    except _TooDeepError:
        yield (
            count + 1,
            Broken("broken", f"the entry has more than {DEEPEST} levels or too many parts; {_LOST}"),
        )
    except (ParseError, ValueError) as error:
        if not channel.format:
            raise InputError(f"{where}: this is no XML that can be read: {error}") from error
        yield count + 1, Broken("broken", f"the XML breaks off here: {error}; {_LOST}")
    finally:
        stream.close()


class _TooDeepError(Exception):
    """More levels or parts than any feed has."""


def _entries(meter: Meter, channel: Channel, where: str) -> Iterator[Element]:
    from defusedxml.ElementTree import iterparse

    stack: list[Element] = []
    inside = 0  # depth of the entry that is open, 0 for none
    elements = 0
    for event, element in iterparse(_Mended(meter), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            elements += 1
            if len(stack) >= DEEPEST or elements > MOST_ELEMENTS:
                raise _TooDeepError
            stack.append(element)
            if len(stack) == 1:
                _set_root(element, channel, where)
            elif not inside and local_name(element.tag) in ENTRY_TAGS:
                inside = len(stack)
            continue
        stack.pop()
        if inside and len(stack) >= inside:
            continue
        if inside:
            inside = elements = 0
            yield element
        elif len(stack) <= 2:
            _tell(element, channel)
        # What has been read is forgotten, here and in its parent.
        element.clear()
        if stack:
            stack[-1].remove(element)


def _set_root(root: Element, channel: Channel, where: str) -> None:
    name = local_name(root.tag)
    if name not in ROOTS:
        page = "; this is a web page, look for its RSS or Atom feed" if name.lower() == "html" else ""
        raise InputError(f"{where}: the XML begins with <{name[:40]}>, and is no RSS or Atom feed{page}")
    channel.format = ROOTS[name]
    channel.language = root.get(LANG, "")


def _tell(element: Element, channel: Channel) -> None:
    """Keep what a child of the channel says of it."""
    name, text = local_name(element.tag), (element.text or "").strip()[:500]
    if name == "title" and not channel.title:
        channel.title = text
    elif name == "language" and text:
        channel.language = text
    elif name == "link" and not channel.link:
        channel.link = text or element.get("href", "")[:500]
    elif name == "id" and channel.format == "atom":
        channel.link = text


#: A CDATA section's ends, and ampersands with what makes them a reference.
_MARKS = re.compile(
    r"<!\[CDATA\[|\]\]>|&(?:#(\d{1,8});|#[xX]([0-9a-fA-F]{1,7});|([A-Za-z][A-Za-z0-9]{0,31});)?"
)
_PREDEFINED: Final = ("amp", "lt", "gt", "quot", "apos")
_CONTROL: Final = {code: " " for code in [*range(32), 0xFFFE, 0xFFFF] if chr(code) not in "\t\n\r"}
#: Characters kept back at the end of a piece: the longest mark.
LONGEST_MARK: Final = 40


class _Mended:
    """Pieces of XML, mended: bare ampersands, HTML's entities, control characters.

    Every reference that is not XML's own is gone before the parser sees it.
    """

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._kept = ""
        self._cdata = False
        self._started = False

    def read(self, size: int = -1) -> str:
        """The next piece, whatever `size`; empty at the end."""
        while True:
            piece = self._meter.text()
            text = self._kept + piece
            if not self._started:
                # White space before the declaration is a frequent mistake, and forbidden.
                text = text.lstrip("\ufeff \t\r\n")
                self._started = bool(text)
            cut = _clean_cut(text) if piece else len(text)
            self._kept = text[cut:]
            mended = _MARKS.sub(self._mend, text[:cut]).translate(_CONTROL)
            if mended or not piece:
                return mended

    def _mend(self, match: re.Match[str]) -> str:
        mark = match[0]
        if mark[0] == "<":
            self._cdata = True
        elif mark[0] == "]":
            self._cdata = False
        elif not self._cdata:
            return _reference(match)
        return mark


def _clean_cut(text: str) -> int:
    """Where to end a piece so that no mark is cut in two."""
    floor = max(0, len(text) - LONGEST_MARK)
    cut = max(text.rfind(mark, floor) for mark in "&<]")
    while cut > floor and text[cut - 1] in "]<&":
        cut -= 1
    return len(text) if cut < 0 else cut


def _reference(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        valid = (
            code in (9, 10, 13)
            or 32 <= code <= 0xD7FF
            or 0xE000 <= code <= 0xFFFD
            or 0x10000 <= code <= 0x10FFFF
        )
        return match[0] if valid else "\ufffd"
    if name in _PREDEFINED:
        return match[0]
    if name and f"{name};" in html5:
        return "".join(f"&#{ord(mark)};" for mark in html5[f"{name};"])
    return "&amp;" + match[0][1:]
