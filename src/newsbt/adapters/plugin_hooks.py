"""Whether a plug-in's methods are those that newsbt calls: their names, and what they take."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newsbt.errors import PluginError

__all__ = ["check_hooks"]


def check_hooks(plugin: type, path: Path) -> None:
    """Hold the methods of `plugin` against those of the class of newsbt that it derives from.

    A plain Backtrader strategy has none to be held against.

    Raises
    ------
    PluginError
        For a method that cannot take what newsbt calls it with, and for a public name beginning with ``on_``
        that newsbt never calls but nearly matches one that it does.
    """
    base = next((c for c in plugin.__mro__[1:] if c.__module__.partition(".")[0] == "newsbt"), None)
    if base is None:
        return
    hooks = {
        name: method
        for owner in base.__mro__
        if owner.__module__.partition(".")[0] == "newsbt"
        for name, method in vars(owner).items()
        if inspect.isfunction(method) and not name.startswith("_")
    }
    for name, method in vars(plugin).items():
        if not inspect.isfunction(method) or name.startswith("_"):
            continue
        line = method.__code__.co_firstlineno
        if name in hooks:
            _check_call(name, method, hooks[name], path, line)
        elif name.startswith("on_"):
            near = difflib.get_close_matches(name, [hook for hook in hooks if hook.startswith("on_")], n=1)
            if near:
                raise PluginError(
                    path,
                    f"line {line}: nothing calls {name}; did you mean {near[0]!r}? "
                    "Let the name of a helper begin with _",
                )


def _check_call(
    name: str, method: Callable[..., Any], hook: Callable[..., Any], path: Path, line: int
) -> None:
    """Refuse a `method` that does not take the positional arguments of the `hook` it replaces."""
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    asked = [
        parameter.name for parameter in inspect.signature(hook).parameters.values() if parameter.kind in kinds
    ]
    try:
        inspect.signature(method).bind(*asked)
    except TypeError as error:
        taken = ", ".join(str(parameter) for parameter in inspect.signature(method).parameters.values())
        raise PluginError(
            path,
            f"line {line}: newsbt calls {name} with other arguments than ({taken}); "
            f"write def {name}({', '.join(asked)})",
        ) from error
