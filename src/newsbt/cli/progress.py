"""A progress bar on stderr: only on a terminal, and only for work that takes longer than a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["ProgressBar"]

PATIENCE_S = 1.0


class ProgressBar:
    """Context manager whose instance is called with what is being done and how much of it is done.

    Parameters
    ----------
    enabled : bool or None
        None: if stderr is a terminal.
    """

    def __init__(self, enabled: bool | None = None) -> None:
        self._enabled = sys.stderr.isatty() if enabled is None else enabled
        self._started = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    @property
    def enabled(self) -> bool:
        """Whether it may show anything."""
        return self._enabled

    def __enter__(self) -> ProgressBar:
        """Start the clock; nothing is shown yet."""
        self._started = time.monotonic()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Take the bar away."""
        self.stop()

    def stop(self) -> None:
        """Take the bar away for good, so that something can be printed."""
        self._enabled = False
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, label: str, fraction: float) -> None:
        """Show `label` and `fraction` (0 to 1), once the work has taken a second."""
        if not self._enabled or time.monotonic() - self._started < PATIENCE_S:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
            from rich.table import Column

            # What is being done comes last and goes on in the next line: a narrow screen hides nothing.
            what = TextColumn("{task.description}", table_column=Column(ratio=1))
            self._bar = Progress(
                BarColumn(bar_width=12),
                TaskProgressColumn(),
                TimeRemainingColumn(),
                what,
                console=Console(stderr=True, force_terminal=True),
                transient=True,
                expand=True,
            )
            self._task = self._bar.add_task(label, total=1.0)
            self._bar.start()
        if self._task is not None:
            self._bar.update(self._task, description=label, completed=min(max(fraction, 0.0), 1.0))
