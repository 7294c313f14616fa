"""``newsbt list`` and ``newsbt init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsbt.cli import options, render

__all__ = ["init", "list_"]

SECTIONS = ("strategies", "signals", "listings", "catalogues", "presets", "brokers")


def list_(
    sections: Annotated[
        list[str] | None, typer.Argument(metavar="SECTION", help=f"{', '.join(SECTIONS)}; default: all.")
    ] = None,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Show strategies, signals, listings, catalogues, presets, brokers.

    Strategies and signals are read, not imported.

    Example: newsbt list strategies
    """
    from newsbt.cli import inventory
    from newsbt.errors import UnknownNameError

    for name in sections or ():
        if name not in SECTIONS:
            raise UnknownNameError("section", name, SECTIONS)
    place = options.open_workspace(workspace)
    found = inventory.take(place, sections or SECTIONS)
    if as_json:
        render.json_value(found)
        return
    for number, (name, rows) in enumerate(found.items()):
        render.lines([*([""] if number else []), *inventory.section_lines(name, rows, render.screen_width())])


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.", show_default=False)],
) -> None:
    """Make a new workspace.

    Example: newsbt init news
    """
    from newsbt.adapters.scaffold import init_workspace

    files = init_workspace(folder)
    render.lines(
        [
            f"{folder} is a workspace now ({len(files)} files). Next:",
            f"  cd {folder}",
            "  newsbt run drift",
        ]
    )
