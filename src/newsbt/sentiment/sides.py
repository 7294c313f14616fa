"""Headlines that set one name against another: what is said of whom (pure)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

__all__ = ["halves", "preferred_first"]

#: Words that begin the other half of a comparison wherever they stand.
_ANYWHERE: Final = (b"while", b"whereas", b"but", b"even as", b"just as")
#: Before "as" it does not: "named Acme as supplier", "as well as".
_NO_HALF: Final = (
    b"well", b"such", b"same", b"much", b"soon", b"far", b"seen", b"known", b"named", b"names", b"ranked",
    b"picked", b"picks", b"chosen", b"chooses", b"hired", b"hires", b"even", b"just",
)  # fmt: skip
_HALVES: Final = re.compile(rb"(?<![a-z'])(?:" + b"|".join(_ANYWHERE) + rb"|as)(?![a-z'])")
#: What may stand between "as" and the name that the second half is about.
_BESIDE: Final = re.compile(rb"\s+(?:(?:rivals?|peers?|shares of|the|chinese|china's|competitors?)\s+){0,2}$")
_CHOICE: Final = re.compile(
    rb"(?<![a-z])(?:prefer(?:s|red)?|favou?r(?:s|ed)?|chooses?|chose|picks?|picked|selects?|selected)\s+$"
)
_RATHER: Final = re.compile(rb"\s+(?:over|to|rather than|instead of|ahead of|and not|not)\s+(?:\S+\s+){0,2}$")
#: Start, end and number of a name.
Span = tuple[int, int, int]


def preferred_first(text: bytes, names: Sequence[Span]) -> bytes:
    """``prefer Aaa to Bbb`` as ``Aaa prefer to Bbb``, in as many bytes: whoever is preferred stands before.

    Parameters
    ----------
    text : bytes
        UTF-8 in lower case.
    names : sequence of (start, end, number)
        Names in it, in order, without overlaps.
    """
    for (start, end, _), (after, *_) in itertools.pairwise(names):
        verb = _CHOICE.search(text, 0, start)
        if verb and _RATHER.fullmatch(text, end, after):
            name = text[start:end]
            return text[: verb.start()] + name + b" " + text[verb.start() : start].rstrip() + text[end:]
    return text


def halves(text: bytes, names: Sequence[Span]) -> list[bytes]:
    """Parts of `text` that are said of one side each; the whole where it takes no sides.

    ``Aaa jumps as Bbb slips`` has two, and what is said of Bbb is nothing that is said of Aaa. Parts begin at
    ``while``, ``whereas``, ``but``, and at ``as`` right before a name; each part has one.

    Parameters
    ----------
    text : bytes
        UTF-8 in lower case.
    names : sequence of (start, end, number)
        Names in it, in order, without overlaps; at least one.
    """
    parts, last = [], 0
    for word in _HALVES.finditer(text, names[0][1], names[-1][0]):
        if word[0] == b"as":
            before = text[: word.start()].split()
            follows = any(_BESIDE.fullmatch(text, word.end(), start) for start, *_ in names)
            if not follows or (before and before[-1] in _NO_HALF):
                continue
        if any(last <= start < word.start() for start, *_ in names):
            parts.append(text[last : word.start()])
            last = word.end()
    return [*parts, text[last:]]
