"""What a headline is about, in terms that English and Chinese share, as bits of a number (pure)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsbt.linking.context import is_word
from newsbt.stories.terms import TERMS, TURNS

if TYPE_CHECKING:
    from ahocorasick import Automaton

__all__ = ["Subject", "particular", "particular_terms", "several", "subject", "turns", "weight_of"]

_LATIN = re.compile(r"[a-z][a-z0-9.]{2,}")
_WIDE = re.compile("[\u2e80-\uffff]")


@dataclass(frozen=True, slots=True)
class Subject:
    """Terms of a headline.

    Parameters
    ----------
    terms : int
        A bit for each term of :mod:`newsbt.stories.terms`.
    weight : int
        Sum of their weights.
    chinese : bool
        The headline holds Chinese.
    names : frozenset of str
        Latin words of a Chinese headline, which an English one may share; empty for one in English.
    """

    terms: int
    weight: int
    chinese: bool
    names: frozenset[str]


def subject(text: str) -> Subject:
    """Terms of a headline in the form that :func:`newsbt.stories.normal.normal` gives it."""
    bits = 0
    for number in _found(_book().automaton, text):
        bits |= 1 << number
    chinese = _WIDE.search(text) is not None
    return Subject(
        bits, weight_of(bits), chinese, frozenset(_LATIN.findall(text)) if chinese else frozenset()
    )


def turns(text: str) -> int:
    """Bits of the terms that turn a meaning round."""
    bits = 0
    for number in _found(_book().turning, text):
        bits |= 1 << number
    return bits


def particular(bits: int) -> bool:
    """Whether a term among them names somebody or something particular."""
    return bool(bits and bits & particular_terms())


def particular_terms() -> int:
    """Bits of the terms that name somebody or something particular."""
    return _book().masks[0][1]


def several(bits: int) -> bool:
    """Whether two terms or more among them say more than that of many headlines."""
    return sum((bits & mask).bit_count() for weight, mask in _book().masks if weight > 1) > 1


def weight_of(bits: int) -> int:
    """Sum of the weights of a set of terms."""
    masks = _book().masks
    return sum(weight * (bits & mask).bit_count() for weight, mask in masks)


@dataclass(frozen=True, slots=True)
class _Book:
    automaton: Automaton
    turning: Automaton
    #: Weight and bits of its terms, the heaviest first.
    masks: tuple[tuple[int, int], ...]


@functools.cache
def _book() -> _Book:
    from ahocorasick import Automaton

    lines = [line.split(None, 1) for line in (*TURNS.split("\n"), *TERMS.split("\n")) if line]
    both, turning = Automaton(), Automaton()
    count = sum(1 for line in TURNS.split("\n") if line)
    masks: dict[int, int] = {}
    for number, (weight, words) in enumerate(lines):
        masks[int(weight)] = masks.get(int(weight), 0) | 1 << number
        for form in (form.strip() for form in words.replace("=", "|").split("|")):
            entry = (number, form.rstrip("*"), form.endswith("*"))
            if form:
                _add(both, entry)
                if number < count:
                    _add(turning, entry)
    both.make_automaton()
    turning.make_automaton()
    return _Book(both, turning, tuple(sorted(masks.items(), reverse=True)))


def _add(automaton: Automaton, entry: tuple[int, str, bool]) -> None:
    entries = (*automaton.get(entry[1], ()), entry)
    automaton.add_word(entry[1], entries)


def _found(automaton: Automaton, text: str) -> Iterator[int]:
    for last, entries in automaton.iter(text):
        for number, form, any_ending in entries:
            start, end = last + 1 - len(form), last + 1
            # A stem may be followed by anything, so only its beginning has to be one of a word.
            if is_word(text[:end] if any_ending else text, start, end):
                yield number
