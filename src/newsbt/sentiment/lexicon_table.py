"""A finance lexicon, ``data/lexicon.toml``: checked key by key and made ready to read texts (pure)."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsbt.errors import SettingsError
from newsbt.linking.folding import fold
from newsbt.records import FloatArray, IntArray
from newsbt.schedule import known_keys

__all__ = ["Lexicon", "parse_lexicon", "phrase_paths"]

_CHARACTER = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PLACE = re.compile(r"\.\.\.|[^\s.]+(?:\.[^\s.]+)*")
#: Ways to read one phrase, so that a few alternatives cannot fill the memory.
MOST_PATHS = 20_000

#: One word of a phrase: text, and whether it is only the beginning; None for a gap.
Word = tuple[str, bool] | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases as a tree of words, and what they are worth.

    Parameters
    ----------
    entries : tuple of str
        Phrases, by the first alternative of each word, for reasons; negations come first.
    negations : int
        How many of them there are.
    windows, factors : (negations,) arrays
        Of the negations.
    weights : (entries, 2) array
        What a phrase is worth to who is named before and after it.
    stem_keys : array of uint64
        Beginnings of words.
    edge_keys, edge_states : arrays
        Edges of the tree and where they lead.
    ends : (states,) array
        Entry that ends in a state, -1 for none.
    version : str
        Changes whenever the table does.
    """

    entries: tuple[str, ...]
    negations: int
    windows: IntArray
    factors: FloatArray
    weights: FloatArray
    stem_keys: NDArray[np.uint64]
    edge_keys: NDArray[np.uint64]
    edge_states: IntArray
    ends: IntArray
    version: str


def parse_lexicon(table: Mapping[str, Any], where: str) -> Lexicon:
    """Check and read the parsed TOML `table`.

    Parameters
    ----------
    table : mapping
        Arrays ``phrase`` (weight, object, phrases) and ``negation`` (phrases, window, factor).
    where : str
        Path for error messages.

    Raises
    ------
    SettingsError
        For a number out of bounds, a phrase that cannot be read, or one that stands there twice with
        weights of different signs.
    UnknownNameError
        For a misspelt key.
    """
    known_keys(table, ("phrase", "negation"), where)
    if not table.get("phrase"):
        raise SettingsError(f"{where}: no [[phrase]] table; add one with weight and phrases")
    tree = _Tree(where)
    windows, factors, weights = [], [], []
    for at, row in enumerate(_rows(table, "negation", where), 1):
        place = f"{where}: [[negation]] number {at}"
        known_keys(row, ("window", "factor", "phrases"), place)
        window, factor = _number(row, "window", 0, 10, place), _number(row, "factor", -1.0, 1.0, place)
        for text in _texts(row, place):
            tree.add(text, place, (factor,))
            windows.append(int(window))
            factors.append(factor)
    negations = len(tree.entries)
    for at, row in enumerate(_rows(table, "phrase", where), 1):
        place = f"{where}: [[phrase]] number {at}"
        known_keys(row, ("weight", "object", "phrases"), place)
        weight = _number(row, "weight", -1.0, 1.0, place)
        other = _number(row, "object", -1.0, 1.0, place) if "object" in row else weight
        for text in _texts(row, place):
            tree.add(text, place, (weight, other))
            weights.append((weight, other))
    version = hashlib.sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()[:12]
    return Lexicon(
        entries=tuple(_short(text) for text in tree.entries),
        negations=negations,
        windows=np.array(windows, np.int64),
        factors=np.array(factors, np.float64),
        weights=np.array([(0.0, 0.0)] * negations + weights, np.float64),
        stem_keys=np.array(sorted(tree.stems), np.uint64),
        edge_keys=np.array(list(tree.edges), np.uint64),
        edge_states=np.array(list(tree.edges.values()), np.int64),
        ends=np.array(tree.ends, np.int64),
        version=version,
    )


class _Tree:
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


def _short(text: str) -> str:
    """The first of the alternatives of each word."""
    return " ".join(word.split("|")[0].rstrip("*") for word in text.split(" "))


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


def _rows(table: Mapping[str, Any], key: str, where: str) -> Sequence[Mapping[str, Any]]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise SettingsError(f"{where}: {key} is no array of tables; write [[{key}]]")
    return rows


def _number(row: Mapping[str, Any], key: str, low: float, high: float, place: str) -> float:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        given = "is missing" if key not in row else f"is {value!r}"
        raise SettingsError(f"{place}: {key} {given}; write a number from {low:g} to {high:g}")
    return float(value)


def _texts(row: Mapping[str, Any], place: str) -> list[str]:
    value = row.get("phrases")
    if not isinstance(value, list) or not value or not all(isinstance(text, str) for text in value):
        raise SettingsError(f'{place}: phrases must be a list of texts such as ["profit warning"]')
    return value
