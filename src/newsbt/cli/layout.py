"""Text tables and paragraphs that fit a terminal (pure)."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

__all__ = ["beside", "clean", "paragraph", "table", "width_of"]

NARROWEST = 16
NO_BREAK = "\u00a0"
#: Columns between two blocks of lines.
GAP = 3


def clean(value: object) -> str:
    """`value` as one line of printable text: no line breaks, no terminal control codes."""
    return "".join(char if char.isprintable() else " " for char in str(value))


def width_of(text: str) -> int:
    """Columns that `text` takes in a terminal; East Asian wide characters take two."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    right: Sequence[str] = (),
    width: int = 80,
    indent: str = "",
) -> list[str]:
    """Lines of a table with its columns aligned.

    Parameters
    ----------
    header : sequence of str
        Names of the columns; all empty for a table without a header line.
    rows : sequence of sequence
        Cells; None is empty.
    right : sequence of str
        Names of the columns that are aligned to the right.
    width : int
        Columns of the terminal. The widest columns are wrapped until the table fits; words are never cut.
    indent : str
        Before each line.
    """
    cells = [["" if cell is None else clean(cell) for cell in row] for row in rows]
    shown = [list(header), *cells] if any(header) else cells
    if not shown:
        return []
    widths = [max(width_of(row[i]) for row in shown) for i in range(len(header))]
    excess = len(indent) + sum(widths) + 2 * (len(header) - 1) - width
    while excess > 0 and max(widths) > NARROWEST:
        widest = widths.index(max(widths))
        cut = min(excess, max(widths[widest] - max([NARROWEST, *widths[:widest], *widths[widest + 1 :]]), 1))
        widths[widest] -= cut
        excess -= cut
    lines = []
    for row in shown:
        wrapped = [_wrap(cell, room) for cell, room in zip(row, widths, strict=True)]
        for pieces in zip_longest(*wrapped, fillvalue=""):
            padded = [_pad(c, w, name in right) for c, w, name in zip(pieces, widths, header, strict=True)]
            lines.append((indent + "  ".join(padded)).rstrip())
    return lines


def paragraph(
    text: str, *, width: int = 80, indent: str = "", hanging: str = "", unbroken: int = 0
) -> list[str]:
    """`text` wrapped to `width`; following lines begin with `indent` and `hanging`.

    The first `unbroken` characters stay on one line, whatever its width: tools read ``file.csv:12: error:``.
    """
    one_line = clean(text)
    start = one_line[:unbroken].replace(" ", NO_BREAK)
    wrapped = textwrap.wrap(
        start + one_line[unbroken:],
        width,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(NO_BREAK, " ") for line in wrapped]


def beside(left: Sequence[str], right: Sequence[str], width: int = 80) -> list[str]:
    """Two blocks of lines next to each other where they fit, else one below the other."""
    if not left or not right:
        return [*left, *right]
    start = max(map(width_of, left)) + GAP
    if start + max(map(width_of, right)) > width:
        return [*left, "", *right]
    pairs = zip_longest(left, right, fillvalue="")
    return [(_pad(first, start, False) + second).rstrip() for first, second in pairs]


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 1), break_long_words=False, break_on_hyphens=False) or [""]


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * max(width - width_of(text), 0)
    return space + text if right else text + space
