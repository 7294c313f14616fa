"""``newsbt catalysts fetch``: feeds polled into an archive that only grows."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsbt.cli import options, render
from newsbt.cli.news import Zone

if TYPE_CHECKING:
    from newsbt.adapters.news_archive import Archive
    from newsbt.adapters.news_polls import Poll, Poller

__all__ = ["fetch"]

#: Servers are not to be asked more often.
SHORTEST_S = 10
INTERRUPTED = 130


def fetch(
    feeds: Annotated[
        list[str],
        typer.Option(
            "--feed", metavar="FEED", help="Address of an RSS or Atom feed, or yfinance:BABA; repeatable."
        ),
    ],
    archive: Annotated[
        Path, typer.Option("--archive", metavar="FILE", help="News file, .jsonl, to append to.")
    ],
    every: Annotated[
        str | None,
        typer.Option("--every", metavar="SPAN", help="Go on polling, 10min after 10min, until Ctrl-C."),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Poll once; so it is without --every.")] = False,
    timezone: Zone = "",
    timeout: Annotated[
        str, typer.Option("--timeout", metavar="SPAN", help="Longest wait for one answer.")
    ] = "30s",
    as_json: options.AsJson = False,
) -> None:
    """Poll feeds; append what is new to an archive.

    Every item gets the moment it was first seen. Nothing is ever rewritten: a story whose text or time
    changes is appended as a later version. A feed that fails costs a warning.

    Example: newsbt catalysts fetch --feed yfinance:BABA --archive seen.jsonl --every 10min
    """
    from newsbt.adapters.news_archive import Archive
    from newsbt.adapters.news_polls import Poller, failure
    from newsbt.errors import DataUnavailableError

    pause = None if once or every is None else _seconds(every, "--every", SHORTEST_S)
    with Archive(archive) as file:
        poller = Poller(file, feeds, timezone=timezone, timeout=_seconds(timeout, "--timeout", 1))
        if file.repaired:
            render.note(f"{archive}: an unfinished last line, of a writer that was killed, was taken off")
        if pause is None:
            poll = poller.poll()
            if poll.failed:
                raise DataUnavailableError(failure(poll))
            _show(poll, file, as_json)
            return
        _go_on(poller, file, pause, as_json)


def _go_on(poller: Poller, file: Archive, pause: float, as_json: bool) -> None:
    """Poll until Ctrl-C."""
    try:
        while True:
            begun = time.monotonic()
            _show(poller.poll(), file, as_json)
            sys.stdout.flush()
            time.sleep(max(0.0, pause - (time.monotonic() - begun)))
    except KeyboardInterrupt:
        render.note(f"stopped; {file.path} holds {len(file):,} items")
        raise typer.Exit(INTERRUPTED) from None


def _show(poll: Poll, file: Archive, as_json: bool) -> None:
    for feed in poll.feeds:
        if feed.status == "failed":
            render.note(f"warning: {feed.message}")
        elif feed.rejected:
            first = feed.rejected[0]
            more = f" ({len(feed.rejected) - 1} more)" if len(feed.rejected) > 1 else ""
            render.note(f"warning: {feed.feed}: entry {first.line} is left out: {first.reason}{more}")
    if as_json:
        render.json_value(_json(poll, file))
        return
    new, revised, known = (
        sum(getattr(feed, name) for feed in poll.feeds) for name in ("new", "revised", "known")
    )
    render.lines(
        [
            f"{poll.at:%Y-%m-%d %H:%M:%S} UTC  {new:,} new, {revised:,} revised, {known:,} known; "
            f"{file.path} holds {len(file):,}"
        ]
    )


def _json(poll: Poll, file: Archive) -> dict[str, Any]:
    values = asdict(poll)
    values["at"] = poll.at.isoformat()
    return {"archive": str(file.path), "items": len(file), **values}


def _seconds(text: str, option: str, least: float) -> float:
    from newsbt.durations import parse_duration
    from newsbt.errors import InputError

    seconds = parse_duration(text, option).total_seconds()
    if seconds < least:
        raise InputError(f"{option} is {text!r}; write a span of at least {least:g}s")
    return seconds
