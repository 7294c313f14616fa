"""Pages made while the site is built: notebooks with their outputs, the Python API from its docstrings."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

HEAD = """# From Python

Everything the command line does, with the same names. Results are ordinary objects: tables are pandas
frames, pictures matplotlib figures, and in a notebook a result shows itself:
[an example](notebooks/first-run.md). Errors are `newsbt.NewsbtError`, with one sentence.

"""
#: A reference in a docstring: ``:func:`newsbt.run` ``.
ROLE = re.compile(r":\w+:`~?([^`]+)`")


def on_files(files: Files, config: Any) -> Files:
    """Add a page for each notebook, with its pictures, and the page of the Python API."""
    for path in sorted((Path(config["docs_dir"]) / "notebooks").glob("*.ipynb")):
        for name, content in notebook_pages(path).items():
            files.append(File.generated(config, f"notebooks/{name}", content=content))
    files.append(File.generated(config, "python.md", content=python_page()))
    return files


def notebook_pages(path: Path) -> dict[str, str | bytes]:
    """Markdown of a notebook, and its pictures, by file name."""
    import nbformat
    from nbconvert import MarkdownExporter

    text, found = MarkdownExporter().from_notebook_node(nbformat.read(path, as_version=4))
    pages: dict[str, str | bytes] = {}
    for name, content in found["outputs"].items():
        unique = f"{path.stem}-{name}"
        text = text.replace(f"({name})", f"({unique})")
        pages[unique] = content
    pages[f"{path.stem}.md"] = f"{text}\n\n[This page as a notebook]({path.name})\n"
    return pages


def python_page() -> str:
    """Every public function and class of newsbt, as its docstring describes it."""
    import newsbt

    public = [(name, getattr(newsbt, name)) for name in newsbt.__all__ if name != "__version__"]
    functions = [(name, item) for name, item in public if inspect.isfunction(item)]
    classes = [(name, item) for name, item in public if inspect.isclass(item)]
    return HEAD + "\n".join(described(name, item) for name, item in functions + classes)


def described(name: str, item: Any) -> str:
    """Heading, signature and docstring of one name."""
    shown = f"```python\n{signature(name, item)}\n```\n\n" if inspect.isfunction(item) else ""
    return f"## {name}\n\n{shown}{markdown(inspect.getdoc(item) or '')}\n"


def signature(name: str, function: Any) -> str:
    """How `function` is called, without types; a parameter a line where one line is too long."""
    own = inspect.signature(function)
    plain = [
        each.replace(annotation=each.empty, default=Ellipsis if callable(each.default) else each.default)
        if each.default is not each.empty
        else each.replace(annotation=each.empty)
        for each in own.parameters.values()
    ]
    text = str(own.replace(parameters=plain, return_annotation=own.empty)).replace("Ellipsis", "...")
    if len(text) > 70:
        parts = re.split(r", (?![^(\[{]*[)\]}])", text[1:-1])
        text = "(\n" + "".join(f"    {part},\n" for part in parts) + ")"
    return f"newsbt.{name}{text}"


def markdown(doc: str) -> str:
    """A docstring in numpy's form as Markdown: sections become small headings, entries list items."""
    lines, made, entries, at = doc.splitlines(), [], False, 0
    while at < len(lines):
        line = lines[at]
        if at + 1 < len(lines) and lines[at + 1] and set(lines[at + 1]) == {"-"}:
            made += ["", f"**{line}**", ""]
            entries = line in ("Parameters", "Attributes", "Returns", "Raises", "Other Parameters")
            at += 2
            continue
        if entries and line and not line.startswith(" "):
            names, mark, kind = line.partition(" : ")
            made.append(f"- `{names}`{f' ({kind})' if mark else ''}:")
        else:
            made.append(f"  {line.strip()}" if entries else line)
        at += 1
    text = ROLE.sub(lambda found: f"`{found[1]}`", "\n".join(made))
    text = re.sub(r"^(- `.*):$(?!\n  \S)", r"\1", text, flags=re.M)  # an entry without a description
    return re.sub(r"``([^`]+)``", r"`\1`", text)
