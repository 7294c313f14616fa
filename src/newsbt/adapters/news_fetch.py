"""Answers of feeds: HTTP with limits on time, size and redirects, and news from yfinance."""

from __future__ import annotations

import base64
import json
import logging
import ssl
import threading
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, Any, Final, TypeVar
from urllib.parse import unquote, urlsplit, urlunsplit

from newsbt import __version__
from newsbt.adapters.news_gzip import MAGIC
from newsbt.errors import DataUnavailableError, InputError

__all__ = ["YFINANCE", "Answer", "BusyError", "check_feed", "get", "public_name", "yahoo_news"]

Result = TypeVar("Result")

#: What a feed of yfinance begins with, before its symbol.
YFINANCE: Final = "yfinance:"
#: Bytes of the largest answer, compressed or not.
LARGEST: Final = 16 * 2**20
#: Longest that a server is left alone because it asks for it.
LONGEST_WAIT_S: Final = 86_400.0
MOST_REDIRECTS: Final = 5
CHUNK: Final = 64 * 1024
#: How much longer to wait for a call that minds the time itself.
GRACE_S: Final = 0.5
#: Entries asked of Yahoo for one symbol.
COUNT: Final = 50


class BusyError(DataUnavailableError):
    """An answer that is an error, and how many seconds the server asks to be left alone (0: not said)."""

    def __init__(self, message: str, wait_s: float = 0.0) -> None:
        super().__init__(message)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent.

    Parameters
    ----------
    content : bytes or None
        None where nothing has changed since.
    etag, modified : str
        To be sent with the next question; empty where the server gives none.
    """

    content: bytes | None
    etag: str = ""
    modified: str = ""


def check_feed(feed: str) -> str:
    """`feed` without the spaces around.

    Raises
    ------
    InputError
        If it is neither an http or https address nor ``yfinance:SYMBOL``.
    """
    clean = feed.strip()
    if clean.lower().startswith(YFINANCE):
        symbol = clean[len(YFINANCE) :].strip()
        if not symbol or not all(mark.isalnum() or mark in ".-=^" for mark in symbol):
            raise InputError(f"--feed {feed!r} names no symbol; write yfinance:BABA or yfinance:9988.HK")
        return f"{YFINANCE}{symbol.upper()}"
    try:
        parts = urlsplit(clean)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fine = False
    if not fine or any(mark.isspace() for mark in clean):
        raise InputError(f"--feed {feed!r} is no feed; write an http or https address, or yfinance:SYMBOL")
    return clean


def public_name(feed: str) -> str:
    """`feed` without what may be secret: user, password and query."""
    if feed.startswith(YFINANCE):
        return feed
    parts = urlsplit(feed)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def get(url: str, *, etag: str = "", modified: str = "", timeout: float = 30.0) -> Answer:
    """Ask a server for a feed.

    Parameters
    ----------
    url : str
        An http or https address.
    etag, modified : str
        Of the last answer.
    timeout : float
        Seconds for all of it, redirects among it.

    Raises
    ------
    DataUnavailableError
        If there is no answer in time, or one that is an error, too large, or redirected elsewhere than to
        http and https.
    """
    return _within(timeout, lambda: _get(url, etag, modified, timeout), url)


def yahoo_news(symbol: str, *, session: object | None = None, timeout: float = 30.0) -> Answer:
    """Yahoo's news of one symbol as yfinance gives them, as JSON.

    Parameters
    ----------
    symbol : str
        As Yahoo writes it.
    session : requests.Session or curl_cffi Session or None
        None lets yfinance make its own.
    timeout : float
        Seconds for all of it.

    Raises
    ------
    DataUnavailableError
        If Yahoo refuses, fails, cannot be reached, or answers in another shape than yfinance knows.
    """
    return _within(timeout, lambda: _yahoo(symbol, session), f"{YFINANCE}{symbol}")


def _get(url: str, etag: str, modified: str, timeout: float) -> Answer:
    end = time.monotonic() + timeout
    headers = {
        "User-Agent": f"newsbt/{__version__}",
        "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1",
        "Accept-Encoding": "identity",
    }
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    where = public_name(url)
    parts = urlsplit(url)
    if parts.username is not None:
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        headers["Authorization"] = f"Basic {base64.b64encode(secret).decode('ascii')}"
        url = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    try:
        with _opener().open(urllib.request.Request(url, headers=headers), timeout=timeout) as response:
            content = _read(response, where, end)
            return Answer(
                content, response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
            )
    except urllib.error.HTTPError as error:
        with error:
            if error.code == 304:
                return Answer(None, etag, modified)
            wait = _asked_to_wait(error)
            asks = f" and asks to wait {wait:.0f} s" if wait else ""
            raise BusyError(f"{where} answers {error.code} {error.reason}{asks}", wait) from error
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise DataUnavailableError(f"{where} cannot be had: {_short(reason)}") from error


def _read(response: HTTPResponse, where: str, end: float) -> bytes:
    packed = (response.headers.get("Content-Encoding") or "").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise DataUnavailableError(f"{where} answers in the encoding {packed!r}, which is not read")
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 32) if "gzip" in packed or packed == "deflate" else None
    content = bytearray()
    while piece := response.read1(CHUNK):
        if time.monotonic() > end:
            raise DataUnavailableError(f"{where} does not send all of its answer in time")
        try:
            content += inflate.decompress(piece, LARGEST + 1) if inflate else piece
        except zlib.error as error:
            raise DataUnavailableError(f"{where} answers with damaged {packed}") from error
        if len(content) > LARGEST or (inflate is not None and inflate.unconsumed_tail):
            raise DataUnavailableError(
                f"{where} answers with more than {LARGEST // 2**20} MiB, which is no feed"
            )
    # Neither is an error to the library: a part would count as the whole, and its mark be kept.
    if response.length or (inflate is not None and not inflate.eof):
        raise DataUnavailableError(f"{where} breaks its answer off after {len(content):,} bytes")
    return _unpacked(bytes(content), where) if content.startswith(MAGIC) else bytes(content)


def _unpacked(content: bytes, where: str) -> bytes:
    """What is in an answer that is a packed file (feed.xml.gz), whatever its headers say."""
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        found = inflate.decompress(content, LARGEST + 1)
    except zlib.error as error:
        raise DataUnavailableError(f"{where} answers with a damaged gzip file") from error
    if len(found) > LARGEST:
        raise DataUnavailableError(f"{where} answers with more than {LARGEST // 2**20} MiB, which is no feed")
    if not inflate.eof:
        raise DataUnavailableError(f"{where} answers with a gzip file that breaks off")
    return found


def _asked_to_wait(error: urllib.error.HTTPError) -> float:
    """Seconds that a server asks to be left alone, by ``Retry-After``; 0 where it does not say."""
    raw = (error.headers.get("Retry-After") or "").strip()
    if raw.isascii() and raw.isdigit():
        return min(float(raw[:9]), LONGEST_WAIT_S)
    try:
        seconds = parsedate_to_datetime(raw).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(seconds, 0.0), LONGEST_WAIT_S)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """A few redirects, to http and https only, and never from https to http."""

    max_redirections = MOST_REDIRECTS
    max_repeats = 2

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        scheme = urlsplit(newurl).scheme
        if scheme not in ("http", "https") or (req.type == "https" and scheme == "http"):
            fp.close()
            raise urllib.error.URLError(f"it is redirected to {scheme or 'nowhere'}, which is not followed")
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        if request is not None and urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            request.headers.pop("Authorization", None)
        return request


def _opener() -> urllib.request.OpenerDirector:
    """HTTP and nothing else: no files, no FTP, no data addresses."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        urllib.request.HTTPDefaultErrorHandler(),
        _Redirects(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _yahoo(symbol: str, session: object | None) -> Answer:
    import yfinance as yf
    from yfinance.exceptions import YFException, YFRateLimitError

    debug, logger = yf.config.debug, logging.getLogger("yfinance")
    hidden, level = debug.hide_exceptions, logger.level
    # Else yfinance logs a failure and gives an empty list, which looks like no news.
    debug.hide_exceptions = False
    logger.setLevel(logging.CRITICAL + 1)
    try:
        entries: Any = yf.Ticker(symbol, session=session).get_news(count=COUNT)
    except YFRateLimitError as error:
        raise DataUnavailableError(
            f"Yahoo refuses more requests for now (HTTP 429), asked for {symbol}"
        ) from error
    except (YFException, OSError, ValueError) as error:
        raise DataUnavailableError(f"Yahoo gave no news of {symbol}: {_short(error)}") from error
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise DataUnavailableError(
            f"Yahoo's answer for {symbol} has another shape than yfinance {yf.__version__} expects: "
            f"{_short(error)}"
        ) from error
    finally:
        debug.hide_exceptions = hidden
        logger.setLevel(level)
    if not isinstance(entries, list):
        raise DataUnavailableError(f"Yahoo's answer for {symbol} is no list of news")
    return Answer(json.dumps(entries).encode("utf-8"))


def _within(seconds: float, call: Callable[[], Result], what: str) -> Result:
    """The result of `call`; DataUnavailableError if it takes longer, however slowly it trickles in.

    A call that takes longer is left alone: its thread ends with its socket or with the program.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds + GRACE_S)
    if thread.is_alive():
        raise DataUnavailableError(f"{public_name(what)} does not answer within {seconds:g} s")
    if errors:
        raise errors[0]
    return results[0]


def _short(error: object) -> str:
    lines = str(error).splitlines()
    return lines[0][:160] if lines else type(error).__name__
