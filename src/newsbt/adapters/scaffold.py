"""``newsbt init``: a new workspace from the template that the package carries."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import newsbt
from newsbt.adapters.workspace import MARKER
from newsbt.errors import OutputError, WorkspaceError

__all__ = ["EMPTY_FOLDERS", "TEMPLATE", "init_workspace", "template_root"]

TEMPLATE: tuple[str, ...] = (
    "newsbt.toml",
    "strategies",
    "signals",
    "data/catalysts",
    "data/prices",
    "data/universe.toml",
    "data/taxonomy.toml",
    "data/aliases.toml",
    "data/lexicon.toml",
    "data/calendar_overlay.toml",
    "data/fees.toml",
    "data/shorting.toml",
    "data/ticks.toml",
    "results/.gitkeep",
)
"""Files and folders of the repository's root that make a workspace. ``pyproject.toml`` puts the same into the
wheel; a test compares the two lists."""

EMPTY_FOLDERS: tuple[str, ...] = ("data/cache",)
IGNORED = "data/cache/\ndata/ledger.sqlite*\nresults/*\n!results/.gitkeep\n__pycache__/\n"


def template_root() -> Path:
    """Folder the template is copied from: inside an installed package, or the root of a source tree.

    Raises
    ------
    WorkspaceError
        If the installation holds neither.
    """
    package = Path(newsbt.__file__).resolve().parent
    # An editable install has no template in the package; its source tree is one.
    for root in (package / "_workspace", package.parents[1]):
        if all((root / name).exists() for name in TEMPLATE):
            return root
    raise WorkspaceError(f"the installation in {package} has no workspace template; install newsbt again")


def init_workspace(folder: Path) -> list[Path]:
    """Make a workspace in `folder`, which must be empty or not exist.

    It is written to a temporary folder and moved to its place at the end: a failure leaves nothing behind.

    Returns
    -------
    list of Path
        The files written, relative to `folder`, sorted.

    Raises
    ------
    WorkspaceError
        If `folder` is a file or has anything in it.
    OutputError
        If it cannot be written.
    """
    source = template_root()
    temporary: Path | None = None
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            state = "is not empty" if folder.is_dir() else "is a file"
            hint = " (it is a workspace already)" if (folder / MARKER).exists() else ""
            raise WorkspaceError(f"{folder} {state}{hint}; name a new folder")
        target, new = folder.resolve(), not folder.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        place = target.parent if new else target
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name[:100]}.", dir=place))
        _write_template(source, temporary)
        if new:
            temporary.chmod(0o755)
            temporary.rename(target)
        else:
            for path in sorted(temporary.iterdir()):
                path.rename(target / path.name)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {(error.strerror or str(error)).lower()}") from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
    return sorted(path.relative_to(target) for path in target.rglob("*") if path.is_file())


def _write_template(source: Path, folder: Path) -> None:
    for name in TEMPLATE:
        _copy(source / name, folder / name)
    for name in EMPTY_FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text(IGNORED, encoding="utf-8", newline="\n")


def _copy(source: Path, target: Path) -> None:
    """Copy a file or a tree, without what Python and editors leave behind; modes are the user's own."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file():
        shutil.copyfile(source, target)
        return
    for root, folders, files in os.walk(source):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
        place = target / Path(root).relative_to(source)
        place.mkdir(parents=True, exist_ok=True)
        for name in files:
            if not name.endswith((".pyc", ".pyo", "~")):
                shutil.copyfile(Path(root) / name, place / name)
