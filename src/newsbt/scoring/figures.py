"""Reads "actual vs consensus" figures out of a headline (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Pair", "find_pairs"]

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?:[a-z]{0,3}[$€£¥])?(?:(?P<grouped>\d{1,3}(?:,\d{3})+(?:\.\d+)?)|(?P<plain>\d+(?:[.,]\d+)?))"
    r"(?P<unit>[a-z]*)(?P<cent>%?)"
)
_UNITS = {
    "k": 1e3,
    "m": 1e6, "mn": 1e6, "mln": 1e6, "million": 1e6,
    "b": 1e9, "bn": 1e9, "bln": 1e9, "billion": 1e9,
    "t": 1e12, "tn": 1e12, "trn": 1e12, "trillion": 1e12,
}  # fmt: skip

#: Words after the second figure that make it last year's, not the consensus.
_YEAR_AGO = {"year", "ago", "earlier", "prior", "previous", "last"}

#: How many words may stand between a figure, the comparing word and the other figure, and be looked back at.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures that a headline sets against each other.

    Parameters
    ----------
    actual, consensus : float
        In the same unit; losses negative.
    places : tuple of int
        Positions in the clause from the comparing word to the second figure.
    text : str
        The figures as written: ``"161.5bn against 159.7bn"``.
    """

    actual: float
    consensus: float
    places: tuple[int, ...]
    text: str

    @property
    def surprise(self) -> float:
        """``(actual - consensus) / |consensus|``, a decimal; against 0 it is 1 or -1 (0 for 0)."""
        gap = self.actual - self.consensus
        if self.consensus == 0.0:
            return float((gap > 0) - (gap < 0))
        return gap / abs(self.consensus)


def find_pairs(clause: Sequence[str], words: frozenset[str], before: Sequence[str] = ()) -> list[Pair]:
    """Pairs of figures with one of `words` (``"vs"``) between them.

    Clauses are those of :func:`newsbt.scoring.words.clauses`. The first figure may end the clause `before`
    this one (``"sales 206bn yuan, below the 209bn expected"``). A unit given for one figure only holds for
    both. The word loss before the first figure makes both negative. A second figure that is said to be last
    year's makes no pair, nor does a percentage against a plain number.
    """
    shift = len(before)
    line = [*before, *clause]
    pairs: list[Pair] = []
    figures = {at: found for at, word in enumerate(line) if (found := _NUMBER.fullmatch(word))}
    for at in range(shift, len(line)):
        if line[at] not in words:
            continue
        left = max((i for i in figures if at - 1 - _NEAR <= i < at), default=-1)
        right = min((i for i in figures if at < i <= at + 1 + _NEAR), default=-1)
        if left < 0 or right < 0 or _YEAR_AGO & set(line[at + 1 : right + 2 + _NEAR]):
            continue
        if figures[left]["cent"] != figures[right]["cent"]:
            continue
        actual, consensus = _number(figures[left]), _number(figures[right])
        unit, other = _unit(figures[left], line, left), _unit(figures[right], line, right)
        loss = any(near.startswith("loss") for near in line[max(left - _NEAR, 0) : left])
        side = -1.0 if loss and actual >= 0 and consensus >= 0 else 1.0
        pairs.append(
            Pair(
                side * actual * (unit or other or 1.0),
                side * consensus * (other or unit or 1.0),
                tuple(range(at - shift, right - shift + 1)),
                f"{line[left]} against {line[right]}",
            )
        )
    return pairs


def _number(figure: re.Match[str]) -> float:
    """Value without its unit; a comma before three digits groups thousands, any other is a decimal one."""
    grouped = figure["grouped"]
    number = float(grouped.replace(",", "")) if grouped else float(figure["plain"].replace(",", "."))
    return -number if figure["sign"] == "-" else number


def _unit(figure: re.Match[str], clause: Sequence[str], at: int) -> float:
    """What the figure counts in, from its ending or the word after it; 0 where nothing says so."""
    after = clause[at + 1] if at + 1 < len(clause) else ""
    return _UNITS.get(figure["unit"], 0.0) or (_UNITS.get(after, 0.0) if len(after) > 1 else 0.0)
