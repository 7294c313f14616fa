"""``newsbt doctor``: is everything there that a run needs."""

from __future__ import annotations

import typer

from newsbt.cli import options, render

__all__ = ["doctor"]


def doctor(as_json: options.AsJson = False, workspace: options.WorkspaceDir = None) -> None:
    """Check the installation and the workspace.

    Exit status 1 if a check fails.
    """
    from newsbt.cli import health

    place = options.open_workspace(workspace)
    checks = health.examine(place)
    if as_json:
        render.json_value({"workspace": str(place.root), "checks": [vars(check) for check in checks]})
    else:
        rows = [(check.state, check.name, check.message) for check in checks]
        render.table(("", "check", "found"), rows)
    if any(check.state == "FAIL" for check in checks):
        raise typer.Exit(1)
