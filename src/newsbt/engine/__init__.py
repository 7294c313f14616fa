"""The rule book on Backtrader: broker, feeds, the base class of strategies, the reference run."""

from newsbt.engine.desk import Desk
from newsbt.engine.strategy import NewsStrategy

__all__ = ["Desk", "NewsStrategy"]
