"""Text cells of CSV files that no spreadsheet takes for a formula (pure)."""

from __future__ import annotations

import re

__all__ = ["guarded", "unguarded"]

#: What a spreadsheet may begin a formula with, behind any number of apostrophes of ours.
FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
#: What it reads as a number, which runs nothing.
NUMBER = re.compile(r"[+-](?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def guarded(text: str) -> str:
    """`text` with an apostrophe before it where it could be run as a formula; :func:`unguarded` undoes it.

    A number, such as -0.5, stays as it is.

    Notes
    -----
    The characters are those of OWASP, CSV Injection: ``=``, ``+``, ``-``, ``@``, tab, carriage return, and
    the full-width ones, which some spreadsheets take for the same.
    """
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """What :func:`guarded` was given; a text of elsewhere without such an apostrophe stays as it is."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
