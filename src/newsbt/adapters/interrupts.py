"""Ctrl-C while something must not be cut in two."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any, Final

__all__ = ["first_interrupt_only", "held_interrupts"]

#: Seconds in which a second Ctrl-C is the impatience of the first.
PATIENCE_S: Final = 5.0


@contextlib.contextmanager
def first_interrupt_only() -> Iterator[None]:
    """Within, the first Ctrl-C is a KeyboardInterrupt as ever, and those of the next seconds are ignored.

    People press it twice; what the first one set off, writing a file for one, should come to its end. After
    :data:`PATIENCE_S` it counts again: Python drops an exception that falls into a destructor.
    """
    seen: list[float] = []

    def once(number: int, frame: Any) -> None:
        now = time.monotonic()
        if not seen or now - seen[-1] > PATIENCE_S:
            seen.append(now)
            raise KeyboardInterrupt

    with _handler(once):
        yield


@contextlib.contextmanager
def held_interrupts() -> Iterator[None]:
    """Within, Ctrl-C waits for the end; processes started within never get it.

    Where the system cannot hold a signal back, nothing is done.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _handler(handler: Any) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is told of signals
        return
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
