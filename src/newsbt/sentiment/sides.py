"""Rewrites headlines that set one name against another, so that clauses and order show it (pure)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

__all__ = ["apart"]

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
_RATHER: Final = re.compile(rb"\s+(?:over|to|rather than|instead of|ahead of|and not|not)\s+$")
Span = tuple[int, int, int]


def apart(text: bytes, names: Sequence[Span]) -> bytes:
    """`text` with what sets names against each other made plain, as many bytes as before.

    - "Aaa jumps as Bbb slips", "... while ...", "... but ...": a semicolon stands for the word, where names
      stand on both sides of it, and for "as" right before a name.
    - "prefer Aaa to Bbb", "picks Aaa over Bbb": Aaa goes before the verb, as in "Aaa preferred to Bbb".

    Parameters
    ----------
    text : bytes
        UTF-8 in lower case.
    names : sequence of (start, end, number)
        Names in it, in order, without overlaps. With fewer than two nothing is changed.
    """
    if len(names) < 2:
        return text
    for (start, end, _), (after, *_) in itertools.pairwise(names):
        verb = _CHOICE.search(text, 0, start)
        if verb and _RATHER.fullmatch(text, end, after):
            name = text[start:end]
            text = text[: verb.start()] + name + b" " + text[verb.start() : start].rstrip() + text[end:]
            break
    begins = names[0][1], names[-1][0]
    for word in _HALVES.finditer(text, *begins):
        if word[0] == b"as":
            before = text[: word.start()].split()
            follows = any(_BESIDE.fullmatch(text, word.end(), start) for start, *_ in names)
            if not follows or (before and before[-1] in _NO_HALF):
                continue
        text = text[: word.start()] + b";".ljust(len(word[0])) + text[word.end() :]
    return text
