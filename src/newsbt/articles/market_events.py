"""English words for what states, central banks and whole markets do, all together (pure)."""

from __future__ import annotations

from newsbt.articles.economy_events import ECONOMY
from newsbt.articles.rule_events import RULES
from newsbt.articles.trade_events import TRADE
from newsbt.articles.triggers import Trigger

__all__ = ["MARKET"]

#: Of two that a clause tells of, the earlier here is drafted.
MARKET: tuple[Trigger, ...] = (*TRADE, *RULES, *ECONOMY)
