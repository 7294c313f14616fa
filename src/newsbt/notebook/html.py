"""Escaped pieces of HTML: titles, tables, sentences, put together as a card (pure)."""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Sequence

__all__ = ["card", "sentences", "table", "text"]

#: A text longer than this is cut: a headline may be of any length.
LONGEST = 400
CELL = "padding:0.15em 0.9em 0.15em 0;border:none;vertical-align:top;"


def text(value: object) -> str:
    """`value` as escaped text on one line, cut after 400 characters."""
    plain = " ".join(str(value).split())
    return html.escape(plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…")


def table(header: Sequence[object], rows: Iterable[Sequence[object]], *, left: Collection[int] = (0,)) -> str:
    """A table; columns whose place is in `left` are aligned to the left, the others, figures, to the right.

    An empty `header` makes a table without one.
    """

    def line(cells: Sequence[object], tag: str) -> str:
        sides = ("left" if place in left else "right;white-space:nowrap" for place in range(len(cells)))
        return "".join(
            f'<{tag} style="{CELL}text-align:{side};">{text(cell)}</{tag}>'
            for side, cell in zip(sides, cells, strict=True)
        )

    head = f"<thead><tr>{line(header, 'th')}</tr></thead>" if any(header) else ""
    body = "".join(f"<tr>{line(row, 'td')}</tr>" for row in rows)
    return f'<table style="border:none;margin:0.3em 0;">{head}<tbody>{body}</tbody></table>'


def sentences(said: Iterable[object], *, warn: bool = False) -> str:
    """A paragraph each; with `warn` a bar stands beside it."""
    edge = "border-left:0.2em solid #b45309;padding-left:0.6em;" if warn else ""
    return "".join(f'<p style="margin:0.3em 0;max-width:56em;{edge}">{text(item)}</p>' for item in said)


def card(title: str, *pieces: str) -> str:
    """A title and `pieces` that are HTML already."""
    return f"<div><p><strong>{text(title)}</strong></p>{''.join(pieces)}</div>"
