"""Whether a strategy's file still says what its compiled rule says."""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path

from newsbt.errors import PluginError
from newsbt.kernel.fingerprints import FINGERPRINTS

__all__ = ["compiled_kind", "fingerprint"]

#: Assignments in the class that a user may change: defaults and bounds reach both engines as values, and what
#: is taken from ahead is for the leak check.
VALUES = ("params", "bounds", "ahead")


def fingerprint(path: Path) -> str:
    """Hash of the code in `path`: comments, docstrings, default values and bounds do not count.

    Raises
    ------
    PluginError
        If the file cannot be read or parsed.
    """
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError) as error:
        raise PluginError(path, f"it cannot be read: {error}") from error
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            node.body = [item for item in node.body if not _counts_not(item, isinstance(node, ast.ClassDef))]
    return hashlib.sha256(repr(_plain(tree)).encode()).hexdigest()[:16]


def compiled_kind(path: Path) -> tuple[str, str]:
    """Name of the compiled rule of the strategy in `path`, or, with an empty name, why there is none."""
    if path.stem not in FINGERPRINTS:
        return "", f"{path.name} has no compiled rule"
    if fingerprint(path) != FINGERPRINTS[path.stem]:
        return "", f"{path.name} is not the file that its compiled rule was made for"
    return path.stem, ""


def _plain(node: object) -> object:
    """A tree as nested tuples, the same in every version of Python: later ones add fields that are empty."""
    if isinstance(node, list):
        return tuple(_plain(item) for item in node)
    if not isinstance(node, ast.AST):
        return node
    fields = [(name, value) for name, value in ast.iter_fields(node) if value is not None and value != []]
    return type(node).__name__, tuple((name, _plain(value)) for name, value in fields)


def _counts_not(node: ast.stmt, in_class: bool) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    names = [target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)]
    return in_class and bool(names) and all(name in VALUES for name in names)
