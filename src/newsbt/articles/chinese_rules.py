"""A rule for Chinese words of an event (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger

__all__ = ["chinese_rule"]

_GAP = r"[^。；！？\n]{0,30}?"


def chinese_rule(
    name: str, category: str, pattern: str, direction: int | None, concerns: str = "actor", **more: object
) -> Trigger:
    """A :class:`Trigger` for words of one clause; ``~`` stands for a few characters."""
    return trigger(name, category, pattern.replace("~", _GAP), direction, concerns, **more)  # type: ignore[arg-type]
