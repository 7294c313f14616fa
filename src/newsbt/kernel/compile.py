"""Compilation of the kernels: one way for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

__all__ = ["allocating", "compiled", "outlined"]

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """`function` as machine code, kept on disk for the next process; its ``py_func`` is the plain one.

    It may neither make arrays nor give them back: without numba's counting of references, which costs more
    than the work of a short function, nothing would free them. With ``NUMBA_DISABLE_JIT=1`` in the
    environment it stays plain.
    """
    return _jit(function, counted=False, inline=True)


def outlined(function: F) -> F:
    """The same for what is needed rarely: called, not copied into its callers, which compile the sooner."""
    return _jit(function, counted=False, inline=False)


def allocating(function: F) -> F:
    """The same for a function that makes arrays."""
    return _jit(function, counted=True, inline=False)


def _jit(function: F, counted: bool, inline: bool) -> F:
    # A run is a tuple of some thirty arrays: handing it to a function costs more than most functions do.
    options = {"cache": True, "nogil": True, "error_model": "numpy", "forceinline": inline}
    njit: Any = numba.njit
    return cast("F", njit(**options, _nrt=counted)(function))
