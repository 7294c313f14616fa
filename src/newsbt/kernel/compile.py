"""Compilation of the kernels: one way for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

import numba
from numba.core import types

__all__ = ["allocating", "compiled", "entrance", "outlined"]

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """`function` as machine code, kept on disk for the next process; its ``py_func`` is the plain one.

    It may neither make arrays nor give them back: without numba's counting of references, which costs more
    than the work of a short function, nothing would free them. It is copied into the compiled functions that
    call it; Python cannot call it. With ``NUMBA_DISABLE_JIT=1`` in the environment it stays plain.
    """
    return _jit(function, counted=False, inlined=True, for_python=False)


def outlined(function: F) -> F:
    """The same for what is long or rare: called, not copied into its callers, which compile the sooner."""
    return _jit(function, counted=False, inlined=False, for_python=False)


def entrance(function: F) -> F:
    """As :func:`compiled`, for a function that Python calls, too."""
    return _jit(function, counted=False, inlined=True, for_python=True)


def allocating(function: F) -> F:
    """The same for a function that makes arrays; Python may call it."""
    return _jit(function, counted=True, inlined=False, for_python=True)


def _jit(function: F, counted: bool, inlined: bool, for_python: bool) -> F:
    options = {"cache": True, "nogil": True, "error_model": "numpy", "forceinline": inlined}
    # The ways in for Python and for C are two more copies of everything that is inlined.
    options |= {"no_cpython_wrapper": not for_python, "no_cfunc_wrapper": True}
    njit: Any = numba.njit
    made = njit(**options, _nrt=counted)(function)
    if hasattr(made, "get_call_template"):
        made.get_call_template = _for_any_number(made.get_call_template)
        if not for_python:
            made._compile_for_args = _refuse
    return cast("F", made)


def _refuse(*args: Any) -> Any:
    raise TypeError("compiled for other compiled functions: call its py_func, or mark it as an entrance")


def _for_any_number(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """Have calls with numbers that are written out use the same machine code as all others.

    Numba compiles a function, and all that it calls, once more for every such number.
    """

    def resolved(args: Sequence[Any], kws: Mapping[str, Any]) -> Any:
        plain: Any = types.unliteral
        return resolve(tuple(map(plain, args)), {name: plain(kind) for name, kind in kws.items()})

    return resolved
