"""A report page as one file of HTML: style, scripts and data inside, and nothing asked of any network."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsbt.errors import OutputError
from newsbt.report.page import Page

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["COMPARE", "REPORT", "TUNE", "render_page", "script_json", "write_text"]

#: Name of a run's page in its folder.
REPORT = "report.html"
#: Of a comparison's, and of its template.
COMPARE = "compare.html"
#: Of a search's, and of its template.
TUNE = "tune.html"
SCRIPTS = {
    "run.html": ("chart.js", "controls.js", "table.js", "studies.js", "report.js"),
    "compare.html": ("chart.js", "controls.js", "compare.js"),
    "tune.html": (
        "chart.js",
        "controls.js",
        "table.js",
        "field.js",
        "points.js",
        "heat.js",
        "parallel.js",
        "scatter.js",
        "walk.js",
        "tune.js",
    ),
}


def render_page(page: Page, template: str = "run.html") -> str:
    """`page` as HTML; equal pages give equal text.

    Every text of the page is escaped, in the markup by the template and in the data by :func:`script_json`.
    The browser is told to run no script but the one whose hash the page names, and to fetch nothing.
    """
    from markupsafe import Markup

    script = "\n".join(_resource(name) for name in SCRIPTS[template])
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        _environment()
        .get_template(template)
        .render(
            title=page.title,
            view=page.view,
            css=Markup(_resource("report.css")),
            script=Markup(script),
            script_hash=f"sha256-{digest}",
            data=Markup(script_json(page.data)),
        )
        .replace("\r", "")
        .encode("utf-8", "replace")
        .decode("utf-8")
    )


def script_json(value: Any) -> str:
    """`value` as JSON that may stand inside a script element.

    ASCII alone, with ``<``, ``>`` and ``&`` as escapes: no text in it can end the element, open a comment or
    break a line.
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def write_text(path: Path, text: str) -> Path:
    """Write `text` to `path` whole or not at all, replacing what is there.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {(error.strerror or str(error)).lower()}; free some space or make the"
            " folder writable"
        ) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
    return path


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_resource), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


@cache
def _resource(name: str) -> str:
    return files("newsbt.report").joinpath("templates", name).read_text(encoding="utf-8")
