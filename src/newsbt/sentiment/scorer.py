"""What a scorer of texts is: texts and the names they are judged for in, opinions out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Opinion", "Scorer", "trained_until_for"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a scorer says about one text.

    Parameters
    ----------
    value : float
        In [-1, 1], for the text as a whole; 0 is neutral.
    confidence : float
        0 to 1: how sure the scorer is of the sign (or of neutrality).
    by_aspect : tuple of float
        One value in [-1, 1] for each aspect asked for, in their order.
    why : str
        What spoke.
    """

    value: float
    confidence: float
    by_aspect: tuple[float, ...] = ()
    why: str = ""


class Scorer(Protocol):
    """Reads texts.

    Attributes
    ----------
    name, version : str
        Of the model behind it; together with :attr:`settings` they name the answers in the cache.
    settings : str
        Whatever else the answers depend on.
    trained_until : datetime or None
        Aware: nothing younger can have been seen in training. None for word lists, which saw no news.
    """

    @property
    def name(self) -> str:
        """Of the model."""

    @property
    def version(self) -> str:
        """Of the model's weights or word lists."""

    @property
    def settings(self) -> str:
        """Whatever else the answers depend on."""

    @property
    def trained_until(self) -> dt.datetime | None:
        """Moment up to which the model may know what happened."""

    def score(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> list[Opinion]:
        """One opinion for each of `texts`.

        Parameters
        ----------
        texts : sequence of str
            Headlines, in any language; an empty one is neutral.
        aspects : sequence of tuple of str
            For each text the words in it that name somebody (``"JD"``, ``"Alibaba"``), as written there.
            Empty for the text as a whole.
        """


def trained_until_for(scorer: Scorer, text: str) -> dt.datetime | None:
    """End of the training data behind what `scorer` says of `text`.

    A scorer that leaves some texts to a list of words says so by a method ``trained_until_for(text)``; of any
    other it is :attr:`Scorer.trained_until`.
    """
    special = getattr(scorer, "trained_until_for", None)
    found: dt.datetime | None = special(text) if special is not None else scorer.trained_until
    return found
