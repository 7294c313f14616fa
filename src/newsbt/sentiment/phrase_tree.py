"""Phrases of a lexicon as a tree of words (pure)."""

from __future__ import annotations

import itertools
import re
from typing import Final

import numpy as np

from newsbt.errors import SettingsError
from newsbt.linking.folding import fold

__all__ = ["PhraseTree", "phrase_paths"]

_CHARACTER = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PLACE = re.compile(r"\.\.\.|[^\s.]+(?:\.[^\s.]+)*")
#: Ways to read one phrase, so that a few alternatives cannot fill the memory.
MOST_PATHS: Final = 20_000

#: One word of a phrase: text, and whether it is only the beginning; None for a gap.
Word = tuple[str, bool] | None


class PhraseTree:
    """The tree of phrases while it grows."""

    def __init__(self, where: str) -> None:
        from newsbt.kernel.letters import BASIS, PRIME
        from newsbt.kernel.phrase_words import STEM
        from newsbt.kernel.phrases import GAP

        self.where = where
        self.entries: list[str] = []
        self.places: list[str] = []
        self.worth: list[tuple[float, ...]] = []
        self.edges: dict[int, int] = {}
        self.ends = [-1]
        self.stems: set[int] = set()
        self._basis, self._prime = int(BASIS), int(PRIME)
        self._gap, self._stem = int(GAP), int(STEM)

    def add(self, text: str, place: str, worth: tuple[float, ...]) -> None:
        """Add one phrase of the table at `place`; the first of two that agree on the sign counts."""
        number = len(self.entries)
        self.entries.append(text)
        self.places.append(place)
        self.worth.append(worth)
        for path in phrase_paths(text, place):
            state = 0
            for word in path:
                state = self._step(state, self._symbol(word))
            taken = self.ends[state]
            if taken >= 0 and _signs(self.worth[taken]) != _signs(worth):
                raise SettingsError(
                    f"{place}: {text!r} also matches what {self.entries[taken]!r} in"
                    f" {self.places[taken].removeprefix(f'{self.where}: ')} matches; keep it in one of them"
                )
            self.ends[state] = number if taken < 0 else taken

    def _symbol(self, word: Word) -> int:
        if word is None:
            return self._gap
        text, beginning = word
        value = self._basis
        for byte in text.encode():
            value = (value ^ byte) * self._prime % 2**64
        if beginning:
            value ^= self._stem
            self.stems.add(value)
        return value

    def _step(self, state: int, symbol: int) -> int:
        # The same arithmetic as newsbt.kernel.phrases.edge_key, in Python's whole numbers.
        value = (symbol + state) * 0x9E3779B97F4A7C15 % 2**64
        key = (value ^ (value >> 31)) * self._prime % 2**64
        if key not in self.edges:
            self.edges[key] = len(self.ends)
            self.ends.append(-1)
        return self.edges[key]


def _signs(worth: tuple[float, ...]) -> tuple[int, ...]:
    return tuple((value > 0.0) - (value < 0.0) for value in worth)


def phrase_paths(text: str, place: str) -> list[tuple[Word, ...]]:
    """Every way to read a phrase as words one after the other.

    Raises
    ------
    SettingsError
        No word, a gap at either end or next to another, a ``*`` that is not at the end of two letters or
        more, or more alternatives than can be held.
    """
    parts: list[list[tuple[Word, ...]]] = []
    plain = re.sub(r"(?<=\w)-(?=\w)", " ", fold(text))
    for piece in _PLACE.findall(plain):
        if piece == "...":
            parts.append([(None,)])
        else:
            parts.append([_words(choice, text, place) for choice in piece.split("|")])
    gaps = [part == [(None,)] for part in parts]
    if not parts or gaps[0] or gaps[-1] or any(a and b for a, b in itertools.pairwise(gaps)):
        raise SettingsError(f"{place}: phrase {text!r}: '...' must stand between two words")
    if np.prod([len(part) for part in parts], dtype=float) > MOST_PATHS:
        raise SettingsError(f"{place}: phrase {text!r} can be read in too many ways; write it as several")
    return [tuple(itertools.chain(*choice)) for choice in itertools.product(*parts)]


def _words(choice: str, text: str, place: str) -> tuple[Word, ...]:
    """Words of one alternative: itself, or the characters of Chinese."""
    beginning = choice.endswith("*")
    word = choice.removesuffix("*")
    if not word or "*" in word:
        raise SettingsError(
            f"{place}: phrase {text!r}: write '*' at the end of a word and no empty alternative"
        )
    if _CHARACTER.search(word):
        pieces = re.findall(rf"{_CHARACTER.pattern}|[a-z&'.]+", word)
        if beginning or "".join(pieces) != word:
            raise SettingsError(f"{place}: phrase {text!r}: write Chinese without '*', figures and signs")
        return tuple((piece, False) for piece in pieces)
    if beginning and len(word) < 2:
        raise SettingsError(f"{place}: phrase {text!r}: put two letters or more before '*'")
    if not re.fullmatch(r"[^\W\d_]+(?:[&'.][^\W\d_]+)*", word):
        raise SettingsError(f"{place}: phrase {text!r}: {word!r} is no word; write letters only")
    return ((word, beginning),)
