"""A file may hold helpers beside its strategy."""

import dataclasses

import backtrader as bt


@dataclasses.dataclass
class Level:
    """Dataclasses look their module up while they are made."""

    price: float


class _Base(bt.Strategy):
    params = {"hold": 300, "stop": -2}


class Quiet(_Base):
    """Does nothing, quietly.

    More text that is not the description.
    """

    params = {"depth": 3, "scale": 1.5, "mode": "fast", "loud": False, "extra": None, "kind": bt.ind.SMA}
    bounds = {
        "depth": (1, 9, "levels to look at"),
        "scale": (0, 2.0, "times the range"),
        "mode": (("fast", "slow"), "how"),
    }
