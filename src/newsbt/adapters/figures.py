"""Save pictures: equal pictures give equal bytes, and a file is whole or not there."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from newsbt.errors import OutputError
from newsbt.plots import style

__all__ = ["figure_bytes", "pdf_bytes", "save_figures", "save_pdf"]

#: Dots per inch of a PNG: a picture 10 in wide has 1200 of them.
DPI = 120
#: What would make equal pictures differ: the library's version and the time.
NO_METADATA: dict[str, dict[str, Any]] = {"png": {"Software": None}, "svg": {"Creator": None, "Date": None}}


def figure_bytes(figure: Figure, kind: str) -> bytes:
    """`figure` as a ``"png"`` or ``"svg"`` file, the same bytes every time.

    Raises
    ------
    OutputError
        For another kind.
    """
    if kind not in NO_METADATA:
        raise OutputError(f"there is no picture format {kind!r}; choose from {', '.join(NO_METADATA)}")
    buffer = BytesIO()
    with style.applied():
        if kind == "png":
            figure.savefig(
                buffer, format="png", dpi=DPI, metadata=NO_METADATA["png"], pil_kwargs={"compress_level": 1}
            )
        else:
            figure.savefig(buffer, format="svg", metadata=NO_METADATA["svg"])
    return buffer.getvalue()


def save_figures(
    figures: Mapping[str, Figure], folder: Path, formats: Sequence[str] = ("png", "svg")
) -> list[Path]:
    """Write each figure as ``folder/NAME.FORMAT``, replacing what is there.

    Parameters
    ----------
    figures : mapping of name to Figure
        A name is used as a file's stem; a slash in it becomes an underscore.
    folder : Path
        Made if it is not there.
    formats : sequence of str
        ``"png"``, ``"svg"``.

    Returns
    -------
    list of Path
        The files, in the order of `figures` and `formats`.

    Raises
    ------
    OutputError
        If a file cannot be written. Nothing half-written is left.
    """
    paths = []
    for name, figure in figures.items():
        for kind in formats:
            path = folder / f"{name.replace('/', '_').replace(os.sep, '_')}.{kind}"
            _write(path, figure_bytes(figure, kind))
            paths.append(path)
    return paths


def pdf_bytes(figures: Mapping[str, Figure], title: str = "") -> bytes:
    """All `figures` as one PDF, a page each, in their order; the same bytes every time.

    Parameters
    ----------
    figures : mapping of name to Figure
    title : str
        Of the document.
    """
    from matplotlib.backends.backend_pdf import PdfPages

    buffer = BytesIO()
    # Without a date and a producer: they name the moment and the version of the library.
    about = {"Title": title, "Creator": "newsbt", "Producer": None, "CreationDate": None, "ModDate": None}
    with style.applied(), PdfPages(buffer, metadata=about) as pages:
        for figure in figures.values():
            pages.savefig(figure)
    return buffer.getvalue()


def save_pdf(figures: Mapping[str, Figure], path: Path, title: str = "") -> Path:
    """Write :func:`pdf_bytes` to `path`, replacing what is there.

    Raises
    ------
    OutputError
        If it cannot be written. Nothing half-written is left.
    """
    _write(path, pdf_bytes(figures, title))
    return path


def _write(path: Path, content: bytes) -> None:
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror or error}; choose another place with --out"
        ) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
