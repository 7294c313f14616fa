"""Labels of catalysts by a scorer: direction, strength, and when they were judged (pure)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from newsbt.records import Catalyst
from newsbt.sentiment.scorer import Opinion, trained_until_for
from newsbt.sentiment.text_signal import TextSignalModel

__all__ = ["Labelled", "label"]

#: Headlines after which progress is reported.
PART: Final = 256


@dataclass(frozen=True, slots=True)
class Labelled:
    """Catalysts with labels, and those that got none.

    Parameters
    ----------
    catalysts : tuple of Catalyst
        All rows, in their order.
    unlabelled : mapping of id to str
        Why a row was left as it was.
    scorer, version : str
        Who judged.
    trained_until : datetime or None
        What `labelled_at` of the new labels is; None: each row's own publication.
    by_words : int
        New labels that a list of words gave in place of the trained model; theirs is the row's publication.
    """

    catalysts: tuple[Catalyst, ...]
    unlabelled: Mapping[str, str]
    scorer: str
    version: str
    trained_until: dt.datetime | None
    by_words: int = 0

    @property
    def count(self) -> int:
        """How many rows got a label."""
        return len(self.catalysts) - len(self.unlabelled)

    @property
    def hindsight(self) -> int:
        """How many of the new labels are older than the end of the training data, so hindsight."""
        return sum(item.hindsight for item in self.catalysts if item.id not in self.unlabelled)

    def directions(self) -> dict[int, int]:
        """How many new labels are bad, neutral and good."""
        found = Counter(item.direction or 0 for item in self.catalysts if item.id not in self.unlabelled)
        return {sign: found[sign] for sign in (-1, 0, 1)}


def label(
    catalysts: Sequence[Catalyst],
    model: TextSignalModel,
    relabel: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> Labelled:
    """Give each row the direction and strength that `model` reads in its headline.

    Who the row is about, its first symbol, is judged; where the headline does not name him, the headline as a
    whole. A strength is the size of the value, two digits. A word list has no training data: its labels count
    as made at publication.

    Parameters
    ----------
    catalysts : sequence of Catalyst
    model : TextSignalModel
        Its ``before_cutoff`` decides what becomes of rows from before the end of the training data.
    relabel : bool
        Replace labels that rows have, by none where `model` has none to give; else such rows are left alone.
    report : callable, optional
        Told, now and then, how many headlines of how many were read.
    """
    scorer = model.scorer()
    until = scorer.trained_until
    ends = [trained_until_for(scorer, item.headline) for item in catalysts]
    refuse = model.p.get("before_cutoff") == "refuse"
    unlabelled: dict[str, str] = {}
    asked: list[int] = []
    for at, item in enumerate(catalysts):
        if item.direction is not None and not relabel:
            unlabelled[item.id] = "has a direction already"
        elif refuse and (end := ends[at]) is not None and item.published_at < end:
            unlabelled[item.id] = f"from before {end:%Y-%m-%d}, where the training data end"
        else:
            asked.append(at)
    named = [model.names_of(catalysts[at]) for at in asked]
    opinions: list[Opinion] = []
    for begin in range(0, len(asked), PART):
        if report is not None:
            report(begin, len(asked))
        part = slice(begin, begin + PART)
        texts = [catalysts[at].headline for at in asked[part]]
        opinions += scorer.score(texts, [names for names, _ in named[part]])
    rows = list(catalysts)
    for at, (_, issuers), opinion in zip(asked, named, opinions, strict=True):
        item = catalysts[at]
        if opinion.confidence <= 0.0:
            unlabelled[item.id] = opinion.why
            continue
        value = _value_for(item, issuers, opinion, model)
        rows[at] = replace(
            item,
            direction=(value > 0.0) - (value < 0.0),
            strength=max(round(abs(value), 2), 0.01 if value else 0.0),
            labelled_at=ends[at] or item.published_at,
        )
    order = {item.id: unlabelled[item.id] for item in catalysts if item.id in unlabelled}
    if relabel:
        rows = [
            replace(item, direction=None, strength=None, labelled_at=None) if item.id in order else item
            for item in rows
        ]
    words = 0 if until is None else sum(ends[at] is None for at in asked if catalysts[at].id not in order)
    return Labelled(tuple(rows), order, scorer.name, scorer.version, until, words)


def _value_for(item: Catalyst, issuers: Sequence[str], opinion: Opinion, model: TextSignalModel) -> float:
    """Value for the issuer of the first symbol, else for the text as a whole."""
    first = item.symbols[0] if item.symbols else ""
    listings = model.context.universe.resolve(first)
    issuer = listings[0].issuer if listings else first
    if issuer in issuers:
        return opinion.by_aspect[list(issuers).index(issuer)]
    return opinion.value
