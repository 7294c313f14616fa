"""The rule book, on Backtrader and compiled: broker, feeds, the base class of strategies, runs."""

from typing import TYPE_CHECKING

from newsbt.engine.desk import Desk

if TYPE_CHECKING:
    from newsbt.engine.strategy import NewsStrategy

__all__ = ["Desk", "NewsStrategy"]


def __getattr__(name: str) -> object:
    # Only what runs in Backtrader waits for its import.
    if name == "NewsStrategy":
        from newsbt.engine.strategy import NewsStrategy

        return NewsStrategy
    raise AttributeError(f"module {__name__} has no attribute {name}")
