"""A finance lexicon, ``data/lexicon.toml``: checked key by key and made ready to read texts (pure)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsbt.errors import SettingsError
from newsbt.records import FloatArray, IntArray
from newsbt.schedule import known_keys
from newsbt.sentiment.phrase_tree import PhraseTree

__all__ = ["Lexicon", "parse_lexicon"]


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
    tree = PhraseTree(where)
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


def _short(text: str) -> str:
    """The first of the alternatives of each word."""
    return " ".join(word.split("|")[0].rstrip("*") for word in text.split(" "))
