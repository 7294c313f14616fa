"""``newsbt report``: the page of finished runs and tunings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    from newsbt.adapters.workspace import Workspace

__all__ = ["report"]


def report(
    runs: Annotated[
        list[str], typer.Argument(metavar="RUN...", help="Folders or names of runs and tunings.")
    ],
    png: Annotated[bool, typer.Option("--png", help="Also draw the pictures, as PNG and SVG.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also draw them into one PDF.")] = False,
    studies: Annotated[
        list[Path] | None,
        typer.Option("--with", metavar="DIR", help="Also show this event study or placebo test; repeatable."),
    ] = None,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Write one page with everything into the folder of each run (report.html) or tuning (tune.html).

    Example: newsbt report results/reference
    """
    from newsbt.api.report import report as write

    place = options.open_workspace(workspace)
    folders = [_folder(name, place) for name in runs]
    written = [write(folder, place, png=png, pdf=pdf, studies=studies or []) for folder in folders]
    if as_json:
        render.json_value({"reports": [[str(path) for path in paths] for paths in written]})
        return
    from newsbt.cli.summary import from_here

    for paths in written:
        render.lines([f"saved  {from_here(paths[0])}", *(f"       {from_here(path)}" for path in paths[1:])])


def _folder(name: str, place: Workspace) -> Path:
    """A folder as it is written, or the run or tuning of that name."""
    from newsbt.adapters.trial_files import HEADER

    path, named = Path(name), place.results / name
    if not path.is_dir() and any((named / file).is_file() for file in ("run.json", HEADER)):
        return named
    return path
