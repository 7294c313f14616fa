"""No leak: chance with a seed of its own, caches, and a log with the time of day."""

import datetime as dt
import functools
import logging
import random
import time
from pathlib import Path

import numpy as np

from newsbt.engine import Desk, NewsStrategy
from newsbt.records import Signal

LOG = logging.getLogger(__name__)
SEEN: dict[tuple[str, dt.date], float] = {}


@functools.lru_cache
def share(symbol: str, session: dt.date) -> float:
    """A number that belongs to a listing and a session."""
    return random.Random(f"{symbol} {session}").random()


class Stateful(NewsStrategy):
    """News with a weight by lot."""

    params = {"hold": 4, "weight": 0.3}

    def on_start(self, desks: object) -> None:
        """Start two generators, the clock and a log."""
        self.lots = np.random.default_rng(self.world.seed)
        self.began = time.perf_counter()
        self.log = Path("results") / "stateful.log"
        self.log.parent.mkdir(exist_ok=True)
        LOG.info("started at %s", dt.datetime.now(dt.UTC))

    def on_session(self, desk: Desk) -> None:
        """Use up a lot a session."""
        self.lot = float(self.lots.random())

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Trade on it, and write down when."""
        with self.log.open("a", encoding="utf-8") as file:
            file.write(f"{dt.datetime.now(dt.UTC)} {time.perf_counter() - self.began:.3f} {signal.symbol}\n")
        weight = SEEN.setdefault((desk.symbol, signal.session), share(desk.symbol, signal.session))
        self.follow(desk, signal.score * (0.5 + 0.5 * weight), signal)
