"""Formulas that users write (constraints, objectives): parsed, checked and evaluated on arrays (pure).

Nothing is executed: the text becomes a syntax tree, the tree is checked against the few kinds of node
below, and the evaluation walks it.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from newsbt.errors import InputError

__all__ = ["Values", "evaluate", "names_of", "parse_formula"]

Values: TypeAlias = NDArray[Any]

MAX_LENGTH: Final = 1000
MAX_DEPTH: Final = 60

ARITHMETIC: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
}
COMPARISONS: Final[dict[type[ast.cmpop], Callable[[Any, Any], Any]]] = {
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
}


def parse_formula(text: str, who: str, logic: bool) -> ast.expr:
    """Syntax tree of `text`, with nothing in it but what is allowed.

    Parameters
    ----------
    text : str
        Names (with dots), numbers, ``+ - * /``, brackets; with `logic` also comparisons, ``and``, ``or``,
        ``not`` and quoted words.
    who : str
        For messages: ``"--where"``.
    logic : bool

    Raises
    ------
    InputError
        Naming what is not understood.
    """
    if len(text) > MAX_LENGTH:
        raise InputError(f"{who} has {len(text)} characters; write at most {MAX_LENGTH}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        example = "take > stop and hold < 10" if logic else "sharpe - 0.5*max_drawdown"
        raise InputError(f"{who} {_short(text)!r} is no formula; write one such as: {example}") from None
    _check(tree, text, who, logic, 0)
    return tree


def names_of(tree: ast.expr) -> Iterator[str]:
    """Every name in `tree`, with its dots, in the order of the text; repeated ones repeatedly."""
    if isinstance(tree, ast.Name | ast.Attribute):
        yield _dotted(tree)
        return
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.expr):
            yield from names_of(child)


def evaluate(tree: ast.expr, lookup: Callable[[str], Values]) -> Values | float | str | bool:
    """Value of `tree` with the arrays that `lookup` gives for names; division by 0 is nan or infinite.

    Raises
    ------
    TypeError
        If a word is compared with a number, or something other than yes and no is joined by ``and``.
    """
    with np.errstate(all="ignore"):
        found: Values | float | str | bool = _value(tree, lookup)
    return found


def _check(tree: ast.AST, text: str, who: str, logic: bool, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise InputError(f"{who} is nested more than {MAX_DEPTH} deep; write it shorter")
    if isinstance(tree, ast.Constant):
        allowed = _constant_allowed(tree.value, logic)
    elif isinstance(tree, ast.BinOp):
        allowed = type(tree.op) in ARITHMETIC
    elif isinstance(tree, ast.UnaryOp):
        allowed = isinstance(tree.op, ast.USub | ast.UAdd) or (logic and isinstance(tree.op, ast.Not))
    elif isinstance(tree, ast.Compare):
        allowed = logic and all(type(op) in COMPARISONS for op in tree.ops)
    elif isinstance(tree, ast.Attribute):
        allowed = isinstance(tree.value, ast.Name | ast.Attribute)
    else:
        allowed = isinstance(tree, ast.Name) or (logic and isinstance(tree, ast.BoolOp))
    if not allowed:
        piece = (ast.get_source_segment(text.strip(), tree) or text) if isinstance(tree, ast.expr) else text
        usable = "names, numbers, + - * / and brackets"
        if logic:
            usable = "names, numbers, quoted words, + - * /, comparisons, and, or, not"
        raise InputError(f"{who} cannot take {_short(piece)!r}; write {usable}")
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.expr):
            _check(child, text, who, logic, depth + 1)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def _constant_allowed(value: object, logic: bool) -> bool:
    if isinstance(value, bool | str):
        return logic
    return isinstance(value, float) or (isinstance(value, int) and abs(value) < 1 << 63)


def _dotted(tree: ast.expr) -> str:
    if isinstance(tree, ast.Attribute):
        return f"{_dotted(tree.value)}.{tree.attr}"
    return tree.id if isinstance(tree, ast.Name) else ""


def _value(tree: ast.expr, lookup: Callable[[str], Values]) -> Any:
    match tree:
        case ast.Constant():
            number = isinstance(tree.value, int | float) and not isinstance(tree.value, bool)
            return float(tree.value) if number else tree.value  # type: ignore[arg-type]
        case ast.Name() | ast.Attribute():
            return lookup(_dotted(tree))
        case ast.BinOp():
            left, right = _value(tree.left, lookup), _value(tree.right, lookup)
            return ARITHMETIC[type(tree.op)](_number(left), _number(right))
        case ast.UnaryOp(op=ast.Not()):
            return np.logical_not(_truth(_value(tree.operand, lookup)))
        case ast.UnaryOp():
            operand = _number(_value(tree.operand, lookup))
            return np.negative(operand) if isinstance(tree.op, ast.USub) else operand
        case ast.BoolOp():
            joined = np.logical_and if isinstance(tree.op, ast.And) else np.logical_or
            return joined.reduce(np.broadcast_arrays(*(_truth(_value(v, lookup)) for v in tree.values)))
        case ast.Compare():
            sides = [_value(side, lookup) for side in (tree.left, *tree.comparators)]
            found: Any = True
            for op, left, right in zip(tree.ops, sides, sides[1:], strict=False):
                found = np.logical_and(found, _compare(type(op), left, right))
            return found
    raise TypeError(type(tree).__name__)


def _kind(value: Any) -> str:
    """``"number"``, ``"truth"`` or ``"word"``; empty for an array of several."""
    dtype = np.asarray(value).dtype.kind
    if dtype == "O":
        kinds = {_kind(item) for item in np.asarray(value).ravel()[:1000].tolist()}
        return kinds.pop() if len(kinds) == 1 else ""
    return {"b": "truth", "U": "word", "T": "word"}.get(dtype, "number")


def _compare(op: type[ast.cmpop], left: Any, right: Any) -> Any:
    kinds = {_kind(left), _kind(right)} - {""}
    if len(kinds) > 1:
        raise TypeError(f"a {' is compared with a '.join(sorted(kinds))}")
    if (kinds != {"number"} or "" in (_kind(left), _kind(right))) and op not in (ast.Eq, ast.NotEq):
        raise TypeError("words have no order; use == or !=")
    return COMPARISONS[op](left, right)


def _number(value: Any) -> Any:
    if np.size(value) and _kind(value) != "number":
        raise TypeError("only numbers can be added, subtracted, multiplied and divided")
    return value


def _truth(value: Any) -> Any:
    if np.size(value) and _kind(value) != "truth":
        raise TypeError("and, or, not join comparisons only")
    return np.asarray(value, dtype=np.bool_)
