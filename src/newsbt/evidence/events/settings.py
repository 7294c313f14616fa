"""Lengths of the windows of an event study (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from newsbt.errors import ParameterError

__all__ = ["WindowSettings"]


@dataclass(frozen=True)
class WindowSettings:
    """Lengths in sessions of the listing's venue.

    Parameters
    ----------
    before, after : int
        Sessions of the event window before and after day 0, the first tradable session.
    estimation : int
        Sessions of the estimation window. Those in windows of other events do not count: it reaches further
        back for them.
    gap : int
        Its last session lies so many before day 0; more than `before`.
    minimum : int
        Sessions that must be found for it.
    reach : int
        How many sessions it reaches back from its last one at most; `estimation` for none taken elsewhere.
    clear : int or None
        Sessions before and after every other event of the listing that the estimation window leaves out; None
        for the whole of its event window.

    Raises
    ------
    ParameterError
        For lengths that make no window.
    """

    before: int = 5
    after: int = 10
    estimation: int = 120
    gap: int = 10
    minimum: int = 60
    reach: int = 250
    clear: int | None = None

    def __post_init__(self) -> None:
        """Check the lengths against one another."""
        if not 1 <= self.after <= 250 or not 0 <= self.before <= 60:
            raise ParameterError(
                f"an event window from {self.before} before to {self.after} after is none; take 0 to 60"
                " sessions before and 1 to 250 after"
            )
        if self.gap <= self.before:
            raise ParameterError(
                f"the estimation window would end {self.gap} sessions before the event, inside the event"
                f" window of {self.before} before; make gap larger than before"
            )
        if not 10 <= self.minimum <= self.estimation <= 1000:
            raise ParameterError(
                f"{self.minimum} of {self.estimation} sessions of history cannot be used; take a minimum of"
                " 10 or more and at most the estimation window, which has up to 1000"
            )
        if not self.estimation <= self.reach <= 2000:
            raise ParameterError(
                f"an estimation window of {self.estimation} sessions cannot reach back {self.reach}; take as"
                " many or more, up to 2000"
            )

        if self.clear is not None and not 0 <= self.clear <= 250:
            raise ParameterError(f"clear is {self.clear}; take 0 to 250 sessions around other events")

    @property
    def length(self) -> int:
        """Sessions of the event window."""
        return self.before + 1 + self.after
