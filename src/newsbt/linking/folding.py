"""Texts made comparable, character by character: lower case, half width, simplified Chinese (pure)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["fold"]

#: CJK unified ideographs, their extension A and compatibility forms: what may be traditional.
IDEOGRAPHS = (range(0x3400, 0xA000), range(0xF900, 0xFB00))
_OTHER = {"’": "'", "‘": "'", "−": "-", "‑": "-", "–": "-", " ": " ", "　": " "}


class _Folded(dict[int, str]):
    """Code point to its folded character, worked out when it is first met."""

    _converter: OpenCC | None = None

    def __missing__(self, code: int) -> str:
        folded = self[code] = self._fold(chr(code))
        return folded

    def _fold(self, char: str) -> str:
        if char in _OTHER:
            return _OTHER[char]
        if any(ord(char) in block for block in IDEOGRAPHS):
            if self._converter is None:
                from opencc import OpenCC

                self._converter = OpenCC("t2s")
            folded = self._converter.convert(char)
        else:
            folded = unicodedata.normalize("NFKC", char).lower()
        return folded if len(folded) == 1 else char


_TABLE = _Folded()


def fold(text: str) -> str:
    """`text` in lower case, half width and simplified Chinese.

    Each character becomes exactly one, so that offsets into the result are offsets into `text`; a character
    whose plain form is longer (``ﬁ``, ``İ``) stays as it is. Chinese is converted character by character:
    what names need, not how a translator would write it.
    """
    return text.translate(_TABLE)
