"""The example notebooks, run as somebody would: in a workspace of their own, by Jupyter's own client.

``python tests/notebook_runs.py`` runs them and keeps what they show; with ``--check`` it only says what has
changed, and ends with status 1 if anything has.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "docs" / "notebooks"
#: What differs from run to run: names with times, object addresses, seconds.
CHANGING = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}|0x[0-9a-f]+|\d+\.\d+ s\b")


def run_notebook(path: Path, workspace: Path) -> Any:
    """The notebook with its outputs, run in `workspace`, a folder that does not exist yet."""
    import nbformat
    from nbclient import NotebookClient

    from newsbt.adapters.scaffold import init_workspace

    init_workspace(workspace)
    book = nbformat.read(path, as_version=4)
    environment = {**os.environ, "NEWSBT_LEDGER": "none", "PYTHONWARNINGS": "default", "COLUMNS": "100"}
    resources = {"metadata": {"path": str(workspace)}}
    NotebookClient(book, kernel_name="python3", timeout=180, resources=resources).execute(env=environment)
    return tidy(book)


def tidy(book: Any) -> Any:
    """Without what would differ at every run: times, the version of Python, identifiers."""
    book.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(book.cells):
        cell.id = f"cell-{number}"
        cell.metadata = {}
    return book


def said(book: Any) -> list[str]:
    """Texts that the cells show, in order, without what changes; pictures as their kind."""
    texts = []
    for cell in book.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            shown = data.get("text/html") or data.get("text/plain") or output.get("text", "")
            texts.append("a picture" if "image/png" in data else CHANGING.sub("...", "".join(shown)))
    return texts


def main(check: bool) -> int:
    """Run all notebooks; keep their outputs, or with `check` compare them with those that are kept."""
    import nbformat

    changed = 0
    for path in sorted(FOLDER.glob("*.ipynb")):
        with tempfile.TemporaryDirectory() as folder:
            book = run_notebook(path, Path(folder) / "mine")
        if check:
            shown, kept = said(book), said(nbformat.read(path, as_version=4))
            for now, before in zip(shown, kept, strict=False):
                if now != before:
                    sys.stderr.write(f"{path.name} shows now:\n{now}\ninstead of:\n{before}\n")
            changed += shown != kept
        else:
            nbformat.write(book, path)
            sys.stderr.write(f"{path.name}: {path.stat().st_size / 1000:.0f} kB\n")
    return int(changed > 0)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
