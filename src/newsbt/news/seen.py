"""Which ids have been seen, and with which content, in 32 to 64 bytes an id (pure)."""

from __future__ import annotations

from array import array
from typing import Final, Literal

from newsbt.news.entries import content_key, digest
from newsbt.news.items import NewsItem

__all__ = ["Seen"]

SMALLEST: Final = 1024


class Seen:
    """Ids of items with a number for their content: a hash table in two arrays.

    A table of Python objects takes five times the memory, which matters for archives of millions. Two ids
    share 64 bits by chance in one of four million archives of two million items.
    """

    def __init__(self) -> None:
        self._keys = array("Q", bytes(8 * SMALLEST))
        self._contents = array("Q", bytes(8 * SMALLEST))
        self._count = 0

    def __len__(self) -> int:
        """How many ids."""
        return self._count

    def add(self, item: NewsItem) -> Literal["new", "same", "changed"]:
        """Remember `item`; ``"same"`` or ``"changed"`` if its id was there, the first content then stays."""
        key, content = int(digest(item.id), 16) or 1, content_key(item)
        at = self._place(key)
        if self._keys[at]:
            return "same" if self._contents[at] == content else "changed"
        self._keys[at], self._contents[at] = key, content
        self._count += 1
        if 2 * self._count > len(self._keys):
            self._grow()
        return "new"

    def _place(self, key: int) -> int:
        """Where `key` is, or the free place for it."""
        mask = len(self._keys) - 1
        at = key & mask
        while self._keys[at] and self._keys[at] != key:
            at = (at + 1) & mask
        return at

    def _grow(self) -> None:
        keys, contents = self._keys, self._contents
        self._keys = array("Q", bytes(16 * len(keys)))
        self._contents = array("Q", bytes(16 * len(keys)))
        for key, content in zip(keys, contents, strict=True):
            if key:
                at = self._place(key)
                self._keys[at], self._contents[at] = key, content
