"""Pages from the notebooks while the site is built: Markdown with their outputs, nothing kept twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files


def on_files(files: Files, config: Any) -> Files:
    """Add ``notebooks/NAME.md`` and its pictures for each ``notebooks/NAME.ipynb``."""
    import nbformat
    from nbconvert import MarkdownExporter

    exporter = MarkdownExporter()
    for path in sorted((Path(config["docs_dir"]) / "notebooks").glob("*.ipynb")):
        text, found = exporter.from_notebook_node(nbformat.read(path, as_version=4))
        for name, content in found["outputs"].items():
            unique = f"{path.stem}-{name}"
            text = text.replace(f"({name})", f"({unique})")
            files.append(File.generated(config, f"notebooks/{unique}", content=content))
        note = f"[This page as a notebook]({path.name})\n"
        files.append(File.generated(config, f"notebooks/{path.stem}.md", content=f"{text}\n\n{note}"))
    return files
