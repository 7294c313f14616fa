"""Builds a taxonomy from the parsed TOML of ``data/taxonomy.toml`` and says what is wrong with it (pure)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from newsbt.errors import SettingsError
from newsbt.records import CATEGORIES
from newsbt.scoring.taxonomy import Category, Cue, Figures, Negation, Taxonomy
from newsbt.scoring.words import Phrase, parse_phrase

__all__ = ["parse_taxonomy"]


def parse_taxonomy(table: Mapping[str, Any], where: str) -> Taxonomy:
    """Check and read a table of rules.

    Parameters
    ----------
    table : mapping
        Tables ``category.NAME`` (strength, half_life, direction), arrays ``cue`` (name, direction, weight,
        phrases, categories) and ``negation`` (phrases, window, factor), table ``figures`` (words, weight,
        full, categories).
    where : str
        Path for error messages.

    Raises
    ------
    SettingsError
        For a misspelt or missing key, an unknown category, a number out of bounds, a phrase that cannot be
        read, or two cues of one name.
    """
    _known(table, ("category", "cue", "negation", "figures"), where)
    kinds = table.get("category", {})
    if not kinds:
        raise SettingsError(f"{where}: no [category.NAME] table; add one for each category to score")
    _categories(tuple(kinds), f"{where}: [category]")
    categories = {name: _category(row, f"{where}: [category.{name}]") for name, row in kinds.items()}
    cues = [_cue(row, f"{where}: [[cue]] number {at}") for at, row in enumerate(table.get("cue", ()), 1)]
    names = [cue.name for cue in cues]
    for name in names:
        if names.count(name) > 1:
            raise SettingsError(f"{where}: two [[cue]] tables are named {name!r}; merge or rename them")
    negations = [
        _negation(row, f"{where}: [[negation]] number {at}")
        for at, row in enumerate(table.get("negation", ()), 1)
    ]
    figures = _figures(table["figures"], f"{where}: [figures]") if "figures" in table else None
    return Taxonomy(categories, cues, negations, figures)


def _category(row: Mapping[str, Any], place: str) -> Category:
    _known(row, ("strength", "half_life", "direction"), place)
    return Category(
        strength=_number(row, "strength", 0.0, 1.0, place),
        half_life=_number(row, "half_life", 0.1, 250.0, place),
        direction=int(_number({"direction": 0, **row}, "direction", -1, 1, place, whole=True)),
    )


def _cue(row: Mapping[str, Any], place: str) -> Cue:
    _known(row, ("name", "direction", "weight", "phrases", "categories"), place)
    name = row.get("name")
    if not isinstance(name, str) or not name:
        raise SettingsError(f"{place} has no name; give it one, the audit shows it")
    place = f"{place} ({name})"
    direction = int(_number(row, "direction", -1, 1, place, whole=True))
    if not direction:
        raise SettingsError(f"{place} has direction 0; write -1 or 1, or leave the cue out")
    return Cue(
        name=name,
        direction=direction,
        weight=_number(row, "weight", 0.0, 2.0, place),
        phrases=_phrases(row, place),
        categories=_categories(_texts({"categories": [], **row}, "categories", place), place),
    )


def _negation(row: Mapping[str, Any], place: str) -> Negation:
    _known(row, ("phrases", "window", "factor"), place)
    return Negation(
        phrases=_phrases(row, place),
        window=int(_number(row, "window", 0, 10, place, whole=True)),
        factor=_number(row, "factor", -1.0, 0.0, place),
    )


def _figures(row: Mapping[str, Any], place: str) -> Figures:
    _known(row, ("words", "weight", "full", "categories"), place)
    return Figures(
        words=frozenset(word.lower() for word in _texts(row, "words", place)),
        weight=_number(row, "weight", 0.0, 2.0, place),
        full=_number(row, "full", 0.001, 10.0, place),
        categories=_categories(_texts(row, "categories", place), place),
    )


def _known(row: Mapping[str, Any], keys: Sequence[str], place: str) -> None:
    if not isinstance(row, Mapping):
        raise SettingsError(f"{place} is {row!r}; it must be a table")
    for key in row:
        if key not in keys:
            near = difflib.get_close_matches(key, keys, n=1)
            hint = f"did you mean {near[0]}?" if near else f"use {', '.join(keys)}"
            raise SettingsError(f"{place} has an unknown key {key!r}; {hint}")


def _number(
    row: Mapping[str, Any], key: str, low: float, high: float, place: str, *, whole: bool = False
) -> float:
    value = row.get(key)
    kinds = (int,) if whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
        kind = "a whole number" if whole else "a number"
        given = "is missing" if key not in row else f"is {value!r}"
        raise SettingsError(f"{place}: {key} {given}; write {kind} from {low:g} to {high:g}")
    return float(value)


def _texts(row: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    value = row.get(key)
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise SettingsError(f'{place}: {key} must be a list of texts such as ["one", "two"]')
    return tuple(value)


def _phrases(row: Mapping[str, Any], place: str) -> tuple[Phrase, ...]:
    texts = _texts(row, "phrases", place)
    if not texts:
        raise SettingsError(f"{place}: phrases is empty; give at least one")
    try:
        return tuple(parse_phrase(text) for text in texts)
    except ValueError as error:
        raise SettingsError(f"{place}: {error}") from error


def _categories(names: Sequence[str], place: str) -> frozenset[str]:
    for name in names:
        if name not in CATEGORIES:
            near = difflib.get_close_matches(name, CATEGORIES, n=1)
            hint = f"did you mean {near[0]}?" if near else f"choose from {', '.join(CATEGORIES)}"
            raise SettingsError(f"{place}: there is no category {name!r}; {hint}")
    return frozenset(names)
