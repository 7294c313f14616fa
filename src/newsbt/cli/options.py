"""Options that commands share, as annotated types. Light: nothing heavy is imported here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

if TYPE_CHECKING:
    from newsbt.adapters.workspace import Workspace

__all__ = [
    "AsJson",
    "Base",
    "Benchmark",
    "BrokerName",
    "Capacity",
    "Cash",
    "CatalystFiles",
    "End",
    "EngineName",
    "EntryMode",
    "Figures",
    "FolderName",
    "Latency",
    "LedgerPlace",
    "NoHindsightCheck",
    "OutDir",
    "PresetName",
    "Prices",
    "Seed",
    "Sets",
    "SignalName",
    "Start",
    "Symbols",
    "Twin",
    "WorkspaceDir",
    "open_workspace",
    "run_fields",
    "split_sets",
]

WorkspaceDir: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--workspace", metavar="DIR", help="Workspace to use; default: NEWSBT_WORKSPACE, or upwards."
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON on stdout and nothing else.")]
SignalName: TypeAlias = Annotated[
    str | None, typer.Option("--signal", metavar="NAME", help="Signal model, a file in signals/.")
]
Symbols: TypeAlias = Annotated[
    str | None,
    typer.Option("--symbols", metavar="A,B", help="Listings or issuers; default: all that the prices hold."),
]
Start: TypeAlias = Annotated[
    str | None, typer.Option("--start", metavar="DATE", help="First day, 2019-01-02.")
]
End: TypeAlias = Annotated[str | None, typer.Option("--end", metavar="DATE", help="Last day, inclusive.")]
Prices: TypeAlias = Annotated[
    str | None,
    typer.Option("--prices", metavar="SOURCE", help="sample, yahoo, or a folder of CSV or Parquet files."),
]
CatalystFiles: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--catalysts", metavar="FILE", help="Catalogue of news; repeatable; default: data/catalysts."
    ),
]
Sets: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Parameter of the strategies; STRATEGY.KEY, signal.KEY, run.KEY for one of those; repeatable.",
    ),
]
Cash: TypeAlias = Annotated[str | None, typer.Option("--cash", metavar="AMOUNT", help="Initial capital.")]
Base: TypeAlias = Annotated[str | None, typer.Option("--base", metavar="USD|HKD", help="Base currency.")]
BrokerName: TypeAlias = Annotated[
    str | None,
    typer.Option("--broker", metavar="NAME", help="What trading costs: a name of newsbt list brokers."),
]
Benchmark: TypeAlias = Annotated[
    str | None,
    typer.Option("--benchmark", metavar="SYMBOL", help="What the run is held against; none for none."),
]
EntryMode: TypeAlias = Annotated[
    str | None,
    typer.Option("--entry", metavar="open|close", help="Trade at the first open or close after news."),
]
Latency: TypeAlias = Annotated[
    str | None, typer.Option("--latency", metavar="SPAN", help="Added to exact publication times: 5min.")
]
Seed: TypeAlias = Annotated[str | None, typer.Option("--seed", metavar="N", help="Of everything random.")]
NoHindsightCheck: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--no-hindsight-check",
        help="Do not run again where labels were made in hindsight.",
    ),
]
Twin: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--twin",
        metavar="NAME",
        help="Signal of that second run, one that reads no label: taxonomy (default), sentiment, your own.",
    ),
]
Capacity: TypeAlias = Annotated[
    bool, typer.Option("--capacity", help="Also run with 0.1 to 1000 times the capital; one table.")
]
LedgerPlace: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="URL",
        help="Count trials in this database or file; none to count nothing.",
    ),
]
EngineName: TypeAlias = Annotated[
    str,
    typer.Option(
        "--engine", metavar="NAME", help="auto (Backtrader, explains each order), backtrader, fast."
    ),
]
FolderName: TypeAlias = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="Name of the results folder; must be new.")
]
Figures: TypeAlias = Annotated[bool, typer.Option("--figures/--no-figures", help="Draw pictures.")]
OutDir: TypeAlias = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Put results here; default: results/ of the workspace."),
]
PresetName: TypeAlias = Annotated[
    str | None, typer.Option("--preset", metavar="NAME", help="Start from a [run.NAME] table of newsbt.toml.")
]


def open_workspace(explicit: Path | None) -> Workspace:
    """The workspace that ``--workspace`` names, or the one around; WorkspaceError if there is none."""
    from newsbt.adapters.workspace import find_workspace

    return find_workspace(explicit)


def run_fields(*, catalysts: list[str] | None, **texts: str | None) -> dict[str, object]:
    """The options of a run as fields of its specification; None is not given."""
    return {**texts, "catalysts": tuple(catalysts) if catalysts else None}


def split_sets(pairs: list[str] | None) -> dict[str, dict[str, str]]:
    """Take ``--set [prefix.]key=value`` pairs apart.

    Returns
    -------
    dict of prefix to dict of key to text
        The prefix is empty, ``signal``, ``run`` or the name of a strategy.

    Raises
    ------
    InputError
        For a pair without ``=`` or without a key, or a key that is given twice.
    """
    from newsbt.errors import InputError

    parts: dict[str, dict[str, str]] = {}
    for pair in pairs or []:
        key, equals, value = pair.partition("=")
        prefix, _, name = key.strip().rpartition(".")
        if not equals or not name:
            raise InputError(
                f"--set {pair!r} is no setting; write key=value, signal.key=value or run.key=value"
            )
        if name in parts.setdefault(prefix, {}):
            raise InputError(f"--set gives {key.strip()} twice; give it once")
        parts[prefix][name] = value.strip()
    return parts
