"""``newsbt ledger``: how much was tried so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from newsbt.adapters.ledger import Trials

__all__ = ["ledger"]

FIRST_DAYS = 10


def ledger(
    strategy: Annotated[
        str | None, typer.Option("--strategy", metavar="NAME", help="Only trials of this strategy.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only from this UTC day on.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Runs and searches to show.")
    ] = 10,
    place: Annotated[
        str | None, typer.Option("--ledger", metavar="URL", help="Database or file to read.")
    ] = None,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Show how much was tried, by strategy and by day.

    Example: newsbt ledger --strategy drift --since 2026-01-01
    """
    from newsbt.api.ledger import open_ledger

    day = _day(since)
    opened = open_ledger(options.open_workspace(workspace), place)
    if opened is None:
        render.note("the ledger is switched off (none), so nothing is counted; name one with --ledger")
        raise typer.Exit(2)
    total = opened.trials(strategy=strategy, since=day)
    tables = opened.summary(strategy=strategy, since=day)
    tables["searches"] = tables["searches"].head(limit)
    if as_json:
        rows = {name: _plain(frame) for name, frame in tables.items()}
        render.json_value({"ledger": opened.name, "total": _total_json(total), **rows})
        return
    if not total.points and (strategy or day):
        render.paragraph(_none_of(strategy, day, opened.summary(), opened.name), hanging="  ")
        return
    render.paragraph(_words(total, opened.name), hanging="  ")
    if total.points:
        _show(tables)


def _show(tables: dict[str, pd.DataFrame]) -> None:
    for name, key, most in (("strategies", "strategy", None), ("days", "day", FIRST_DAYS)):
        frame = tables[name].head(most) if most else tables[name]
        rows = [
            (row[key], f"{row['trials']:,}", f"{row['points']:,}", _two(row["best"]))
            for row in frame.to_dict("records")
        ]
        render.lines([""])
        render.table(
            (key, "trials", "with repeats", "best Sharpe"),
            rows,
            right=("trials", "with repeats", "best Sharpe"),
        )
    searches = tables["searches"].to_dict("records")
    if searches:
        render.lines([""])
        header = ("latest (UTC)", "kind", "strategy", "signal", "trials", "best Sharpe")
        latest = [
            (
                row["at"][:16].replace("T", " "),
                row["kind"],
                row["strategy"],
                row["signal"],
                f"{row['points']:,}",
                _two(row["best"]),
            )
            for row in searches
        ]
        render.table(header, latest, right=("trials", "best Sharpe"))


def _none_of(strategy: str | None, day: dt.date | None, all_: dict[str, pd.DataFrame], name: str) -> str:
    """What to say where the ledger has none of the trials that were asked for."""
    asked = (f" of {strategy}" if strategy else "") + (f" since {day}" if day else "")
    known = ", ".join(all_["strategies"]["strategy"])
    return f"{name} counts no trial{asked}; " + (
        f"it has trials of {known}." if known else "it has none at all."
    )


def _words(total: Trials, name: str) -> str:
    if not total.points:
        return f"{name} counts no trial yet."
    about = "" if total.exact else "about "
    plural = "trial" if total.count == 1 else "trials"
    repeats = f" ({total.points:,} with repeats)" if total.points != total.count and total.exact else ""
    best = f"; the best Sharpe is {total.best:.2f}" if total.best == total.best else ""
    return f"{name}: {about}{total.count:,} different {plural}{repeats}{best}."


def _total_json(total: Trials) -> dict[str, Any]:
    return {
        "trials": total.count,
        "exact": total.exact,
        "points": total.points,
        "sharpe_variance": _number(total.variance),
        "best": _number(total.best),
    }


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): _number(value) for key, value in row.items()} for row in frame.to_dict("records")]


def _number(value: Any) -> Any:
    """`value` with None for nan."""
    return None if isinstance(value, float) and value != value else value


def _two(value: float) -> str:
    return "" if value != value else f"{value:.2f}"


def _day(text: str | None) -> dt.date | None:
    import datetime as dt

    from newsbt.errors import InputError

    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"--since is {text!r}; write a date such as 2026-01-02") from error
