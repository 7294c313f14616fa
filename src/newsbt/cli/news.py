"""``newsbt catalysts import``: feeds to a news file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["import_"]

Zone = Annotated[
    str,
    typer.Option(
        "--timezone", metavar="ZONE", help="Of times without an offset: Asia/Hong_Kong; else refused."
    ),
]


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Feeds, exports, tables.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT", help="News file: .jsonl, .csv or .parquet.")
    ],
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            help="Default: by content. yfinance, rss, atom, jsonfeed, gdelt, alphavantage, finnhub, news or"
            " table.",
        ),
    ] = "",
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="OURS=THEIRS",
            help="Columns of a table: published_at=time,title=headline; others are found by name.",
        ),
    ] = None,
    timezone: Zone = "",
    time_format: Annotated[
        str,
        typer.Option("--time-format", metavar="F", help="Times of a table as strptime has them: %d/%m/%Y."),
    ] = "",
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="NAME", help="Of texts that do not say; default: utf-8.")
    ] = "",
    midnight_is_day: Annotated[
        bool, typer.Option("--midnight-is-day", help="Midnight to the second: only the day is known.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", metavar="FILE", help="Write refused entries to this .jsonl or .csv."),
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Read raw news; write a news file.

    Every entry is imported, or listed with the reason. What a file is, is found by its content.

    Example: newsbt catalysts import feed.xml export.csv -o week.jsonl
    """
    from newsbt.adapters.news_import import import_news
    from newsbt.cli import news_lines
    from newsbt.cli.progress import ProgressBar

    with ProgressBar() as bar:
        report = import_news(
            files,
            output,
            format=format_,
            columns=_columns(maps or ()),
            timezone=timezone,
            time_format=time_format,
            encoding=encoding,
            midnight_is_day=midnight_is_day,
            rejects=rejects,
            progress=bar,
        )
    if as_json:
        render.json_value(news_lines.report_json(report, str(output)))
        return
    news_lines.show_report(report, str(output), str(rejects or ""))


def _columns(maps: Iterable[str]) -> dict[str, str]:
    """``ours=theirs`` pairs, several in one option with commas between."""
    from newsbt.errors import InputError

    columns: dict[str, str] = {}
    for pair in (piece for text in maps for piece in text.split(",")):
        ours, sign, theirs = (part.strip() for part in pair.partition("="))
        if not (ours and sign and theirs):
            raise InputError(f"--map {pair!r}: write OURS=THEIRS, such as published_at=time")
        if ours in columns:
            raise InputError(f"--map names {ours} twice; keep one")
        columns[ours] = theirs
    return columns
