"""What a plug-in file says of itself, read from its text: nothing is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsbt.errors import PluginError
from newsbt.params import Param, make_param
from newsbt.records import ParamValue

__all__ = ["PluginInfo", "read_info"]

BASES = ("Strategy", "SignalModel")
LARGEST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """What can be known of a plug-in without importing it.

    Parameters
    ----------
    name : str
        Stem of the file.
    description : str
        First line of the class's docstring, else of the file's; may be empty.
    params : tuple of Param
        In the order of the file. Parameters whose default is no literal are left out.
    path : Path
    class_name : str
    """

    name: str
    description: str
    params: tuple[Param, ...]
    path: Path
    class_name: str


def read_info(path: Path) -> PluginInfo:
    """Describe the plug-in in `path`.

    The class is the one whose base is called ``...Strategy`` or ``...SignalModel``, directly or through
    another class of the file. Parameters are ``params``, in any of Backtrader's forms (dict, ``dict(...)``,
    tuple of pairs), and ``bounds``, a dict.

    Raises
    ------
    PluginError
        If the file cannot be read or parsed, holds no such class or several, or its bounds are wrong.
    """
    tree = _parse(path)
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    plugins = [node for node in classes.values() if _is_plugin(node, classes)]
    public = [node for node in plugins if not node.name.startswith("_")]
    if len(public) != 1:
        names = ", ".join(node.name for node in public)
        raise PluginError(
            path,
            f"it defines {len(public)} strategies or signals ({names}); keep one a file, or let the names of"
            " helper classes begin with _"
            if public
            else "it defines no strategy or signal; its class must derive from NewsStrategy or SignalModel",
        )
    (node,) = public
    line = ast.get_docstring(node) or ast.get_docstring(tree) or ""
    return PluginInfo(
        path.stem, line.strip().partition("\n")[0], _params(node, classes, path), path, node.name
    )


def _parse(path: Path) -> ast.Module:
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
    except OSError as error:
        raise PluginError(path, f"it cannot be read: {error.strerror}") from error
    if len(text) > LARGEST:
        raise PluginError(path, f"it is larger than {LARGEST // 1024**2} MiB; is it a strategy or signal?")
    try:
        return ast.parse(text, filename=str(path))
    except SyntaxError as error:
        place = f"line {error.lineno}: " if error.lineno else ""
        raise PluginError(path, f"{place}{error.msg}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise PluginError(path, f"it cannot be parsed as Python: {error}") from error


def _base_names(node: ast.ClassDef) -> Iterator[str]:
    for base in node.bases:
        if isinstance(base, ast.Attribute):
            yield base.attr
        elif isinstance(base, ast.Name):
            yield base.id


def _is_plugin(node: ast.ClassDef, classes: dict[str, ast.ClassDef], depth: int = 0) -> bool:
    for name in _base_names(node):
        if name in classes and classes[name] is not node and depth < len(classes):
            if _is_plugin(classes[name], classes, depth + 1):
                return True
        elif name.endswith(BASES):
            return True
    return False


def _params(node: ast.ClassDef, classes: dict[str, ast.ClassDef], path: Path) -> tuple[Param, ...]:
    """Parameters of the class and of the classes of this file that it derives from."""
    defaults: dict[str, tuple[ParamValue | None, int]] = {}
    bounds: dict[str, object] = {}
    plain = False
    for part in _lineage(node, classes):
        plain = plain or "Strategy" in _base_names(part)
        for statement in part.body:
            target, value = _assignment(statement)
            if value is None:
                continue
            if target == "params":
                defaults.update(_pairs(value))
            elif target == "bounds":
                bounds.update(_literal_dict(value, path))
    params = []
    for name, (default, line) in defaults.items():
        bound = bounds.get(name)
        try:
            # A plain Backtrader strategy may mean anything by a name that newsbt has bounds for.
            params.append(make_param(name, default, bound, common=not plain))
        except ValueError as error:
            raise PluginError(path, f"line {line}: {error}") from error
    return tuple(params)


def _lineage(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> list[ast.ClassDef]:
    """`node` and its ancestors within the file, farthest first."""
    chain = [node]
    for current in chain:
        chain += [classes[n] for n in _base_names(current) if n in classes and classes[n] not in chain]
    return chain[::-1]


def _assignment(statement: ast.stmt) -> tuple[str, ast.expr | None]:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        target, value = statement.target, statement.value
    else:
        return "", None
    return (target.id, value) if isinstance(target, ast.Name) else ("", None)


def _pairs(value: ast.expr) -> Iterator[tuple[str, tuple[ParamValue | None, int]]]:
    """Name, default and line of each parameter that has a literal default."""
    entries: list[tuple[ast.expr | None, ast.expr]] = []
    if isinstance(value, ast.Dict):
        entries = list(zip(value.keys, value.values, strict=True))
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "dict":
        entries = [(ast.Constant(word.arg), word.value) for word in value.keywords if word.arg]
    elif isinstance(value, ast.Tuple | ast.List):
        rows = [row for row in value.elts if isinstance(row, ast.Tuple | ast.List) and len(row.elts) == 2]
        entries = [(row.elts[0], row.elts[1]) for row in rows]
    for key, item in entries:
        try:
            name, default = ast.literal_eval(key) if key else None, ast.literal_eval(item)
        except (ValueError, TypeError, SyntaxError):
            continue
        if isinstance(name, str) and (default is None or isinstance(default, bool | int | float | str)):
            yield name, (default, item.lineno)


def _literal_dict(value: ast.expr, path: Path) -> dict[str, object]:
    try:
        table = ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError) as error:
        raise PluginError(
            path,
            f"line {value.lineno}: bounds must be a literal dict, readable without importing",
        ) from error
    if not isinstance(table, dict) or not all(isinstance(name, str) for name in table):
        raise PluginError(path, f"line {value.lineno}: bounds must be a dict of parameter names")
    return table
