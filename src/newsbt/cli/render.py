"""The only module that prints: tables and paragraphs on stdout, JSON on stdout, notes on stderr."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from newsbt.cli import layout

if TYPE_CHECKING:
    from newsbt.records import Finding

__all__ = ["findings", "flush", "heading", "json_value", "lines", "note", "paragraph", "prompt", "table"]

WIDEST = 120
#: What a line of equity is drawn with.
BLOCKS = "▁▂▃▄▅▆▇█"


def screen_width() -> int:
    """Columns to write in: 80 unless stdout is a terminal of another width."""
    return min(shutil.get_terminal_size((80, 24)).columns, WIDEST) if sys.stdout.isatty() else 80


def shows_blocks() -> bool:
    """Whether stdout is a terminal whose encoding has block characters: not a pipe, a file or a dumb one."""
    if not sys.stdout.isatty() or os.environ.get("TERM", "") == "dumb":
        return False
    try:
        BLOCKS.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def lines(texts: Iterable[str]) -> None:
    """Print `texts` on stdout, a line each."""
    for text in texts:
        print(text)


def flush() -> None:
    """Have what was printed seen now, wherever stdout goes."""
    sys.stdout.flush()


def heading(text: str) -> None:
    """Print a heading on stdout."""
    print(text)


def paragraph(text: str, *, indent: str = "", hanging: str = "", unbroken: int = 0) -> None:
    """Print `text` on stdout, wrapped; see :func:`newsbt.cli.layout.paragraph`."""
    width = screen_width()
    lines(layout.paragraph(text, width=width, indent=indent, hanging=hanging, unbroken=unbroken))


def table(
    header: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[str] = (), indent: str = ""
) -> None:
    """Print an aligned table on stdout; see :func:`newsbt.cli.layout.table`."""
    lines(layout.table(header, rows, right=right, width=screen_width(), indent=indent))


def prompt(text: str) -> None:
    """Print `text` on stdout without ending the line, for an answer to stand behind it."""
    print(text, end="", flush=True)


@contextlib.contextmanager
def json_only() -> Iterator[None]:
    """Leave stdout to :func:`json_value`: what a strategy or signal of the user's prints goes to stderr."""
    kept: TextIO = sys.stdout
    _JSON.append(kept)
    sys.stdout = sys.stderr
    try:
        yield
    finally:
        sys.stdout = _JSON.pop()


#: The stream that JSON goes to, innermost last, while :func:`json_only` keeps everything else from it.
_JSON: list[TextIO] = []


def json_value(value: Any) -> None:
    """Print `value` as JSON on stdout, and nothing else; dates and paths become texts."""
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False, default=str)
    print(text, file=_JSON[-1] if _JSON else sys.stdout)


def note(text: str) -> None:
    """Print ``newsbt: text`` on stderr, on one line."""
    print(f"newsbt: {layout.clean(text)}", file=sys.stderr)


def findings(found: Sequence[Finding], *, most: int | None = None) -> None:
    """Print findings on stdout, a paragraph each, errors first; after `most`, how many more there are."""
    order = {"error": 0, "warning": 1, "info": 2}
    ranked = sorted(found, key=lambda item: order[item.severity])
    for item in ranked[:most]:
        action = f"; {item.action}" if item.action else ""
        start = f"{item.where}: {item.severity}:"
        paragraph(f"{start} {item.message}{action}", indent="  ", hanging="  ", unbroken=len(start))
    if most is not None and len(ranked) > most:
        print(f"  and {len(ranked) - most} more")
