"""Constraints between axes: ``take > stop``, checked once and applied to whole batches (pure)."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from newsbt.errors import InputError
from newsbt.records import BoolArray
from newsbt.tuning.axes import canonical_name
from newsbt.tuning.expression import Values, evaluate, names_of, parse_formula

__all__ = ["Constraint", "parse_where"]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition that every point must meet.

    Parameters
    ----------
    text : str
        As written.
    names : tuple of str
        Canonical names of the axes in it.
    tree : ast.expr
        Checked by :func:`newsbt.tuning.expression.parse_formula`.
    """

    text: str
    names: tuple[str, ...]
    tree: ast.expr = field(compare=False, repr=False)

    def allows(self, batch: pd.DataFrame) -> BoolArray:
        """Which rows of `batch` meet the condition, shape (len(batch),).

        A comparison with an undefined number (0 / 0) is not met.

        Raises
        ------
        InputError
            If the condition compares words with numbers, or is none (``take + stop``).
        """
        if batch.empty:
            return np.zeros(0, dtype=np.bool_)

        def column(name: str) -> Values:
            values: Values = batch[canonical_name(name, self.names)].to_numpy()
            return values

        try:
            found = np.asarray(evaluate(self.tree, column))
        except TypeError as error:
            raise InputError(f"--where {self.text!r}: {error}") from None
        if found.dtype != np.bool_:
            raise InputError(
                f"--where {self.text!r} is a value and no condition; write a comparison such as 'take > stop'"
            )
        return np.broadcast_to(found, (len(batch),)).copy()

    def words(self) -> Iterator[tuple[str, str]]:
        """Every pair of an axis and a quoted word that it is compared with."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                pairs = list(itertools.pairwise(sides))
                for one, other in [*pairs, *(pair[::-1] for pair in pairs)]:
                    if isinstance(one, ast.Name | ast.Attribute) and isinstance(other, ast.Constant):
                        name = canonical_name(next(names_of(one)), self.names)
                        if isinstance(other.value, str):
                            yield name, other.value


def parse_where(text: str, names: Iterable[str]) -> Constraint:
    """Read one constraint.

    Parameters
    ----------
    text : str
        ``take > stop``, ``entry == "open" or hold < 5``, ``0.5 * take <= stop < take``: axis names, numbers,
        quoted words, ``+ - * /``, comparisons, ``and``, ``or``, ``not``, brackets.
    names : iterable of str
        Canonical names of the axes; ``run.entry`` may be written ``entry``.

    Raises
    ------
    UnknownNameError
        For a name that is not tuned, with the nearest that is.
    InputError
        For what is no formula.
    """
    tree = parse_formula(text, "--where", logic=True)
    known = tuple(names)
    used = dict.fromkeys(canonical_name(name, known, "--where") for name in names_of(tree))
    if not used:
        raise InputError(f"--where {text!r} has no tuned parameter in it; write one such as: take > stop")
    return Constraint(text.strip(), tuple(used), tree)
