"""``newsbt catalysts check`` and ``newsbt catalysts list``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from newsbt.cli import extract, fetch, news, options, render, score, stories

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from newsbt.adapters.workspace import Workspace
    from newsbt.catalysts.lint import Entry
    from newsbt.records import Finding

__all__ = ["app", "check", "list_"]

app = typer.Typer(
    help="From raw news to catalogues, and catalogues checked.",
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("import")(news.import_)
app.command()(fetch.fetch)
app.command()(stories.link)
app.command()(stories.chain)
app.command()(score.score)
app.command()(extract.extract)

Names: TypeAlias = list[str] | None
#: Calendar days looked up around the dates of a catalogue.
MARGIN_DAYS = 14
#: First year whose shut days are looked up; older rows are checked without a calendar.
FIRST_YEAR = 1990


@app.command()
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Default: data/catalysts.")
    ] = None,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Check catalogues row by row.

    Says file and line, what is wrong and what to write instead. Exit status 1 if there is more than hints, 2
    if a file cannot be read at all.

    Example: newsbt catalysts check mine.csv
    """
    from newsbt.adapters.catalogue import read_rows
    from newsbt.catalysts.lint import read_entries
    from newsbt.cli import catalyst_lines
    from newsbt.errors import CatalystError

    place = options.open_workspace(workspace)
    entries: dict[str, list[Entry]] = {}
    unreadable: list[dict[str, str]] = []
    for path in _files(files, place):
        try:
            entries[str(path)] = read_entries(read_rows(path), str(path))
        except CatalystError as error:
            unreadable.append({"file": str(path), "message": str(error)})
    found = _lint(entries, place)
    if as_json:
        value: dict[str, Any] = {"files": {name: len(rows) for name, rows in entries.items()}}
        value["findings"] = [catalyst_lines.finding_json(item) for item in found]
        render.json_value({**value, "unreadable": unreadable})
    else:
        for item in found:
            start = len(f"{item.where}: {item.severity}:")
            render.paragraph(catalyst_lines.finding_text(item), hanging="  ", unbroken=start)
        if entries:
            rows = {name: len(rows) for name, rows in entries.items()}
            render.lines([*([""] if found else []), catalyst_lines.tally(rows, found)])
    for case in unreadable:
        render.note(case["message"])
    if unreadable or any(item.severity != "info" for item in found):
        raise typer.Exit(2 if unreadable else 1)


@app.command("list")
def list_(
    start: options.Start = None,
    end: options.End = None,
    issuers: Annotated[
        Names, typer.Option("--issuer", metavar="NAME", help="News that names this issuer; repeatable.")
    ] = None,
    symbols: Annotated[
        str | None,
        typer.Option("--symbols", metavar="A,B", help="News that names these listings or issuers."),
    ] = None,
    categories: Annotated[
        Names, typer.Option("--category", metavar="NAME", help="earnings, policy, ...; repeatable.")
    ] = None,
    roles: Annotated[
        Names, typer.Option("--role", metavar="NAME", help="event, umbrella, noise or calendar; repeatable.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Show the latest N only.")
    ] = None,
    catalysts: options.CatalystFiles = None,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """List catalysts, oldest first, dates in UTC.

    Several filters must all fit; of several names for one filter, any.

    Example: newsbt catalysts list --issuer Alibaba --category earnings --start 2025-01-01
    """
    from newsbt.adapters.catalogue import read_catalogues
    from newsbt.catalysts.choose import choose
    from newsbt.cli import catalyst_lines

    place = options.open_workspace(workspace)
    everything = read_catalogues(_files([Path(name) for name in catalysts or ()], place))
    chosen = choose(
        everything,
        place.universe(),
        start=_day(start, "--start"),
        end=_day(end, "--end"),
        names=_parts([*(issuers or ()), symbols or ""]),
        categories=_parts(categories),
        roles=_parts(roles),
    )
    shown = chosen[-limit:] if limit else chosen
    if as_json:
        rows = [catalyst_lines.catalyst_json(item) for item in shown]
        render.json_value({"total": len(everything), "matching": len(chosen), "catalysts": rows})
        return
    for item in shown:
        render.lines(catalyst_lines.catalyst_lines(item, render.screen_width()))
    latest = f", the latest {len(shown)} shown" if len(shown) < len(chosen) else ""
    render.lines([*([""] if shown else []), f"{len(chosen)} of {len(everything)} catalysts{latest}"])


def _files(named: Sequence[Path] | None, place: Workspace) -> list[Path]:
    """The files that were named, each once, else those of the workspace, relative if below here."""
    from newsbt.errors import InputError

    if named:
        return list(dict.fromkeys(named))
    files = place.catalogue_files()
    if not files:
        raise InputError(f"there is no catalyst file in {place.catalysts}; name one, or put one there")
    try:
        here = Path.cwd()
    except FileNotFoundError:
        return files
    return [path.relative_to(here) if path.is_relative_to(here) else path for path in files]


def _lint(files: Mapping[str, Sequence[Entry]], place: Workspace) -> list[Finding]:
    import datetime as dt

    from newsbt.adapters.calendars import load_calendars
    from newsbt.catalysts.lint import lint_entries
    from newsbt.universe import VENUES

    today = dt.datetime.now(dt.UTC).date()
    universe = place.universe()
    days = [item.catalyst.published_at.date() for rows in files.values() for item in rows if item.catalyst]
    if not days:
        return lint_entries(files, universe, {}, today)
    margin = dt.timedelta(days=MARGIN_DAYS)
    floor = dt.date(FIRST_YEAR, 1, 1)
    first = min(max(min(days) - margin, floor), today)
    last = max(min(max(days), today) + margin, first + margin)
    calendars = load_calendars(tuple(VENUES), place.overlay_file, first, last)
    return lint_entries(files, universe, calendars, today)


def _parts(texts: Sequence[str] | None) -> tuple[str, ...]:
    """Names of repeated options, each of which may hold several with commas between."""
    pieces = [piece.strip() for text in texts or () for piece in text.split(",")]
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def _day(text: str | None, option: str) -> dt.date | None:
    import datetime as dt

    from newsbt.errors import InputError

    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{option} {text!r} is no date; write it as 2025-02-11") from error
