"""``newsbt prices fetch`` and ``newsbt prices check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["app", "check", "fetch"]

app = typer.Typer(
    help="Fetch and check prices.",
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def fetch(
    symbols: options.Symbols = None,
    start: options.Start = None,
    end: options.End = None,
    prices: options.Prices = None,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Fetch prices into the cache.

    Only what the cache lacks is asked for. Without --symbols: every traded listing and the benchmark.

    Example: newsbt prices fetch --symbols Alibaba --start 2019-01-02
    """
    from newsbt.adapters.prices.load import open_source
    from newsbt.adapters.settings import load_settings
    from newsbt.cli import price_tables
    from newsbt.cli.progress import ProgressBar
    from newsbt.errors import InputError

    place = options.open_workspace(workspace)
    if prices not in (None, "yahoo"):
        raise InputError(
            f"prices fetch fetches from yahoo; {prices} is read as it is, look at it with: prices check"
        )
    universe, names = place.universe(), _names(symbols)
    wanted = [*universe.select(names)]
    benchmark = load_settings(place).run.benchmark or "KWEB"
    if not names and benchmark in universe.listings and universe.listings[benchmark] not in wanted:
        wanted.append(universe.listings[benchmark])
    with ProgressBar() as bar:
        fetched = price_tables.fetch(
            open_source("yahoo", place.data),
            wanted,
            _day(start, "--start"),
            _day(end, "--end"),
            bool(names),
            bar,
        )
    if as_json:
        render.json_value(fetched)
        return
    render.table(
        ("symbol", "bars", "first", "last", "fetched at"), price_tables.fetch_rows(fetched), right=("bars",)
    )
    for note in fetched["notes"]:
        render.note(note)


@app.command()
def check(
    prices: options.Prices = None,
    symbols: options.Symbols = None,
    start: options.Start = None,
    end: options.End = None,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Say what is wrong with prices and what is done about it.

    Exit status 1 if there is more than information. Without --symbols: every listing the prices hold.

    Example: newsbt prices check --prices my_prices
    """
    from newsbt.adapters.prices.load import open_source
    from newsbt.adapters.settings import load_settings
    from newsbt.cli import price_tables
    from newsbt.cli.progress import ProgressBar

    place = options.open_workspace(workspace)
    source = open_source(prices or load_settings(place).run.prices or "sample", place.data)
    with ProgressBar() as bar:
        checked = price_tables.check(
            source, place, _names(symbols), _day(start, "--start"), _day(end, "--end"), bar
        )
    if as_json:
        render.json_value(checked.as_json())
    else:
        render.paragraph(checked.headline())
        if checked.book.findings:
            render.lines([""])
            render.table(("severity", "code", "findings", "where"), checked.groups(), right=("findings",))
        serious = checked.serious()
        if serious:
            render.lines([""])
            render.findings(serious, most=20)
    if checked.serious():
        raise typer.Exit(1)


def _names(symbols: str | None) -> tuple[str, ...]:
    from newsbt.errors import InputError

    names = tuple(name.strip() for name in (symbols or "").split(",") if name.strip())
    if symbols is not None and not names:
        raise InputError(f"--symbols is {symbols!r}; name listings or issuers, or leave it out for all")
    return names


def _day(text: str | None, option: str) -> dt.date | None:
    import datetime as dt

    from newsbt.errors import InputError

    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{option} {text!r} is no date; write it as 2019-01-02") from error
