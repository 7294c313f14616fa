"""Compilation of the kernels: one way for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

__all__ = ["compiled"]

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """`function` as machine code, kept on disk for the next process; its ``py_func`` is the plain one.

    With ``NUMBA_DISABLE_JIT=1`` in the environment it stays plain.
    """
    made: Any = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    return cast("F", made)
