"""Backtests of trading signals that come from dated news, on two venues.

>>> import newsbt
>>> result = newsbt.run("drift", symbols="Alibaba")  # doctest: +SKIP
>>> result.metrics["total_return"], result.trades  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsbt.adapters.news_files import read_news, read_news_table
    from newsbt.adapters.news_import import import_news
    from newsbt.adapters.news_polls import fetch_news
    from newsbt.api.extract import extract
    from newsbt.api.headlines import score_headlines
    from newsbt.api.label import label_news
    from newsbt.api.news import link_news
    from newsbt.api.simple import capacity, compare, figures, run
    from newsbt.api.simple_events import events
    from newsbt.api.simple_leakcheck import leakcheck
    from newsbt.api.simple_placebo import placebo
    from newsbt.api.simple_simulate import simulate
    from newsbt.api.simple_tune import tune
    from newsbt.api.simple_walk import walk_forward
    from newsbt.api.walk import WalkResult
    from newsbt.comparison import Comparison
    from newsbt.engine import Desk, NewsStrategy
    from newsbt.errors import NewsbtError
    from newsbt.evidence.events.study import EventStudy
    from newsbt.evidence.leaks.report import LeakReport
    from newsbt.records import Catalyst, Signal
    from newsbt.runs import RunResult, RunSpec
    from newsbt.scoring.model import Score, SignalModel
    from newsbt.stories.catalogue import find_stories
    from newsbt.tuning.request import TuneResult

__all__ = [
    "Catalyst",
    "Comparison",
    "Desk",
    "EventStudy",
    "LeakReport",
    "NewsStrategy",
    "NewsbtError",
    "RunResult",
    "RunSpec",
    "Score",
    "Signal",
    "SignalModel",
    "TuneResult",
    "WalkResult",
    "__version__",
    "capacity",
    "compare",
    "events",
    "extract",
    "fetch_news",
    "figures",
    "find_stories",
    "import_news",
    "label_news",
    "leakcheck",
    "link_news",
    "placebo",
    "read_news",
    "read_news_table",
    "run",
    "score_headlines",
    "simulate",
    "tune",
    "walk_forward",
]

__version__ = "0.1.0"

_HOMES = {
    "Catalyst": "newsbt.records",
    "Comparison": "newsbt.comparison",
    "Desk": "newsbt.engine",
    "EventStudy": "newsbt.evidence.events.study",
    "LeakReport": "newsbt.evidence.leaks.report",
    "NewsStrategy": "newsbt.engine",
    "NewsbtError": "newsbt.errors",
    "RunResult": "newsbt.runs",
    "RunSpec": "newsbt.runs",
    "Score": "newsbt.scoring.model",
    "Signal": "newsbt.records",
    "SignalModel": "newsbt.scoring.model",
    "capacity": "newsbt.api.simple",
    "compare": "newsbt.api.simple",
    "events": "newsbt.api.simple_events",
    "extract": "newsbt.api.extract",
    "figures": "newsbt.api.simple",
    "find_stories": "newsbt.stories.catalogue",
    "label_news": "newsbt.api.label",
    "leakcheck": "newsbt.api.simple_leakcheck",
    "fetch_news": "newsbt.adapters.news_polls",
    "import_news": "newsbt.adapters.news_import",
    "link_news": "newsbt.api.news",
    "read_news": "newsbt.adapters.news_files",
    "read_news_table": "newsbt.adapters.news_files",
    "TuneResult": "newsbt.tuning.request",
    "placebo": "newsbt.api.simple_placebo",
    "run": "newsbt.api.simple",
    "score_headlines": "newsbt.api.headlines",
    "simulate": "newsbt.api.simple_simulate",
    "tune": "newsbt.api.simple_tune",
    "WalkResult": "newsbt.api.walk",
    "walk_forward": "newsbt.api.simple_walk",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that ``newsbt --help`` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
