"""The part of a workspace that workers without its disk need: small texts, packed and laid out again."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from newsbt.adapters.workspace import MARKER, Workspace
from newsbt.errors import SettingsError

__all__ = ["lay_out", "pack"]

LEDGER = re.compile(r"(?ms)^[ \t]*\[[ \t]*ledger[ \t]*\].*?(?=^[ \t]*\[|\Z)")


def pack(workspace: Workspace, strategy: str) -> dict[str, bytes]:
    """Contents of files by their path within the workspace.

    Settings without the ``[ledger]`` table, which may hold a password; the file of `strategy`, and only the
    names of the others; all signals, which a search may go through; the tables in ``data/``. No prices and
    no news: those go as they were read.

    Raises
    ------
    SettingsError
        If the ledger's place is written so that it cannot be left out.
    """
    text = LEDGER.sub("", workspace.settings_file.read_text(encoding="utf-8"))
    if "ledger" in tomllib.loads(text):
        raise SettingsError(
            f"{workspace.settings_file}: write [ledger] as a table of its own, so that it can be kept from"
            " the workers"
        )
    found = {MARKER: text.encode()}
    for ref in workspace.strategy_refs():
        found[f"strategies/{ref.path.name}"] = ref.path.read_bytes() if ref.name == strategy else b""
    for ref in workspace.signal_refs():
        found[f"signals/{ref.path.name}"] = ref.path.read_bytes()
    for path in sorted(workspace.data.glob("*.toml")):
        found[f"data/{path.name}"] = path.read_bytes()
    return found


def lay_out(files: Mapping[str, bytes], key: str, parent: Path | None = None) -> Workspace:
    """The workspace that `files` were packed from, in a folder named by `key`; written once.

    Parameters
    ----------
    files : mapping of str to bytes
        As :func:`pack` gives them.
    key : str
        The same for the same files.
    parent : Path, optional
        Of the folder; the one for temporary files where it is not given.
    """
    home = parent or Path(tempfile.gettempdir())
    target = home / f"newsbt-{key}"
    if not target.is_dir():
        fresh = Path(tempfile.mkdtemp(prefix="newsbt-", dir=home))
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        try:
            os.rename(fresh, target)
        except OSError:  # another process was first
            shutil.rmtree(fresh, ignore_errors=True)
    return Workspace(target.resolve())
