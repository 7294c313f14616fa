"""Base of the signals that read headlines: whom a headline names, and what a scorer says for each."""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Sequence

from newsbt.linking.context import is_word
from newsbt.linking.folding import fold
from newsbt.linking.linker import Linker
from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalModel
from newsbt.sentiment.scorer import Opinion, Scorer, trained_until_for

__all__ = ["TextSignalModel", "linker_of", "place_of"]


class TextSignalModel(SignalModel):
    """Scores the text of the headline and nothing else: no label, no category, no price.

    A subclass says which :class:`~newsbt.sentiment.scorer.Scorer` reads (:meth:`scorer`) and names
    ``aliases.toml`` among its tables. Each issuer that the headline names is judged for itself; the value of
    the score is the mean of them, or that of the whole headline where it names nobody. An event from before
    the end of the scorer's training data is marked as hindsight (``before_cutoff = "brand"``) or has no
    opinion (``"refuse"``).
    """

    _linker: Linker | None = None

    def scorer(self) -> Scorer:
        """Who reads the headlines; asked once for each call of :meth:`score`."""
        raise NotImplementedError(f"{type(self).__name__} does not say who reads")

    def aspects(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names in `text`, as written there, and the issuer that each means; each issuer once."""
        if self._linker is None:
            self._linker = linker_of(json.dumps(self.context.tables["aliases.toml"], sort_keys=True))
        names: dict[str, str] = {}
        for mention in self._linker.link(text):
            if mention.issuer in self.context.universe.issuers:
                names.setdefault(mention.issuer, text[mention.start : mention.end])
        return tuple(names.values()), tuple(names)

    def names_of(self, item: Catalyst) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names in the headline of `item`, as :meth:`aspects`, and issuers that only its symbols know.

        Whom the row is about counts as named where the headline has that very name, whatever the table of
        aliases says.
        """
        names, issuers = self.aspects(item.headline)
        for symbol in item.symbols:
            listings = self.context.universe.resolve(symbol)
            issuer = listings[0].issuer if listings else symbol
            if issuer in issuers:
                continue
            for name in (issuer, symbol):
                at = place_of(item.headline, name)
                # A symbol is one in capitals only: ON is a company, and "on" is none.
                if at is not None and (not name.isupper() or item.headline[at : at + len(name)] == name):
                    names, issuers = (*names, item.headline[at : at + len(name)]), (*issuers, issuer)
                    break
        return names, issuers

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """Judge each headline."""
        scorer, half_life = self.scorer(), float(self.p["half_life"])
        until, refuse = scorer.trained_until, self.p.get("before_cutoff") == "refuse"
        ends = (trained_until_for(scorer, item.headline) for item in catalysts)
        early = [
            end is not None and item.published_at < end for item, end in zip(catalysts, ends, strict=True)
        ]
        read = [at for at in range(len(catalysts)) if not (refuse and early[at])]
        named = [self.names_of(catalysts[at]) for at in read]
        opinions = scorer.score([catalysts[at].headline for at in read], [names for names, _ in named])
        why = f"from before {until:%Y-%m-%d}, where {scorer.name}'s training data end" if until else ""
        scores = [Score(0.0, half_life, f"refused: {why}")] * len(catalysts)
        for at, (_, issuers), opinion in zip(read, named, opinions, strict=True):
            note = f"; {why}" if early[at] else ""
            scores[at] = Score(
                _within(opinion.value),
                half_life,
                f"{opinion.why}{note}",
                hindsight=early[at],
                by_issuer=_by_issuer(issuers, opinion, self.context.universe.issuers),
            )
        return scores


@functools.lru_cache(maxsize=4)
def linker_of(table: str) -> Linker:
    """The linker of a table of aliases, given as JSON; tables of the same content share one."""
    return Linker.from_table(json.loads(table), "data/aliases.toml")


def place_of(text: str, name: str) -> int | None:
    """Where `name` stands in `text` as a word of its own, in any case; None for nowhere."""
    folded, wanted = fold(text), fold(name.strip())
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        if is_word(folded, at, at + len(wanted)):
            return at
        at = folded.find(wanted, at + 1)
    return None


def _by_issuer(issuers: Sequence[str], opinion: Opinion, known: Collection[str]) -> dict[str, float]:
    pairs = zip(issuers, opinion.by_aspect, strict=True)
    return {issuer: _within(value) for issuer, value in pairs if issuer in known}


def _within(value: float) -> float:
    return min(max(value, -1.0), 1.0)
