"""The help of every command as Markdown, for ``docs/commands.md``."""

from __future__ import annotations

from typing import Any

import typer

from newsbt.cli.main import COMMANDS, app, load_command

__all__ = ["commands_markdown"]

WIDTH = 80
PREFACE = """\
# Commands

The help of each command as it prints itself. `python -m newsbt.cli` writes this page, and a test reads it.
"""


def commands_markdown() -> str:
    """The whole of ``docs/commands.md``."""
    parts = [PREFACE, _block("newsbt", typer.main.get_command(app))]
    for name in COMMANDS:
        command = load_command(name)
        parts.append(_block(f"newsbt {name}", command))
        for child, inner in getattr(command, "commands", {}).items():
            parts.append(_block(f"newsbt {name} {child}", inner))
    return "\n".join(parts)


def _block(title: str, command: Any) -> str:
    context = command.make_context(title, ["--help"], resilient_parsing=True, terminal_width=WIDTH)
    return f"## {title}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
