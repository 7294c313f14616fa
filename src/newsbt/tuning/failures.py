"""Points that could not be run: why, how often, and one of them each (pure)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newsbt.records import ParamValue
from newsbt.tuning.points import plain_value

__all__ = ["Failure", "Failures"]

#: Reasons told apart; more count as the last of them.
MOST_REASONS = 50


@dataclass(frozen=True, slots=True)
class Failure:
    """Points that failed for one reason.

    Parameters
    ----------
    reason : str
    count : int
    point : mapping
        One of them.
    """

    reason: str
    count: int
    point: Mapping[str, ParamValue]


class Failures:
    """A list of :class:`Failure` that several threads may add to."""

    def __init__(self) -> None:
        self._found: dict[str, Failure] = {}
        self._lock = threading.Lock()

    def add(self, reason: str, point: Mapping[Any, Any], count: int = 1) -> None:
        """Count `count` points that failed for `reason`."""
        with self._lock:
            if reason not in self._found and len(self._found) >= MOST_REASONS:
                reason = next(reversed(self._found))
            known = self._found.get(reason)
            plain = {str(name): plain_value(value) for name, value in point.items()}
            self._found[reason] = Failure(
                reason, count + (known.count if known else 0), known.point if known else plain
            )

    def merge(self, others: list[Failure]) -> None:
        """Count those of another list too."""
        for other in others:
            self.add(other.reason, other.point, other.count)

    def take(self) -> list[Failure]:
        """What was counted, and count anew."""
        with self._lock:
            found, self._found = list(self._found.values()), {}
            return found

    def listed(self) -> list[Failure]:
        """Reasons, most frequent first."""
        with self._lock:
            return sorted(self._found.values(), key=lambda failure: -failure.count)
