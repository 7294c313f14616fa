"""English words for what companies do and what is done to them, all together (pure)."""

from __future__ import annotations

from newsbt.articles.business_events import BUSINESS
from newsbt.articles.deal_events import DEALS
from newsbt.articles.figure_events import FIGURES
from newsbt.articles.money_events import MONEY
from newsbt.articles.state_events import STATE
from newsbt.articles.triggers import Trigger

__all__ = ["COMPANY"]

#: Of two that a clause tells of, the earlier here is drafted.
COMPANY: tuple[Trigger, ...] = (*STATE, *MONEY, *DEALS, *FIGURES, *BUSINESS)
