"""News items made into rows of a catalogue: whom each is about, and why the others are left out (pure)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from newsbt.linking.linker import Linker
from newsbt.news.items import NewsItem
from newsbt.news.moments import KnownRule, entered_at, entered_precision
from newsbt.records import Catalyst
from newsbt.sentiment.categories import FALLBACK, category_of, category_scores
from newsbt.universe import Universe

__all__ = ["MIN_RELEVANCE", "REASONS", "Linked", "Rejected", "link_items", "linked_items"]

#: Least relevance of an issuer that a row is given.
MIN_RELEVANCE: Final = 0.3
#: Relevance of an issuer that only the feed's tickers name: many feeds attach all that a text touches.
BY_FEED: Final = 0.25
#: Relevance from which a story that a rival appears in is the issuer's own.
OWN_NEWS: Final = 0.6
#: Kinds of listings that are no company's.
FUNDS: Final = frozenset({"etf", "index"})

#: Why an item becomes no row.
REASONS: Final[Mapping[str, str]] = {
    "no-issuer": "names no issuer of the table",
    "low-relevance": "names issuers in passing only",
    "funds-only": "names funds or indices only",
    "no-title": "has no title",
    "repeated-id": "has the id of an item before it",
}
_UNFIT = re.compile(r"[\s;]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item that became no row, with a key of :data:`REASONS` and the relevance that it had."""

    item: NewsItem
    reason: str
    relevance: float


@dataclass(frozen=True, slots=True)
class Linked:
    """Rows, oldest first, and what is left; together every item that was given."""

    catalysts: Sequence[Catalyst]
    rejected: Sequence[Rejected]


def link_items(
    items: Iterable[NewsItem],
    linker: Linker,
    universe: Universe,
    *,
    known: KnownRule = "published",
    min_relevance: float = MIN_RELEVANCE,
    funds: bool = False,
    report: Callable[[int], None] | None = None,
) -> Linked:
    """Say whom each item is about, and make it a row of a catalogue.

    Parameters
    ----------
    items : iterable of NewsItem
    linker : Linker
    universe : Universe
        Which listings are those of funds, and to whom the tickers of a feed belong.
    known : {"published", "fetched"}
        When an item enters a backtest; see :func:`newsbt.news.moments.entered_at`.
    min_relevance : float
        0 to 1. Issuers below it are left out of a row.
    funds : bool
        Whether funds and indices count as issuers.
    report : callable, optional
        Told how many items are done.

    Returns
    -------
    Linked
        The issuers of a row are ordered by relevance. Its category is that of the words of the title
        (:func:`newsbt.sentiment.categories.category_of`); direction and strength are left open.
    """
    rows: list[Catalyst] = []
    left: list[Rejected] = []
    for found in linked_items(
        items, linker, universe, known=known, min_relevance=min_relevance, funds=funds, report=report
    ):
        if isinstance(found, Rejected):
            left.append(found)
        else:
            rows.append(found)
    return Linked(sorted(rows, key=lambda row: (row.published_at, row.id)), left)


def linked_items(
    items: Iterable[NewsItem],
    linker: Linker,
    universe: Universe,
    *,
    known: KnownRule = "published",
    min_relevance: float = MIN_RELEVANCE,
    funds: bool = False,
    report: Callable[[int], None] | None = None,
) -> Iterator[Catalyst | Rejected]:
    """As :func:`link_items`, one after the other in the order of the items; only their ids are kept."""
    passive = _funds(universe) if not funds else frozenset()
    seen: set[str] = set()
    for count, item in enumerate(items, 1):
        found = _issuers(item, linker, universe)
        chosen = {name: value for name, value in found.items() if name not in passive}
        strong = [name for name, value in chosen.items() if value >= min_relevance]
        reason = _reason(item, found, chosen, strong, seen)
        if reason:
            yield Rejected(item, reason, max(found.values(), default=0.0))
        else:
            seen.add(_id(item))
            yield _row(item, {name: chosen[name] for name in strong}, known)
        if report is not None:
            report(count)


def _issuers(item: NewsItem, linker: Linker, universe: Universe) -> dict[str, float]:
    found = linker.issuers_of(item.title, item.summary)
    for ticker in item.tickers:
        listing = universe.listings.get(ticker)
        if listing is not None:
            found.setdefault(listing.issuer, BY_FEED)
    return found


def _reason(
    item: NewsItem,
    found: Mapping[str, float],
    chosen: Mapping[str, float],
    strong: Sequence[str],
    seen: Collection[str],
) -> str:
    if not _clean(item.title):
        return "no-title"
    if not found:
        return "no-issuer"
    if not chosen:
        return "funds-only"
    if not strong:
        return "low-relevance"
    return "repeated-id" if _id(item) in seen else ""


def _row(item: NewsItem, issuers: Mapping[str, float], known: KnownRule) -> Catalyst:
    title = _clean(item.title)
    relevance = "relevance " + ", ".join(f"{name} {value:.2f}" for name, value in issuers.items())
    return Catalyst(
        id=_id(item),
        published_at=entered_at(item, known),
        time_precision=entered_precision(item, known),
        headline=title,
        category=_category(title, max(issuers.values())),
        scope="company",
        symbols=tuple(issuers),
        source=_clean(item.source or item.feed),
        note=_clean("; ".join(part for part in (relevance, item.url, item.note) if part)),
    )


def _category(title: str, relevance: float) -> str:
    """Category by the words of the title; not that of a rival's news where the issuer is what it is about."""
    found = category_of(title)
    if found != "peer_news" or relevance < OWN_NEWS:
        return found
    own = {name: weight for name, weight in category_scores(title).items() if name != "peer_news"}
    return max(own, key=lambda name: own[name], default=FALLBACK)


def _funds(universe: Universe) -> frozenset[str]:
    kinds: dict[str, set[str]] = {}
    for listing in universe.listings.values():
        kinds.setdefault(listing.issuer, set()).add(listing.kind)
    return frozenset(issuer for issuer, found in kinds.items() if found <= FUNDS)


def _id(item: NewsItem) -> str:
    plain = _UNFIT.sub("-", _clean(item.id))
    return (
        plain
        or hashlib.sha256(f"{item.published_at}{item.title}".encode("utf-8", "replace")).hexdigest()[:16]
    )


def _clean(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
