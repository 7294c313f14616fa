"""``newsbt.link_news``: whom news is about, for a notebook."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from newsbt.adapters.aliases import load_linker
from newsbt.adapters.news_files import iter_news
from newsbt.adapters.workspace import find_workspace
from newsbt.linking.catalogue import MIN_RELEVANCE, Linked, link_items
from newsbt.news.items import NewsItem
from newsbt.news.moments import KnownRule

__all__ = ["link_news"]


def link_news(
    news: str | os.PathLike[str] | Iterable[NewsItem],
    *,
    workspace: str | os.PathLike[str] | None = None,
    known: KnownRule = "published",
    min_relevance: float = MIN_RELEVANCE,
    funds: bool = False,
    report: Callable[[int], None] | None = None,
) -> Linked:
    """Say whom news is about, and make rows of a catalogue of it.

    Parameters
    ----------
    news : path or iterable of NewsItem
        A news file, as ``newsbt catalysts import`` writes it, or its items.
    workspace : path or None
        Whose aliases and universe to use; by default as for :func:`newsbt.run`.
    known, min_relevance, funds, report
        See :func:`newsbt.linking.catalogue.link_items`.

    Returns
    -------
    Linked
        `catalysts`, and `rejected` with the reason; together every item.

    Raises
    ------
    InputError
        If the news file or the table of aliases cannot be used.
    """
    place = find_workspace(Path(workspace) if workspace is not None else None)
    items = iter_news(Path(news)) if isinstance(news, str | os.PathLike) else news
    return link_items(
        items,
        load_linker(place),
        place.universe(),
        known=known,
        min_relevance=min_relevance,
        funds=funds,
        report=report,
    )
