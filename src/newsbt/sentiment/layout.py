"""Texts and the names in them, laid out as arrays for the compiled readers (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsbt.linking.folding import fold
from newsbt.sentiment.bare import bare
from newsbt.sentiment.sides import halves, preferred_first

__all__ = ["Layout", "lay_out"]

#: Bytes of a text that are read.
LONGEST_TEXT: Final = 1000


@dataclass(frozen=True, slots=True)
class Layout:
    """Texts and names as :func:`newsbt.kernel.headlines.read_headlines` takes them.

    Parameters
    ----------
    buffer, bounds, names, name_bounds, queries : arrays
        Queries come text by text: its aspects in their order, or the text as a whole where it has none.
    """

    buffer: NDArray[np.uint8]
    bounds: NDArray[np.int64]
    names: NDArray[np.int64]
    name_bounds: NDArray[np.int64]
    queries: NDArray[np.int64]


def lay_out(texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> Layout:
    """Lay texts out and find the names in them.

    A name is found where it stands as a word of its own, else wherever it stands first; of names that overlap
    the longest counts. A name that is not in the text is judged as the text as a whole.

    Texts are read as :func:`newsbt.sentiment.bare.bare` leaves them; where two names or more are found, what
    is said of each is told apart, see :mod:`newsbt.sentiment.sides`.
    """
    pieces: list[bytes] = []
    bounds, name_bounds = [0], [0]
    names: list[tuple[int, int]] = []
    queries: list[tuple[int, int]] = []
    for text, named in zip(texts, aspects, strict=True):
        whole = bare(text).encode("utf-8", "replace")[:LONGEST_TEXT]
        found = _find_names(whole, named) if named else []
        if len(found) > 1 and (plain := preferred_first(whole, found)) is not whole:
            whole, found = plain, _find_names(plain, named)
        parts = halves(whole, found) if len(found) > 1 else [whole]
        order: dict[int, tuple[int, int]] = {}
        for part in parts:
            for start, stop, aspect in found if len(parts) == 1 else _find_names(part, named):
                order.setdefault(aspect, (len(pieces), len(names)))
                names.append((bounds[-1] + start, bounds[-1] + stop))
            pieces.append(part)
            bounds.append(bounds[-1] + len(part))
            name_bounds.append(len(names))
        nobody = (len(pieces) - 1, -1)
        if len(named) > 1:
            # One name may be asked for several issuers; whoever is not found is judged by all of the text.
            asked = [order.get(named.index(name), nobody) for name in named]
            if len(parts) > 1 and nobody in asked:
                nobody = (len(pieces), -1)
                pieces.append(whole)
                bounds.append(bounds[-1] + len(whole))
                name_bounds.append(len(names))
                asked = [order.get(named.index(name), nobody) for name in named]
            queries += asked
        else:
            queries.append(order.get(0, nobody))
    return Layout(
        np.frombuffer(b"".join(pieces) or b" ", np.uint8),
        np.array(bounds, np.int64),
        np.array(names, np.int64).reshape(-1, 2),
        np.array(name_bounds, np.int64),
        np.array(queries, np.int64).reshape(-1, 2),
    )


def _find_names(text: bytes, named: Sequence[str]) -> list[tuple[int, int, int]]:
    """Start, end and number of each name found in `text`, in order, without overlaps."""
    taken: list[tuple[int, int, int]] = []
    for aspect in sorted(range(len(named)), key=lambda at: (-len(named[at]), at)):
        name = fold(named[aspect].strip()).encode("utf-8", "replace")
        start = _place(text, name)
        if start >= 0 and all(start + len(name) <= a or b <= start for a, b, _ in taken):
            taken.append((start, start + len(name), aspect))
    return sorted(taken)


def _place(text: bytes, name: bytes) -> int:
    """Where `name` stands as a word, else where it stands at all; -1 for nowhere."""
    first = at = text.find(name) if name else -1
    while at >= 0:
        end = at + len(name)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return at
        at = text.find(name, at + 1)
    return first
